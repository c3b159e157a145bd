/** The words along charts: what stands under a slot, and what a slot is called in full. */
import { datesIn } from '../format/dates.ts';
import type { Range } from './ranges.ts';
import type { ZoneTime } from './zone-time.ts';

type Locale = 'en' | 'fr' | 'de';
const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };

export interface ChartWords {
  /** Under a slot; '' where a word would crowd its neighbours. */
  axis(start: number, range: Range): string;
  /** In the panel's head and in the table. */
  full(start: number, range: Range): string;
}

function format(locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(TAGS[locale], { ...options, hourCycle: 'h23', timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(TAGS[locale], { ...options, hourCycle: 'h23', timeZone: 'UTC' });
  }
}

export function chartWords(locale: Locale, zone: string, time: ZoneTime): ChartWords {
  const hour = format(locale, zone, { hour: '2-digit', minute: '2-digit' });
  const day = format(
    locale,
    zone,
    locale === 'en' ? { day: 'numeric', month: 'short' } : { day: '2-digit', month: '2-digit' },
  );
  const weekday = format(locale, zone, { weekday: 'short' });
  const month = format(locale, zone, { month: 'short' });
  const longMonth = format(locale, zone, { month: 'long', year: 'numeric' });
  const { longDay } = datesIn(locale, zone);
  return {
    axis(start, range) {
      switch (range) {
        case 'day':
          return time.local(start).hour % 6 === 0 ? hour.format(start) : '';
        case 'week':
          return weekday.format(start);
        case 'month':
          return time.weekday(start) === 1 ? day.format(start) : '';
        case 'quarter':
          return time.local(start).day === 1 ? day.format(start) : '';
        case 'year':
          return month.format(start);
      }
    },
    full(start, range) {
      if (range === 'day') return `${day.format(start)} ${hour.format(start)}`;
      return range === 'year' ? longMonth.format(start) : longDay(start);
    },
  };
}
