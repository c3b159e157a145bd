/** Rows in order of a column; what has no value comes last in both directions. */
import { compareWords } from '../format/compare-words.ts';
import { type Count, compareCounts } from '../format/count.ts';

export type Key =
  | { readonly words: string | null | undefined }
  | { readonly count: Count | null | undefined }
  | { readonly moment: string | null };

type Comparison = (a: Key, b: Key) => number | null;

/** null: one of them has nothing to compare. */
const compareKeys: Comparison = (a, b) => {
  if ('words' in a && 'words' in b) return a.words && b.words ? compareWords(a.words, b.words) : null;
  if ('count' in a && 'count' in b)
    return a.count !== null && a.count !== undefined && b.count !== null && b.count !== undefined
      ? compareCounts(a.count, b.count)
      : null;
  if ('moment' in a && 'moment' in b) return a.moment && b.moment ? Date.parse(a.moment) - Date.parse(b.moment) : null;
  return null;
};

const hasValue = (key: Key): boolean => {
  const value = 'words' in key ? key.words : 'count' in key ? key.count : key.moment;
  return value !== null && value !== undefined && value !== '';
};

export function inOrder<T>(rows: readonly T[], keyOf: (row: T) => Key, descending: boolean): readonly T[] {
  return [...rows].sort((a, b) => {
    const keys = [keyOf(a), keyOf(b)] as const;
    const order = compareKeys(...keys);
    if (order !== null) return descending ? -order : order;
    return Number(hasValue(keys[1])) - Number(hasValue(keys[0]));
  });
}
