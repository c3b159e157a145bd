/** Addresses of the Device Manager. */

export type Route =
  | { readonly page: 'machines' }
  | { readonly page: 'machine'; readonly id: string }
  | { readonly page: 'left'; readonly payload: number | null }
  | { readonly page: 'health' }
  | { readonly page: 'settings'; readonly section: string }
  | { readonly page: 'start' }
  | { readonly page: 'signIn' }
  | { readonly page: 'unknown' };

/** Patterns of all pages, for what walks through them. */
export const ROUTES = [
  '/',
  '/machines/:id',
  '/left',
  '/left/:id',
  '/health',
  '/settings',
  '/settings/:section',
  '/start',
  '/signin',
] as const;

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
  if (first === 'left' && second === undefined) return { page: 'left', payload: null };
  if (first === 'left' && /^\d{1,15}$/.test(second ?? '')) return { page: 'left', payload: Number(second) };
  if (first === 'health' && second === undefined) return { page: 'health' };
  if (first === 'settings') return { page: 'settings', section: second ?? 'networks' };
  if (first === 'start' && second === undefined) return { page: 'start' };
  if (first === 'signin' && second === undefined) return { page: 'signIn' };
  return { page: 'unknown' };
}

/** Dots are encoded too: a server takes what ends like a file's name for a file. */
export const machinePath = (id: string): string => `/machines/${encodeURIComponent(id).replaceAll('.', '%2E')}`;
