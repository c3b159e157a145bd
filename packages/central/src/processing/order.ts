/** Puts a device's readings in order and gives each a time that can be believed: the box's clock is not trusted. */
import { alignClocks } from './box-clocks.ts';
import { contentOf, type Observation } from './observation.ts';
import type { Timed } from './timed.ts';
import { astrayInTime, displaced, FIRST_BELIEVED, isRising } from './wrong-clocks.ts';

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
  const streams: Stream[] = [...boxes.values()].map((own) => {
    const ordered = byEpochAndSeq(own);
    return { ordered, astray: new Set(displaced(ordered).flat()) };
  });
  if (loose.length > 0) streams.push(byTime(loose));
  const [first, ...others] = streams;
  if (!first) return [];
  if (others.length === 0) return withTimes(first.ordered, first.astray);
  const isDated = ({ ordered }: Stream) => ordered.some((seen) => seen.takenAt >= FIRST_BELIEVED);
  const [dated, undated] = [streams.filter(isDated), streams.filter((stream) => !isDated(stream))];
  const timed = alignClocks(dated.map(({ ordered, astray }) => withTimes(ordered, astray)));
  const merged = timed.flat().sort((one, other) => one.at - other.at || compareSame(one.seen, other.seen));
  if (undated.length === 0) return merged;
  return withTimes(
    amongDated(
      merged,
      undated.map(({ ordered }) => ordered),
    ),
  );
}

/** Readings of one box, or without one, in the order in which they were taken. */
interface Stream {
  readonly ordered: readonly Observation[];
  /** Whose time is known to be wrong. */
  readonly astray: ReadonlySet<Observation>;
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

/**
 * What is told twice is kept once: in the epoch that began first. A box that was restored sends again what its store before
 * had sent, and its epochs must not run through each other.
 */
function withoutRepeats(observations: readonly Observation[]): Observation[] {
  const moments = new Map<number, Observation | Map<string, Observation>>();
  const replaced = new Map<Observation, Observation>();
  const beginsFirst = firstEpoch(observations);
  const kept: Observation[] = [];
  for (const seen of [...observations].sort((one, other) => one.place - other.place)) {
    const same = moments.get(seen.takenAt);
    if (!same) moments.set(seen.takenAt, seen);
    else {
      const contents = same instanceof Map ? same : new Map([[contentOf(same), same]]);
      const content = contentOf(seen);
      const first = contents.get(content);
      if (first) {
        if (beginsFirst(seen, replaced.get(first) ?? first)) replaced.set(first, seen);
        continue;
      }
      moments.set(seen.takenAt, contents.set(content, seen));
    }
    kept.push(seen);
  }
  return replaced.size === 0 ? kept : kept.map((seen) => replaced.get(seen) ?? seen);
}

/** Of two items of one box, whether the first one's epoch began before the other's; of two that began at once, which tells more. */
function firstEpoch(observations: readonly Observation[]): (one: Observation, other: Observation) => boolean {
  let epochs: ReadonlyMap<string, { readonly begins: number; readonly readings: number }> | undefined;
  const nameOf = ({ id }: Observation) => `${id?.box}\t${id?.epoch}`;
  const known = () => {
    epochs ??= new Map(
      [...Map.groupBy(observations, nameOf)].map(([name, own]) => [
        name,
        {
          begins: own.reduce(
            (first, { takenAt }) => (takenAt < FIRST_BELIEVED ? first : Math.min(first, takenAt)),
            Number.POSITIVE_INFINITY,
          ),
          readings: own.length,
        },
      ]),
    );
    return epochs;
  };
  return (one, other) => {
    if (!one.id || one.id.box !== other.id?.box || one.id.epoch === other.id.epoch) return false;
    const [own, its] = [known().get(nameOf(one)), known().get(nameOf(other))];
    if (!own || !its) return false;
    if (own.begins !== its.begins) return own.begins < its.begins;
    return own.readings === its.readings ? one.id.epoch < other.id.epoch : own.readings > its.readings;
  };
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

function byTime(observations: readonly Observation[]): Stream {
  const astray = astrayInTime(observations);
  const isTimed = (seen: Observation) => seen.takenAt >= FIRST_BELIEVED && !astray.has(seen);
  const ordered = arrange(
    observations.filter(isTimed).sort((one, other) => one.takenAt - other.takenAt || compareSame(one, other)),
    observations.filter((seen) => !isTimed(seen)),
  );
  return { ordered, astray };
}

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

function withTimes(ordered: readonly Observation[], astray: ReadonlySet<Observation> = NONE): Timed[] {
  const right = longestRise(
    ordered.map((seen) => (seen.takenAt >= FIRST_BELIEVED && !astray.has(seen) ? seen.takenAt : null)),
  );
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

const NONE: ReadonlySet<Observation> = new Set();

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
