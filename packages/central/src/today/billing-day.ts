/** The next day on which counters are read off. Pure. */

const DAY = 86_400_000;

/** `day` of the month; a month that is shorter ends with its last day. As `YYYY-MM-DD`, today included. */
export function nextBillingDay(now: number, day: number): string {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const inMonth = (index: number) => {
    const last = new Date(Date.UTC(year, index + 1, 1) - DAY).getUTCDate();
    return Date.UTC(year, index, Math.min(day, last));
  };
  const today = Date.UTC(year, month, date.getUTCDate());
  const next = inMonth(month) >= today ? inMonth(month) : inMonth(month + 1);
  return new Date(next).toISOString().slice(0, 10);
}
