/** The four fixed places of the toner column (LOOK §7): K C M Y, and the worst of further inks in the last one. */
import type { Supply } from '@rsb/contract';
import { type SupplyLevel, supplyLevel } from './supply-level.ts';

export interface SupplySlots {
  readonly places: readonly [SupplyLevel | null, SupplyLevel | null, SupplyLevel | null, SupplyLevel | null];
  /** Inks that have no place of their own. */
  readonly more: number;
}

const ORDER = ['k', 'c', 'm', 'y'] as const;

/** Toner, ink and ribbon: what colours the page. */
export const colours = (supply: Supply): boolean =>
  supply.type === 'toner' || supply.type === 'ink' || supply.type === 'ribbon';

/** Lower is worse; what is not told comes last. */
export function badness(level: SupplyLevel): number {
  if (level.shown === 'empty' || level.shown === 'full') return -1;
  if (level.shown === 'percent') return level.supply.type === 'waste' ? 100 - level.fill : level.fill;
  if (level.shown === 'some') return level.low ? 0 : 101;
  return 102;
}

export function supplySlots(supplies: readonly Supply[], mark: number): SupplySlots {
  const levels = supplies.filter(colours).map((supply) => supplyLevel(supply, mark));
  const places: [SupplyLevel | null, SupplyLevel | null, SupplyLevel | null, SupplyLevel | null] = [
    null,
    null,
    null,
    null,
  ];
  const further: SupplyLevel[] = [];
  for (const level of levels) {
    const place = (ORDER as readonly string[]).indexOf(level.ink);
    if (place >= 0 && !places[place]) places[place] = level;
    else further.push(level);
  }
  if (further.length === 0) return { places, more: 0 };
  const last = places[3];
  const [worst = null] = [...further, ...(last ? [last] : [])].sort((a, b) => badness(a) - badness(b));
  // A mono machine with a second black cartridge: the free last place shows it, nothing stays hidden.
  return { places: [places[0], places[1], places[2], worst], more: further.length - (last ? 0 : 1) };
}
