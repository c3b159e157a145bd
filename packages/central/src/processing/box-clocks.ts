/**
 * One machine that several boxes read: where one box has a clock that is hours or years wrong all the time, the counts say by
 * how much, because both saw the same pages.
 */
import type { Timed } from './timed.ts';
import { mainCountOf } from './wrong-clocks.ts';

const HOUR = 3_600_000;
/** A smaller difference does no harm. */
const LEAST_OFFSET = 1.5 * HOUR;
/** Values that both must have seen. */
const LEAST_SHARED = 8;
/** Of the shared values, the part whose times must agree, and how well. */
const MOSTLY = 0.8;
const AGREES = 6 * HOUR;

/** In time each; those that are wrong are put on the clock of the one that is trusted most. */
export function alignClocks(streams: readonly (readonly Timed[])[]): readonly (readonly Timed[])[] {
  // A clock that stopped is behind: of boxes that saw as much, the later one is trusted.
  const [trusted, ...others] = streams.toSorted(
    (one, other) => trust(other) - trust(one) || (other.at(-1)?.at ?? 0) - (one.at(-1)?.at ?? 0),
  );
  if (!trusted) return streams;
  const seenAt = timesOfCounts(trusted);
  return [
    trusted,
    ...others.map((stream) => {
      const offset = offsetTo(seenAt, stream);
      if (Math.abs(offset) < LEAST_OFFSET) return stream;
      return stream.map(({ seen, at }) => ({ seen, at: at + offset, clockRight: false }));
    }),
  ];
}

const trust = (stream: readonly Timed[]): number => Math.round(Math.log2(stream.length + 1));

interface Span {
  readonly from: number;
  to: number;
}

/** Between which moments each count was seen. */
function timesOfCounts(stream: readonly Timed[]): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  for (const { seen, at } of stream) {
    const count = mainCountOf(seen);
    if (count === null) continue;
    const span = spans.get(count);
    if (span) span.to = at;
    else spans.set(count, { from: at, to: at });
  }
  return spans;
}

/** How far the clock of a stream is behind; 0 where the counts do not say so. */
function offsetTo(seenAt: ReadonlyMap<number, Span>, stream: readonly Timed[]): number {
  const offsets: number[] = [];
  for (const [count, { from, to }] of timesOfCounts(stream)) {
    const span = seenAt.get(count);
    if (span) offsets.push((span.from + span.to - from - to) / 2);
  }
  if (offsets.length < LEAST_SHARED) return 0;
  offsets.sort((one, other) => one - other);
  const middle = offsets[offsets.length >> 1] ?? 0;
  const agreeing = offsets.filter((offset) => Math.abs(offset - middle) <= AGREES);
  return agreeing.length >= MOSTLY * offsets.length ? middle : 0;
}
