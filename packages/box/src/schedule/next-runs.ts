/** When the box's work is due: pure, so that years of it can be checked in a moment. */
import { type Instant, instant } from '@rsb/runtime';

export interface Times {
  /** Local time of the daily scan, HH:MM. */
  readonly scan: string;
  /** Minutes between two reads of the counters, and of the state. */
  readonly counters: number;
  readonly state: number;
}

export interface Plan {
  readonly times: Times;
  /** IANA zone of the site. */
  readonly zone: string;
  /** Polls are due at this minute of their interval, counted from 1970, so that boxes do not all report at once. */
  readonly pollMinute: number;
}

export interface NextRuns {
  readonly scan: Instant;
  readonly counters: Instant;
  readonly state: Instant;
}

const MINUTE = 60_000;

/** The first moments after `now` at which each is due. */
export function nextRuns(plan: Plan, now: Instant): NextRuns {
  const { times, pollMinute } = plan;
  const today = scanInstant(plan, dayOf(plan.zone, now));
  const slotAfter = (interval: number) => slotStart(pollSlot(interval, pollMinute, now) + 1, interval, pollMinute);
  return {
    scan: today > now ? today : scanInstant(plan, dayOf(plan.zone, now).add({ days: 1 })),
    counters: slotAfter(times.counters),
    state: slotAfter(times.state),
  };
}

/**
 * When the scan of a local day is due. A time that summer time skips is taken after the gap, one that comes twice the
 * first time (RFC 5545's way, Temporal's `compatible`).
 */
export function scanInstant(plan: Pick<Plan, 'times' | 'zone'>, day: Temporal.PlainDate): Instant {
  const plainTime = Temporal.PlainTime.from(plan.times.scan);
  return instant(day.toZonedDateTime({ timeZone: plan.zone, plainTime }).epochMilliseconds);
}

export const dayOf = (zone: string, at: Instant): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).toPlainDate();

/** Number of the interval in which `at` lies; each begins with a poll. */
export const pollSlot = (interval: number, pollMinute: number, at: Instant): number =>
  Math.floor((at / MINUTE - (pollMinute % interval)) / interval);

export const slotStart = (slot: number, interval: number, pollMinute: number): Instant =>
  instant((slot * interval + (pollMinute % interval)) * MINUTE);

/** Minutes kept free around the scan, which reads all machines itself. */
const DISTANCE = 10;

/** The minute for this box's polls: any, except close to the scan's own. */
export function drawPollMinute(scan: string, draw: (limit: number) => number): number {
  const [, minute = 0] = scan.split(':').map(Number);
  return (minute + DISTANCE + draw(60 - 2 * DISTANCE + 1)) % 60;
}
