/** Counts and dates as spreadsheets of three countries write them. Where two readings are possible, neither is guessed. */

/** A whole number in decimal text, exact however long; undefined for what is none. */
export function readCount(text: string): string | undefined {
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, '');
  if (!/^\d[\d.,]*$/.test(plain)) return undefined;
  const marks = [...plain.replace(/\d/g, '')];
  if (marks.length === 0) return canonical(plain);
  const last = marks.at(-1) ?? '';
  const kinds = new Set(marks);
  if (kinds.size === 2) {
    // Two kinds of marks: the last one begins the decimals, of which a count has none.
    const [whole = '', decimals = '', ...more] = plain.split(last);
    const other = last === '.' ? ',' : '.';
    return more.length === 0 && /^0*$/.test(decimals) ? grouped(whole, other) : undefined;
  }
  if (marks.length > 1) return grouped(plain, last);
  const [whole = '', tail = ''] = plain.split(last);
  // A count is whole: three digits behind its one mark are a group, anything else can only be decimals.
  if (tail.length === 3) return grouped(plain, last);
  return /^0*$/.test(tail) ? canonical(whole) : undefined;
}

function grouped(text: string, mark: string): string | undefined {
  const groups = text.split(mark);
  const [first = ''] = groups;
  const sound =
    (groups.length === 1 ||
      (/^[1-9]\d{0,2}$/.test(first) && groups.slice(1).every((group) => /^\d{3}$/.test(group)))) &&
    /^\d+$/.test(groups.join(''));
  return sound ? canonical(groups.join('')) : undefined;
}

const LONGEST_COUNT = 20;
function canonical(digits: string): string | undefined {
  const count = digits.replace(/^0+(?=\d)/, '');
  return count.length <= LONGEST_COUNT ? count : undefined;
}

export type DateOrder = 'dayFirst' | 'monthFirst';

/** Europe's order, unless a date of the file can only be America's and none only Europe's. */
export function dateOrderOf(texts: readonly string[]): DateOrder {
  let isAmerican = false;
  for (const text of texts) {
    const [, first, second] = /^(\d{1,2})\/(\d{1,2})\/\d{2,4}/.exec(text.trim()) ?? [];
    if (Number(first) > 12) return 'dayFirst';
    if (Number(second) > 12) isAmerican = true;
  }
  return isAmerican ? 'monthFirst' : 'dayFirst';
}

const TIME = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/** A day as YYYY-MM-DD; undefined for what is none. */
export function readDay(text: string, order: DateOrder): string | undefined {
  const plain = text.trim();
  const first = YEAR_FIRST.exec(plain) ?? COMPACT.exec(plain);
  if (first) return dayOf(Number(first[1]), Number(first[2]), Number(first[3]));
  const last = YEAR_LAST.exec(plain);
  if (!last) return undefined;
  const [one, two] = [Number(last[1]), Number(last[3])];
  const year = Number(last[4]) + ((last[4] ?? '').length === 2 ? 2000 : 0);
  const isAmerican = order === 'monthFirst' && last[2] === '/';
  return isAmerican ? dayOf(year, one, two) : dayOf(year, two, one);
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1970 && year <= 2100 ? date.toISOString().slice(0, 10) : undefined;
}
