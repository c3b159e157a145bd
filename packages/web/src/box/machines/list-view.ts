/** How this browser wants the list: columns shown or hidden, their widths and places, order of rows. Remembered. */
import type { Memory } from '../../api/memory.ts';
import { type Cell, cellOf } from '../../api/observable.ts';
import { COLUMN_IDS, type ColumnChoice, type ColumnId, clampWidth, FIRST_CHOICE } from './columns.ts';

export interface Sorting {
  readonly id: ColumnId;
  readonly desc: boolean;
}

export interface ListView extends ColumnChoice {
  readonly sorting: Sorting;
}

const KEY = 'rsb.machines';
export const FIRST_VIEW: ListView = { ...FIRST_CHOICE, sorting: { id: 'name', desc: false } };

const isColumn = (value: unknown): value is ColumnId => COLUMN_IDS.some((id) => id === value);

function byColumn<T>(kept: unknown, parse: (value: unknown) => T | undefined): Partial<Record<ColumnId, T>> {
  const entries = Object.entries(typeof kept === 'object' && kept !== null ? kept : {}).flatMap(([id, value]) => {
    const parsed = isColumn(id) ? parse(value) : undefined;
    return parsed === undefined ? [] : [[id, parsed] as const];
  });
  return Object.fromEntries(entries) as Partial<Record<ColumnId, T>>;
}

/** Columns that the memory does not know, as of a newer version, stand where they stand at first. */
function parseOrder(kept: unknown): readonly ColumnId[] {
  const named = Array.isArray(kept) ? [...new Set(kept.filter(isColumn))] : [];
  if (named.length === 0) return COLUMN_IDS;
  const order: ColumnId[] = ['name', ...named.filter((id) => id !== 'name')];
  COLUMN_IDS.forEach((id, at) => {
    if (!order.includes(id)) order.splice(Math.min(at, order.length), 0, id);
  });
  return order;
}

/** What an older version or another hand left in the memory is taken as far as it makes sense. */
export function parseView(text: string | null): ListView {
  if (text === null) return FIRST_VIEW;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return FIRST_VIEW;
    const { shown, widths, order: places, sorting } = kept as Readonly<Record<string, unknown>>;
    const order = (typeof sorting === 'object' && sorting !== null ? sorting : {}) as Partial<Sorting>;
    return {
      shown: byColumn(shown, (value) => (typeof value === 'boolean' ? value : undefined)),
      widths: byColumn(widths, (value) =>
        typeof value === 'number' && Number.isFinite(value) ? clampWidth(value) : undefined,
      ),
      order: parseOrder(places),
      sorting: isColumn(order.id) ? { id: order.id, desc: order.desc === true } : FIRST_VIEW.sorting,
    };
  } catch {
    return FIRST_VIEW;
  }
}

export function listView(memory: Memory): Cell<ListView> {
  const view = cellOf(parseView(memory.load(KEY)));
  return {
    ...view,
    set: (next) => {
      memory.save(KEY, JSON.stringify(next));
      view.set(next);
    },
  };
}
