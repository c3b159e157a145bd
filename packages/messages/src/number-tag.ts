/** How numbers are written: as the language does, or as the settings say whatever the language. */
import type { Locale } from './locale.ts';

export type Numbers = 'language' | 'space' | 'comma' | 'point' | 'apostrophe';

const BY_LANGUAGE: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };
/** Languages that write 1 234,5 · 1,234.5 · 1.234,5 · 1’234.5 (CLDR). */
const BY_FORMAT: Readonly<Record<Exclude<Numbers, 'language'>, string>> = {
  space: 'fr-FR',
  comma: 'en-GB',
  point: 'de-DE',
  apostrophe: 'de-CH',
};

/** BCP 47, for `Intl.NumberFormat`. */
export const numberTag = (locale: Locale, numbers: Numbers = 'language'): string =>
  numbers === 'language' ? BY_LANGUAGE[locale] : BY_FORMAT[numbers];

/** Every tag that there can be: formats are made once. */
export const NUMBER_TAGS: readonly string[] = [
  ...new Set([...Object.values(BY_LANGUAGE), ...Object.values(BY_FORMAT)]),
];
