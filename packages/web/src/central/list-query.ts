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
}

export function useListQuery(query: string, firstSort: string): ListQuery {
  const { router } = useCentral();
  const values = new URLSearchParams(query);
  const sorted = values.get('sort') ?? firstSort;
  const descending = sorted.startsWith('-');
  const sort = descending ? sorted.slice(1) : sorted;
  const set = (name: string, value: string | null) => {
    const place = router.get();
    const next = new URLSearchParams(place.query);
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
    const text = next.toString();
    router.replace(text === '' ? place.path : `${place.path}?${text}`);
  };
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
  };
}
