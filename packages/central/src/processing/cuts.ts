/** Where a history may be cut: at a moment around which nothing happened that needs what lies on the other side. */
import type { Checkpoint, DevicePast } from './checkpoint.ts';
import type { LocalDays } from './local-days.ts';
import { COUNTS, type Count } from './observation.ts';
import type { PaceLearned } from './pace.ts';
import { divisor } from './replacements.ts';
import type { SeriesPast } from './series.ts';
import type { CountedTrack, Stretch } from './stretch.ts';
import { supplyHistories } from './supply-levels.ts';
import type { Timed } from './timed.ts';
import type { DayUsage } from './usage.ts';

const DAY = 86_400_000;
/** Cuts lie on a grid of their own, so that a late reading never moves them. */
const GRID = 7 * DAY;
/** Weeks between two cuts at least. */
const LEAST_GRIDS = 4;
/** What must be known after a cut: longer than any judgement looks ahead (a fall 60 hours, a supply six days). */
const AHEAD = 14 * DAY;
/** What is looked at on either side of a cut, in time and in readings: a change of driver compares forty. */
const SIDE: Side = { time: 7 * DAY, readings: 60 };
const SUPPLY_SIDE = 2 * DAY;
/** Days of which the pages are kept, to know what is usual for the machine. */
const DAYS_KEPT = 90;

export interface Side {
  readonly time: number;
  readonly readings: number;
}

export interface Cut {
  readonly at: number;
  /** Behind the last reading that is looked at for it. */
  readonly end: number;
}

/**
 * The cut after `last` (the beginning where null) that is tried as the `tries`th, a power of two: where a history is never
 * calm, the effort stays in proportion to its length. Undefined where too little is known after it.
 */
export function findCut(
  readings: readonly Timed[],
  context: number,
  last: number | null,
  tries: number,
): Cut | undefined {
  const begin = last ?? readings[context]?.at ?? 0;
  const at = (Math.floor(begin / GRID) + LEAST_GRIDS - 1 + tries + (last === null ? 1 : 0)) * GRID;
  const behind = firstFrom(readings, at);
  const end = Math.max(firstFrom(readings, at + AHEAD), behind + SIDE.readings);
  // The reading after shows that all before it are there.
  return end < readings.length && (readings.at(-1)?.at ?? 0) >= at + AHEAD ? { at, end } : undefined;
}

/** Index of the first reading at or after a moment. */
export function firstFrom(readings: readonly Timed[], at: number): number {
  let low = 0;
  let high = readings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((readings[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Readings around a cut that are kept or looked at: all of some days, and at least so many. */
function sidesOf(
  readings: readonly Timed[],
  at: number,
  side: Side,
): { readonly from: number; readonly cut: number; to: number } {
  const cut = firstFrom(readings, at);
  return {
    from: Math.max(0, Math.min(firstFrom(readings, at - side.time), cut - side.readings)),
    cut,
    to: Math.min(readings.length, Math.max(firstFrom(readings, at + side.time), cut + side.readings)),
  };
}

export function isCalm({ tracks, lines }: Stretch, { at }: Cut): boolean {
  const [track] = tracks;
  if (!track || tracks.length > 1) return false;
  const { readings, counted } = track;
  const { from, cut, to } = sidesOf(readings, at, SIDE);
  if (cut === from || cut === to || readings.slice(from, to).some(({ clockRight }) => !clockRight)) return false;
  if (!readings.slice(from, to).some(({ seen }) => seen.counts !== null)) return false;
  const [begins, ends] = [readings[from]?.at ?? at, readings[to - 1]?.at ?? at];
  const happened = lines.some((line) => {
    const moment = Date.parse(line.at);
    if (line.line === 'event' && (line.kind === 'silent' || line.kind === 'back')) return false;
    // A busy machine gets a supply every week or two; the days before it are enough to see each again from the cut on.
    if (line.line === 'event' && line.kind === 'supplyReplaced') return Math.abs(moment - at) <= SUPPLY_SIDE;
    return moment >= begins - DAY && moment <= ends + DAY;
  });
  if (happened || counted.stuck.some((stuck) => stuck.from < to && stuck.to >= from)) return false;
  return COUNTS.every((count) => isSmooth(track, count, from, to));
}

/** Every value told between these positions was believed, and each followed from the one before by difference. */
export function isSmooth({ counted }: CountedTrack, count: Count, from: number, to: number): boolean {
  const series = counted.series.get(count);
  if (!series) return true;
  const told = series.positions.filter((position) => position >= from && position < to);
  const steps = series.steps.filter((step) => step.to >= from && step.from < to);
  if (told.length === 0) return steps.length === 0;
  if (steps.some(({ kind }) => kind !== 'risen')) return false;
  const believed = new Set(steps.flatMap((step) => [step.from, step.to]));
  return series.positions.length === 1 || told.every((position) => believed.has(position));
}

export function checkpointAt(
  { at, end }: Cut,
  { tracks }: Stretch,
  usage: DayUsage,
  last: Checkpoint | null,
  days: LocalDays,
  side: Side = SIDE,
): Checkpoint {
  const track = tracks[0];
  if (!track) throw new Error('a stretch without readings is never calm');
  const { readings } = track;
  const { from, cut } = sidesOf(readings, at, side);
  const before = readings.slice(0, cut);
  // Across a month's end, pages of an interval may belong to the day before the reading that tells them.
  const openDay = days.numberOf(readings[from]?.at ?? at) - 1;
  return {
    at,
    until: readings[Math.min(end, readings.length) - 1]?.at ?? at,
    context: readings.slice(from, cut).map(({ seen }) => seen),
    past: pastOf(track, before, last),
    usage: [...usage]
      .filter(([day]) => day >= openDay)
      .map(([day, { counts, hours }]) => [
        day,
        { ...counts },
        [...hours].map(([hour, own]) => [hour, { ...own }] as const),
      ]),
    openDay,
  };
}

/** How many of the readings looked at stand before the context of a cut. */
export function standsBefore(readings: readonly Timed[], context: number, at: number): number {
  return firstFrom(readings, at) - context;
}

function pastOf({ counted, readings }: CountedTrack, before: readonly Timed[], last: Checkpoint | null): DevicePast {
  const past = last?.past ?? null;
  const cut = before.length;
  const told = <T>(take: (timed: Timed) => T | null): T | null => {
    const found = before.findLast((timed) => take(timed) !== null);
    return found ? take(found) : null;
  };
  const supplies: Record<string, number> = { ...past?.supplies };
  for (const { supply, points } of supplyHistories(before, past))
    supplies[supply] = divisor(points, supplies[supply] ?? 0);
  const counts: Partial<Record<Count, SeriesPast>> = { ...past?.counts };
  for (const [count, series] of counted.series) {
    const index = series.positions.findLastIndex((position) => position < cut);
    const value = counted.rows[series.positions[index] ?? -1]?.[COUNTS.indexOf(count)] ?? null;
    if (value === null) continue;
    const pace = keptPace(series.pace, readings[cut]?.at ?? 0);
    counts[count] = { pace, value, since: series.since[index] ?? 0 };
  }
  return {
    exchanged: counted.exchanged[cut - 1] ?? false,
    totalTold: (past?.totalTold ?? false) || before.some(({ seen }) => seen.counts?.[COUNTS.indexOf('all')] != null),
    firmware: told(({ seen }) => seen.firmware) ?? past?.firmware ?? '',
    driver: told(({ seen }) => seen.driver) ?? past?.driver ?? '',
    counts,
    home: homeOf(before) ?? past?.home ?? null,
    firmwareTold: told(({ seen }) => seen.firmware) ?? past?.firmwareTold ?? null,
    supplies,
  };
}

/** No machine moves around a cut: it is at home where it was read last. */
const homeOf = (before: readonly Timed[]): string | null =>
  before.findLast(({ seen }) => seen.address !== '')?.seen.address ?? null;

function keptPace({ days, speed }: PaceLearned, at: number): PaceLearned {
  return { speed, days: days.filter(([day]) => (day + 1) * DAY <= at).slice(-DAYS_KEPT) };
}

/** Pages of days that a checkpoint left open, to be added to. */
export const usageOf = (from: Checkpoint | null): DayUsage =>
  new Map(
    from?.usage.map(([day, counts, hours]) => [
      day,
      { counts: { ...counts }, hours: new Map(hours.map(([hour, own]) => [hour, { ...own }])) },
    ]),
  );
