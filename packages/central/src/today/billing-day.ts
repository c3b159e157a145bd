/** The next days on which counters are read off. Pure. */

export interface BillingDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly watched: number;
  readonly missing: number;
  /** The days of the month that fall on it: in a short month several may. */
  readonly daysOfMonth: readonly number[];
}

interface Counted {
  readonly billing_day: number;
  readonly watched: number;
  readonly missing: number;
}

/** A day of the month as it comes next in a zone, today included; a month that is shorter ends with its last day. */
export function nextBillingDay(now: number, dayOfMonth: number, zone: string): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const month = today.toPlainYearMonth();
  const inMonth = (which: Temporal.PlainYearMonth) =>
    which.toPlainDate({ day: Math.min(dayOfMonth, which.daysInMonth) });
  const here = inMonth(month);
  const isOver = Temporal.PlainDate.compare(here, today) < 0;
  return (isOver ? inMonth(month.add({ months: 1 })) : here).toString();
}

/** The nearest first. Machines of several places may be read off on several days. */
export function billingDays(counts: readonly Counted[], now: number, zone: string): BillingDay[] {
  const byDay = Map.groupBy(counts, ({ billing_day }) => nextBillingDay(now, billing_day, zone));
  return [...byDay]
    .map(([day, own]) => ({
      day,
      watched: own.reduce((sum, { watched }) => sum + watched, 0),
      missing: own.reduce((sum, { missing }) => sum + missing, 0),
      daysOfMonth: own.map(({ billing_day }) => billing_day),
    }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}
