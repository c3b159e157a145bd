/** When the box's work is due: pure, so that years of it can be checked in a moment. */
import { type Instant, instant, type Millis, millis } from '@rsb/runtime';

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
  /** How long after the full minute this box scans, for the same reason. */
  readonly scanDelay?: Millis;
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
export function scanInstant(plan: Omit<Plan, 'pollMinute'>, day: Temporal.PlainDate): Instant {
  const plainTime = Temporal.PlainTime.from(plan.times.scan);
  const { epochMilliseconds } = day.toZonedDateTime({ timeZone: plan.zone, plainTime });
  return instant(epochMilliseconds + (plan.scanDelay ?? 0));
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

/** The minute for this box's polls, with its second: any, except close to the scan's own. */
export function drawPollMinute(scan: string, draw: (limit: number) => number): number {
  const [, minute = 0] = scan.split(':').map(Number);
  const seconds = draw((60 - 2 * DISTANCE) * 60 + 1);
  return (minute + DISTANCE + seconds / 60) % 60;
}

/** A scan begins within the minute that is set, so that 9:00 stays 9:00. */
const MOST_SCAN_DELAY = MINUTE;

/** Drawn with the minute of the polls, and kept with it. */
export const scanDelayOf = (pollMinute: number): Millis => millis((pollMinute * MINUTE) % MOST_SCAN_DELAY);
