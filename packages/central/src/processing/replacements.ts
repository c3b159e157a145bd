/** A supply's replacement: a level that rises and stays. A shaken cartridge, a jitter and a coarse gauge do not stay. */
import { instant, isoInstant } from '@rsb/runtime';
import type { EventLine } from './lines.ts';
import type { Timed } from './order.ts';
import { type LevelPoint, supplyHistories } from './supply-levels.ts';

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
/** What may be used meanwhile. */
const USED_MEANWHILE = 5;
const LEAST_RISE = 8;
/** Another driver or firmware may measure otherwise. */
const LEAST_RISE_OTHERWISE_MEASURED = 25;
const LEAST_RISE_OTHER_SERIAL = 3;
const BIG_RISE = 30;
/** A new cartridge may take hours to show its level. */
const SETTLING = 2 * DAY;
/** Of the rise, what must still be there. */
const STAYS = 0.35;
/** A cartridge that is out shows zero. */
const OUT_TIME = 6 * HOUR;
const OUT_FALL = 15;

export function replacementEvents(device: string, readings: readonly Timed[]): readonly EventLine[] {
  return supplyHistories(readings).flatMap(({ supply, measured, points }) =>
    findReplacements(points).map(({ at, before }) => ({
      line: 'event' as const,
      device,
      at: isoInstant(instant(at)),
      kind: 'supplyReplaced' as const,
      detail: { supply, early: before > EARLY_ABOVE, percentBefore: measured ? before : null },
    })),
  );
}

export function findReplacements(points: readonly LevelPoint[]): readonly Replacement[] {
  const step = gaugeStep(points);
  const calm = withoutExcursions(points, step);
  const found: Replacement[] = [];
  for (const [index, point] of calm.entries()) {
    const before = calm[index - 1];
    if (!before || point.level <= before.level) continue;
    if (point.at - (found.at(-1)?.at ?? Number.NEGATIVE_INFINITY) <= SETTLING) continue;
    const proof = proofOf(before, point, step);
    if (proof === null || !stays(calm, index, before.level, proof)) continue;
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
  for (let next = index + 1; next < points.length; next += 1) {
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

/** Leaves out what comes back: up for a day or two, or a wrong low value. */
function withoutExcursions(points: readonly LevelPoint[], step: number): readonly LevelPoint[] {
  const calm: LevelPoint[] = [];
  const used = Math.max(USED_MEANWHILE, step);
  let index = 0;
  while (index < points.length) {
    const point = points[index];
    if (!point) break;
    const base = calm.at(-1);
    const leaves = base && (point.level > base.level + JITTER || point.level < base.level - used);
    if (base && leaves && !isOther(base, point)) {
      const back = comesBack(points, index, base, used);
      if (back !== null) {
        index = back;
        continue;
      }
    }
    calm.push(point);
    index += 1;
  }
  return calm;
}

function comesBack(points: readonly LevelPoint[], index: number, base: LevelPoint, used: number): number | null {
  const began = points[index]?.at ?? 0;
  for (let next = index + 1; next < points.length; next += 1) {
    const point = points[next];
    if (!point || point.at - began > LONGEST_EXCURSION) return null;
    if (point.level <= base.level + JITTER && point.level >= base.level - used) return next;
  }
  return null;
}

/** 10 or 20 where a machine shows only such levels, else 1. */
function gaugeStep(points: readonly LevelPoint[]): number {
  let step = 0;
  for (const { level } of points) {
    let [larger, smaller] = [step, level];
    while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
    step = larger;
    if (step === 1) return 1;
  }
  return step >= 5 ? Math.min(step, 50) : 1;
}
