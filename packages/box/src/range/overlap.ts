/** Two ranges that share addresses would ask the same machines twice and leave their budgets undecided. */
import { type Fault, fault } from '@rsb/contract';
import { type AddressRange, compareIntervals } from './address-range.ts';

/**
 * A fault for each pair that overlaps, at the later of the two: `field` is its place in the settings document. Both are
 * named as `normalized`.
 */
export function checkOverlaps(ranges: readonly AddressRange[]): Fault[] {
  const all = ranges
    .flatMap((range, index) => range.intervals.map((interval) => ({ ...interval, index })))
    .sort(compareIntervals);
  const pairs = new Map<string, { readonly earlier: number; readonly later: number }>();
  let open: typeof all = [];
  for (const next of all) {
    open = open.filter((interval) => interval.family === next.family && interval.to >= next.from);
    for (const { index } of open) {
      const earlier = Math.min(index, next.index);
      const later = Math.max(index, next.index);
      pairs.set(`${earlier} ${later}`, { earlier, later });
    }
    open.push(next);
  }
  return [...pairs.values()]
    .sort((a, b) => a.later - b.later || a.earlier - b.earlier)
    .map(({ earlier, later }) =>
      fault(
        'rangeOverlap',
        { range: ranges[later]?.normalized ?? '', other: ranges[earlier]?.normalized ?? '' },
        `/ranges/${later}/range`,
      ),
    );
}
