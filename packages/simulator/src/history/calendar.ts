/** How much of a usual day's work an office does on a day or in an hour of it. Pure; times are those of the office's clock in UTC. */

const DAY = 86_400_000;

/** Day and month of holidays that offices keep shut. */
const HOLIDAYS = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25', '12-26']);
/** Of a working day, by the hour: quiet at noon, nearly nothing in the evening. */
const HOURS = [
  0, 0, 0, 0, 0, 0, 0.02, 0.07, 0.12, 0.13, 0.12, 0.08, 0.04, 0.08, 0.11, 0.1, 0.08, 0.04, 0.01, 0, 0, 0, 0, 0,
];

/** `day`: days since 1970. */
export function workOn(day: number): number {
  const date = new Date(day * DAY);
  const monthAndDay = date.toISOString().slice(5, 10);
  const weekday = date.getUTCDay();
  if (HOLIDAYS.has(monthAndDay) || weekday === 0) return 0;
  if (weekday === 6) return 0.04;
  if (monthAndDay > '12-22' || monthAndDay < '01-03') return 0.15;
  if (monthAndDay > '07-31' && monthAndDay < '08-23') return 0.45;
  return weekday === 1 ? 1.15 : weekday === 5 ? 0.85 : 1;
}

/** Part of a day's work that is done when this many hours of it are over. */
export function doneBy(hour: number): number {
  let done = 0;
  for (let each = 0; each < hour; each += 1) done += HOURS[each] ?? 0;
  return Math.min(1, done);
}
