/**
 * One serial number, two machines at once: tells them apart by MAC, address, box or model, else by their counts, so that each
 * keeps a series of its own.
 */
import { isToldTwice, mixedTracks } from './mixed-tracks.ts';
import { COUNTS, type CountValue } from './observation.ts';
import { minus } from './quantity.ts';
import type { Timed } from './timed.ts';

const ALL = COUNTS.indexOf('all');
const LIFE = COUNTS.indexOf('life');
const VENDOR_LIFE = COUNTS.indexOf('vendorLife');

/** The machine's largest count that is told: enough to see whether two readings are of one machine. */
export const mainCount = ({ seen }: Timed): CountValue | null =>
  seen.counts?.[ALL] ?? seen.counts?.[LIFE] ?? seen.counts?.[VENDOR_LIFE] ?? null;

/** Fewer falls are wrong readings or a reset, not a second machine. */
const LEAST_FALLS = 2;
/** Splitting must explain most of the falls. */
const EXPLAINED = 4;
/** Pages between two readings of one machine that changed its address. */
const MOST_BETWEEN = 5000;

export interface Split {
  /** One list where the readings are of one machine, however many addresses it has. */
  readonly tracks: readonly (readonly Timed[])[];
  /** Of a second machine whose readings nothing tells apart for certain: they are not counted. */
  readonly uncounted: readonly Timed[] | null;
}

export function tracksOf(readings: readonly Timed[]): Split {
  const one: Split = { tracks: [readings], uncounted: null };
  const falls = fallsOf(readings);
  if (falls < LEAST_FALLS) return one;
  for (const keyOf of [byMac, byPlace, byBoth, byBox, byModel]) {
    const groups = [...Map.groupBy(readings, keyOf).values()];
    if (groups.length < 2 || groups.length > 20) continue;
    const joined = joinSuccessive(groups);
    const [largest, next] = joined.toSorted((one, other) => other.length - one.length);
    if (keyOf !== byMac && largest && next && isToldTwice(largest, next, mainCount)) continue;
    if (joined.length > 1 && joined.reduce((sum, group) => sum + fallsOf(group), 0) <= falls / EXPLAINED)
      return { tracks: joined, uncounted: null };
  }
  const mixed = mixedTracks(readings, mainCount, falls);
  if (!mixed) return one;
  const counted: readonly (readonly Timed[])[] = mixed.certain ? mixed.tracks : mixed.tracks.slice(0, 1);
  if (counted.reduce((sum, track) => sum + fallsOf(track), 0) > falls / EXPLAINED) return one;
  return { tracks: counted, uncounted: mixed.certain ? null : mixed.tracks[1] };
}

const byMac = ({ seen }: Timed) => seen.mac ?? '';
const byPlace = ({ seen }: Timed) => `${seen.address} ${seen.unit}`;
const byBoth = (timed: Timed) => `${byMac(timed)} ${byPlace(timed)}`;
/** Two customers' networks may have the same private addresses. */
const byBox = ({ seen }: Timed) => seen.id?.box ?? '';
const byModel = ({ seen }: Timed) => seen.model ?? '';

export function fallsOf(readings: readonly Timed[]): number {
  let falls = 0;
  let last: CountValue | null = null;
  for (const reading of readings) {
    const count = mainCount(reading);
    if (count === null) continue;
    if (last !== null && Number(minus(count, last)) < 0) falls += 1;
    last = count;
  }
  return falls;
}

/** A machine that was moved is one track: what ends before another begins, and whose count that one continues. */
function joinSuccessive(groups: readonly (readonly Timed[])[]): readonly (readonly Timed[])[] {
  const tracks: Timed[][] = [];
  const startOf = (group: readonly Timed[]) => group[0]?.at ?? 0;
  for (const group of groups.toSorted((one, other) => startOf(one) - startOf(other))) {
    let nearest: Timed[] | null = null;
    let least = MOST_BETWEEN;
    for (const track of tracks) {
      const rise = riseBetween(track, group);
      if ((track.at(-1)?.at ?? 0) > startOf(group) || rise === null || rise < 0 || rise > least) continue;
      nearest = track;
      least = rise;
    }
    if (!nearest) tracks.push([...group]);
    else for (const reading of group) nearest.push(reading);
  }
  return tracks;
}

function riseBetween(track: readonly Timed[], group: readonly Timed[]): number | null {
  const before = track.findLast((reading) => mainCount(reading) !== null);
  const after = group.find((reading) => mainCount(reading) !== null);
  const [last, first] = [before && mainCount(before), after && mainCount(after)];
  return last == null || first == null ? null : Number(minus(first, last));
}
