/** The lengths of time that a machine's charts show, each chart its own, and the slots that pages are counted in. */
import type { Unit, ZoneTime } from './zone-time.ts';

/** Of pages, counted in slots that a person knows by name. */
export const RANGES = ['day', 'week', 'month', 'year'] as const;
export type PageRange = (typeof RANGES)[number];
/** Of toner, which lasts longer: a quarter shows how a cartridge goes from full to empty. */
export const TONER_RANGES = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Range = (typeof TONER_RANGES)[number];

export const rangeFrom = (text: string | null): PageRange => RANGES.find((range) => range === text) ?? 'month';
export const tonerRangeFrom = (text: string | null): Range => TONER_RANGES.find((range) => range === text) ?? 'quarter';

const SLOTS: Readonly<Record<Range, { readonly unit: Unit; readonly count: number }>> = {
  day: { unit: 'hour', count: 24 },
  week: { unit: 'day', count: 7 },
  month: { unit: 'day', count: 31 },
  quarter: { unit: 'day', count: 91 },
  year: { unit: 'month', count: 12 },
};

export const slotUnit = (range: Range): Unit => SLOTS[range].unit;

export interface Slot {
  readonly from: number;
  readonly to: number;
}

/** The last one is the running hour, day or month. */
export function slotsOf(range: Range, now: number, time: ZoneTime): readonly Slot[] {
  const { unit, count } = SLOTS[range];
  const last = time.startOf(now, unit);
  return Array.from({ length: count }, (_, at) => ({
    from: time.add(last, unit, at - count + 1),
    to: time.add(last, unit, at - count + 2),
  }));
}

const DAY = 86_400_000;
const LENGTH: Readonly<Record<Range, number>> = {
  day: 2 * DAY,
  week: 9 * DAY,
  month: 33 * DAY,
  quarter: 93 * DAY,
  year: 398 * DAY,
};

/** What is asked of the server: one slot more than is shown, so that the first slot has a reading before it. */
export const askedFrom = (range: Range, now: number): string => new Date(now - LENGTH[range]).toISOString();
