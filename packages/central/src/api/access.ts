/** Who may call a route. Every route says it, else the server does not start; what it says is enforced here alone. */
import { fault } from '@rsb/contract';
import { minutes } from '@rsb/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CentralWork } from '../work.ts';
import { sendFault } from './problem.ts';

/** `open`: anybody. `box`: whoever signs as a box, judged by the route itself. `session`: who has signed in. */
export type Access = 'open' | 'box' | 'session';

declare module 'fastify' {
  interface FastifyContextConfig {
    caller?: Access;
  }
  interface Session {
    accountId?: number;
    /** When this session was last seen, in steps, so that not every request writes. */
    accountSeenAt?: number;
  }
}

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

/** Sessions live by use; noting each use every five minutes is enough for an end after twelve hours. */
const SEEN_STEP = minutes(5);
const CHANGES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Registers the guard; returns the list that fills as routes are added. */
export function guardRoutes(server: FastifyInstance, work: CentralWork): readonly RouteEntry[] {
  const table: RouteEntry[] = [];
  server.addHook('onRoute', (route) => {
    const access = route.config?.caller;
    if (!access) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
    for (const method of [route.method].flat()) table.push({ method, url: route.url, access });
  });
  server.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.caller ?? 'open';
    if (access === 'box') return;
    if (isChange(request) && isForeign(request)) return sendFault(request, reply, fault('csrfRefused'));
    if (access === 'session' && !(await isSignedIn(request, work))) {
      return sendFault(request, reply, fault('signInNeeded'));
    }
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.caller === 'session' && isChange(request)) {
      server.csrfProtection(request, reply, done);
    } else {
      done();
    }
  });
  return table;
}

const isChange = ({ method }: FastifyRequest): boolean => CHANGES.includes(method);

async function isSignedIn({ session }: FastifyRequest, { accounts, clock }: CentralWork): Promise<boolean> {
  if (session.accountId === undefined || !(await accounts.find(session.accountId))) return false;
  if (clock.now() - (session.accountSeenAt ?? 0) >= SEEN_STEP) {
    session.accountSeenAt = clock.now();
    session.touch();
  }
  return true;
}

/** A browser says where a request comes from: another site's page may not even try to sign in here. */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== host;
}
