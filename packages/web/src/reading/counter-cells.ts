/** What stands in the two lines of a counter cell: never a zero for what is not told (LOOK §6). */
import type { CounterSplit, Counters } from '@rsb/contract';
import { type Count, compareCounts } from '../format/count.ts';

export interface CountCell {
  readonly first: Count | null;
  /** Shown for a null: "–" does not exist, "?" the machine does not tell. */
  readonly firstMissing: '–' | '?';
  /** undefined: the second line stays empty. */
  readonly second: Count | null | undefined;
  readonly secondMissing: '–' | '?';
  /** Both lines say the same. */
  readonly same: boolean;
  /** The sum is told, its mono and colour parts are not. */
  readonly unsplit: boolean;
}

const cell = (first: Count | null, second: Count | null | undefined, more: Partial<CountCell> = {}): CountCell => ({
  first,
  firstMissing: '?',
  second,
  secondMissing: '?',
  same: false,
  unsplit: false,
  ...more,
});

/** Standard count over the vendor's own. */
export function lifeCell(counters: Counters | null): CountCell {
  if (counters === null) return cell(null, undefined);
  const { life, vendorLife } = counters;
  return cell(life, vendorLife === null ? undefined : vendorLife, {
    same: life !== null && vendorLife !== null && compareCounts(life, vendorLife) === 0,
  });
}

/** Mono over colour; `color` tells whether the machine prints colour at all. */
export function pagesCell(split: CounterSplit | null, color: boolean): CountCell {
  if (split === null) return cell(null, undefined);
  if (split.mono === null && split.color === null)
    return cell(split.all, undefined, { unsplit: color && split.all !== null });
  if (split.color === null && !color) return cell(split.mono, undefined);
  return cell(split.mono, split.color);
}

/** The count to sort by: all pages, else what is known of them. */
export function splitOrder(split: CounterSplit | null): Count | null {
  return split === null ? null : (split.all ?? split.mono ?? split.color);
}
