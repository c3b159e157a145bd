/** Filters of the Machines page: pure, kept in the page's address so that a view can be sent to somebody. */

import { plainText } from '../../format/plain-text.ts';
import type { MachineRow, RowState } from './machine-row.ts';
import { RowSearch } from './row-search.ts';

export const FIELDS = ['manufacturer', 'model', 'location', 'group', 'state'] as const;
export type FilterField = (typeof FIELDS)[number];
export type Filters = { readonly search: string } & Readonly<Record<FilterField, string | null>>;

export const NO_FILTERS: Filters = {
  search: '',
  manufacturer: null,
  model: null,
  location: null,
  group: null,
  state: null,
};

export const ROW_STATES: readonly RowState[] = ['trouble', 'attention', 'silent', 'asleep', 'well', 'notMonitored'];

/** What a row has in the place of a filter; null where it has nothing. */
export function fieldOf(row: MachineRow, field: FilterField): string | null {
  switch (field) {
    case 'manufacturer':
      return row.device.manufacturer;
    case 'model':
      return row.device.model;
    case 'location':
      return row.location;
    case 'group':
      return row.device.group;
    case 'state':
      return row.group;
  }
}

const wordsOf = (search: string): readonly string[] => plainText(search).split(/\s+/).filter(Boolean);

export function filterRows(rows: readonly MachineRow[], filters: Filters, except?: FilterField): readonly MachineRow[] {
  return rowsWith(rows, filters, wordsOf(filters.search), except);
}

/** Every word has to be found somewhere in the row. Asked of 10,000 rows at a key: no function of its own for each. */
function rowsWith(
  rows: readonly MachineRow[],
  filters: Filters,
  words: readonly string[],
  except?: FilterField,
): readonly MachineRow[] {
  const fields = FIELDS.filter((field) => field !== except && filters[field] !== null);
  let left = rows;
  for (const field of fields) left = left.filter((row) => fieldOf(row, field) === filters[field]);
  for (const word of words) left = left.filter((row) => row.haystack.includes(word));
  return left;
}

const longest = (words: readonly string[]): string | undefined =>
  words.reduce<string | undefined>(
    (found, word) => (found === undefined || word.length > found.length ? word : found),
    undefined,
  );

interface Found {
  readonly filters: Filters;
  readonly words: readonly string[];
  readonly rows: readonly MachineRow[];
}

/** As many keys as somebody types and takes back. */
const KEPT = 24;

/** Keeps what earlier filters left: a further letter looks only there, and taking one back looks nowhere. */
export class RowFilter {
  private rows: readonly MachineRow[] = [];
  private found: readonly Found[] = [];
  private search: RowSearch | null = null;

  /** Makes the first letter of a search as quick as the next one: work for a moment when nothing else is to do. */
  prepare(rows: readonly MachineRow[]): void {
    this.use(rows);
    this.search ??= new RowSearch(rows);
  }

  private use(rows: readonly MachineRow[]): void {
    if (rows === this.rows) return;
    this.rows = rows;
    this.found = [];
    this.search = null;
  }

  of(rows: readonly MachineRow[], filters: Filters): readonly MachineRow[] {
    this.use(rows);
    if (!isFiltered(filters)) return rows;
    const words = wordsOf(filters.search);
    const wider = this.found.filter((one) => leavesAll(one, filters, words));
    const same = wider.find((one) => leavesAll({ ...one, filters, words }, one.filters, one.words));
    if (same) return same.rows;
    const least = wider.reduce((least, one) => (one.rows.length < least.length ? one.rows : least), rows);
    const word = longest(words);
    const left =
      least === rows && this.search && word !== undefined
        ? rowsWith(
            this.search.find(word),
            filters,
            words.filter((each) => each !== word),
          )
        : rowsWith(least, filters, words);
    this.found = [{ filters, words, rows: left }, ...this.found.slice(0, KEPT - 1)];
    return left;
  }
}

/** Whether what was found holds every row that these filters leave. */
function leavesAll(found: Found, filters: Filters, words: readonly string[]): boolean {
  return (
    FIELDS.every((field) => found.filters[field] === null || found.filters[field] === filters[field]) &&
    found.words.every((word) => words.some((longer) => longer.includes(word)))
  );
}

export interface FieldOption {
  readonly value: string;
  readonly count: number;
}

/** Values there are, counted among the rows that the other filters leave; a chosen value stays in the list. */
export function optionsFor(rows: readonly MachineRow[], filters: Filters, field: FilterField): readonly FieldOption[] {
  const counts = new Map<string, number>();
  for (const row of filterRows(rows, filters, field)) {
    const value = fieldOf(row, field);
    if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const chosen = filters[field];
  if (chosen !== null && !counts.has(chosen)) counts.set(chosen, 0);
  const options = [...counts].map(([value, count]) => ({ value, count }));
  if (field === 'state') {
    const rank = (value: string) => (ROW_STATES as readonly string[]).indexOf(value);
    return options.sort((a, b) => rank(a.value) - rank(b.value));
  }
  return options.sort((a, b) => a.value.localeCompare(b.value, undefined, { numeric: true, sensitivity: 'base' }));
}

export const isFiltered = (filters: Filters): boolean =>
  filters.search.trim() !== '' || FIELDS.some((field) => filters[field] !== null);

export function filtersFrom(query: string): Filters {
  const params = new URLSearchParams(query);
  const value = (field: FilterField) => params.get(field) || null;
  return {
    search: params.get('search') ?? '',
    manufacturer: value('manufacturer'),
    model: value('model'),
    location: value('location'),
    group: value('group'),
    state: ROW_STATES.find((state) => state === params.get('state')) ?? null,
  };
}

export function queryOf(filters: Filters): string {
  const params = new URLSearchParams();
  if (filters.search !== '') params.set('search', filters.search);
  for (const field of FIELDS) {
    const value = filters[field];
    if (value !== null) params.set(field, value);
  }
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}
