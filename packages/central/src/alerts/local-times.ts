/** Times of day in a site's zone: quiet hours, the daily digest, the end of the billing day. */
import type { AlertRule } from '@rsb/contract';

type Quiet = NonNullable<AlertRule['quiet']>;

const DAY = 86_400_000;
/** A year of months on both sides is more than any rule looks at. */
const MOST_MONTHS = 30;

const zoned = (zone: string, at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
const timeOf = (text: string) => Temporal.PlainTime.from(text);

/** When the time of day comes next, later than `now`. A time that a change of clocks leaves out is the next one that exists. */
export function nextTimeOfDay(zone: string, time: string, now: number): number {
  const today = zoned(zone, now).toPlainDate();
  for (const days of [0, 1, 2]) {
    const at = today.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: timeOf(time) }).epochMilliseconds;
    if (at > now) return at;
  }
  return now + DAY;
}

/** When the quiet hours that hold at `now` end; null where none do. Hours over midnight belong to the day on which they begin. */
export function quietUntil({ from, to, days }: Quiet, zone: string, now: number): number | null {
  const today = zoned(zone, now).toPlainDate();
  for (const back of [0, 1]) {
    const day = today.subtract({ days: back });
    if (!days.includes(day.dayOfWeek)) continue;
    const begin = day.toZonedDateTime({ timeZone: zone, plainTime: timeOf(from) }).epochMilliseconds;
    const endDay = to <= from ? day.add({ days: 1 }) : day;
    const end = endDay.toZonedDateTime({ timeZone: zone, plainTime: timeOf(to) }).epochMilliseconds;
    if (begin <= now && now < end) return end;
  }
  return null;
}

/** The ends of billing days from a moment to another, rising; 31 is the last day of any month. */
export function billingEnds(
  billingDay: number,
  zone: string,
  from: number,
  to: number,
): readonly { readonly day: string; readonly at: number }[] {
  const ends: { day: string; at: number }[] = [];
  let month = zoned(zone, from).toPlainDate().toPlainYearMonth().subtract({ months: 1 });
  for (let count = 0; count < MOST_MONTHS; count += 1) {
    const day = month.toPlainDate({ day: Math.min(billingDay, month.daysInMonth) });
    const at = day.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).epochMilliseconds;
    if (at > to) break;
    if (at >= from) ends.push({ day: day.toString(), at });
    month = month.add({ months: 1 });
  }
  return ends;
}
