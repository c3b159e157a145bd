/** Level and capacity to percent and state (Printer-MIB prtMarkerSuppliesLevel: −1 no limit, −2 unknown, −3 some left). */
import type { SupplyState, SupplyType } from '@rsb/contract';

/** At and below this a supply is low, by the reading's own words (the warning mark is a setting of page and rules). */
const LOW = 10;
const PERCENT = 19;

export interface SupplyLevel {
  readonly percent: number | null;
  readonly state: SupplyState;
  readonly level: number | null;
  readonly capacity: number | null;
}

export interface SupplyLevelOptions {
  /** True where the maker means percent when it tells no capacity. */
  readonly percentWithoutCapacity?: boolean;
  /** The maker's own code for "nearly used up", e.g. −100. */
  readonly nearEnd?: number;
}

export function supplyLevelOf(
  type: SupplyType,
  level: number | null,
  capacity: number | null,
  unit: number | null,
  { percentWithoutCapacity = false, nearEnd }: SupplyLevelOptions = {},
): SupplyLevel {
  const known = { level: naturalOrNull(level), capacity: naturalOrNull(capacity) };
  if (level === null || level < 0) {
    const state = level === -3 ? 'someRemaining' : level !== null && level === nearEnd ? 'low' : 'unknown';
    return { percent: null, state, ...known };
  }
  // Some firmware tells pages left under the unit percent: 143,066 of 100.
  const incoherent = unit === PERCENT && capacity !== null && level > 2 * Math.max(capacity, 100);
  const percent =
    capacity !== null && capacity > 0
      ? incoherent
        ? null
        : Math.min(100, Math.round((100 * level) / capacity))
      : level <= 100 && (unit === PERCENT || percentWithoutCapacity)
        ? level
        : null;
  return { percent, state: percent === null ? 'unknown' : stateOfPercent(type, percent), ...known };
}

/** For waste, percent is the space left. */
export function stateOfPercent(type: SupplyType, percent: number): SupplyState {
  if (percent === 0) return type === 'waste' ? 'full' : 'empty';
  return percent <= LOW ? 'low' : 'ok';
}

const naturalOrNull = (value: number | null): number | null => (value !== null && value >= 0 ? value : null);

/** PrtMarkerSuppliesSupplyUnitTC by number. */
export const SUPPLY_UNITS: Readonly<Record<number, string>> = {
  1: 'other',
  3: 'tenThousandthsOfInches',
  4: 'micrometers',
  7: 'impressions',
  8: 'sheets',
  11: 'hours',
  12: 'thousandthsOfOunces',
  13: 'tenthsOfGrams',
  14: 'hundredthsOfFluidOunces',
  15: 'tenthsOfMilliliters',
  16: 'feet',
  17: 'meters',
  18: 'items',
  19: 'percent',
};
