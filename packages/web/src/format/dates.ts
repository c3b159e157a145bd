/** Days and times in the site's zone, in the reader's language (LOOK §9). */

type Locale = 'en' | 'fr' | 'de';
const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };
type Moment = string | number;

export interface Dates {
  /** 15:02 */
  time(at: Moment): string;
  /** 15:02:24 */
  clock(at: Moment): string;
  /** 22 Nov · 22/11 · 22.11. */
  day(at: Moment): string;
  /** Tue 24 Nov 2026 · mar. 24 nov. 2026 · Di 24.11.2026 */
  longDay(at: Moment): string;
  /** 24 Nov 2026 · 24 nov. 2026 · 24.11.2026 */
  date(at: Moment): string;
  /** The time where it is today, else day and time. */
  near(at: Moment, now: number): string;
  /** 2026-11-24 15:02, for files. */
  sortable(at: Moment): string;
  /** Day and time to the second, for titles. */
  full(at: Moment): string;
}

/** A zone that this browser does not know must not take the page down: UTC, and the zone's name says so. */
function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

export function datesIn(locale: Locale, zone: string): Dates {
  const timeZone = knownZone(zone);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(TAGS[locale], { timeZone, hourCycle: 'h23', ...options });
  // Swedish dates are ISO 8601's.
  const sortable = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const clock = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = format(locale === 'en' ? { day: 'numeric', month: 'short' } : { day: '2-digit', month: '2-digit' });
  const year = format({ year: 'numeric' });
  const sameDay = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const date = format(
    locale === 'de'
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  );
  const at = (moment: Moment) => new Date(moment);
  const dates: Dates = {
    time: (moment) => time.format(at(moment)),
    clock: (moment) => clock.format(at(moment)),
    day: (moment) => day.format(at(moment)),
    longDay: (moment) =>
      `${weekday.format(at(moment)).replace(locale === 'de' ? '.' : '', '')} ${date.format(at(moment))}`,
    date: (moment) => date.format(at(moment)),
    near: (moment, now) => {
      if (sameDay.format(at(moment)) === sameDay.format(now)) return dates.time(moment);
      const years = year.format(at(moment)) === year.format(now) ? dates.day(moment) : dates.date(moment);
      return `${years} ${dates.time(moment)}`;
    },
    sortable: (moment) => sortable.format(at(moment)),
    full: (moment) => `${dates.longDay(moment)} ${dates.clock(moment)} (${timeZone})`,
  };
  return dates;
}
