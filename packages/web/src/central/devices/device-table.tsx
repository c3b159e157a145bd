/** The table of machines: two-line heads and cells, sorted by its heads. */
import { m } from '@rsb/messages';
import { Age } from '../../components/Age.tsx';
import { LifeCell, PagesCell } from '../../components/Counters.tsx';
import { HeadCell, TwoLines } from '../../components/DataTable.tsx';
import { TonerSlots } from '../../components/TonerSlots.tsx';
import { useLang } from '../../language/language.tsx';
import type { Key } from '../list-order.ts';
import type { ListQuery } from '../list-query.ts';
import { devicePath } from '../router.ts';
import { ConditionCell, WasteCell } from './device-cells.tsx';
import type { DeviceRow } from './device-row.ts';

const SEVERITY = { critical: 0, warning: 1 } as const;

type ColumnId = 'name' | 'state' | 'model' | 'serial' | 'location' | 'toner' | 'waste' | 'life' | 'total' | 'read';

type Keys = Readonly<Record<ColumnId, (row: DeviceRow) => Key>>;
export const COLUMN_KEYS: Keys & Readonly<Record<string, (row: DeviceRow) => Key>> = {
  name: (row) => ({ words: row.name }),
  state: (row) => ({ count: row.severity ? SEVERITY[row.severity] : row.old ? 3 : 2 }),
  model: (row) => ({
    words: [row.device.identity?.manufacturer, row.device.identity?.model].filter(Boolean).join(' '),
  }),
  serial: (row) => ({ words: row.device.identity?.serialNumber }),
  location: (row) => ({ words: row.location ?? row.device.serviceId }),
  toner: (row) => ({ count: row.lowest === null ? null : row.lowest + 1 }),
  waste: (row) => ({
    count: row.waste?.shown === 'full' ? 100 : row.waste?.shown === 'percent' ? row.waste.fill : null,
  }),
  life: (row) => ({ count: row.order.life }),
  total: (row) => ({ count: row.order.total }),
  read: (row) => ({ moment: row.readAt }),
};

export interface DeviceTableProps {
  readonly rows: readonly DeviceRow[];
  /** Place of the first row among all, from 1. */
  readonly first: number;
  readonly total: number;
  readonly list: ListQuery;
  readonly now: number;
}

export function DeviceTable({ rows, first, total, list, now }: DeviceTableProps) {
  const lang = useLang();
  const head = (id: ColumnId, words: string, second?: preact.ComponentChildren, numeric = false) => (
    <HeadCell
      class={`device-${id}`}
      first={words}
      second={second}
      numeric={numeric}
      sorted={list.sortedAs(id)}
      onSort={() => list.sortBy(id)}
    />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="panel device-scroll" aria-label={m.machines({}, lang)} tabIndex={0}>
      <table class="table device-table" aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {head('name', m.machine_name({}, lang), m.ip_address({}, lang))}
            {head('state', m.state({}, lang), m.supplies_short({}, lang))}
            {head('model', m.manufacturer({}, lang), m.model({}, lang))}
            {head('serial', m.serial_number({}, lang), m.mac_address({}, lang))}
            {head('location', m.location({}, lang), m.service_id({}, lang))}
            {head(
              'toner',
              m.toner_level({}, lang),
              <span class="device-inks" aria-hidden="true">
                <span>K</span>
                <span>C</span>
                <span>M</span>
                <span>Y</span>
              </span>,
            )}
            {head('waste', 'WL', m.waste({}, lang))}
            {head('life', m.life_head({}, lang), m.counter_vendor({}, lang), true)}
            {head(
              'total',
              m.counter_total({}, lang),
              <>
                {m.counter_mono({}, lang)} / <i class="pages-square" /> {m.counter_color({}, lang)}
              </>,
              true,
            )}
            {head('read', m.read_head({}, lang), m.read_head_ago({}, lang), true)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <DeviceTableRow key={row.id} row={row} index={first + at + 1} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DeviceTableRow({
  row,
  index,
  now,
}: {
  readonly row: DeviceRow;
  readonly index: number;
  readonly now: number;
}) {
  const lang = useLang();
  const { device } = row;
  const { identity } = device;
  return (
    <tr
      class={`row row-line${row.severity === 'critical' ? ' row-crit' : ''}${row.old ? ' old' : ''}`}
      aria-rowindex={index}
    >
      <th scope="row" class="device-name">
        <TwoLines
          first={
            <a class="row-link" href={devicePath(device.customer, device.id)} title={row.name}>
              {row.name}
            </a>
          }
          second={<span class="num">{device.address ?? '?'}</span>}
        />
      </th>
      <td class="device-state">
        <ConditionCell row={row} now={now} />
      </td>
      <td class="device-model">
        <TwoLines
          first={identity?.manufacturer ?? '?'}
          second={identity?.model ?? '?'}
          title={identity?.model ?? undefined}
        />
      </td>
      <td class="device-serial">
        <TwoLines
          first={<span class="serial">{identity?.serialNumber ?? '?'}</span>}
          second={<span class="num">{identity?.macAddress?.toUpperCase() ?? '?'}</span>}
        />
      </td>
      <td class="device-location">
        <TwoLines first={row.location ?? '–'} second={device.serviceId} title={row.location ?? undefined} />
      </td>
      <td class="device-toner">
        <TonerSlots slots={row.slots} old={row.old} lang={lang} />
      </td>
      <td class="device-waste">
        <WasteCell row={row} />
      </td>
      <td class="device-life">
        <LifeCell cell={row.life} lang={lang} />
      </td>
      <td class="device-total">
        <PagesCell cell={row.total} lang={lang} />
      </td>
      <td class="device-read cell-numeric">{row.readAt === null ? '–' : <Age at={row.readAt} now={now} />}</td>
    </tr>
  );
}
