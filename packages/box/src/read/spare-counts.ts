/**
 * Counters that a device tells and that say nothing in its reading: second tables of the same pages, checks of sums that
 * others confirm already. Full reads ask them, hourly polls do not.
 */
import type { Oid } from '@rsb/snmp';

/**
 * `told`: by column. `reads`: what the reading says, as text, when some of them are taken away. What changes nothing may
 * be left out: all that are named nowhere at once, else column by column.
 */
export function spareCounts(
  columns: ReadonlyMap<string, readonly Oid[]>,
  reads: (without: ReadonlySet<Oid>) => string,
): readonly Oid[] {
  const whole = reads(new Set());
  const isSpare = (names: readonly Oid[]) => reads(new Set(names)) === whole;
  const all = [...columns.values()].flat();
  if (all.length === 0 || isSpare(all)) return all;
  const one = [...columns.values()].filter(isSpare).flat();
  return isSpare(one) ? one : [];
}
