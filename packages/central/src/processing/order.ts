/** Puts a device's readings in order and gives each a time that can be believed: the box's clock is not trusted. */
import { COUNTS, contentOf, type Observation } from './observation.ts';

export interface Timed {
  readonly seen: Observation;
  /** Never before that of the reading that stands before it. */
  readonly at: number;
  /** False where the box's clock was wrong: `at` is worked out from its neighbours. */
  readonly clockRight: boolean;
}

/** No box existed before: a clock that says so was never set. */
export const FIRST_BELIEVED = Date.UTC(2015, 0, 1);
const HOUR = 3_600_000;

export function inOrder(observations: readonly Observation[]): readonly Timed[] {
  const boxes = new Map<string, Observation[]>();
  const loose: Observation[] = [];
  for (const seen of withoutRepeats(observations)) {
    if (!seen.id) loose.push(seen);
    else {
      const own = boxes.get(seen.id.box);
      if (own) own.push(seen);
      else boxes.set(seen.id.box, [seen]);
    }
  }
  const streams = [...boxes.values()].map(byEpochAndSeq);
  if (loose.length > 0) streams.push(byTime(loose));
  const [first, ...others] = streams;
  if (!first) return [];
  if (others.length === 0) return withTimes(first);
  const isDated = (stream: readonly Observation[]) => stream.some((seen) => seen.takenAt >= FIRST_BELIEVED);
  const [dated, undated] = [streams.filter(isDated), streams.filter((stream) => !isDated(stream))];
  const merged = dated.flatMap(withTimes).sort((one, other) => one.at - other.at || compareSame(one.seen, other.seen));
  return undated.length === 0 ? merged : withTimes(amongDated(merged, undated));
}

/** A box whose clock was never set: its readings stand where they came among those of others, in its own order. */
function amongDated(dated: readonly Timed[], undated: readonly (readonly Observation[])[]): readonly Observation[] {
  const placed = undated.flatMap((stream) => {
    const places = stream.map(({ place }) => place).sort((one, other) => one - other);
    return stream.map((seen, index) => ({ seen, place: places[index] ?? seen.place }));
  });
  return arrange(
    dated.map(({ seen }) => ({ seen, place: seen.place })),
    placed,
  ).map(({ seen }) => seen);
}

function withoutRepeats(observations: readonly Observation[]): Observation[] {
  const moments = new Map<number, Observation | Set<string>>();
  const kept: Observation[] = [];
  for (const seen of [...observations].sort((one, other) => one.place - other.place)) {
    const same = moments.get(seen.takenAt);
    if (!same) moments.set(seen.takenAt, seen);
    else {
      const contents = same instanceof Set ? same : new Set([contentOf(same)]);
      const content = contentOf(seen);
      if (contents.has(content)) continue;
      moments.set(seen.takenAt, contents.add(content));
    }
    kept.push(seen);
  }
  return kept;
}

function compareSame(one: Observation, other: Observation): number {
  const first = contentOf(one);
  const second = contentOf(other);
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Epochs are random names, so the median of their times says which came first; within one, seq alone decides. */
function byEpochAndSeq(observations: readonly Observation[]): readonly Observation[] {
  const epochs = Map.groupBy(observations, (seen) => seen.id?.epoch ?? '');
  const stretches = [...epochs].map(([epoch, seen]) => {
    const ordered = seen.sort((one, other) => (one.id?.seq ?? 0) - (other.id?.seq ?? 0) || compareSame(one, other));
    const times = ordered.map((each) => each.takenAt).filter((time) => time >= FIRST_BELIEVED);
    times.sort((one, other) => one - other);
    return { epoch, ordered, time: times[times.length >> 1] ?? null, place: ordered[0]?.place ?? 0 };
  });
  return arrange(
    stretches.filter((stretch) => stretch.time !== null).sort((one, other) => (one.time ?? 0) - (other.time ?? 0)),
    stretches.filter((stretch) => stretch.time === null),
  ).flatMap((stretch) => stretch.ordered);
}

function byTime(observations: readonly Observation[]): readonly Observation[] {
  const astray = astrayInTime(observations);
  const isTimed = (seen: Observation) => seen.takenAt >= FIRST_BELIEVED && !astray.has(seen);
  return arrange(
    observations.filter(isTimed).sort((one, other) => one.takenAt - other.takenAt || compareSame(one, other)),
    observations.filter((seen) => !isTimed(seen)),
  );
}

/** A clock that is wrong by a month and more. */
const ASTRAY = 30 * 24 * HOUR;
const MOST_ASTRAY = 200;
/** Readings on either side of it that must follow each other in time: then the file was written in order. */
const ORDERED_BESIDE = 3;

/**
 * Without an id only the file's order shows that a clock was wrong for a while: readings of another month or year amid
 * others that follow each other in time, as their counts do, while among the readings of their time the counts do not fit.
 */
function astrayInTime(observations: readonly Observation[]): ReadonlySet<Observation> {
  const astray = new Set<Observation>();
  const file = observations.filter((seen) => seen.takenAt >= FIRST_BELIEVED);
  for (let index = 1; index < file.length; index += 1) {
    const before = file[index - 1];
    const first = file[index];
    if (!before || !first || Math.abs(first.takenAt - before.takenAt) < ASTRAY) continue;
    const back = file.findIndex(
      (seen, at) => at > index && Math.abs(seen.takenAt - before.takenAt) < ASTRAY && seen.takenAt >= before.takenAt,
    );
    if (back < 0 || back - index > MOST_ASTRAY) continue;
    const run = file.slice(index, back);
    const beside = [
      ...file.slice(Math.max(0, index - ORDERED_BESIDE), index),
      ...file.slice(back, back + ORDERED_BESIDE),
    ];
    if (beside.length < 2 * ORDERED_BESIDE || !isRising(beside.map((seen) => seen.takenAt))) continue;
    if (
      run.every((seen) => Math.abs(seen.takenAt - before.takenAt) >= ASTRAY) &&
      fitsHere(run, beside) &&
      !fitsInTime(run, file)
    )
      for (const seen of run) astray.add(seen);
    index = back;
  }
  return astray;
}

/** The largest of its counts that a machine tells: enough to see whether readings follow each other. */
const mainCountOf = ({ counts }: Observation): number | null => {
  const told =
    counts?.[COUNTS.indexOf('all')] ?? counts?.[COUNTS.indexOf('life')] ?? counts?.[COUNTS.indexOf('vendorLife')];
  return told == null ? null : Number(told);
};

function fitsHere(run: readonly Observation[], beside: readonly Observation[]): boolean {
  const counts = [...beside.slice(0, ORDERED_BESIDE), ...run, ...beside.slice(ORDERED_BESIDE)].map(mainCountOf);
  return isRising(counts);
}

function fitsInTime(run: readonly Observation[], file: readonly Observation[]): boolean {
  const own = new Set(run);
  const [least, most] = [Math.min(...run.map(takenAtOf)), Math.max(...run.map(takenAtOf))];
  let before: Observation | null = null;
  let after: Observation | null = null;
  for (const seen of file) {
    if (own.has(seen)) continue;
    if (seen.takenAt <= least && seen.takenAt >= (before?.takenAt ?? 0)) before = seen;
    if (seen.takenAt >= most && seen.takenAt < (after?.takenAt ?? Number.POSITIVE_INFINITY)) after = seen;
  }
  return isRising([before, ...run, after].map((seen) => seen && mainCountOf(seen)));
}

const takenAtOf = ({ takenAt }: Observation): number => takenAt;

/** What has no believable time keeps its place: right behind the one that stood before it. */
function arrange<T extends { readonly place: number }>(timed: readonly T[], untimed: readonly T[]): readonly T[] {
  if (untimed.length === 0) return timed;
  const file = [...timed, ...untimed].sort((one, other) => one.place - other.place);
  const without = new Set(untimed);
  const after = new Map<T | null, T[]>();
  let anchor: T | null = null;
  for (const each of file) {
    if (!without.has(each)) anchor = each;
    else {
      const behind = after.get(anchor);
      if (behind) behind.push(each);
      else after.set(anchor, [each]);
    }
  }
  return [...(after.get(null) ?? []), ...timed.flatMap((each) => [each, ...(after.get(each) ?? [])])];
}

function withTimes(ordered: readonly Observation[]): Timed[] {
  const right = longestRise(ordered.map((seen) => (seen.takenAt >= FIRST_BELIEVED ? seen.takenAt : null)));
  const timed: Timed[] = [];
  const step = usualStep(ordered, right);
  let index = 0;
  while (index < ordered.length) {
    const seen = ordered[index];
    if (!seen) break;
    if (right[index]) {
      timed.push({ seen, at: seen.takenAt, clockRight: true });
      index += 1;
      continue;
    }
    let end = index;
    while (end < ordered.length && !right[end]) end += 1;
    const run = ordered.slice(index, end);
    const before = ordered[index - 1]?.takenAt ?? null;
    const after = ordered[end]?.takenAt ?? null;
    const times = timesOfRun(run, before, after, step);
    for (const [position, each] of run.entries())
      timed.push({ seen: each, at: times[position] ?? each.takenAt, clockRight: false });
    index = end;
  }
  return timed;
}

/** A wrong clock still runs, unless each boot sets it back: its differences hold, and it was put right about one interval before the next right reading. */
function timesOfRun(
  run: readonly Observation[],
  before: number | null,
  after: number | null,
  step: number,
): readonly number[] {
  if (before === null && after === null) return run.map((seen) => seen.takenAt);
  const offsets: number[] = [0];
  for (const [index, seen] of run.slice(1).entries()) {
    const gap = seen.takenAt - (run[index]?.takenAt ?? 0);
    offsets.push((offsets[index] ?? 0) + (gap > 0 && gap < 366 * 24 * HOUR ? gap : step));
  }
  const length = offsets.at(-1) ?? 0;
  const start = after === null ? (before ?? 0) + step : after - step - length;
  const least = before ?? Number.NEGATIVE_INFINITY;
  const most = after ?? Number.POSITIVE_INFINITY;
  return offsets.map((offset) => Math.min(most, Math.max(least, start + offset)));
}

function usualStep(ordered: readonly Observation[], right: readonly boolean[]): number {
  const times = ordered.filter((_, index) => right[index]).map((seen) => seen.takenAt);
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((one, other) => one - other);
  return gaps[gaps.length >> 1] ?? HOUR;
}

/** Which of the times belong to the longest run that never goes back; null never does. */
function longestRise(times: readonly (number | null)[]): readonly boolean[] {
  const kept: boolean[] = times.map(() => false);
  if (isRising(times)) return times.map((time) => time !== null);
  const tails: number[] = [];
  const previous: number[] = [];
  const value = (index: number) => times[index] ?? 0;
  for (const [index, time] of times.entries()) {
    previous.push(-1);
    if (time === null) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value(tails[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  }
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) kept[index] = true;
  return kept;
}

function isRising(times: readonly (number | null)[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time === null) continue;
    if (time < last) return false;
    last = time;
  }
  return true;
}
