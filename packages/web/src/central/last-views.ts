/** Search, filters and order of each list as they were last seen in this tab: what leads to a list leads back to them. */
import type { Memory } from '../api/memory.ts';
import type { Observable } from '../api/observable.ts';
import type { Place } from '../routing/router.ts';

/** Pages whose address says what they show; a shared link says it too. */
const LISTS: readonly string[] = ['/', '/fleet', '/customers', '/boxes', '/alerts'];

export interface LastViews {
  /** The list as it was last seen; any other page as it is. */
  hrefOf(path: string): string;
  /** After signing out. */
  forget(): void;
}

const keyOf = (path: string): string => `rsb.central.view ${path}`;

export function createLastViews(places: Observable<Place>, memory: Memory): LastViews {
  const note = ({ path, query }: Place) => {
    if (LISTS.includes(path)) memory.save(keyOf(path), query);
  };
  note(places.get());
  places.subscribe(() => note(places.get()));
  return {
    hrefOf: (path) => (LISTS.includes(path) ? path + (memory.load(keyOf(path)) ?? '') : path),
    forget: () => {
      for (const path of LISTS) memory.forget(keyOf(path));
    },
  };
}
