/** The table of the fleet: two-line heads and cells, groups under one head. */
import type { FleetMachine } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { Age } from '../../components/Age.tsx';
import { PagesCell } from '../../components/Counters.tsx';
import { HeadCell, TwoLines } from '../../components/DataTable.tsx';
import { TonerSlots } from '../../components/TonerSlots.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../central-context.tsx';
import { ConditionCell } from '../devices/device-cells.tsx';
import { type DeviceRow, deviceRow } from '../devices/device-row.ts';
import type { ListQuery } from '../list-query.ts';
import { customerPath, devicePath } from '../router.ts';
import { WeeksSpark } from './weeks-spark.tsx';

export interface FleetBlock {
  /** Rows of the group's own before its machines. */
  readonly head: ComponentChildren;
  readonly machines: readonly FleetMachine[];
}

export interface FleetTableProps {
  readonly list: ListQuery;
  readonly children: readonly FleetBlock[];
  /** Whose customer stands above the machines already. */
  readonly grouped?: boolean;
}

export const COLUMNS = 7;

export function FleetTable({ list, children, grouped = false }: FleetTableProps) {
  const lang = useLang();
  const now = useNow(60_000);
  const head = (
    id: string,
    first: string,
    second: ComponentChildren,
    options: { readonly numeric?: boolean; readonly class?: string } = {},
  ) => (
    <HeadCell
      class={options.class ?? `fleet-${id}`}
      first={first}
      second={second}
      numeric={options.numeric ?? false}
      sorted={list.sortedAs(id)}
      onSort={() => list.sortBy(id)}
    />
  );
  return (
    <table class="table fleet-table">
      <thead>
        <tr>
          {head('name', m.machine_name({}, lang), m.model({}, lang))}
          <HeadCell class="fleet-serial" first={m.fleet_serial({}, lang)} second={m.service_id({}, lang)} />
          {head('trouble', m.state({}, lang), m.supplies_short({}, lang))}
          {head(
            'supply',
            m.toner_level({}, lang),
            <span class="device-inks" aria-hidden="true">
              <span>K</span>
              <span>C</span>
              <span>M</span>
              <span>Y</span>
            </span>,
          )}
          {head('month', m.fleet_pages({}, lang), m.fleet_pages_about({}, lang))}
          {head(
            'total',
            m.counter_total({}, lang),
            <>
              {m.counter_mono({}, lang)} / <i class="pages-square" /> {m.counter_color({}, lang)}
            </>,
            { numeric: true },
          )}
          {head('read', m.read_head({}, lang), m.read_head_ago({}, lang), { numeric: true })}
        </tr>
      </thead>
      {children.map((block, at) => (
        <tbody key={at}>
          {block.head}
          {block.machines.map((machine) => (
            <MachineRow key={machine.device.id} machine={machine} now={now} grouped={grouped} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface MachineRowProps {
  readonly machine: FleetMachine;
  readonly now: number;
  readonly grouped: boolean;
}

/** Silence is what central knows of it; the last reading itself was sound. */
function rowOf(
  { device, silentSince, watched }: FleetMachine,
  now: number,
  lang: ReturnType<typeof useLang>,
): DeviceRow {
  const row = deviceRow(device, now, lang);
  if (!watched)
    return { ...row, state: { condition: { kind: 'notMonitored' }, severity: null, icon: 'eye-off' }, severity: null };
  if (silentSince === null) return row;
  const state = { condition: { kind: 'silent' as const, since: silentSince }, severity: 'warning' as const };
  return { ...row, state: { ...state, icon: 'unplug' }, old: true };
}

function MachineRow({ machine, now, grouped }: MachineRowProps) {
  const lang = useLang();
  const dates = useDates();
  const row = rowOf(machine, now, lang);
  const { device } = machine;
  const model = [device.identity?.manufacturer, device.identity?.model].filter(Boolean).join(' ');
  return (
    <tr class={`row row-line${row.severity === 'critical' ? ' row-crit' : ''}${row.old ? ' old' : ''}`}>
      <th scope="row" class="fleet-name">
        <TwoLines
          first={
            <a class="row-link" href={devicePath(device.customer, device.id)} title={row.name}>
              {row.name}
            </a>
          }
          second={
            grouped ? (
              <span title={model}>{model || '?'}</span>
            ) : (
              <>
                <a class="row-aside" href={customerPath(device.customer)}>
                  {machine.customerName}
                </a>
                , {model || '?'}
              </>
            )
          }
        />
      </th>
      <td class="fleet-serial">
        <TwoLines
          first={<span class="serial">{device.identity?.serialNumber ?? '?'}</span>}
          second={device.serviceId && <span class="num">{device.serviceId}</span>}
        />
      </td>
      <td class="fleet-trouble">
        <ConditionCell row={row} now={now} />
      </td>
      <td class="fleet-supply">
        <TonerSlots slots={row.slots} old={row.old} lang={lang} />
      </td>
      <td class="fleet-month">
        <span class="fleet-pages">
          <WeeksSpark weeks={machine.weeks} />
          <span class="num">{machine.monthPages === null ? '?' : formatCount(machine.monthPages, lang)}</span>
        </span>
      </td>
      <td class="fleet-total">
        <PagesCell cell={row.total} lang={lang} />
      </td>
      <td class="fleet-read cell-numeric" title={row.readAt === null ? undefined : dates.full(row.readAt)}>
        {row.readAt === null ? '–' : <Age at={row.readAt} now={now} />}
      </td>
    </tr>
  );
}
