/** The cells of one machine, two lines each: plain functions, for a long list draws hundreds of them in a frame. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { LifeCell, PagesCell } from '../../components/Counters.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RowCheck } from '../../components/RowCheck.tsx';
import { StateWord } from '../../components/StateWord.tsx';
import { TonerSlot, TonerSlots } from '../../components/TonerSlots.tsx';
import { ageOf, ageText } from '../../format/age.ts';
import type { Dates } from '../../format/dates.ts';
import type { Language } from '../../language/language.tsx';
import { alertDetail, machineWord } from '../../reading/machine-state.ts';
import { supplyDetail, supplyWord } from '../../reading/supply-state.ts';
import { machinePath } from '../router.ts';
import type { MachineActions } from './actions.ts';
import type { ColumnId } from './columns.ts';
import { LocationCell } from './location-cell.tsx';
import type { MachineRow } from './machine-row.ts';

/** What all cells go by. */
export interface CellRules {
  readonly lang: Language;
  readonly dates: Dates;
  /** Box time. */
  readonly now: number;
  /** Since when the page is without the box (box time); null while it is live. */
  readonly lostAt: number | null;
  readonly signedIn: boolean;
  readonly actions: MachineActions;
}

export function machineCell(id: ColumnId, row: MachineRow, rules: CellRules, isReached: boolean): ComponentChildren {
  const { device } = row;
  const { lang } = rules;
  switch (id) {
    case 'name':
      return nameCell(row, rules, isReached);
    case 'monitored':
      return monitoredCell(row, rules);
    case 'state':
      return stateCell(row, rules);
    case 'supply':
      return supplyCell(row, lang);
    case 'model':
      return (
        <>
          <span class="cell-first" title={device.model ?? undefined}>
            {device.manufacturer ?? '?'}
          </span>
          <span class="cell-second">{device.model ?? '?'}</span>
        </>
      );
    case 'serial':
      return (
        <>
          <span class="cell-first serial">{device.serialNumber ?? '?'}</span>
          <span class="cell-second num">{device.macAddress?.toUpperCase() ?? '?'}</span>
        </>
      );
    case 'location':
      return (
        <LocationCell row={row} lang={lang} signedIn={rules.signedIn} isReached={isReached} actions={rules.actions} />
      );
    case 'toner':
      return <TonerSlots of={row.id} slots={row.slots} old={row.old} lang={lang} />;
    case 'waste':
      return wasteCell(row, lang);
    case 'life':
      return <LifeCell of={row.id} cell={row.life} lang={lang} />;
    case 'total':
      return <PagesCell of={row.id} cell={row.total} lang={lang} />;
    case 'print':
      return <PagesCell of={row.id} cell={row.print} lang={lang} />;
  }
}

/** The button of a row that nobody has reached is not there: it would be a tenth of the row. */
function nameCell(row: MachineRow, { lang, signedIn, actions }: CellRules, isReached: boolean) {
  return (
    <>
      <a class="machine-link cell-first" href={machinePath(row.id)} data-row={row.id} title={row.name}>
        {row.name}
      </a>
      <span class="cell-second num">{row.device.address}</span>
      {row.device.reading ? (
        <span class="name-reading">
          <Icon name="loader-circle" class="icon-turning" label={m.reading_now({}, lang)} />
        </span>
      ) : (
        isReached &&
        signedIn &&
        row.device.monitored && (
          <button
            type="button"
            class="name-read"
            aria-label={m.read_machine_now({ name: row.name }, lang)}
            title={m.read_now({}, lang)}
            tabIndex={-1}
            onClick={() => actions.read([row.id])}
          >
            <Icon name="refresh-cw" />
          </button>
        )
      )}
    </>
  );
}

function monitoredCell(row: MachineRow, { lang, signedIn, actions }: CellRules) {
  const { monitored } = row.device;
  if (!signedIn) {
    return monitored ? (
      <span class="check-bare" role="img" aria-label={m.monitored({}, lang)} />
    ) : (
      <span class="visually-hidden">{m.state_not_monitored({}, lang)}</span>
    );
  }
  return (
    <RowCheck
      ink
      checked={monitored}
      label={m.monitor_machine({ name: row.name }, lang)}
      onChange={(checked) => void actions.change([row], { monitored: checked })}
    />
  );
}

/** What a state means, and since when: shown by table, cards and the machine's page alike. */
export function stateCell(
  row: MachineRow,
  { lang, dates, now, lostAt }: Pick<CellRules, 'lang' | 'dates' | 'now' | 'lostAt'>,
  inline = false,
) {
  const { state, device, readAt } = row;
  const { condition } = state;
  const word = machineWord(state, lang);
  const common = { word, severity: state.severity, inline };
  if (lostAt !== null && state.severity === null)
    return <StateWord {...common} icon="clock" old detail={m.as_of({ time: dates.near(lostAt, now) }, lang)} />;
  if (condition.kind === 'notMonitored')
    return <StateWord {...common} icon={state.icon} old detail={m.known_not_read({}, lang)} />;
  if (condition.kind === 'silent') {
    const when =
      dates.day(condition.since) === dates.day(now) ? dates.time(condition.since) : dates.day(condition.since);
    return (
      <StateWord
        {...common}
        icon={state.icon}
        old
        detail={m.since({ when }, lang)}
        detailTitle={dates.full(condition.since)}
      />
    );
  }
  const age = readAt === null ? null : ageOf(readAt, now);
  if (condition.kind === 'asleep' && readAt !== null && age) {
    const detail =
      age.unit === 'date'
        ? m.values_from({ day: dates.day(readAt) }, lang)
        : m.values_old({ age: ageText(readAt, now, dates, lang) }, lang);
    return <StateWord {...common} icon={state.icon} old detail={detail} detailTitle={dates.full(readAt)} />;
  }
  if (row.old && readAt !== null && age) {
    const detail =
      age.unit === 'date'
        ? m.read_on({ day: dates.day(readAt) }, lang)
        : m.read_ago({ age: ageText(readAt, now, dates, lang) }, lang);
    return (
      <StateWord
        {...common}
        icon={state.severity === null ? 'clock' : state.icon}
        old
        detail={detail}
        detailTitle={dates.full(readAt)}
      />
    );
  }
  const detail = alertDetail(state, device.alerts?.value ?? null, lang);
  return (
    <StateWord
      {...common}
      icon={state.icon}
      detail={detail?.text}
      detailTitle={detail?.quoted ? m.quoted({ text: detail.text }, lang) : undefined}
    />
  );
}

export function supplyCell(row: MachineRow, lang: Language, inline = false) {
  const { supply } = row;
  return (
    <StateWord
      icon={supply.severity === null ? null : 'droplet'}
      word={supplyWord(supply, lang)}
      severity={row.device.monitored ? supply.severity : null}
      detail={supplyDetail(supply, lang)}
      old={row.old}
      inline={inline}
    />
  );
}

function wasteCell(row: MachineRow, lang: Language) {
  const { waste } = row;
  if (!waste) return <span class="cell-first cell-none">{row.device.supplies ? '–' : '?'}</span>;
  if (waste.shown === 'some')
    return (
      <span class="cell-first cell-none">
        {waste.low ? m.supplies_waste_near_full({}, lang) : m.supplies_ok({}, lang)}
      </span>
    );
  if (waste.shown === 'unknown') return <span class="cell-first cell-none">?</span>;
  return <TonerSlot of={row.id} level={waste} old={row.old} lang={lang} />;
}
