/** Addresses of the Device Manager, by the browser's own history. */
import { cellOf, type Observable } from '../api/observable.ts';

export interface Place {
  readonly path: string;
  readonly query: string;
}

export interface Router extends Observable<Place> {
  go(to: string): void;
  /** Takes the place of the current entry: for filters and redirects. */
  replace(to: string): void;
}

export type Route =
  | { readonly page: 'machines' }
  | { readonly page: 'machine'; readonly id: string }
  | { readonly page: 'settings'; readonly section: string }
  | { readonly page: 'start' }
  | { readonly page: 'signIn' }
  | { readonly page: 'unknown' };

/** Patterns of all pages, for what walks through them. */
export const ROUTES = ['/', '/machines/:id', '/settings', '/settings/:section', '/start', '/signin'] as const;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function routeOf(path: string): Route {
  const [first = '', second, ...more] = path.replace(/^\/|\/$/g, '').split('/');
  if (more.length > 0) return { page: 'unknown' };
  if (first === '' && second === undefined) return { page: 'machines' };
  if (first === 'machines' && second) return { page: 'machine', id: decoded(second) };
  if (first === 'settings') return { page: 'settings', section: second ?? 'networks' };
  if (first === 'start' && second === undefined) return { page: 'start' };
  if (first === 'signin' && second === undefined) return { page: 'signIn' };
  return { page: 'unknown' };
}

export const machinePath = (id: string): string => `/machines/${encodeURIComponent(id)}`;

export function createRouter(view: Window): Router {
  const here = (): Place => ({ path: view.location.pathname, query: view.location.search });
  const place = cellOf<Place>(here());
  view.addEventListener('popstate', () => place.set(here()));
  const to = (address: string, replace: boolean) => {
    if (replace) view.history.replaceState(null, '', address);
    else view.history.pushState(null, '', address);
    place.set(here());
    if (!replace) view.scrollTo(0, 0);
  };
  view.document.addEventListener('click', (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element | null)?.closest?.('a[href^="/"]');
    if (!link || link.hasAttribute('target') || link.hasAttribute('download')) return;
    event.preventDefault();
    to(link.getAttribute('href') ?? '/', false);
  });
  return {
    get: place.get,
    subscribe: place.subscribe,
    go: (address) => to(address, false),
    replace: (address) => to(address, true),
  };
}
