/** The ways to write numbers, shown by an example. */
import type { NumberFormat } from '@rsb/contract';
import { m } from '@rsb/messages';
import { formatCount } from '../../format/count.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export const NUMBER_FORMATS: readonly NumberFormat[] = ['language', 'space', 'comma', 'point', 'apostrophe'];

/** What this version does not know is shown as it is. */
export function numberFormatWord(value: string, lang: Lang): string {
  const format = NUMBER_FORMATS.find((known) => known === value);
  if (format === undefined) return value;
  return format === 'language'
    ? m.number_format_language({}, lang)
    : formatCount(1_234_567, { locale: lang.locale, numbers: format });
}
