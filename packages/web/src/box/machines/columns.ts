/** The columns of the list: widths at 1440 px (the state column holds "Impression en cours"), what they are sorted by, which leave first where it is narrow (LOOK §6). */
import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/preact-table';
import { compareWords } from '../../format/compare-words.ts';
import { type Count, compareCounts } from '../../format/count.ts';
import type { MachineRow } from './machine-row.ts';

export const COLUMN_IDS = [
  'name',
  'monitored',
  'state',
  'supply',
  'model',
  'serial',
  'location',
  'toner',
  'waste',
  'life',
  'total',
  'print',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const WIDTHS: Readonly<Record<ColumnId, number>> = {
  name: 144,
  monitored: 36,
  state: 164,
  supply: 98,
  model: 116,
  serial: 128,
  location: 128,
  toner: 200,
  waste: 60,
  life: 110,
  total: 100,
  print: 116,
};
export const SELECT_WIDTH = 40;
/** Columns that may be hidden. The name is how a row is recognised. */
export const HIDEABLE: readonly ColumnId[] = COLUMN_IDS.filter((id) => id !== 'name');
/** The order in which columns leave a page that is too narrow for all. */
const LEAVING: readonly ColumnId[] = ['print', 'waste', 'location'];

/** Columns that show at this width: the reader's own choice first, then as many as there is room for. */
export function columnsAt(
  width: number,
  chosen: Readonly<Partial<Record<ColumnId, boolean>>>,
): Readonly<Record<ColumnId, boolean>> {
  const shown = Object.fromEntries(COLUMN_IDS.map((id) => [id, chosen[id] ?? true])) as Record<ColumnId, boolean>;
  // A scrollbar takes some of the width without making the page another one.
  const room = width + 20;
  for (const id of LEAVING) {
    if (neededWidth(shown) <= room) break;
    if (chosen[id] === undefined) shown[id] = false;
  }
  return shown;
}

export const neededWidth = (shown: Readonly<Record<ColumnId, boolean>>): number =>
  SELECT_WIDTH + COLUMN_IDS.reduce((sum, id) => sum + (shown[id] ? WIDTHS[id] : 0), 0);

/** Columns that take what is left over of a wide window, with their shares. */
const GROWING: Readonly<Partial<Record<ColumnId, number>>> = { name: 3, state: 2, model: 3, location: 4, serial: 1 };

export function widthsAt(
  width: number,
  shown: Readonly<Record<ColumnId, boolean>>,
): Readonly<Record<ColumnId, number>> {
  const extra = Math.max(0, width - neededWidth(shown));
  const share = (id: ColumnId) => (shown[id] ? (GROWING[id] ?? 0) : 0);
  const shares = COLUMN_IDS.reduce((sum, id) => sum + share(id), 0);
  const grown = (id: ColumnId) => (shares > 0 ? Math.floor((extra * share(id)) / shares) : 0);
  return Object.fromEntries(COLUMN_IDS.map((id) => [id, WIDTHS[id] + grown(id)])) as Record<ColumnId, number>;
}

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

type Column = ColumnDef<typeof features, MachineRow>;
type Value = string | number | Count | null | undefined;

/** `null` and empty count as not there, and come last in both directions. */
function column(id: ColumnId, value: (row: MachineRow) => Value, compare: (a: never, b: never) => number): Column {
  return {
    id,
    accessorFn: (row) => {
      const found = value(row);
      return found === null || found === '' ? undefined : found;
    },
    sortFn: (a, b) => compare(a.getValue(id) as never, b.getValue(id) as never),
    sortUndefined: 'last',
  };
}

const numbers = (a: number, b: number): number => a - b;
const SEVERITY = { critical: 0, warning: 1 } as const;
const CONDITION = { empty: 0, wasteFull: 1, low: 2, wasteNearFull: 3, unknown: 5, notRead: 6, ok: 4 } as const;

export const columns: readonly Column[] = [
  column('name', (row) => row.name, compareWords),
  column('monitored', (row) => (row.device.monitored ? 0 : 1), numbers),
  column('state', (row) => (row.state.severity ? SEVERITY[row.state.severity] : row.old ? 3 : 2), numbers),
  column('supply', (row) => CONDITION[row.supply.condition], numbers),
  column('model', (row) => [row.device.manufacturer, row.device.model].filter(Boolean).join(' '), compareWords),
  column('serial', (row) => row.device.serialNumber, compareWords),
  column('location', (row) => row.location, compareWords),
  column('toner', (row) => row.lowest, numbers),
  column(
    'waste',
    (row) => (row.waste?.shown === 'full' ? 100 : row.waste?.shown === 'percent' ? row.waste.fill : null),
    numbers,
  ),
  column('life', (row) => row.order.life, compareCounts),
  column('total', (row) => row.order.total, compareCounts),
  column('print', (row) => row.order.print, compareCounts),
];
