/** Pages of a device by hour, day and month, and which readings they come from. */
import { instant, isoInstant } from '@rsb/runtime';
import { NO_ANSWERS } from '../processing/answers.ts';
import {
  type Answers,
  historyOf,
  isRising,
  type Observation,
  type Pages,
  processFrom,
  USAGE_COUNTS,
  type UsageCount,
} from '../processing/index.ts';
import { type LocalDays, localDays } from '../processing/local-days.ts';
import type { CountValue } from '../processing/observation.ts';
import { plus, printed } from '../processing/quantity.ts';
import type { StepKind } from '../processing/series.ts';
import { type Stretch, workThrough } from '../processing/stretch.ts';
import { dayOfInterval, isCounted } from '../processing/usage.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { DeviceDayRow } from '../store/customer-results.ts';
import type { CustomerStore } from '../store/database.ts';
import { answersOf, type DeviceStart, readHistory, readNear, settingsOf } from './device-history.ts';
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
  const ofDay = (steps: readonly FoundStep[]) => steps.filter((step) => step.day === day);
  const near = ofDay(await stepsNear(store, device, at));
  const [stored] = await store.results.days(device.id, at / DAY, at / DAY);
  // Across a month's end pages may belong to a day long before the reading that told them.
  const steps =
    stored && isSame(near, stored) ? near : ofDay(await stepsBetween(store, device, at - 2 * DAY, at + 40 * DAY));
  return steps.filter((step) => step.pages !== 0 || step.kind !== 'risen').map(({ explained }) => explained);
}

/** Readings before and after a day that explain most days. */
const BEFORE = 3 * DAY;
const AFTER = 4 * DAY;

/** The steps of a day by what stands near it; none where something other than rises is told there. */
async function stepsNear(store: CustomerStore, device: DeviceRow, at: number): Promise<FoundStep[]> {
  const settings = await settingsOf(store, device);
  const near = await readNear(store, device, settings, at - BEFORE, at + AFTER);
  if (!near) return [];
  const { start, past } = near;
  const { readings } = historyOf(String(device.id), start.observations);
  const now = readings.at(-1)?.at ?? 0;
  const needs = { device: String(device.id), settings, answers: NO_ANSWERS, now, isEnd: false };
  const stretch = workThrough(readings, past, needs);
  return isRising(stretch) ? stepsOf(stretch, start, localDays(settings.zone)) : [];
}

/** What was found near a day is the truth where it comes to the pages that are kept of it, in each hour. */
function isSame(steps: readonly FoundStep[], stored: DeviceDayRow): boolean {
  const sums = new Map<number, Map<UsageCount, CountValue>>();
  for (const { count, at, pages } of steps) {
    if (pages === 0) continue;
    const hour = Math.floor(at / HOUR) * HOUR;
    const own = sums.get(hour) ?? new Map<UsageCount, CountValue>();
    sums.set(hour, own.set(count, plus(own.get(count) ?? 0, pages)));
  }
  const hours = hoursOf(stored);
  return (
    hours.length === sums.size &&
    hours.every(({ at, pages }) =>
      USAGE_COUNTS.every((count, index) => {
        const sum = sums.get(at)?.get(count);
        return (sum === undefined ? 0 : printed(sum)) === (pages[index] ?? 0);
      }),
    )
  );
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
  processFrom(start.from, historyOf(String(device.id), start.observations), {
    settings,
    days,
    now: to,
    answers,
    visit(stretch, belongs) {
      for (const step of stepsOf(stretch, start, days))
        if (belongs(step.at) && step.at >= from && step.at < to) found.push(step);
    },
  });
  return found.sort((one, other) => one.at - other.at);
}

function stepsOf({ tracks }: Stretch, start: DeviceStart, days: LocalDays): FoundStep[] {
  const found: FoundStep[] = [];
  const endOf = (seen: Observation, value: CountValue): ExplainedEnd => ({
    epoch: start.epochName(seen),
    seq: seen.id?.seq ?? 0,
    takenAt: isoInstant(instant(seen.takenAt)),
    value: printed(value),
  });
  for (const { readings, counted } of tracks) {
    for (const count of USAGE_COUNTS) {
      for (const step of counted.steps[count]) {
        const [before, after] = [readings[step.from], readings[step.to]];
        if (!before || !after) continue;
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
  return found.sort((one, other) => one.at - other.at);
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

const eachCount = <T>(take: (count: UsageCount) => T): Record<UsageCount, T> =>
  Object.fromEntries(USAGE_COUNTS.map((count) => [count, take(count)])) as Record<UsageCount, T>;
