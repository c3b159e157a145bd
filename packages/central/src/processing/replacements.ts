/** A supply's replacement: a level that rises and stays. A shaken cartridge, a jitter and a coarse gauge do not stay. */
import { instant, isoInstant } from '@rsb/runtime';
import type { EventLine } from './lines.ts';
import { type LevelPoint, supplyHistories } from './supply-levels.ts';
import type { Timed } from './timed.ts';

export interface Replacement {
  readonly at: number;
  /** The last level shown. */
  readonly before: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** More than this left: replaced early. */
const EARLY_ABOVE = 10;

const JITTER = 2;
/** A shaken cartridge shows more for a day or two. */
const LONGEST_EXCURSION = 2.5 * DAY;
/** A state that is wrong for a reading or two. */
const LONGEST_STATE_DIP = 2 * HOUR;
/** A larger fall between two readings is a wrong value, or days offline. */
const MOST_USED_AT_ONCE = 20;
/** What may be used meanwhile. */
const USED_MEANWHILE = 5;
const LEAST_RISE = 8;
/** Another driver or firmware may measure otherwise. */
const LEAST_RISE_OTHERWISE_MEASURED = 25;
const LEAST_RISE_OTHER_SERIAL = 3;
const BIG_RISE = 30;
/** Readings that are looked ahead: a reading every five minutes, for the longest of the times above and below. */
const MOST_LOOKED = 1500;
/** A new cartridge may take hours to show its level. */
const SETTLING = 2 * DAY;
/** Of the rise, what must still be there. */
const STAYS = 0.35;
/** A cartridge that is out shows zero. */
const OUT_TIME = 6 * HOUR;
const OUT_FALL = 6;

export interface SuppliesPast {
  readonly firmware: string;
  readonly driver: string;
  /** Largest step that divides every level told so far, by supply. */
  readonly steps: Readonly<Record<string, number>>;
}

export function replacementEvents(
  device: string,
  readings: readonly Timed[],
  past: SuppliesPast | null = null,
): readonly EventLine[] {
  return supplyHistories(readings, past).flatMap(({ supply, measured, points }) =>
    findReplacements(points, measured, past?.steps[supply] ?? 0).map(({ at, before }) => ({
      line: 'event' as const,
      device,
      at: isoInstant(instant(at)),
      kind: 'supplyReplaced' as const,
      detail: { supply, early: before > EARLY_ABOVE, percentBefore: measured ? before : null },
    })),
  );
}

export function findReplacements(
  points: readonly LevelPoint[],
  measured: boolean,
  stepBefore = 0,
): readonly Replacement[] {
  const step = gaugeStep(divisor(points, stepBefore));
  const calm = withoutExcursions(points, {
    used: Math.max(USED_MEANWHILE, step),
    usedDaily: usedDaily(points),
    // "low" for some hours and then "ok" for good is a replacement; a number that comes back to what it was is none.
    longestDip: measured ? LONGEST_EXCURSION : LONGEST_STATE_DIP,
  });
  const found: Replacement[] = [];
  for (const [index, point] of calm.entries()) {
    const before = calm[index - 1];
    if (!before || point.level <= before.level) continue;
    if (point.at - (found.at(-1)?.at ?? Number.NEGATIVE_INFINITY) <= SETTLING) continue;
    const proof = proofOf(before, point, step);
    if (proof === null || !stays(calm, index, before.level, proof) || isOutdone(calm, index, proof.hold)) continue;
    found.push({ at: point.at, before: shownBefore(calm, index, step) });
  }
  return found;
}

/** The cartridge itself says that it is another one. */
const isOther = (before: LevelPoint, after: LevelPoint): boolean =>
  before.serial !== null && after.serial !== null && before.serial !== after.serial;

interface Proof {
  /** How long the level must not come back. */
  readonly hold: number;
  /** How long it must have been seen. */
  readonly seen: number;
}

/** What it takes to believe a rise; null where it is too small for a replacement. */
function proofOf(before: LevelPoint, after: LevelPoint, step: number): Proof | null {
  const rise = after.level - before.level;
  if (isOther(before, after)) return rise >= LEAST_RISE_OTHER_SERIAL ? { hold: DAY, seen: 0 } : null;
  if (rise < (before.made === after.made ? Math.max(LEAST_RISE, step) : LEAST_RISE_OTHERWISE_MEASURED)) return null;
  if (rise >= BIG_RISE && rise > 1.5 * step) return { hold: 1.5 * DAY, seen: DAY / 2 };
  if (rise > 1.5 * step) return { hold: 3 * DAY, seen: 2 * DAY };
  return { hold: 5 * DAY, seen: 4 * DAY };
}

function stays(points: readonly LevelPoint[], index: number, before: number, { hold, seen }: Proof): boolean {
  const { at, level } = points[index] ?? { at: 0, level: 0 };
  const least = before + (level - before) * STAYS;
  let last = at;
  for (let next = index + 1; next < Math.min(points.length, index + MOST_LOOKED); next += 1) {
    const point = points[next];
    if (!point) break;
    // The first reading after the time that it must have been seen counts too: some machines are read once a day.
    if (point.at - at > hold && last - at >= seen && last > at) break;
    if (point.level < least) return false;
    last = point.at;
    if (last - at > hold) break;
  }
  return last > at && last - at >= seen;
}

function shownBefore(points: readonly LevelPoint[], index: number, step: number): number {
  const last = points[index - 1];
  const earlier = points[index - 2];
  if (!last) return 0;
  const isOut =
    earlier && last.at - earlier.at <= OUT_TIME && earlier.level - last.level > Math.max(OUT_FALL, 1.5 * step);
  return isOut ? earlier.level : last.level;
}

/** A small rise shortly before a large one is a shaken cartridge, replaced in the end. */
function isOutdone(points: readonly LevelPoint[], index: number, hold: number): boolean {
  const { at, level } = points[index] ?? { at: 0, level: 0 };
  const rise = level - (points[index - 1]?.level ?? level);
  if (rise >= BIG_RISE) return false;
  for (let next = index + 1; next < Math.min(points.length, index + MOST_LOOKED); next += 1) {
    const point = points[next];
    if (!point || point.at - at > hold) return false;
    if (point.level - (points[next - 1]?.level ?? 0) > 1.5 * rise) return true;
  }
  return false;
}

interface Calm {
  /** What may be used meanwhile, at once and each day. */
  readonly used: number;
  readonly usedDaily: number;
  readonly longestDip: number;
}

/** Leaves out what comes back: up for a day or two, or a wrong low value. */
function withoutExcursions(points: readonly LevelPoint[], calm: Calm): readonly LevelPoint[] {
  const kept: LevelPoint[] = [];
  let index = 0;
  while (index < points.length) {
    const point = points[index];
    if (!point) break;
    const base = kept.at(-1);
    const leaves = base && (point.level > base.level + JITTER || point.level < base.level - calm.used);
    if (base && leaves && !isOther(base, point)) {
      const back = comesBack(points, index, base, calm);
      if (back !== null) {
        index = back;
        continue;
      }
    }
    kept.push(point);
    index += 1;
  }
  return kept;
}

function comesBack(points: readonly LevelPoint[], index: number, base: LevelPoint, calm: Calm): number | null {
  const { at, level } = points[index] ?? base;
  const longest = level < base.level ? calm.longestDip : LONGEST_EXCURSION;
  for (let next = index + 1; next < Math.min(points.length, index + MOST_LOOKED); next += 1) {
    const point = points[next];
    if (!point || point.at - at > longest) return null;
    const least = base.level - calm.used - (calm.usedDaily * (point.at - base.at)) / DAY;
    if (
      point.level <= base.level + JITTER &&
      point.level >= least &&
      (level > base.level || point.level > level + JITTER)
    )
      return next;
  }
  return null;
}

/** Percent of a day of heavy use. */
function usedDaily(points: readonly LevelPoint[]): number {
  let used = 0;
  for (const [index, { level }] of points.entries()) {
    const fell = (points[index - 1]?.level ?? level) - level;
    if (fell > 0 && fell <= MOST_USED_AT_ONCE) used += fell;
  }
  const days = ((points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)) / DAY;
  return days < 3 ? 0 : Math.min(10, (2 * used) / days);
}

/** 10 or 20 where a machine shows only such levels, else 1. */
const gaugeStep = (step: number): number => (step >= 5 ? Math.min(step, 50) : 1);

/** What divides every level, 0 where there is none but zero. */
export function divisor(points: readonly LevelPoint[], before = 0): number {
  let step = before;
  for (const { level } of points) {
    let [larger, smaller] = [step, level];
    while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
    step = larger;
    if (step === 1) return 1;
  }
  return step;
}
