/** Views of the fleet, and what is asked of the server for one. */
import type { FleetView } from '@rsb/contract';
import { m } from '@rsb/messages';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export const VIEWS: readonly FleetView[] = ['all', 'trouble', 'supplies', 'silent', 'old', 'questions', 'unwatched'];

export function viewWord(view: FleetView, lang: Lang): string {
  switch (view) {
    case 'all':
      return m.fleet_view_all({}, lang);
    case 'trouble':
      return m.fleet_view_trouble({}, lang);
    case 'supplies':
      return m.fleet_view_supplies({}, lang);
    case 'silent':
      return m.fleet_view_silent({}, lang);
    case 'old':
      return m.fleet_view_old({}, lang);
    case 'questions':
      return m.fleet_view_questions({}, lang);
    case 'unwatched':
      return m.fleet_view_unwatched({}, lang);
  }
}

export interface FleetAsked {
  readonly view: FleetView;
  readonly search: string;
  readonly model: string | null;
  /** Only the machines of this one. */
  readonly box: string | null;
  readonly sort: string;
  readonly descending: boolean;
}

const SORTS: readonly string[] = ['name', 'trouble', 'supply', 'month', 'total', 'read'];

export function queryOf({ view, search, model, box, sort, descending }: FleetAsked): string {
  const query = new URLSearchParams();
  if (view !== 'all') query.set('view', view);
  if (search.trim() !== '') query.set('q', search.trim());
  if (model) query.set('model', model);
  if (box) query.set('box', box);
  if (sort !== 'name' && SORTS.includes(sort)) query.set('sort', sort);
  if (descending) query.set('order', 'desc');
  return query.toString();
}

export const withCursor = (path: string, asked: string, cursor: string | null): string => {
  const query = [asked, cursor === null ? '' : `cursor=${encodeURIComponent(cursor)}`].filter(Boolean).join('&');
  return query === '' ? path : `${path}?${query}`;
};
