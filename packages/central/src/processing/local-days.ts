/** The local date of an instant, also where a day has 23 or 25 hours; each day's bounds are worked out once. */

export interface LocalDays {
  /** Days since 1970-01-01, of the local date. */
  numberOf(at: number): number;
  /** `YYYY-MM-DD`. */
  dateOf(day: number): string;
  /** The first day of the month that follows. */
  nextMonth(day: number): number;
  /** When the day begins, in milliseconds since 1970. */
  startOf(day: number): number;
}

const DAY = 86_400_000;

/** Throws RangeError for a zone that is not known. */
export function localDays(zone: string): LocalDays {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  const starts = new Map<number, number>();
  const plainDate = (day: number) => Temporal.PlainDate.from('1970-01-01').add({ days: day });
  const startOf = (day: number): number => {
    const known = starts.get(day);
    if (known !== undefined) return known;
    const start = plainDate(day).toZonedDateTime(zone).epochMilliseconds;
    starts.set(day, start);
    return start;
  };
  return {
    startOf,
    numberOf(at) {
      let day = Math.floor(at / DAY);
      while (startOf(day) > at) day -= 1;
      while (startOf(day + 1) <= at) day += 1;
      return day;
    },
    dateOf: (day) => new Date(day * DAY).toISOString().slice(0, 10),
    nextMonth(day) {
      const date = new Date(day * DAY);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY;
    },
  };
}
