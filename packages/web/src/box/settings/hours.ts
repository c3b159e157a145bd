/** Permitted hours of a range: seven days from Monday, each a list of hours; runs of them, and the same in words. Pure. */
import type { RangeSetting } from '@rsb/contract';
import { m } from '@rsb/messages';

export type Hours = RangeSetting['hours'];
type Week = NonNullable<Hours>;
type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
export const HOURS_OF_DAY: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour);
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

export const fullWeek = (): Week => DAYS.map(() => [...HOURS_OF_DAY]);

export const PRESETS = {
  always: null,
  work: DAYS.map((day) => (day < 5 ? HOURS_OF_DAY.filter((hour) => hour >= 7 && hour < 19) : [])),
  night: DAYS.map(() => HOURS_OF_DAY.filter((hour) => hour < 6 || hour >= 20)),
} as const satisfies Record<string, Hours>;

export const isPermitted = (hours: Hours, day: number, hour: number): boolean =>
  hours === null || (hours[day]?.includes(hour) ?? false);

/** All hours of all days are no limit, and are stored as none. */
export function withHours(
  hours: Hours,
  cells: readonly { readonly day: number; readonly hour: number }[],
  on: boolean,
): Hours {
  const week = (hours ?? fullWeek()).map((list) => new Set(list));
  for (const { day, hour } of cells) {
    if (on) week[day]?.add(hour);
    else week[day]?.delete(hour);
  }
  const fresh = week.map((list) => [...list].sort((a, b) => a - b));
  return fresh.every((list) => list.length === HOURS_OF_DAY.length) ? null : fresh;
}

/** From the hour, up to before the other. */
export function runsOf(list: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const hour of [...list].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === hour) last[1] = hour + 1;
    else runs.push([hour, hour + 1]);
  }
  return runs;
}

export function dayName(day: number, lang: Lang, style: 'short' | 'long' = 'short'): string {
  const name = new Intl.DateTimeFormat(lang.locale, { weekday: style, timeZone: 'UTC' }).format(MONDAY + day * DAY);
  return style === 'short' ? name.replace(/\.$/, '') : name;
}

export const clockText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** "Mon–Fri 07:00–19:00, Sat 08:00–12:00". */
export function hoursText(hours: Hours, lang: Lang): string {
  if (hours === null) return m.hours_always({}, lang);
  const spans = hours.map((list) =>
    runsOf(list)
      .map(([from, to]) => `${clockText(from)}–${clockText(to)}`)
      .join(' '),
  );
  const parts: string[] = [];
  for (let day = 0; day < spans.length; ) {
    let last = day;
    while (spans[last + 1] === spans[day]) last += 1;
    const span = spans[day];
    const days = last === day ? dayName(day, lang) : `${dayName(day, lang)}–${dayName(last, lang)}`;
    if (span) parts.push(`${days} ${span}`);
    day = last + 1;
  }
  return parts.length === 0 ? m.hours_never({}, lang) : parts.join(', ');
}

/** As the change log keeps it. */
export function parsedHours(text: string): Hours {
  try {
    const week: unknown = JSON.parse(text);
    return Array.isArray(week) && week.every((list) => Array.isArray(list)) ? (week as Week) : null;
  } catch {
    return null;
  }
}
