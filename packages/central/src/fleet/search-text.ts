/**
 * What a machine is searched by, as single words without accents and capitals. A word is found by its beginning; a number,
 * of which people often know only the end, from any place on. Pure.
 */

/** Of a word more is not needed to find it. */
const LONGEST_WORD = 40;
/** Machines with longer descriptions are found by what is told first. */
const MOST_WORDS = 120;
/** The shortest end by which a number is found. */
const SHORTEST_END = 4;
/** A search of many words is somebody's pasted text: these say enough. */
const MOST_ASKED = 6;

export const foldText = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();

type Text = string | null | undefined;

export interface Searchable {
  /** Serial numbers, names of hosts, Service IDs: found from any place on. */
  readonly numbers: readonly Text[];
  readonly words: readonly Text[];
}

/** All words with a space before and after each, as `standing.search` holds them. */
export function searchText({ numbers, words }: Searchable): string {
  const found = new Set<string>();
  const add = (word: string) => {
    if (word.length > 0 && found.size < MOST_WORDS) found.add(word.slice(0, LONGEST_WORD));
  };
  for (const text of numbers) for (const word of wordsIn(text)) for (const each of endsOf(word)) add(each);
  for (const text of words)
    for (const word of wordsIn(text)) for (const each of [word, withoutColons(word), ...partsOf(word)]) add(each);
  return found.size === 0 ? '' : ` ${[...found].join(' ')} `;
}

/** The words of a text that `searchText` made. */
export const searchWords = (text: string): string[] => text.split(' ').filter(Boolean);

/** The words that somebody asks for. */
export const askedWords = (search: string): string[] =>
  foldText(search)
    .split(' ')
    .filter(Boolean)
    .slice(0, MOST_ASKED)
    .map((word) => withoutColons(word).slice(0, LONGEST_WORD));

const wordsIn = (text: Text): string[] => (text ? foldText(text).split(' ').filter(Boolean) : []);

/** `10.126` of `192.168.10.126`: what stands behind a sign. */
function partsOf(word: string): string[] {
  const parts: string[] = [];
  for (const { index } of word.matchAll(/[^\p{L}\p{N}]+(?=[\p{L}\p{N}])/gu)) {
    const part = word.slice(index).replace(/^[^\p{L}\p{N}]+/u, '');
    if (part.length > 1) parts.push(part);
  }
  return parts;
}

function endsOf(word: string): string[] {
  const plain = withoutColons(word);
  const ends = [plain, ...partsOf(plain)];
  for (let from = 1; from <= plain.length - SHORTEST_END; from += 1) ends.push(plain.slice(from));
  return ends;
}

/** A MAC address is typed with colons, with dashes or without; fewer dashes stand in many a number. */
const withoutColons = (word: string): string =>
  /^[0-9a-f]{2}(:[0-9a-f]{0,2}){1,5}$|^[0-9a-f]{2}(-[0-9a-f]{2}){2,4}-[0-9a-f]{0,2}$/.test(word)
    ? word.replaceAll(/[:-]/g, '')
    : word;
