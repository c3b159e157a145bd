/** Facts of all readings of a fleet, by their place in a file: each part that repeats is kept once. */
import { numbered, packedLists, wholeNumbers } from '../processing/packing.ts';
import type { ReadingFacts, SupplyFact } from './facts.ts';

export interface PackedFacts {
  add(place: number, facts: ReadingFacts): void;
  at(place: number): ReadingFacts | undefined;
}

export function packFacts(): PackedFacts {
  const conditions = numbered<Pick<ReadingFacts, 'state' | 'errors'>>();
  const lists = packedLists<SupplyFact>();
  const [condition, supplies] = [wholeNumbers(), wholeNumbers()];
  return {
    add(place, { state, errors, supplies: told }) {
      condition.set(place, conditions.numberOf({ state, errors }) + 1);
      supplies.set(place, told ? lists.add(told) + 1 : 0);
    },
    at(place) {
      const number = condition.get(place);
      if (number === 0) return undefined;
      const list = supplies.get(place);
      return { ...conditions.valueOf(number - 1), supplies: list === 0 ? null : lists.listAt(list - 1) };
    },
  };
}
