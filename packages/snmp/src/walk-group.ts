/** Columns that are asked in one request, and how such a group is taken apart. */
import { TAG } from './ber.ts';
import { compareOctets } from './oid-octets.ts';
import type { VarbindFrame } from './varbinds.ts';
import type { WalkColumn } from './walk-column.ts';
import { WalkSpan } from './walk-span.ts';

/** What is walked under one name. */
export type Walked = WalkColumn | WalkSpan;

export interface Group {
  readonly columns: readonly Walked[];
  /** Asked one row each, in the same request by GETBULK. */
  readonly riders?: readonly Walked[];
  readonly pdu: 'getNext' | 'getBulk';
  readonly mostRepetitions: number;
  /** Varbinds that each is likely to have left; unknown before the first answer. */
  readonly likely?: number;
  /** Tables of which it is only looked whether they have rows. */
  readonly isFirst?: boolean;
}

/** The same by GETNEXT, where each column goes on for itself. */
export const byNext = (group: Group): Group => ({
  ...group,
  pdu: 'getNext',
  riders: [],
  columns: all(group)
    .flatMap((each) => (each instanceof WalkSpan ? each.columns : [each]))
    .filter(({ ended }) => !ended),
});

/** Whatever is asked in the request, in the order of its names. */
export const all = ({ riders = [], columns }: Group): readonly Walked[] => [...riders, ...columns];

/** What is still to be asked: nothing where all columns have ended. */
export function unended(group: Group): readonly Group[] {
  const isOpen = (column: Walked) => !column.ended;
  const columns = group.columns.filter(isOpen);
  const riders = group.riders?.filter(isOpen) ?? [];
  return columns.length + riders.length > 0 ? [{ ...group, columns, riders }] : [];
}

export function halves(group: Group): readonly Group[] {
  const columns = all(group);
  const half = Math.ceil(columns.length / 2);
  return [
    { ...group, riders: [], columns: columns.slice(0, half) },
    { ...group, riders: [], columns: columns.slice(half) },
  ];
}

export const alone = (group: Group, column: Walked): Group => ({ ...group, riders: [], columns: [column] });

export const without = (group: Group, column: Walked): Group => ({
  ...group,
  riders: [],
  columns: all(group).filter((each) => each !== column),
});

/**
 * Whether the names at each column's place only grow, also beyond the column's end. Where they do not, the agent lays
 * rows out in an order of its own, and a name outside a column would be no proof of its end.
 */
export function isInOrder(
  columns: readonly Walked[],
  bytes: Uint8Array,
  frames: readonly VarbindFrame[],
  placeOf: (place: number) => number = (place) => place % columns.length,
): boolean {
  const last = columns.map((column) => column.last.octets);
  return frames.every(({ nameStart, nameEnd, valueTag }, place) => {
    if (valueTag === TAG.endOfMibView) return true;
    if (nameStart < 0) return false;
    const at = placeOf(place);
    const grows = compareOctets(last[at] as Uint8Array, bytes, nameStart, nameEnd) < 0;
    last[at] = bytes.subarray(nameStart, nameEnd);
    return grows;
  });
}

/** Which of the columns the varbind at a place of a GETBULK's answer is for (RFC 3416 §4.2.3). */
export const placesOf =
  ({ riders = [], columns }: Group) =>
  (place: number): number =>
    place < riders.length ? place : riders.length + ((place - riders.length) % Math.max(1, columns.length));
