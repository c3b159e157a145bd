/** How this browser wants the list: columns shown or hidden, order. Remembered. */
import type { Memory } from '../../api/memory.ts';
import { type Cell, cellOf } from '../../api/observable.ts';
import { COLUMN_IDS, type ColumnId } from './columns.ts';

export interface Sorting {
  readonly id: ColumnId;
  readonly desc: boolean;
}

export interface ListView {
  /** Chosen by the reader; a column that is not named shows where there is room. */
  readonly shown: Readonly<Partial<Record<ColumnId, boolean>>>;
  readonly sorting: Sorting;
}

const KEY = 'rsb.machines';
export const FIRST_VIEW: ListView = { shown: {}, sorting: { id: 'name', desc: false } };

const isColumn = (value: unknown): value is ColumnId => COLUMN_IDS.some((id) => id === value);

/** What an older version or another hand left in the memory is taken as far as it makes sense. */
export function parseView(text: string | null): ListView {
  if (text === null) return FIRST_VIEW;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return FIRST_VIEW;
    const { shown, sorting } = kept as { readonly shown?: unknown; readonly sorting?: unknown };
    const entries = Object.entries(typeof shown === 'object' && shown !== null ? shown : {}).filter(
      (entry): entry is [ColumnId, boolean] => isColumn(entry[0]) && typeof entry[1] === 'boolean',
    );
    const order = (typeof sorting === 'object' && sorting !== null ? sorting : {}) as Partial<Sorting>;
    return {
      shown: Object.fromEntries(entries),
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
