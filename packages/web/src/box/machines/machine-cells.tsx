/** The cells of one machine, two lines each. */
import { m } from '@rsb/messages';
import { Checkbox } from '../../components/Checkbox.tsx';
import { LifeCell, PagesCell } from '../../components/Counters.tsx';
import { TwoLines } from '../../components/DataTable.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StateWord } from '../../components/StateWord.tsx';
import { TonerBar } from '../../components/TonerBar.tsx';
import { TonerSlots } from '../../components/TonerSlots.tsx';
import { ageOf, ageText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { alertDetail, machineWord } from '../../reading/machine-state.ts';
import { supplyDetail, supplyWord } from '../../reading/supply-state.ts';
import { machinePath } from '../router.ts';
import type { MachineActions } from './actions.ts';
import type { ColumnId } from './columns.ts';
import { LocationCell } from './location-cell.tsx';
import type { MachineRow } from './machine-row.ts';

export interface CellProps {
  readonly row: MachineRow;
  /** Box time. */
  readonly now: number;
  /** Since when the page is without the box (box time); null while it is live. */
  readonly lostAt: number | null;
  readonly signedIn: boolean;
  readonly actions: MachineActions;
}

export function MachineCell({ id, ...props }: CellProps & { readonly id: ColumnId }) {
  const { row } = props;
  const { device } = row;
  switch (id) {
    case 'name':
      return <NameCell {...props} />;
    case 'monitored':
      return <MonitoredCell {...props} />;
    case 'state':
      return <StateCell {...props} />;
    case 'supply':
      return <SupplyCell {...props} />;
    case 'model':
      return (
        <TwoLines first={device.manufacturer ?? '?'} second={device.model ?? '?'} title={device.model ?? undefined} />
      );
    case 'serial':
      return (
        <TwoLines
          first={<span class="serial">{device.serialNumber ?? '?'}</span>}
          second={<span class="num">{device.macAddress?.toUpperCase() ?? '?'}</span>}
        />
      );
    case 'location':
      return <LocationCell {...props} />;
    case 'toner':
      return <TonerSlots slots={row.slots} old={row.old} />;
    case 'waste':
      return <WasteCell row={row} />;
    case 'life':
      return <LifeCell cell={row.life} />;
    case 'total':
      return <PagesCell cell={row.total} />;
    case 'print':
      return <PagesCell cell={row.print} />;
  }
}

function NameCell({ row, signedIn, actions }: CellProps) {
  const lang = useLang();
  return (
    <>
      <TwoLines
        first={
          <a class="machine-link" href={machinePath(row.id)} data-row={row.id} title={row.name}>
            {row.name}
          </a>
        }
        second={<span class="num">{row.device.address}</span>}
      />
      {row.device.reading ? (
        <span class="name-reading">
          <Icon name="loader-circle" class="icon-turning" label={m.reading_now({}, lang)} />
        </span>
      ) : (
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

function MonitoredCell({ row, signedIn, actions }: CellProps) {
  const lang = useLang();
  const { monitored } = row.device;
  if (!signedIn) {
    return monitored ? (
      <span class="m-check">
        <Icon name="check" size={12} label={m.monitored({}, lang)} />
      </span>
    ) : (
      <span class="visually-hidden">{m.state_not_monitored({}, lang)}</span>
    );
  }
  return (
    <Checkbox
      ink
      checked={monitored}
      label={m.monitor_machine({ name: row.name }, lang)}
      onChange={(checked) => void actions.change([row], { monitored: checked })}
    />
  );
}

/** What a state means, and since when: shown by table, cards and the machine's page alike. */
export function StateCell({ row, now, lostAt, inline }: CellProps & { readonly inline?: boolean }) {
  const lang = useLang();
  const dates = useDates();
  const { state, device, readAt } = row;
  const { condition } = state;
  const word = machineWord(state, lang);
  const common = { word, severity: state.severity, inline: inline ?? false };
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

export function SupplyCell({ row, inline }: { readonly row: MachineRow; readonly inline?: boolean }) {
  const lang = useLang();
  const { supply } = row;
  return (
    <StateWord
      icon={supply.severity === null ? null : 'droplet'}
      word={supplyWord(supply, lang)}
      severity={row.device.monitored ? supply.severity : null}
      detail={supplyDetail(supply, lang)}
      old={row.old}
      inline={inline ?? false}
    />
  );
}

function WasteCell({ row }: { readonly row: MachineRow }) {
  const lang = useLang();
  const { waste } = row;
  if (!waste) return <span class="cell-first cell-none">{row.device.supplies ? '–' : '?'}</span>;
  if (waste.shown === 'some')
    return (
      <span class="cell-first cell-none">
        {waste.low ? m.supplies_waste_near_full({}, lang) : m.supplies_ok({}, lang)}
      </span>
    );
  if (waste.shown === 'unknown') return <span class="cell-first cell-none">?</span>;
  return <TonerBar level={waste} old={row.old} />;
}
