/** Boxes and machines that have fallen silent, with the last 24 hours. */
import type { TodayView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Age } from '../../components/Age.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { HeardTicks } from '../fleet/heard-ticks.tsx';
import { boxPath, devicePath } from '../router.ts';
import type { Acting } from './attention.tsx';
import { LineActions } from './line-actions.tsx';
import { MoreFoot } from './machine-cells.tsx';
import { NetworkItem } from './network-line.tsx';

const NO_HOUR: readonly boolean[] = Array(24).fill(false);

interface SilentPanelProps {
  readonly value: TodayView;
  readonly now: number;
  readonly acting: Acting;
}

export function SilentPanel({ value: { silentBoxes, networks, silentMachines }, now, acting }: SilentPanelProps) {
  const lang = useLang();
  const total = silentBoxes.total + networks.total + silentMachines.total;
  const shown = silentBoxes.lines.length + networks.lines.length + silentMachines.lines.length;
  return (
    <Panel
      id="silent"
      title={m.today_silent({}, lang)}
      fact={<span class="num">{formatCount(total, lang)}</span>}
      right={<span class="fact">{m.today_silent_hours({}, lang)}</span>}
      flush
    >
      {total === 0 ? (
        <p class="panel-body fact">{m.today_no_silent({}, lang)}</p>
      ) : (
        <ul class="aside-list">
          {silentBoxes.lines.map((line) => (
            <li key={line.subject} class="aside-line">
              <Icon name="router" />
              <span class="aside-words">
                <a class="row-link" href={boxPath(line.customer, line.box)}>
                  {m.box_named({ agent: line.box }, lang)}
                </a>
                <OneLine
                  words={[
                    line.customerName,
                    line.siteName,
                    m.today_machines_behind({ count: line.machines, n: formatCount(line.machines, lang) }, lang),
                    line.attention.assigned?.to,
                  ]}
                />
              </span>
              <span class="aside-end">
                <HeardTicks hours={line.hours} />
                <span class="second num">
                  {line.lastHeard === null ? m.never_heard({}, lang) : <Age at={line.lastHeard} now={now} />}
                </span>
              </span>
              <LineActions line={line} name={line.box} acting={acting} asMenu />
            </li>
          ))}
          {networks.lines.map((line) => (
            <NetworkItem key={`${line.customer} ${line.subject}`} line={line} now={now} acting={acting} />
          ))}
          {silentMachines.lines.map((line) => (
            <li key={line.subject} class="aside-line aside-machine">
              <Icon name="printer" />
              <span class="aside-words">
                <a class="row-link" href={devicePath(line.customer, line.device)}>
                  {line.name}
                </a>
                <OneLine words={[line.customerName, m.today_box_heard({}, lang), line.attention.assigned?.to]} />
              </span>
              <span class="aside-end">
                <HeardTicks hours={NO_HOUR} />
                <span class="second num">
                  {line.lastRead === null ? m.today_never_read({}, lang) : <Age at={line.lastRead} now={now} />}
                </span>
              </span>
              <LineActions line={line} name={line.name} acting={acting} asMenu />
            </li>
          ))}
        </ul>
      )}
      <MoreFoot total={total} shown={shown} view="silent" />
    </Panel>
  );
}

/** Rows keep their height: what does not fit stands in the title. */
function OneLine({ words }: { readonly words: readonly (string | null | undefined)[] }) {
  const text = words.filter(Boolean).join(', ');
  return (
    <span class="second one-line" title={text}>
      {text}
    </span>
  );
}
