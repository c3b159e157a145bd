/** Text as it is searched: no accents, no capitals, so that "etage" finds "Étage". */
export const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
