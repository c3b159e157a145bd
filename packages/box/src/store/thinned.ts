/** Counter readings of old days made fewer: the last of each local day stays, and both sides of a counter that went back. */
import type { Counter } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';

interface Point {
  readonly at: Instant;
  readonly life: Counter | null;
  readonly total: Counter | null;
  readonly mono: Counter | null;
  readonly color: Counter | null;
}

/** Points oldest first; the first one stays too, as what the first day is counted from. */
export function thinned<P extends Point>(points: readonly P[], zone: string): readonly P[] {
  const kept: P[] = [];
  let dayEnds = Number.NEGATIVE_INFINITY;
  points.forEach((point, index) => {
    if (point.at >= dayEnds) dayEnds = endOfDay(point.at, zone);
    const next = points[index + 1];
    const before = points[index - 1];
    const isLast = next === undefined || next.at >= dayEnds;
    const bordersStepBack = (next && wentBack(point, next)) || (before && wentBack(before, point));
    if (index === 0 || isLast || bordersStepBack) kept.push(point);
  });
  return kept;
}

const FIELDS = ['life', 'total', 'mono', 'color'] as const;

/** Counters that were not told on one side say nothing. */
export const wentBack = (before: Point, after: Point): boolean =>
  FIELDS.some((field) => isBelow(after[field], before[field]));

/** Exact beyond 2^53. */
export function isBelow(after: Counter | null, before: Counter | null): boolean {
  if (after === null || before === null) return false;
  if (typeof after === 'number' && typeof before === 'number') return after < before;
  return BigInt(after) < BigInt(before);
}

const dayAt = (at: Instant, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).startOfDay();

export const startOfDay = (at: Instant, zone: string): number => dayAt(at, zone).epochMilliseconds;
const endOfDay = (at: Instant, zone: string): number => dayAt(at, zone).add({ days: 1 }).startOfDay().epochMilliseconds;
