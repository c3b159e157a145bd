/** Columns that are asked in one request, and how such a group is taken apart. */
import { TAG } from './ber.ts';
import { compareOctets } from './oid-octets.ts';
import type { VarbindFrame } from './response.ts';
import type { WalkColumn } from './walk-column.ts';

export interface Group {
  readonly columns: readonly WalkColumn[];
  readonly pdu: 'getNext' | 'getBulk';
  readonly mostRepetitions: number;
}

/** What is still to be asked: nothing where all columns have ended. */
export function unended(group: Group): readonly Group[] {
  const columns = group.columns.filter((column) => !column.ended);
  return columns.length > 0 ? [{ ...group, columns }] : [];
}

export function halves(group: Group): readonly Group[] {
  const half = Math.ceil(group.columns.length / 2);
  return [
    { ...group, columns: group.columns.slice(0, half) },
    { ...group, columns: group.columns.slice(half) },
  ];
}

export const alone = (group: Group, column: WalkColumn): Group => ({ ...group, columns: [column] });

export const without = (group: Group, column: WalkColumn): Group => ({
  ...group,
  columns: group.columns.filter((each) => each !== column),
});

/**
 * Whether the names at each column's place only grow, also beyond the column's end. Where they do not, the agent lays
 * rows out in an order of its own, and a name outside a column would be no proof of its end.
 */
export function isInOrder(columns: readonly WalkColumn[], bytes: Uint8Array, frames: readonly VarbindFrame[]): boolean {
  const last = columns.map((column) => column.last.octets);
  return frames.every(({ nameStart, nameEnd, valueTag }, place) => {
    if (valueTag === TAG.endOfMibView) return true;
    if (nameStart < 0) return false;
    const at = place % columns.length;
    const grows = compareOctets(last[at] as Uint8Array, bytes, nameStart, nameEnd) < 0;
    last[at] = bytes.subarray(nameStart, nameEnd);
    return grows;
  });
}
