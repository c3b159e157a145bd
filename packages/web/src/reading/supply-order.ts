/** Supplies as they are read: K C M Y, further inks, then what wears and fills up. */
import type { Supply } from '@rsb/contract';
import { colours } from './supply-slots.ts';

const COLORS: readonly (string | null)[] = [
  'black',
  'photoBlack',
  'matteBlack',
  'cyan',
  'lightCyan',
  'magenta',
  'lightMagenta',
  'yellow',
  'gray',
];

const place = (supply: Supply): number => {
  const color = COLORS.indexOf(supply.color);
  const rank = color < 0 ? COLORS.length : color;
  if (colours(supply)) return rank;
  return 100 + (supply.type === 'waste' ? 50 : rank);
};

export const supplyOrder = (supplies: readonly Supply[]): readonly Supply[] =>
  [...supplies].sort((a, b) => place(a) - place(b));
