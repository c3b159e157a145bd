/** Addresses of central's pages. */

export type Route =
  | { readonly page: 'today' }
  | { readonly page: 'fleet' }
  | { readonly page: 'boxes' }
  | { readonly page: 'customers' }
  | { readonly page: 'customer'; readonly customer: string }
  | { readonly page: 'box'; readonly customer: string; readonly agent: string }
  | { readonly page: 'device'; readonly customer: string; readonly device: string }
  | { readonly page: 'alerts'; readonly part: 'list' | 'rules' | 'channels' | 'deliveries' }
  | { readonly page: 'alert'; readonly customer: string; readonly alert: string }
  | { readonly page: 'settings' }
  | { readonly page: 'api' }
  | { readonly page: 'import' }
  | { readonly page: 'join' }
  | { readonly page: 'start' }
  | { readonly page: 'signIn' }
  | { readonly page: 'unknown' };

/** Patterns of all pages, for what walks through them. */
export const ROUTES = [
  '/',
  '/fleet',
  '/boxes',
  '/customers',
  '/customers/:customer',
  '/customers/:customer/boxes/:agent',
  '/customers/:customer/devices/:device',
  '/alerts',
  '/alerts/rules',
  '/alerts/channels',
  '/alerts/deliveries',
  '/alerts/:customer/:alert',
  '/settings',
  '/settings/api',
  '/import',
  '/join',
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
  const [first = '', customer, kind, id, ...more] = path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map(decoded);
  if (more.length > 0) return { page: 'unknown' };
  if (first === 'alerts') return id === undefined ? alertsRoute(customer, kind) : { page: 'unknown' };
  if (first === 'settings' && customer === 'api' && kind === undefined) return { page: 'api' };
  if (customer === undefined) {
    if (first === '') return { page: 'today' };
    if (first === 'fleet' || first === 'boxes' || first === 'customers') return { page: first };
    if (first === 'settings') return { page: 'settings' };
    if (first === 'import') return { page: 'import' };
    if (first === 'join') return { page: 'join' };
    if (first === 'start') return { page: 'start' };
    if (first === 'signin') return { page: 'signIn' };
    return { page: 'unknown' };
  }
  if (first !== 'customers' || customer === '') return { page: 'unknown' };
  if (kind === undefined) return { page: 'customer', customer };
  if (kind === 'boxes' && id) return { page: 'box', customer, agent: id };
  if (kind === 'devices' && id) return { page: 'device', customer, device: id };
  return { page: 'unknown' };
}

/** Its parts, and one alert as mails name it: `/alerts/CUSTOMER/ALERT`. */
function alertsRoute(name: string | undefined, alert: string | undefined): Route {
  if (name === undefined) return { page: 'alerts', part: 'list' };
  if (alert !== undefined)
    return name === '' || alert === '' ? { page: 'unknown' } : { page: 'alert', customer: name, alert };
  if (name === 'rules' || name === 'channels' || name === 'deliveries') return { page: 'alerts', part: name };
  return { page: 'unknown' };
}

const part = encodeURIComponent;
export const customerPath = (customer: string): string => `/customers/${part(customer)}`;
export const boxPath = (customer: string, agent: string): string => `${customerPath(customer)}/boxes/${part(agent)}`;
export const devicePath = (customer: string, device: string): string =>
  `${customerPath(customer)}/devices/${part(device)}`;
export const alertPath = (customer: string, alert: string): string => `/alerts/${part(customer)}/${part(alert)}`;

/** Pages of the dealer's house, which a reader of one customer does not have. */
export function isOfHouse(route: Route): boolean {
  return route.page === 'import' || route.page === 'api' || (route.page === 'alerts' && route.part !== 'list');
}
