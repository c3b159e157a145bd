/** Finds readings whose times are wrong by the times beside them: a clock that was set wrong for a while. */
import { COUNTS, type Observation } from './observation.ts';

/** No box existed before: a clock that says so was never set. */
export const FIRST_BELIEVED = Date.UTC(2015, 0, 1);
const HOUR = 3_600_000;
/** Times of another month and year amid others are seen whatever the rhythm of the readings. */
const ASTRAY = 30 * 24 * HOUR;
const MOST_ASTRAY = 200;
/** Readings on either side of it that must follow each other in time: then the file was written in order. */
const ORDERED_BESIDE = 3;
/** Pages between it and the readings before it that are believed of a run with which the file ends. */
const MOST_AT_END = 20_000;
/** Of the usual time between two readings, what two gaps may differ from it together. */
const REGULAR = 0.3;
/** A gap that is longer than usual by so much may be the other end of a wrong clock. */
const LONGER = 1.4;

/**
 * Runs of readings, given in the order in which they were taken, at whose one end time goes back, and at whose other end it
 * leaps ahead by as much: as if every reading had been in its time, but for a clock that was wrong meanwhile.
 */
export function displaced(ordered: readonly Observation[]): readonly (readonly Observation[])[] {
  const gaps = ordered.map((seen, index) => seen.takenAt - (ordered[index - 1]?.takenAt ?? seen.takenAt));
  if (!gaps.some((gap) => gap < 0)) return [];
  const usual = usualOf(gaps);
  const runs: (readonly Observation[])[] = [];
  for (let index = 1; index < ordered.length; index += 1) {
    const back = gaps[index] ?? 0;
    if (back >= 0) continue;
    const balances = (gap: number) => gap >= LONGER * usual && Math.abs(gap + back - 2 * usual) <= 2 * REGULAR * usual;
    for (let length = 1; length <= MOST_ASTRAY; length += 1) {
      const isBehind = index + length < ordered.length && balances(gaps[index + length] ?? 0);
      const isAhead = index - length > 0 && balances(gaps[index - length] ?? 0);
      if (!isBehind && !isAhead) continue;
      const [from, to] = isBehind ? [index, index + length] : [index - length, index];
      runs.push(ordered.slice(from, to));
      index = Math.max(index, to);
      break;
    }
  }
  return runs;
}

function usualOf(gaps: readonly number[]): number {
  const sorted = gaps.filter((gap) => gap > 0).sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? HOUR;
}

/**
 * Without an id only the file's order shows that a clock was wrong for a while: readings of another time amid others that
 * follow each other in time, as their counts do, while among the readings of their time the counts do not fit.
 */
export function astrayInTime(observations: readonly Observation[]): ReadonlySet<Observation> {
  const astray = new Set<Observation>();
  const file = observations.filter((seen) => seen.takenAt >= FIRST_BELIEVED);
  if (isRising(file.map(takenAtOf))) return astray;
  const take = (run: readonly Observation[], isHere: (counts: Around) => boolean) => {
    const [first] = run;
    if (!first || astray.has(first) || !isRising(run.map(takenAtOf))) return;
    const around = aroundOf(file, file.indexOf(first), run.length);
    if (around && isHere(around)) for (const seen of run) astray.add(seen);
  };
  // They leave a hole among those around them that they fill exactly: no late report does.
  for (const run of displaced(file)) take(run, ({ counts }) => isMostlyRising(counts));
  // A late report never tells more than what was told before it; where nothing was printed, a run fits anywhere.
  for (const run of leaps(file)) {
    const goesOn = ({ counts, last, own, leap, isEnd }: Around) => {
      if (!isRising(counts)) return false;
      const isMore = own > last;
      return isEnd ? isMore && leap <= MOST_AT_END && !fitsInTime(run, file) : isMore || !fitsInTime(run, file);
    };
    take(run, goesOn);
  }
  return astray;
}

/** Runs of readings of another month or year than those on both sides, or than those before the last ones of all. */
function leaps(file: readonly Observation[]): readonly (readonly Observation[])[] {
  const runs: (readonly Observation[])[] = [];
  for (let index = 1; index < file.length; index += 1) {
    const before = file[index - 1]?.takenAt ?? 0;
    const isNear = (at: number) => Math.abs((file[at]?.takenAt ?? 0) - before) < ASTRAY;
    if (isNear(index)) continue;
    const most = Math.min(file.length, index + MOST_ASTRAY);
    let back = index + 1;
    while (back < most && !(isNear(back) && (file[back]?.takenAt ?? 0) >= before)) back += 1;
    // At the end of the file only a leap back is seen: ahead, it may as well have been silent.
    if (back >= most && !(back === file.length && (file[index]?.takenAt ?? 0) < before)) continue;
    const run = file.slice(index, back);
    if (run.every((_, offset) => !isNear(index + offset))) runs.push(run);
    index = back;
  }
  return runs;
}

interface Around {
  /** Of the readings before, in and behind a run. */
  readonly counts: readonly (number | null)[];
  /** The last of those before it, and of its own. */
  readonly last: number;
  readonly own: number;
  /** From the last before it to its own first. */
  readonly leap: number;
  /** Nothing stands behind the run: with less around it, more must speak for it. */
  readonly isEnd: boolean;
}

function aroundOf(file: readonly Observation[], from: number, length: number): Around | null {
  const run = file.slice(from, from + length);
  const after = file.slice(from + length, from + length + ORDERED_BESIDE);
  const before = file.slice(Math.max(0, from + after.length - 2 * ORDERED_BESIDE), from);
  if (before.length + after.length < 2 * ORDERED_BESIDE) return null;
  if (!isRising([...before, ...after].map(takenAtOf))) return null;
  const told = (some: readonly Observation[]) => some.map(mainCountOf).filter((count) => count !== null);
  const [last, own] = [told(before).at(-1) ?? 0, told(run)];
  return {
    counts: [...before, ...run, ...after].map(mainCountOf),
    last,
    own: own.at(-1) ?? 0,
    leap: (own[0] ?? last) - last,
    isEnd: after.length === 0,
  };
}

/** The largest of its counts that a machine tells: enough to see whether readings follow each other. */
export const mainCountOf = ({ counts }: Observation): number | null => {
  const told =
    counts?.[COUNTS.indexOf('all')] ?? counts?.[COUNTS.indexOf('life')] ?? counts?.[COUNTS.indexOf('vendorLife')];
  return told == null ? null : Number(told);
};

function fitsInTime(run: readonly Observation[], file: readonly Observation[]): boolean {
  const own = new Set(run);
  const [least, most] = [run[0]?.takenAt ?? 0, run.at(-1)?.takenAt ?? 0];
  const among = [...run];
  let before: Observation | null = null;
  let after: Observation | null = null;
  for (const seen of file) {
    if (own.has(seen)) continue;
    if (seen.takenAt > least && seen.takenAt < most) among.push(seen);
    else if (seen.takenAt <= least && seen.takenAt >= (before?.takenAt ?? 0)) before = seen;
    else if (seen.takenAt >= most && seen.takenAt < (after?.takenAt ?? Number.POSITIVE_INFINITY)) after = seen;
  }
  among.sort((one, other) => one.takenAt - other.takenAt);
  return isRising([before, ...among, after].map((seen) => seen && mainCountOf(seen)));
}

const takenAtOf = ({ takenAt }: Observation): number => takenAt;

/** A wrong value or two among them says nothing of their times. */
const MOSTLY = 0.8;

function isMostlyRising(counts: readonly (number | null)[]): boolean {
  const told = counts.filter((count) => count !== null);
  const rises = told.filter((count, index) => index > 0 && count >= (told[index - 1] ?? 0)).length;
  return (told.at(-1) ?? 0) >= (told[0] ?? 0) && rises >= MOSTLY * (told.length - 1);
}

export function isRising(times: readonly (number | null)[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time === null) continue;
    if (time < last) return false;
    last = time;
  }
  return true;
}
