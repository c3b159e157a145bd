/** Names and addresses under which a browser may reach the page. */
import { isIP } from 'node:net';
import { type Interfaces, isVirtualInterface } from '../service/networks.ts';

/** What may stand in a certificate as a DNS name (RFC 5280 §4.2.1.6). */
const DNS_NAME = /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/;

export function pageHosts(names: readonly string[], interfaces: Interfaces): readonly string[] {
  const own = Object.entries(interfaces()).flatMap(([name, addresses = []]) =>
    isVirtualInterface(name)
      ? []
      : addresses.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address),
  );
  const known = names
    .map((name) => name.toLowerCase())
    .flatMap((name) => (name.includes('.') || isIP(name) ? [name] : [name, `${name}.local`]))
    .filter((name) => isIP(name) || DNS_NAME.test(name));
  return [...new Set(['localhost', '127.0.0.1', ...known, ...own])];
}
