/** Text as it is searched for: without accents and capitals, one space between words. Pure. */

const LONGEST = 400;

export const foldText = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** An index of PostgreSQL takes 2,700 bytes: the text stays well below, and begins with what is searched most. */
export const searchText = (parts: readonly (string | null | undefined)[]): string =>
  foldText(parts.filter(Boolean).join(' | ')).slice(0, LONGEST);
