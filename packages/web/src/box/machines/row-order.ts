/** The order of the list: all rows are sorted once, afterwards only those move whose value has changed. */
import { compareOf, type SortValue, sortValue } from './columns.ts';
import type { Sorting } from './list-view.ts';
import type { MachineRow } from './machine-row.ts';

interface Placed {
  readonly row: MachineRow;
  /** Undefined: not there, and last in both directions. */
  readonly value: SortValue;
}

type Compare = (a: Placed, b: Placed) => number;

function comparing({ id, desc }: Sorting): Compare {
  const compare = compareOf(id);
  return (a, b) => {
    if (a.value === undefined || b.value === undefined)
      return Number(a.value === undefined) - Number(b.value === undefined);
    const order = compare(a.value as never, b.value as never);
    return desc ? -order : order;
  };
}

const placed = (rows: readonly MachineRow[], { id }: Sorting): Placed[] =>
  rows.map((row) => ({ row, value: sortValue(id, row) }));

export const sortedRows = (rows: readonly MachineRow[], sorting: Sorting): readonly MachineRow[] =>
  placed(rows, sorting)
    .sort(comparing(sorting))
    .map(({ row }) => row);

/** Keeps an order from one list of rows to the next. */
export class RowOrder {
  private sorting: Sorting | null = null;
  private order: readonly Placed[] = [];

  of(rows: readonly MachineRow[], sorting: Sorting): readonly MachineRow[] {
    const isSame = this.sorting?.id === sorting.id && this.sorting.desc === sorting.desc;
    this.order = isSame ? this.kept(rows, sorting) : placed(rows, sorting).sort(comparing(sorting));
    this.sorting = sorting;
    return this.order.map(({ row }) => row);
  }

  private kept(rows: readonly MachineRow[], sorting: Sorting): readonly Placed[] {
    const now = new Map(rows.map((row) => [row.id, row]));
    const still: Placed[] = [];
    for (const before of this.order) {
      const row = now.get(before.row.id);
      if (!row) continue;
      if (row === before.row) still.push(before);
      else {
        const value = sortValue(sorting.id, row);
        if (!Object.is(value, before.value)) continue;
        still.push({ row, value });
      }
      now.delete(row.id);
    }
    const compare = comparing(sorting);
    return merged(still, placed([...now.values()], sorting).sort(compare), compare);
  }
}

/** Two sorted lists as one; each of the few is put behind its equals. */
function merged(many: readonly Placed[], few: readonly Placed[], compare: Compare): readonly Placed[] {
  if (few.length === 0) return many;
  const all: Placed[] = [];
  let from = 0;
  const takeUpTo = (end: number) => {
    for (; from < end; from += 1) {
      const next = many[from];
      if (next) all.push(next);
    }
  };
  for (const one of few) {
    let low = from;
    let high = many.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = many[middle];
      if (other && compare(other, one) <= 0) low = middle + 1;
      else high = middle;
    }
    takeUpTo(low);
    all.push(one);
  }
  takeUpTo(many.length);
  return all;
}
