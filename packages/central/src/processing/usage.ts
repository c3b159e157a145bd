/** From counted steps to pages of local days: each step's pages belong to exactly one day. */
import type { Counted } from './counting.ts';
import { USAGE_COUNTS, type UsageCount, type UsageLine } from './lines.ts';
import type { LocalDays } from './local-days.ts';
import type { CountValue } from './observation.ts';
import { plus, printed } from './quantity.ts';
import type { StepKind } from './series.ts';
import type { Timed } from './timed.ts';

type Counts = Record<UsageCount, CountValue | null>;

export interface DayPages {
  readonly counts: Counts;
  /** By the beginning of the hour in which the reading was taken that told them. */
  readonly hours: Map<number, Counts>;
}
/** By day number. */
export type DayUsage = Map<number, DayPages>;

/** Steps of these kinds say how many pages there were. */
const COUNTED: ReadonlySet<StepKind> = new Set(['risen', 'wrapped', 'restarted']);

/** Others count only what a person has said. */
export const isCounted = ({
  kind,
  answered,
}: {
  readonly kind: StepKind;
  readonly answered?: true | undefined;
}): boolean => COUNTED.has(kind) || answered === true;

const HOUR = 3_600_000;

const nothingTold = (): Counts => ({
  all: null,
  mono: null,
  color: null,
  print: null,
  copy: null,
  fax: null,
  scan: null,
});

/** `belongs`: whether a step that ends at this moment is to be counted here. */
export function addUsage(
  usage: DayUsage,
  readings: readonly Timed[],
  { steps }: Counted,
  days: LocalDays,
  belongs: (at: number) => boolean,
): void {
  /** Most intervals are those of all counts. */
  const dayOf: (number | undefined)[] = readings.map(() => undefined);
  for (const count of USAGE_COUNTS) {
    for (const { kind, from, to, pages, answered } of steps[count]) {
      if (!isCounted({ kind, answered }) || !belongs(readings[to]?.at ?? 0)) continue;
      const known = from === to - 1 ? dayOf[to] : undefined;
      const day = known ?? dayOfInterval(readings[from]?.at ?? 0, readings[to]?.at ?? 0, days);
      if (from === to - 1) dayOf[to] = day;
      const own = usage.get(day) ?? { counts: nothingTold(), hours: new Map() };
      usage.set(day, own);
      own.counts[count] = plus(own.counts[count] ?? 0, pages);
      if (pages === 0) continue;
      const hour = Math.floor((readings[to]?.at ?? 0) / HOUR) * HOUR;
      const counts = own.hours.get(hour) ?? nothingTold();
      own.hours.set(hour, counts);
      counts[count] = plus(counts[count] ?? 0, pages);
    }
  }
}

/**
 * The day of the later reading; across a month's end, the month ends with the reading that is nearest to its end, so pages
 * of a machine that was offline over it go to the month that has more of the interval on its side.
 */
export function dayOfInterval(from: number, to: number, days: LocalDays): number {
  const last = days.numberOf(to);
  const middle = days.numberOf((from + to) / 2);
  if (middle === last) return last;
  const nextMonth = days.nextMonth(middle);
  return nextMonth <= last ? nextMonth - 1 : last;
}

export function usageLines(device: string, usage: DayUsage, days: LocalDays): readonly UsageLine[] {
  return [...usage]
    .sort(([one], [other]) => one - other)
    .map(([day, { counts }]) => {
      const told = USAGE_COUNTS.map((count) => {
        const value = counts[count];
        return [count, value === null ? null : printed(value)] as const;
      });
      return {
        line: 'usage',
        device,
        day: days.dateOf(day),
        ...(Object.fromEntries(told) as Record<UsageCount, UsageLine[UsageCount]>),
      };
    });
}
