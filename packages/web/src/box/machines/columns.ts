/** The columns of the list: widths at 1440 px (the state column holds "Impression en cours"), what they are sorted by, which leave first where it is narrow (LOOK §6). */
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
/** Narrower, a head says nothing; wider, the other columns are gone. */
export const NARROWEST = 36;
export const WIDEST = 600;

/** What the reader chose of columns; what is not named is as at first. */
export interface ColumnChoice {
  readonly shown: Readonly<Partial<Record<ColumnId, boolean>>>;
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
  /** All columns from left to right; the name is always the first. */
  readonly order: readonly ColumnId[];
}
export const FIRST_CHOICE: ColumnChoice = { shown: {}, widths: {}, order: COLUMN_IDS };

/** Moves a column to the place of another; the name stays where it is. */
export function moveColumn(order: readonly ColumnId[], id: ColumnId, to: number): readonly ColumnId[] {
  if (id === 'name') return order;
  const without = order.filter((each) => each !== id);
  const place = Math.max(1, Math.min(without.length, to));
  return [...without.slice(0, place), id, ...without.slice(place)];
}

export const clampWidth = (width: number): number => Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)));

/** Columns that may be hidden. The name is how a row is recognised. */
export const HIDEABLE: readonly ColumnId[] = COLUMN_IDS.filter((id) => id !== 'name');
/** The order in which columns leave a page that is too narrow for all. */
const LEAVING: readonly ColumnId[] = ['print', 'waste', 'location'];

/** Columns that show at this width: the reader's own choice first, then as many as there is room for. */
export function columnsAt(
  width: number,
  chosen: Pick<ColumnChoice, 'shown' | 'widths'>,
): Readonly<Record<ColumnId, boolean>> {
  const shown = Object.fromEntries(COLUMN_IDS.map((id) => [id, chosen.shown[id] ?? true])) as Record<ColumnId, boolean>;
  // A scrollbar takes some of the width without making the page another one.
  const room = width + 20;
  for (const id of LEAVING) {
    if (neededWidth(shown, chosen.widths) <= room) break;
    if (chosen.shown[id] === undefined) shown[id] = false;
  }
  return shown;
}

export const neededWidth = (shown: Readonly<Record<ColumnId, boolean>>, widths: ColumnChoice['widths'] = {}): number =>
  SELECT_WIDTH + COLUMN_IDS.reduce((sum, id) => sum + (shown[id] ? (widths[id] ?? WIDTHS[id]) : 0), 0);

/** Columns that take what is left over of a wide window, with their shares; not those whose width the reader chose. */
const GROWING: Readonly<Partial<Record<ColumnId, number>>> = { name: 3, state: 2, model: 3, location: 4, serial: 1 };

export function widthsAt(
  width: number,
  shown: Readonly<Record<ColumnId, boolean>>,
  chosen: ColumnChoice['widths'] = {},
): Readonly<Record<ColumnId, number>> {
  const extra = Math.max(0, width - neededWidth(shown, chosen));
  const share = (id: ColumnId) => (shown[id] && chosen[id] === undefined ? (GROWING[id] ?? 0) : 0);
  const shares = COLUMN_IDS.reduce((sum, id) => sum + share(id), 0);
  const grown = (id: ColumnId) => (shares > 0 ? Math.floor((extra * share(id)) / shares) : 0);
  return Object.fromEntries(COLUMN_IDS.map((id) => [id, (chosen[id] ?? WIDTHS[id]) + grown(id)])) as Record<
    ColumnId,
    number
  >;
}

export type SortValue = string | number | Count | null | undefined;

interface Order {
  readonly value: (row: MachineRow) => SortValue;
  readonly compare: (a: never, b: never) => number;
}

const numbers = (a: number, b: number): number => a - b;
const SEVERITY = { critical: 0, warning: 1 } as const;
const CONDITION = { empty: 0, wasteFull: 1, low: 2, wasteNearFull: 3, unknown: 5, notRead: 6, ok: 4 } as const;

/** What each column is sorted by. */
const ORDERS: Readonly<Record<ColumnId, Order>> = {
  name: { value: (row) => row.name, compare: compareWords },
  monitored: { value: (row) => (row.device.monitored ? 0 : 1), compare: numbers },
  state: {
    value: (row) => (row.state.severity ? SEVERITY[row.state.severity] : row.old ? 3 : 2),
    compare: numbers,
  },
  supply: { value: (row) => CONDITION[row.supply.condition], compare: numbers },
  model: {
    value: (row) => [row.device.manufacturer, row.device.model].filter(Boolean).join(' '),
    compare: compareWords,
  },
  serial: { value: (row) => row.device.serialNumber, compare: compareWords },
  location: { value: (row) => row.location, compare: compareWords },
  toner: { value: (row) => row.lowest, compare: numbers },
  waste: {
    value: (row) => (row.waste?.shown === 'full' ? 100 : row.waste?.shown === 'percent' ? row.waste.fill : null),
    compare: numbers,
  },
  life: { value: (row) => row.order.life, compare: compareCounts },
  total: { value: (row) => row.order.total, compare: compareCounts },
  print: { value: (row) => row.order.print, compare: compareCounts },
};

/** `null` and empty count as not there. */
export function sortValue(id: ColumnId, row: MachineRow): SortValue {
  const found = ORDERS[id].value(row);
  return found === null || found === '' ? undefined : found;
}

/** Of two values that are there. */
export const compareOf = (id: ColumnId): Order['compare'] => ORDERS[id].compare;
