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

/** An address cannot be rebound: only names are held against the list. A machine's name is also known below .local. */
export function isKnownHost(header: string, names: readonly string[]): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(header);
  const host = match?.[1]?.toLowerCase().replace(/\.$/, '');
  if (host === undefined) return false;
  if (host.startsWith('[')) return isIP(host.slice(1, -1)) === 6;
  if (isIP(host) === 4 || host === 'localhost') return true;
  return names.some((name) => host === name.toLowerCase() || host === `${name.toLowerCase()}.local`);
}
