/** Columns that are asked in one request, and how such a group is taken apart. */
import { TAG } from './ber.ts';
import { compareOctets } from './oid-octets.ts';
import type { VarbindFrame } from './response.ts';
import type { WalkColumn } from './walk-column.ts';
import { WalkSpan } from './walk-span.ts';

/** What is walked under one name. */
export type Walked = WalkColumn | WalkSpan;

export interface Group {
  readonly columns: readonly Walked[];
  readonly pdu: 'getNext' | 'getBulk';
  readonly mostRepetitions: number;
  /** Varbinds that each is likely to have left; unknown before the first answer. */
  readonly likely?: number;
}

/** The same by GETNEXT, where each column goes on for itself. */
export const byNext = (group: Group): Group => ({
  ...group,
  pdu: 'getNext',
  columns: group.columns
    .flatMap((each) => (each instanceof WalkSpan ? each.columns : [each]))
    .filter(({ ended }) => !ended),
});

/** A request of its own costs as much as about so many varbinds from beyond an end. */
const WORTH_A_REQUEST = 16;

/** Those together that are likely to have about as much left. */
export function byLikeliness(group: Group): readonly Group[] {
  const likely = (each: Walked) => (each instanceof WalkSpan ? each.likely : each.varbinds.length + 1);
  const groups: { most: number; columns: Walked[] }[] = [];
  let waste = 0;
  for (const each of group.columns.toSorted((a, b) => likely(b) - likely(a))) {
    const open = groups.at(-1);
    waste += (open?.most ?? 0) - likely(each);
    if (open !== undefined && waste <= WORTH_A_REQUEST) {
      open.columns.push(each);
      continue;
    }
    groups.push({ most: likely(each), columns: [each] });
    waste = 0;
  }
  return groups.map(({ most, columns }) => ({ ...group, columns, likely: most }));
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

export const alone = (group: Group, column: Walked): Group => ({ ...group, columns: [column] });

export const without = (group: Group, column: Walked): Group => ({
  ...group,
  columns: group.columns.filter((each) => each !== column),
});

/**
 * Whether the names at each column's place only grow, also beyond the column's end. Where they do not, the agent lays
 * rows out in an order of its own, and a name outside a column would be no proof of its end.
 */
export function isInOrder(columns: readonly Walked[], bytes: Uint8Array, frames: readonly VarbindFrame[]): boolean {
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
