/** The place in an app by the browser's own history: links inside lead there without a load. */
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
    const address = link.getAttribute('href') ?? '/';
    // A file of the server, no place of the app.
    if (address.startsWith('/api/')) return;
    event.preventDefault();
    to(address, false);
  });
  return {
    get: place.get,
    subscribe: place.subscribe,
    go: (address) => to(address, false),
    replace: (address) => to(address, true),
  };
}

/** Where signing in leads to: only a place of this app, an address from outside leads nowhere else. */
export function placeAfter(query: string): string {
  const to = new URLSearchParams(query).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) && !to.startsWith('/signin') ? to : '/';
}
