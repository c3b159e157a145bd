/** A local date of the API, "30 November", as the reader's language writes it. */

const TAGS = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' } as const;

export const dayOf = (date: string, { locale }: { readonly locale: 'en' | 'fr' | 'de' }): string =>
  new Intl.DateTimeFormat(TAGS[locale], { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(date));

/** Whole days from now to the date; 0 on the day itself. */
export const daysUntil = (date: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(date) - now) / 86_400_000));
