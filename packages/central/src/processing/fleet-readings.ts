/**
 * Readings of a whole fleet. Packed, one takes little more than a hundred bytes: those of one device at a time are unpacked,
 * while it is worked through.
 */
import { COUNTS, type CountValue, type Observation, type SupplyLevel } from './observation.ts';
import { numbered, numbers, packedLists, wholeNumbers } from './packing.ts';

/** Who it says it is, and where. */
export type Sighted = Pick<Observation, 'takenAt' | 'address' | 'unit' | 'identified' | 'serial' | 'mac'>;

export interface FleetReadings {
  readonly length: number;
  sightedAt(index: number): Sighted;
  take(indexes: readonly number[]): readonly Observation[];
}

export function fleetOf(observations: readonly Observation[]): FleetReadings {
  const at = (index: number): Observation => {
    const seen = observations[index];
    if (!seen) throw new RangeError(`no reading has the index ${index}`);
    return seen;
  };
  return { length: observations.length, sightedAt: at, take: (indexes) => indexes.map(at) };
}

export interface PackedReadings extends FleetReadings {
  add(seen: Observation): void;
}

type Who = Omit<Observation, 'place' | 'takenAt' | 'id' | 'counts' | 'supplies'>;

/** In the place of what is not told, and of counts that were not asked; a count is never negative. */
const NOT_TOLD = Number.NaN;
const NOT_ASKED = -1;
const BEYOND = -2;

export function packReadings(): PackedReadings {
  const people = numbered<Who>();
  const epochs = numbered<readonly [box: string, epoch: string]>();
  const lists = packedLists<SupplyLevel>();
  const [places, who, epoch, supplies] = [wholeNumbers(), wholeNumbers(), wholeNumbers(), wholeNumbers()];
  const [takenAt, seq, counts] = [numbers(), numbers(), numbers()];
  /** Counts beyond 2^53 − 1. */
  const beyond = new Map<number, bigint>();
  let length = 0;

  const addCounts = (index: number, told: Observation['counts']): void => {
    const first = index * COUNTS.length;
    if (told === null) counts.set(first, NOT_ASKED);
    else {
      for (const [offset, value] of told.entries()) {
        if (typeof value === 'bigint') beyond.set(first + offset, value);
        counts.set(first + offset, typeof value === 'bigint' ? BEYOND : (value ?? NOT_TOLD));
      }
    }
  };
  const countAt = (place: number): CountValue | null => {
    const value = counts.get(place);
    return value === BEYOND ? (beyond.get(place) ?? null) : Number.isNaN(value) ? null : value;
  };
  const countsAt = (index: number): Observation['counts'] => {
    const first = index * COUNTS.length;
    if (counts.get(first) === NOT_ASKED) return null;
    return COUNTS.map((_, offset) => countAt(first + offset));
  };
  const idAt = (index: number): Observation['id'] => {
    const number = epoch.get(index);
    if (number === 0) return null;
    const [box, name] = epochs.valueOf(number - 1);
    return { box, epoch: name, seq: seq.get(index) };
  };
  return {
    get length() {
      return length;
    },
    add({ place, takenAt: at, id, counts: told, supplies: levels, ...person }) {
      const index = length;
      length += 1;
      places.set(index, place);
      takenAt.set(index, at);
      who.set(index, people.numberOf(person));
      epoch.set(index, id ? epochs.numberOf([id.box, id.epoch]) + 1 : 0);
      seq.set(index, id?.seq ?? 0);
      supplies.set(index, levels ? lists.add(levels) + 1 : 0);
      addCounts(index, told);
    },
    sightedAt: (index) => ({ ...people.valueOf(who.get(index)), takenAt: takenAt.get(index) }),
    take(indexes) {
      const known = new Map<number, readonly SupplyLevel[]>();
      const suppliesAt = (index: number): Observation['supplies'] => {
        const number = supplies.get(index);
        if (number === 0) return null;
        const list = known.get(number) ?? lists.listAt(number - 1);
        known.set(number, list);
        return list;
      };
      return indexes.map((index) => ({
        ...people.valueOf(who.get(index)),
        place: places.get(index),
        takenAt: takenAt.get(index),
        id: idAt(index),
        counts: countsAt(index),
        supplies: suppliesAt(index),
      }));
    },
  };
}
