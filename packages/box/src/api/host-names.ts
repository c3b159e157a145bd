/** Which names the page answers to: against DNS rebinding, where a foreign name leads to this address. */
import { isIP } from 'node:net';
import { fault } from '@rsb/contract';
import type { FastifyInstance } from 'fastify';
import { refuse } from './problems.ts';

/** `names`: those that the settings add, and the machine's own. */
export function guardHost(app: FastifyInstance, names: () => readonly string[]): void {
  app.addHook('onRequest', (request, reply, done) => {
    const host = request.headers.host ?? '';
    if (isKnownHost(host, names())) done();
    else refuse(reply, fault('hostRefused', { host: host.slice(0, 100) }));
  });
}

/**
 * Domains that no public name server answers for, so that no stranger can lead a name below them here: RFC 6762 (.local),
 * RFC 6761 (.test), RFC 8375 (.home.arpa), ICANN's .internal.
 */
const PRIVATE_DOMAINS = ['local', 'internal', 'home.arpa', 'test'];

/** An address cannot be rebound: only names are held against the list, bare or below a private domain. */
export function isKnownHost(header: string, names: readonly string[]): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(header);
  const host = match?.[1]?.toLowerCase().replace(/\.$/, '');
  if (host === undefined) return false;
  if (host.startsWith('[')) return isIP(host.slice(1, -1)) === 6;
  if (isIP(host) === 4 || host === 'localhost') return true;
  return names.some((name) => {
    const known = name.toLowerCase();
    return host === known || PRIVATE_DOMAINS.some((domain) => host === `${known}.${domain}`);
  });
}
