/** A set of addresses as sorted, merged intervals: 65,536 addresses cost as little as one. */
import { addressText, type Family, parseAddress } from './address.ts';

/** Both ends belong to it. */
export interface Interval {
  readonly family: Family;
  readonly from: bigint;
  readonly to: bigint;
}

export interface AddressRange {
  /** One way of writing it: host bits cleared, blanks and repeats gone. Reading it again gives the same set. */
  readonly normalized: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly intervals: readonly Interval[];
  /** In ascending order, IPv4 before IPv6. */
  addresses(): Iterable<string>;
  has(address: string): boolean;
}

/** Null where nothing is left. `intervals` as `mergeIntervals` gives them. */
export function addressRange(normalized: string, intervals: readonly Interval[]): AddressRange | null {
  const first = intervals[0];
  const last = intervals.at(-1);
  if (!first || !last) return null;
  return {
    normalized,
    count: Number(countOf(intervals)),
    first: addressText({ family: first.family, value: first.from }),
    last: addressText({ family: last.family, value: last.to }),
    intervals,
    *addresses() {
      for (const { family, from, to } of intervals) {
        for (let value = from; value <= to; value += 1n) yield addressText({ family, value });
      }
    },
    has(address) {
      const parsed = parseAddress(address);
      return parsed !== undefined && holds(intervals, parsed.family, parsed.value);
    },
  };
}

export function countOf(intervals: readonly Interval[]): bigint {
  return intervals.reduce((sum, { from, to }) => sum + (to - from + 1n), 0n);
}

export const compareIntervals = (a: Interval, b: Interval): number =>
  a.family - b.family || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/** Sorted, without overlaps, neighbours joined. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort(compareIntervals)) {
    const last = merged.at(-1);
    if (last && last.family === next.family && next.from <= last.to + 1n) {
      if (next.to > last.to) merged[merged.length - 1] = { ...last, to: next.to };
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** What of `intervals` is not in `excluded`; both merged. */
export function subtractIntervals(intervals: readonly Interval[], excluded: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  for (const { family, from, to } of intervals) {
    let start = from;
    for (const hole of excluded) {
      if (hole.family !== family || hole.to < start || hole.from > to) continue;
      if (hole.from > start) left.push({ family, from: start, to: hole.from - 1n });
      start = hole.to + 1n;
    }
    if (start <= to) left.push({ family, from: start, to });
  }
  return left;
}

function holds(intervals: readonly Interval[], family: Family, value: bigint): boolean {
  let low = 0;
  let high = intervals.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const interval = intervals[middle];
    if (!interval) return false;
    if (interval.family < family || (interval.family === family && interval.to < value)) low = middle + 1;
    else if (interval.family > family || interval.from > value) high = middle - 1;
    else return true;
  }
  return false;
}
