/** Pages of a device by hour, day and month, and which readings they come from. */
import { instant, isoInstant } from '@rsb/runtime';
import {
  type Answers,
  historyOf,
  type Observation,
  type Pages,
  processFrom,
  USAGE_COUNTS,
  type UsageCount,
} from '../processing/index.ts';
import { localDays } from '../processing/local-days.ts';
import type { CountValue } from '../processing/observation.ts';
import { plus, printed } from '../processing/quantity.ts';
import type { StepKind } from '../processing/series.ts';
import { dayOfInterval, isCounted } from '../processing/usage.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { DeviceDayRow } from '../store/customer-results.ts';
import type { CustomerStore } from '../store/database.ts';
import { answersOf, readHistory, settingsOf } from './device-history.ts';
import { columnOf, hoursOf } from './result-rows.ts';

export type UsagePages = Readonly<Record<UsageCount, Pages | null>>;

export interface UsagePoint {
  /** `2026-11-24T08:00:00Z`, `2026-11-24` or `2026-11`. */
  readonly time: string;
  readonly pages: UsagePages;
}

export interface ExplainedStep {
  readonly count: UsageCount;
  readonly kind: StepKind;
  readonly answered: boolean;
  readonly day: string;
  readonly pages: Pages;
  readonly from: ExplainedEnd;
  readonly to: ExplainedEnd;
}

/** The reading at one end of a step. */
export interface ExplainedEnd {
  readonly epoch: string;
  readonly seq: number;
  readonly takenAt: string;
  readonly value: Pages;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const pagesOfDay = (row: DeviceDayRow): UsagePages => {
  const beyond: Partial<Record<UsageCount, string>> = row.beyond === null ? {} : JSON.parse(row.beyond);
  return eachCount((count) => beyond[count] ?? row[columnOf(count)]);
};

export const byDay = (rows: readonly DeviceDayRow[]): UsagePoint[] =>
  rows.map((row) => ({ time: dateOf(row.day), pages: pagesOfDay(row) }));

export function byMonth(rows: readonly DeviceDayRow[]): UsagePoint[] {
  const months = Map.groupBy(rows, ({ day }) => dateOf(day).slice(0, 7));
  return [...months].map(([time, days]) => {
    const pages = days.map(pagesOfDay);
    return { time, pages: eachCount((count) => sumOf(pages.map((each) => each[count]))) };
  });
}

/** A null of one day is no zero: a sum is null only where no day tells. */
function sumOf(values: readonly (Pages | null)[]): Pages | null {
  let sum: CountValue | null = null;
  for (const value of values)
    if (value !== null) sum = plus(sum ?? 0, typeof value === 'string' ? BigInt(value) : value);
  return sum === null ? null : printed(sum);
}

/** Pages in hours, each in the hour of the reading that told them; `from` ≤ hour < `to`. */
export function byHour(rows: readonly DeviceDayRow[], from: number, to: number): UsagePoint[] {
  return rows
    .flatMap(hoursOf)
    .filter(({ at }) => at >= from && at < to)
    .sort((one, other) => one.at - other.at)
    .map(({ at, pages }) => ({
      time: isoInstant(instant(at)),
      pages: eachCount((count) => pages[USAGE_COUNTS.indexOf(count)] ?? null),
    }));
}

/** Which reading gave which pages of a local day. */
export async function explainDay(store: CustomerStore, device: DeviceRow, day: string): Promise<ExplainedStep[]> {
  const at = Date.parse(day);
  // Across a month's end pages may belong to a day long before the reading that told them.
  const steps = await stepsBetween(store, device, at - 2 * DAY, at + 40 * DAY);
  return steps
    .filter((step) => step.day === day && (step.pages !== 0 || step.kind !== 'risen'))
    .map(({ explained }) => explained);
}

interface FoundStep {
  readonly count: UsageCount;
  readonly kind: StepKind;
  readonly at: number;
  readonly day: string;
  readonly pages: CountValue;
  readonly explained: ExplainedStep;
}

async function stepsBetween(store: CustomerStore, device: DeviceRow, from: number, to: number): Promise<FoundStep[]> {
  const settings = await settingsOf(store, device);
  const days = localDays(settings.zone);
  const answers: Answers = answersOf(await store.results.questions(device.id));
  const start = await readHistory(store, device, settings, from, to);
  const found: FoundStep[] = [];
  const endOf = (seen: Observation, value: CountValue): ExplainedEnd => ({
    epoch: start.epochName(seen),
    seq: seen.id?.seq ?? 0,
    takenAt: isoInstant(instant(seen.takenAt)),
    value: printed(value),
  });
  processFrom(start.from, historyOf(String(device.id), start.observations), {
    settings,
    days,
    now: to,
    answers,
    visit({ tracks }, belongs) {
      for (const { readings, counted } of tracks) {
        for (const count of USAGE_COUNTS) {
          for (const step of counted.steps[count]) {
            const [before, after] = [readings[step.from], readings[step.to]];
            if (!before || !after || !belongs(after.at) || after.at < from || after.at >= to) continue;
            const { kind, pages } = step;
            const day = days.dateOf(dayOfInterval(before.at, after.at, days));
            const explained = {
              count,
              kind,
              answered: step.answered ?? false,
              day,
              pages: printed(pages),
              from: endOf(before.seen, step.before),
              to: endOf(after.seen, step.after),
            };
            if (isCounted(step) || pages === 0) found.push({ count, kind, at: after.at, day, pages, explained });
          }
        }
      }
    },
  });
  return found.sort((one, other) => one.at - other.at);
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

const eachCount = <T>(take: (count: UsageCount) => T): Record<UsageCount, T> =>
  Object.fromEntries(USAGE_COUNTS.map((count) => [count, take(count)])) as Record<UsageCount, T>;
