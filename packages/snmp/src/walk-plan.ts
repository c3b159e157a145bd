/**
 * What a walk by GETBULK asks next. At first one name of each table, since most tables that are asked for are empty; then
 * what is likely to be long by repetitions, and what is nearly over one row at a time beside it, so that little is told from
 * beyond an end.
 */
import type { Oid } from './oid.ts';
import { compareNames } from './oid-octets.ts';
import type { WalkColumn } from './walk-column.ts';
import type { Group, Walked } from './walk-group.ts';
import { spansOf, WalkSpan } from './walk-span.ts';

/** As long an answer as is worth asking at once. */
export const MOST_REPETITIONS = 25;
/** A request of its own costs as much as about so many varbinds from beyond an end. */
const WORTH_A_REQUEST = 8;
/** Up to so many varbinds left, a column is taken along beside longer ones, one row a request. */
const NEARLY_OVER = 3;
/** Of those in one request, so that it stays small. */
const MOST_RIDERS = 12;
/** Rows that a table has as a rule, where it has any, and one of many columns that is known to have some: supplies. */
const USUAL_ROWS = 2;
const USUAL_ROWS_OF_WIDE = 4;

/** `hasRows`: columns of tables of which a row is known. */
export function survey(columns: readonly WalkColumn[], hasRows: readonly Oid[]): readonly Walked[] {
  const tables = new Map<string, WalkColumn[]>();
  for (const column of columns.toSorted(compareNames)) {
    const table = entryOf(column.oid);
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  const known = new Set(hasRows.map(entryOf));
  return [...tables].flatMap(([table, own]) => (known.has(table) ? spansOf(own) : [new WalkSpan(own)]));
}

const entryOf = (column: Oid): string => column.slice(0, column.lastIndexOf('.'));

/** Of a table with several columns and a row some repetitions, of the others one name each. */
export function firstGroup(walked: readonly Walked[], hasRows: readonly Oid[]): Group {
  const known = new Set(hasRows.map(entryOf));
  const widthOf = (each: Walked) =>
    each instanceof WalkSpan && known.has(entryOf(each.oid)) ? each.columns.length : 1;
  const columns = walked.filter((each) => widthOf(each) > NEARLY_OVER);
  const riders = walked.filter((each) => !columns.includes(each));
  // And the one that shows the end.
  const likely = USUAL_ROWS_OF_WIDE * Math.max(0, ...columns.map(widthOf)) + 1;
  return { riders, columns, pdu: 'getBulk', mostRepetitions: MOST_REPETITIONS, likely, isFirst: true };
}

/**
 * What is asked of the rest, by how much of each is likely to be left; `rowsOf`: how many a table has, by its columns that
 * are over.
 */
export function nextGroups(walked: readonly Walked[], rowsOf: (column: Oid) => number, most: number): readonly Group[] {
  const rest = walked.flatMap(apart).filter(({ ended }) => !ended);
  const likely = new Map(rest.map((each) => [each, likelyOf(each, rowsOf(each.oid))]));
  const of = (each: Walked) => likely.get(each) ?? 1;
  const groups: { most: number; columns: Walked[] }[] = [];
  const riders: Walked[] = [];
  let waste = 0;
  for (const each of rest.toSorted((a, b) => of(b) - of(a))) {
    const open = groups.at(-1);
    const isFull = open !== undefined && open.columns.length >= most;
    waste += (open?.most ?? 0) - of(each);
    if (open !== undefined && !isFull && waste <= WORTH_A_REQUEST) open.columns.push(each);
    else if (groups.length > 0 && of(each) <= NEARLY_OVER && riders.length < MOST_RIDERS) riders.push(each);
    else {
      groups.push({ most: of(each), columns: [each] });
      waste = 0;
    }
  }
  return groups.map((group, at) => ({
    columns: group.columns,
    riders: at === 0 ? riders : [],
    pdu: 'getBulk',
    mostRepetitions: MOST_REPETITIONS,
    likely: group.most,
  }));
}

/** A table that was looked at as one: its columns as far as their numbers follow each other. */
function apart(each: Walked): readonly Walked[] {
  if (!(each instanceof WalkSpan)) return [each];
  const spans = spansOf(each.columns.filter(({ ended }) => !ended));
  return spans.length > 1 ? spans : [each];
}

function likelyOf(each: Walked, rows: number): number {
  if (!(each instanceof WalkSpan)) return each.varbinds.length + 1;
  return each.likely(rows, USUAL_ROWS);
}
