/** What a supply's bar shows: how far it is filled, whether it stands below its mark (LOOK §7). */
import type { Supply } from '@rsb/contract';

/** Token of the fill; `lc`, `lm`, `mk`: light cyan, light magenta, matte black. */
export type Ink = 'k' | 'c' | 'm' | 'y' | 'n' | 'lc' | 'lm' | 'mk';

export interface SupplyLevel {
  readonly supply: Supply;
  readonly ink: Ink;
  readonly shown: 'percent' | 'empty' | 'some' | 'unknown' | 'full';
  /** 0 to 100, as drawn: for waste how full it is. */
  readonly fill: number;
  /** At or below the mark; for waste at or above. */
  readonly low: boolean;
  readonly mark: number | null;
}

const INKS = {
  black: 'k',
  cyan: 'c',
  magenta: 'm',
  yellow: 'y',
  photoBlack: 'k',
  matteBlack: 'mk',
  lightCyan: 'lc',
  lightMagenta: 'lm',
  gray: 'n',
} as const;

function inkOf(supply: Supply): Ink {
  if (supply.color !== null) return INKS[supply.color];
  // A machine with one cartridge often tells no colour; pages are printed in black then.
  return supply.type === 'toner' || supply.type === 'ink' || supply.type === 'ribbon' ? 'k' : 'n';
}

/** Where waste is marked as nearly full. */
const WASTE_MARK = 90;

export function supplyLevel(supply: Supply, supplyMark: number): SupplyLevel {
  const waste = supply.type === 'waste';
  const ink = waste ? 'n' : inkOf(supply);
  const mark = waste ? WASTE_MARK : supplyMark;
  const whole = { supply, ink, fill: 0, low: false, mark: null };
  if (waste && (supply.state === 'full' || supply.percent === 0)) return { ...whole, shown: 'full', fill: 100 };
  if (!waste && (supply.state === 'empty' || supply.percent === 0)) return { ...whole, shown: 'empty' };
  if (supply.percent !== null) {
    const fill = waste ? 100 - supply.percent : supply.percent;
    return { supply, ink, shown: 'percent', fill, low: waste ? fill >= mark : fill <= mark, mark };
  }
  if (supply.state === 'unknown') return { ...whole, shown: 'unknown' };
  return { ...whole, shown: 'some', low: supply.state === 'low' };
}
