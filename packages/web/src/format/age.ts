/** How old something is: 12 s, 22 min, 3 h (below 48), 2 d (below 14), then the date (LOOK §9). */
import { m } from '@rsb/messages';
import type { Dates } from './dates.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Age = { readonly unit: 's' | 'min' | 'h' | 'd'; readonly count: number } | { readonly unit: 'date' };

/** A moment that lies ahead by a wrong clock is "0 s" old, never negative. */
export function ageOf(at: string, now: number): Age {
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  if (seconds < MINUTE) return { unit: 's', count: seconds };
  if (seconds < HOUR) return { unit: 'min', count: Math.floor(seconds / MINUTE) };
  if (seconds < 48 * HOUR) return { unit: 'h', count: Math.floor(seconds / HOUR) };
  if (seconds < 14 * DAY) return { unit: 'd', count: Math.floor(seconds / DAY) };
  return { unit: 'date' };
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

function ageWords(age: Exclude<Age, { unit: 'date' }>, lang: Lang): string {
  const { unit, count } = age;
  if (unit === 's') return m.length_seconds({ count }, lang);
  if (unit === 'min') return m.length_minutes({ count }, lang);
  if (unit === 'h') return m.length_hours({ count }, lang);
  return m.length_days({ count }, lang);
}

/** "22 min", or the date where that says more. */
export function ageText(at: string, now: number, dates: Pick<Dates, 'day'>, lang: Lang): string {
  const age = ageOf(at, now);
  return age.unit === 'date' ? dates.day(at) : ageWords(age, lang);
}

/** "22 min ago", or "on 3 Nov" where it is long ago. */
export function agoText(at: string, now: number, dates: Pick<Dates, 'day'>, lang: Lang): string {
  const age = ageOf(at, now);
  return age.unit === 'date' ? m.ago_date({ day: dates.day(at) }, lang) : m.ago({ age: ageWords(age, lang) }, lang);
}

/** A length of time that lies ahead, rounded up: "35 s", "2 min". */
export function lengthAhead(seconds: number, lang: Lang): string {
  if (seconds < 100) return m.length_seconds({ count: Math.max(0, Math.ceil(seconds)) }, lang);
  if (seconds < 100 * MINUTE) return m.length_minutes({ count: Math.ceil(seconds / MINUTE) }, lang);
  return m.length_hours({ count: Math.ceil(seconds / HOUR) }, lang);
}

/** How long something lasted: "8 min", "3 h", days beyond two. */
export function lengthText(from: string, to: number, lang: Lang): string {
  const age = ageOf(from, to);
  if (age.unit !== 'date') return ageWords(age, lang);
  return m.length_days({ count: Math.floor((to - Date.parse(from)) / (DAY * 1000)) }, lang);
}
