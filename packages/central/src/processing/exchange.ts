/** Finds where mono and color changed places, and puts them back, so that each series goes on as it was. */
import { COUNTS, type CountValue } from './observation.ts';
import { minus } from './quantity.ts';
import type { Timed } from './timed.ts';

const MONO = COUNTS.indexOf('mono');
const COLOR = COUNTS.indexOf('color');

export type CountRow = readonly (CountValue | null)[] | null;

export interface Exchange {
  /** Position of the first reading with the columns the other way round. */
  readonly at: number;
}

export interface Straightened {
  readonly rows: readonly CountRow[];
  readonly exchanges: readonly Exchange[];
  /** Whether they stand exchanged, by position. */
  readonly exchanged: readonly boolean[];
}

/** Readings of an exchange that are needed to tell it; a single one is a wrong reading. */
const LASTING = 2;

/** `isExchanged`: whether they had changed places already before the first of these readings. */
export function straighten(readings: readonly Timed[], isExchanged = false): Straightened {
  const rows: CountRow[] = [];
  const exchanges: Exchange[] = [];
  const states: boolean[] = [];
  let last: { readonly mono: CountValue; readonly color: CountValue; readonly driver: string | null } | null = null;
  let exchanged = isExchanged;
  let toggled: { readonly position: number; readings: number } | null = null;
  const settle = () => {
    if (toggled && toggled.readings >= LASTING) exchanges.push({ at: toggled.position });
    toggled = null;
  };
  for (const [position, { seen }] of readings.entries()) {
    const mono = seen.counts?.[MONO] ?? null;
    const color = seen.counts?.[COLOR] ?? null;
    if (!seen.counts || mono === null || color === null) {
      rows.push(seen.counts);
      states.push(exchanged);
      continue;
    }
    let own: { mono: CountValue; color: CountValue } = exchanged ? { mono: color, color: mono } : { mono, color };
    if (last && isCrossed(last, own)) {
      own = { mono: own.color, color: own.mono };
      // Another driver says which is which: its word holds from here on, and the series begin anew.
      if (last.driver !== seen.driver) own = { mono, color };
      exchanged = last.driver === seen.driver && !exchanged;
      if (toggled && toggled.readings < LASTING) toggled = null;
      else {
        settle();
        toggled = { position, readings: 0 };
      }
    }
    if (toggled) toggled.readings += 1;
    states.push(exchanged);
    last = { ...own, driver: seen.driver };
    rows.push(own.mono === mono ? seen.counts : seen.counts.with(MONO, own.mono).with(COLOR, own.color));
  }
  settle();
  return { rows, exchanges, exchanged: states };
}

type Pair = { readonly mono: CountValue; readonly color: CountValue };

/** One fell and the other rose by about what lies between them, and the other way round both go on as usual. */
function isCrossed(before: Pair, after: Pair): boolean {
  const [mono, color] = [Number(minus(after.mono, before.mono)), Number(minus(after.color, before.color))];
  if (mono >= 0 && color >= 0) return false;
  const crossed = [Number(minus(after.color, before.mono)), Number(minus(after.mono, before.color))];
  const apart = Math.abs(Number(minus(before.mono, before.color)));
  return crossed.every((rise) => rise >= 0) && crossed.reduce((sum, rise) => sum + rise, 0) < apart / 2;
}
