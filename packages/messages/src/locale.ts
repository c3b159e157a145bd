/** The languages there are, and how one is chosen from what a browser or a shell says. */

export const LOCALES = ['en', 'fr', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** `fr-CH, en;q=0.8` or `de_DE.UTF-8` → the first known language in it, else the fallback. */
export function localeFrom(wish: string | undefined, fallback: Locale = 'en'): Locale {
  for (const part of (wish ?? '').split(/[,:]/)) {
    const language = part.trim().slice(0, 2).toLowerCase();
    const known = LOCALES.find((locale) => locale === language);
    if (known) return known;
  }
  return fallback;
}
