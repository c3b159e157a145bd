/** A network that a box does not reach: one line, the cause told once; its machines open below. */
import type { NetworkLine, NetworkMachines, UnreachedHere } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useId, useState } from 'preact/hooks';
import { Age } from '../../components/Age.tsx';
import { Icon } from '../../components/Icon.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { type Language, useLang } from '../../language/language.tsx';
import { findingWords } from '../../reading/finding-words.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { devicePath } from '../router.ts';
import { useResource } from '../use-resource.ts';
import type { Acting } from './attention.tsx';
import { LineActions } from './line-actions.tsx';

export function networkWords({ range }: UnreachedHere, machines: number, lang: Language): string {
  const count = { count: machines, n: formatCount(machines, lang) };
  return range === null ? m.today_network_alias(count, lang) : m.today_network({ ...count, range }, lang);
}

interface NetworkItemProps {
  readonly line: NetworkLine;
  readonly now: number;
  readonly acting: Acting;
}

export function NetworkItem({ line, now, acting }: NetworkItemProps) {
  const lang = useLang();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const words = networkWords(line.unreached, line.machines, lang);
  const cause = m.today_network_cause({ finding: findingWords(line.unreached.reason, lang) }, lang);
  const where = [line.customerName, line.siteName, line.attention.assigned?.to].filter(Boolean).join(', ');
  return (
    <li>
      <div class="aside-line">
        <Icon name="unplug" />
        <span class="aside-words">
          <button
            type="button"
            class="network-open"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {words}
            <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
          </button>
          <span class="second warn">{cause}</span>
          <span class="second one-line" title={where}>
            {where}
          </span>
        </span>
        <span class="aside-end second num" title={dates.full(line.unreached.since)}>
          <Age at={line.unreached.since} now={now} />
        </span>
        <LineActions line={line} name={words} acting={acting} asMenu />
      </div>
      {isOpen && (
        <div id={id} class="network-machines">
          <Machines line={line} now={now} />
        </div>
      )}
    </li>
  );
}

function Machines({ line, now }: Omit<NetworkItemProps, 'acting'>) {
  const lang = useLang();
  const found = useResource<NetworkMachines>(
    `/customers/${line.customer}/today/network?subject=${encodeURIComponent(line.subject)}`,
  );
  return (
    <LoadedPart of={found} onRetry={() => void found.reload()} rows={3}>
      {({ total, machines }) => (
        <>
          <ul>
            {machines.map((machine) => (
              <li key={machine.device} class="network-machine">
                <a href={devicePath(machine.customer, machine.device)}>{machine.name}</a>
                <span class="second ellipsis">{machine.model}</span>
                <span class="second num">
                  {machine.lastRead === null ? m.today_never_read({}, lang) : <Age at={machine.lastRead} now={now} />}
                </span>
              </li>
            ))}
          </ul>
          {total > machines.length && (
            <p class="fact">
              {m.today_network_rest({ n: formatCount(total - machines.length, lang) }, lang)}{' '}
              <a href={`/fleet?view=silent&box=${encodeURIComponent(line.box)}`}>{m.today_show_all({}, lang)}</a>
            </p>
          )}
        </>
      )}
    </LoadedPart>
  );
}
