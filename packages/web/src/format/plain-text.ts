/** Text as it is searched: no accents, no capitals, so that "etage" finds "Étage". */
export const plainText = (text: string): string =>
  // Most text has no accents, and a list of 10,000 machines is made ready for the search at once.
  isAscii(text)
    ? text.toLowerCase()
    : text
        .normalize('NFD')
        .replace(/\p{Mark}/gu, '')
        .toLowerCase();

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
