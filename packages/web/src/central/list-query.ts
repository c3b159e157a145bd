/** Search and order of a list, kept in the page's address, so that going back and a shared link show the same. */
import { useCentral } from './central-context.tsx';

export interface ListQuery {
  readonly search: string;
  readonly sort: string;
  readonly descending: boolean;
  setSearch(text: string): void;
  /** Turns the order round where it is already sorted by this. */
  sortBy(column: string): void;
  readonly sortedAs: (column: string) => 'asc' | 'desc' | false;
  /** Any further value of the address, e.g. the range of a chart. */
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  /** Whether less than the whole list is shown. */
  readonly isFiltered: boolean;
  /** The order stays. */
  clearFilters(): void;
}

/** They say in which order and form a list stands, not what of it. */
const FORM: readonly string[] = ['sort', 'flat'];

export function useListQuery(query: string, firstSort: string): ListQuery {
  const { router } = useCentral();
  const values = new URLSearchParams(query);
  const sorted = values.get('sort') ?? firstSort;
  const descending = sorted.startsWith('-');
  const sort = descending ? sorted.slice(1) : sorted;
  const change = (by: (next: URLSearchParams) => void) => {
    const place = router.get();
    const next = new URLSearchParams(place.query);
    by(next);
    const text = next.toString();
    router.replace(text === '' ? place.path : `${place.path}?${text}`);
  };
  const set = (name: string, value: string | null) =>
    change((next) => (value === null || value === '' ? next.delete(name) : next.set(name, value)));
  return {
    search: values.get('q') ?? '',
    sort,
    descending,
    setSearch: (text) => set('q', text),
    sortBy: (column) => {
      const next = column === sort && !descending ? `-${column}` : column;
      set('sort', next === firstSort ? null : next);
    },
    sortedAs: (column) => (column === sort ? (descending ? 'desc' : 'asc') : false),
    get: (name) => values.get(name),
    set,
    isFiltered: [...values.keys()].some((name) => !FORM.includes(name)),
    clearFilters: () =>
      change((next) => {
        for (const name of [...next.keys()]) if (!FORM.includes(name)) next.delete(name);
      }),
  };
}
