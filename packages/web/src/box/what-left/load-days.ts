/** Measured load as a chart shows it: a stack for each day, the three busiest ranges and the rest. Pure. */
import type { LoadView } from '@rsb/contract';

export interface LoadStack {
  /** Local date of the site. */
  readonly day: string;
  /** Bytes of both directions, in the order of `ranges`. */
  readonly bytes: readonly number[];
  readonly sum: number;
}

export interface LoadChart {
  /** Null: all that is not among the busiest. */
  readonly ranges: readonly (string | null)[];
  readonly days: readonly LoadStack[];
  readonly most: LoadStack | null;
}

const SHOWN_RANGES = 3;

const bytesOf = (day: LoadView['days'][number]): number => day.sentBytes + day.receivedBytes;

/** `last` is the site's day today: days without traffic have a place too. */
export function loadChart(load: LoadView, last: string, count: number): LoadChart {
  const sums = new Map<string, number>();
  for (const day of load.days) sums.set(day.range, (sums.get(day.range) ?? 0) + bytesOf(day));
  const busiest = [...sums].sort((a, b) => b[1] - a[1]).map(([range]) => range);
  const hasRest = busiest.length > SHOWN_RANGES;
  const named = busiest.slice(0, hasRest ? SHOWN_RANGES - 1 : SHOWN_RANGES);
  const ranges = [...named, ...(hasRest ? [null] : [])];
  const days = lastDays(last, count).map((day): LoadStack => {
    const of = load.days.filter((each) => each.day === day);
    const bytes = ranges.map((range) =>
      of
        .filter((each) => (range === null ? !named.includes(each.range) : each.range === range))
        .reduce((sum, each) => sum + bytesOf(each), 0),
    );
    return { day, bytes, sum: bytes.reduce((sum, each) => sum + each, 0) };
  });
  const most = days.reduce<LoadStack | null>((top, day) => (day.sum > (top?.sum ?? 0) ? day : top), null);
  return { ranges, days, most };
}

function lastDays(last: string, count: number): readonly string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) =>
    new Date(end - (count - 1 - at) * 86_400_000).toISOString().slice(0, 10),
  );
}

/** The next round number at or above, so that the scale has whole steps. */
export function scaleTop(most: number): number {
  if (most <= 0) return 1000;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= most) ?? 10;
  return step * power;
}
