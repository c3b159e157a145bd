/**
 * Readings of two machines that share serial number, MAC and address: only their counts tell them apart. Each reading belongs
 * to the machine whose last count lies nearest below it.
 */
import { COUNTS, type CountValue } from './observation.ts';
import { minus } from './quantity.ts';
import type { Timed } from './timed.ts';

export interface Mixed {
  /** Of one machine each; where the counts cross or more than two are mixed, one and all the rest. */
  readonly tracks: readonly [readonly Timed[], readonly Timed[]];
  /** False where it cannot be told which pages are whose: then only the first is counted. */
  readonly certain: boolean;
}

/** So many falls are no wrong readings any more. */
const LEAST_FALLS = 5;
const LEAST_READINGS = 5;
/** More are no machines but noise. */
const MOST_CHAINS = 8;
/** Pages between two readings of one machine, at once and each day. */
const MOST_AT_ONCE = 5000;
const MOST_DAILY = 200_000;
const DAY = 86_400_000;
/** Times that the readings go from one machine to the other. */
const LEAST_SWITCHES = 8;
/** A machine that is seen now and then amid another's readings may as well be a wrong value that comes again. */
const LEAST_SHARE = 0.2;
const LEAST_SEEN = 20;
/** Parts of the time that both are seen in, and how far pages of one machine, told twice, may differ in each. */
const PARTS = 8;
const ALIKE = 0.1;

interface Point {
  readonly timed: Timed;
  readonly value: number;
}
type Chain = Point[];

export function mixedTracks(
  readings: readonly Timed[],
  mainCount: (timed: Timed) => CountValue | null,
  falls: number,
): Mixed | null {
  if (falls < LEAST_FALLS) return null;
  const chains = chainsOf(readings, mainCount)
    ?.filter((chain) => chain.length >= LEAST_READINGS && riseOf(chain) > 0)
    .sort((one, other) => other.length - one.length);
  const [first, second] = chains ?? [];
  if (!chains || !first || !second) return null;
  const [from, to] = [Math.max(begins(first), begins(second)), Math.min(ends(first), ends(second))];
  const seconds = new Set(second.map(({ timed }) => timed));
  if (switchesOf(readings, seconds, from, to) < LEAST_SWITCHES) return null;
  const shared = [first, second].map((chain) => chain.filter(({ timed }) => timed.at >= from && timed.at <= to).length);
  const isShared = Math.min(...shared) >= LEAST_SHARE * Math.max(...shared);
  if (areTenfold(first, second, from, to) || areTenfold(second, first, from, to)) return null;
  const isApart = neverMeet(first, second);
  const isAlike = areAlike(first, second, from, to, 1);
  const isSeen = isShared || Math.min(...shared) >= LEAST_SEEN;
  if (!isSeen || (isApart ? isAlike && !isShared : isAlike || !isShared)) return null;
  if (chains.length > 2) {
    const firsts = new Set(first.map(({ timed }) => timed));
    return {
      tracks: [readings.filter((timed) => firsts.has(timed)), readings.filter((timed) => !firsts.has(timed))],
      certain: false,
    };
  }
  return {
    tracks: [readings.filter((timed) => !seconds.has(timed)), readings.filter((timed) => seconds.has(timed))],
    certain: isApart && !isAlike,
  };
}

/** One machine that is told twice, by two boxes or at two addresses, of which one lags behind. */
export function isToldTwice(
  one: readonly Timed[],
  other: readonly Timed[],
  mainCount: (timed: Timed) => CountValue | null,
): boolean {
  const [first, second] = [one, other].map((track) =>
    track.flatMap((timed) => {
      const count = mainCount(timed);
      return count === null ? [] : [{ timed, value: Number(count) }];
    }),
  );
  if (!first || !second) return false;
  const [from, to] = [Math.max(begins(first), begins(second)), Math.min(ends(first), ends(second))];
  return from < to && areAlike(first, second, from, to, 1) && !neverMeet(first, second);
}

function chainsOf(readings: readonly Timed[], mainCount: (timed: Timed) => CountValue | null): readonly Chain[] | null {
  const chains: Chain[] = [];
  for (const timed of readings) {
    const count = mainCount(timed);
    if (count === null) continue;
    const value = Number(count);
    let nearest: Chain | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const chain of chains) {
      const last = chain.at(-1);
      if (!last) continue;
      const rise = value - last.value;
      const most = MOST_AT_ONCE + (MOST_DAILY * (timed.at - last.timed.at)) / DAY;
      if (rise < 0 || rise > most || rise >= least || hasFallen(last.timed, timed)) continue;
      nearest = chain;
      least = rise;
    }
    if (nearest) nearest.push({ timed, value });
    else if (chains.length === MOST_CHAINS) return null;
    else chains.push([{ timed, value }]);
  }
  return giveStartBack(chains);
}

/** Where counts cross, another of them says whose they are. */
function hasFallen(before: Timed, after: Timed): boolean {
  return COUNTS.some((_, count) => {
    const [one, other] = [before.seen.counts?.[count] ?? null, after.seen.counts?.[count] ?? null];
    return one !== null && other !== null && Number(minus(other, one)) < 0;
  });
}

/** The first reading of all had no choice: it goes where the rise after it is smallest. */
function giveStartBack(chains: readonly Chain[]): readonly Chain[] {
  for (const chain of chains) {
    const [start, next] = chain;
    if (!start || !next) continue;
    let nearest = chain;
    let least = next.value - start.value;
    for (const other of chains) {
      const rise = firstOf(other) - start.value;
      if (other === chain || begins(other) <= start.timed.at || rise < 0 || rise >= least) continue;
      nearest = other;
      least = rise;
    }
    if (nearest === chain) continue;
    chain.shift();
    nearest.unshift(start);
  }
  return chains;
}

const firstOf = (chain: Chain): number => chain[0]?.value ?? 0;
const valueAt = (chain: Chain, at: number): number =>
  (chain.findLast(({ timed }) => timed.at <= at) ?? chain[0])?.value ?? 0;
const lastOf = (chain: Chain): number => chain.at(-1)?.value ?? 0;
const riseOf = (chain: Chain): number => Number(minus(lastOf(chain), firstOf(chain)));
const begins = (chain: Chain): number => chain[0]?.timed.at ?? 0;
const ends = (chain: Chain): number => chain.at(-1)?.timed.at ?? 0;

function switchesOf(readings: readonly Timed[], second: ReadonlySet<Timed>, from: number, to: number): number {
  let switches = 0;
  let last: boolean | null = null;
  for (const timed of readings) {
    if (timed.at < from || timed.at > to) continue;
    const isSecond = second.has(timed);
    if (last !== null && last !== isSecond) switches += 1;
    last = isSecond;
  }
  return switches;
}

/** In each part of the time both rose by the same, or by `times` as much: then it is one machine, told in two ways. */
function areAlike(one: Chain, other: Chain, from: number, to: number, times: number): boolean {
  const [ones, others] = [partsOf(one, from, to), partsOf(other, from, to)];
  const slack = largestStep(one) + times * largestStep(other);
  return ones.every((rise, part) => {
    const its = (others[part] ?? 0) * times;
    return Math.abs(rise - its) <= ALIKE * Math.max(rise, its) + slack;
  });
}

/** A value that is often told ten times too high. */
function areTenfold(one: Chain, other: Chain, from: number, to: number): boolean {
  const times = valueAt(one, from) / valueAt(other, from);
  return times > 9 && times < 11 && areAlike(one, other, from, to, 10);
}

/** At each moment they are further apart than either ever rises at once. */
function neverMeet(one: Chain, other: Chain): boolean {
  const least = Math.max(largestStep(one), largestStep(other));
  const isOneHigher = lastOf(one) > lastOf(other);
  let index = 0;
  for (const { timed, value } of one) {
    while (index + 1 < other.length && (other[index + 1]?.timed.at ?? 0) <= timed.at) index += 1;
    const beside = other[index]?.value ?? 0;
    if ((isOneHigher ? value - beside : beside - value) <= least) return false;
  }
  return true;
}

function partsOf(chain: Chain, from: number, to: number): readonly number[] {
  const parts: number[] = [];
  let index = 0;
  let value: number | null = null;
  for (let part = 0; part <= PARTS; part += 1) {
    const until = from + ((to - from) * part) / PARTS;
    const before: number | null = value;
    for (; index < chain.length && (chain[index]?.timed.at ?? 0) <= until; index += 1)
      value = chain[index]?.value ?? value;
    if (part > 0) parts.push((value ?? firstOf(chain)) - (before ?? firstOf(chain)));
  }
  return parts;
}

function largestStep(chain: Chain): number {
  let largest = 0;
  for (const [index, { value }] of chain.entries())
    largest = Math.max(largest, value - (chain[index - 1]?.value ?? value));
  return largest;
}
