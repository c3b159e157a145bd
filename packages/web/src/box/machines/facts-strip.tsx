/** One line of facts over the list: central, load, reads, and the counts that set the State filter. */
import { m } from '@rsb/messages';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { Rich } from '../../components/Rich.tsx';
import { agoText } from '../../format/age.ts';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import type { IconName } from '../../look/icons.ts';
import { useBoxView, useNow } from '../box-context.tsx';
import type { Filters } from './filters.ts';
import type { MachineRow, RowState } from './machine-row.ts';
import { rowStateWord } from './row-state-words.ts';
import './facts-strip.css';

export interface FactsStripProps {
  readonly rows: readonly MachineRow[];
  /** The State filter. */
  readonly state: Filters['state'];
  readonly onFilters: (part: Partial<Filters>) => void;
}

const COUNTED: readonly { readonly state: RowState; readonly icon: IconName; readonly tone: string }[] = [
  { state: 'trouble', icon: 'octagon-alert', tone: 'crit' },
  { state: 'attention', icon: 'triangle-alert', tone: 'warn' },
  { state: 'asleep', icon: 'moon', tone: '' },
  { state: 'silent', icon: 'unplug', tone: '' },
];

export function FactsStrip({ rows, state: chosen, onFilters }: FactsStripProps) {
  const lang = useLang();
  const counts = useMemo(() => {
    const found = new Map<RowState, number>();
    for (const row of rows) found.set(row.group, (found.get(row.group) ?? 0) + 1);
    return found;
  }, [rows]);
  return (
    <div class="facts no-print">
      <CentralFact />
      <LoadFact />
      <ReadFact />
      <PingFact />
      <div class="facts-counts">
        {COUNTED.map(({ state, icon, tone }) => {
          const count = counts.get(state) ?? 0;
          const on = chosen === state;
          return (
            <button
              key={state}
              type="button"
              class={on ? 'count count-on' : 'count'}
              aria-pressed={on}
              disabled={count === 0 && !on}
              onClick={() => onFilters({ state: on ? null : state })}
            >
              <Icon name={icon} class={count > 0 ? tone : ''} />
              <span class="fact">
                <Rich of={rowStateWord[state].parts({ count: formatCount(count, lang) }, lang)} />
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

function CentralFact() {
  const lang = useLang();
  const dates = useDates();
  const { central } = useBoxView();
  const now = useNow(10_000);
  const waiting = formatCount(central.waiting, lang);
  const words = () => {
    switch (central.state) {
      case 'notSet':
        return m.central_not_set.parts({}, lang);
      case 'notEnrolled':
        return m.central_not_enrolled.parts({}, lang);
      case 'waiting':
        return m.central_not_yet.parts({ waiting }, lang);
      case 'notReached':
        return m.central_not_reached_short.parts({ waiting }, lang);
      case 'reached': {
        const ago = central.lastReached ? agoText(central.lastReached, now, dates, lang) : '';
        return central.waiting === 0
          ? m.central_reached.parts({ ago }, lang)
          : m.central_reached_waiting.parts({ ago, waiting }, lang);
      }
    }
  };
  const away = central.state === 'notReached' || central.state === 'notSet' || central.state === 'notEnrolled';
  return (
    <span class="facts-item" title={central.lastReached ? dates.full(central.lastReached) : undefined}>
      <Icon name={away ? 'cloud-off' : 'cloud-upload'} class={central.state === 'notReached' ? 'warn' : ''} />
      <span class="fact">
        <Rich of={words()} />
        {central.quarantined > 0 && (
          <>
            ,{' '}
            {m.central_quarantined({ count: central.quarantined, items: formatCount(central.quarantined, lang) }, lang)}
          </>
        )}
      </span>
    </span>
  );
}

function LoadFact() {
  const lang = useLang();
  const { load } = useBoxView();
  return (
    <span
      class="facts-item facts-load"
      title={m.load_packets({ count: load.packets, packets: formatCount(load.packets, lang) }, lang)}
    >
      <Icon name="gauge" />
      <span class="fact">
        <Rich of={m.load_hour.parts({ bytes: formatBytes(load.bytes, lang) }, lang)} />
      </span>
    </span>
  );
}

function ReadFact() {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const { lastRead, nextRead, lastScan, nextScan } = useBoxView();
  const next = nextRead ? dates.near(nextRead, now) : '–';
  const scans = [
    lastScan ? m.scan_last({ when: dates.near(lastScan.finishedAt, now) }, lang) : null,
    nextScan ? m.scan_next({ when: dates.near(nextScan, now) }, lang) : null,
  ].filter((part) => part !== null);
  return (
    <span class="facts-item" title={scans.join(' ')}>
      <Icon name="clock" />
      <span class="fact">
        <Rich
          of={
            lastRead
              ? m.read_last_next.parts({ last: dates.near(lastRead, now), next }, lang)
              : nextRead
                ? m.read_next.parts({ next }, lang)
                : m.read_never.parts({}, lang)
          }
        />
      </span>
    </span>
  );
}

function PingFact() {
  const lang = useLang();
  const { ping } = useBoxView();
  const words = { socket: m.ping_socket, fping: m.ping_fping, none: m.ping_none }[ping];
  const title = { socket: m.ping_socket_why, fping: m.ping_fping_why, none: m.ping_none_why }[ping];
  return (
    <span class="facts-item facts-ping" title={title({}, lang)}>
      <Icon name="activity" />
      <span class="fact">{words({}, lang)}</span>
    </span>
  );
}
