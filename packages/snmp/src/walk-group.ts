/** Columns that are asked in one request, and how such a group is taken apart. */
import { TAG } from './ber.ts';
import { compareOctets, type EncodedName } from './oid-octets.ts';
import type { VarbindFrame } from './varbinds.ts';
import type { WalkColumn } from './walk-column.ts';
import { WalkSpan } from './walk-span.ts';

/** What is walked under one name. */
export type Walked = WalkColumn | WalkSpan;

export interface Group {
  readonly columns: readonly Walked[];
  /** Asked one row each, in the same request by GETBULK. */
  readonly riders?: readonly Walked[];
  /** What follows rows of the riders that are not seen yet: of use where they turn out to be there. */
  readonly ahead?: readonly Ahead[];
  readonly pdu: 'getNext' | 'getBulk';
  readonly mostRepetitions: number;
  /** Varbinds that each is likely to have left; unknown before the first answer. */
  readonly likely?: number;
  /** Tables of which it is only looked whether they have rows. */
  readonly isFirst?: boolean;
}

/** A row that is likely to be there, and what it is a row of. */
export interface Ahead {
  readonly last: EncodedName;
  readonly of: Walked;
}

/** The same by GETNEXT, where each column goes on for itself. */
export const byNext = (group: Group): Group => ({
  ...group,
  pdu: 'getNext',
  riders: [],
  ahead: [],
  columns: all(group)
    .flatMap((each) => (each instanceof WalkSpan ? each.columns : [each]))
    .filter(({ ended }) => !ended),
});

/** Whatever is walked by the request. */
export const all = ({ riders = [], columns }: Group): readonly Walked[] => [...riders, ...columns];

/** What each name of the request is asked for, in order; the first `nonRepeaters` once. */
export const inNames = ({ riders = [], ahead = [], columns }: Group): readonly (Walked | Ahead)[] => [
  ...riders,
  ...ahead,
  ...columns,
];
export const nonRepeaters = ({ riders = [], ahead = [] }: Group): number => riders.length + ahead.length;

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
    { ...group, riders: [], ahead: [], columns: columns.slice(0, half) },
    { ...group, riders: [], ahead: [], columns: columns.slice(half) },
  ];
}

export const alone = (group: Group, column: Walked): Group => ({ ...group, riders: [], ahead: [], columns: [column] });

export const without = (group: Group, column: Walked): Group => ({
  ...group,
  riders: [],
  ahead: [],
  columns: all(group).filter((each) => each !== column),
});

/**
 * Whether the names at each column's place only grow, also beyond the column's end. Where they do not, the agent lays
 * rows out in an order of its own, and a name outside a column would be no proof of its end.
 */
export function isInOrder(
  columns: readonly Pick<Walked, 'last'>[],
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

/** For which of a request's names the varbind at a place of a GETBULK's answer is (RFC 3416 §4.2.3). */
export const placesOf = (group: Group) => {
  const once = nonRepeaters(group);
  return (place: number): number =>
    place < once ? place : once + ((place - once) % Math.max(1, group.columns.length));
};
