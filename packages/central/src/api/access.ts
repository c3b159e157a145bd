/**
 * Who may call a route. Every route says it, else the server does not start; what it says is enforced here alone: first
 * whether the caller is known, then whether the customer of the path is one that he sees, then whether he may do this.
 */
import { type ApiScope, type ApiSubject, type Fault, fault } from '@rsb/contract';
import { failure, minutes, type Outcome, success } from '@rsb/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Caller, callerOfAccount, scopeFor } from '../people/caller.ts';
import type { CentralWork } from '../work.ts';
import { sendFault } from './problem.ts';

/** `open`: anybody. `box`: whoever signs as a box, judged by the route itself. `session`: who has signed in, or a token. */
export type Access = 'open' | 'box' | 'session';

declare module 'fastify' {
  interface FastifyContextConfig {
    caller?: Access;
    /** What it takes, where method and path do not tell it; `self`: a person's own account, whatever the role. */
    right?: ApiScope | 'self';
    /** A route of the whole house that answers a reader of one customer with that customer's part. */
    narrowed?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface Session {
    accountId?: number;
    /** When this session was last seen, in steps, so that not every request writes. */
    accountSeenAt?: number;
    startedAt?: number;
  }
}

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
  /** What it takes; null for what is open to anybody or to boxes. */
  readonly right: ApiScope | 'self' | null;
  /** Whether a reader of one customer gets an answer: by a path of that customer, or narrowed to it. */
  readonly forReaders: boolean;
}

/** Sessions live by use; noting each use every five minutes is enough for an end after twelve hours. */
const SEEN_STEP = minutes(5);
const CHANGES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** By the last of these in a path; what has none is about customers. */
const SUBJECTS: Readonly<Record<string, ApiSubject>> = {
  accounts: 'people',
  invitations: 'people',
  tokens: 'people',
  boxes: 'boxes',
  codes: 'boxes',
  devices: 'devices',
  fleet: 'devices',
  alerts: 'alerts',
  rules: 'alerts',
  channels: 'alerts',
  deliveries: 'alerts',
};

/** What a route takes where it does not say so itself. */
export function rightOf(method: string, url: string): ApiScope {
  const subjects = url.split('/').flatMap((part) => SUBJECTS[part.replace(/\.\w+$/, '')] ?? []);
  return scopeFor(CHANGES.includes(method) ? 'write' : 'read', subjects.at(-1) ?? 'customers');
}

/** Registers the guard; returns the list that fills as routes are added. */
export function guardRoutes(server: FastifyInstance, work: CentralWork): readonly RouteEntry[] {
  const table: RouteEntry[] = [];
  server.decorateRequest('caller', null);
  server.addHook('onRoute', (route) => {
    const access = route.config?.caller;
    if (!access) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
    for (const method of [route.method].flat()) {
      const right = access === 'session' ? (route.config?.right ?? rightOf(method, route.url)) : null;
      const forReaders = right === 'self' || route.config?.narrowed === true || hasCustomer(route.url);
      table.push({ method, url: route.url, access, right, forReaders });
    }
  });
  server.addHook('onRequest', async (request, reply) => {
    const { caller: access = 'open' } = request.routeOptions.config;
    if (access === 'box') return;
    const { authorization } = request.headers;
    if (access === 'session' && authorization !== undefined) {
      const caller = await work.apiTokens.callerOf(authorization, request.ip);
      if (!caller.ok) return sendFault(request, reply, caller.error);
      request.caller = caller.value;
    } else {
      if (isChange(request) && isForeign(request)) return sendFault(request, reply, fault('csrfRefused'));
      if (access !== 'session') return;
      request.caller = (await accountOf(request, work)) ?? null;
    }
    const allowed = judge(request);
    if (!allowed.ok) return sendFault(request, reply, allowed.error);
  });
  server.addHook('onRequest', (request, reply, done) => {
    const { caller } = request;
    // A token is sent on purpose, never by a browser of itself.
    if (request.routeOptions.config.caller === 'session' && isChange(request) && caller?.kind !== 'token') {
      server.csrfProtection(request, reply, done);
    } else {
      done();
    }
  });
  return table;
}

const hasCustomer = (url: string): boolean => url.split('/').includes(':customer');

/** Deny by default: what does not say that readers of one customer may ask it, they may not. */
function judge(request: FastifyRequest): Outcome<null, Fault> {
  const { caller, method, routeOptions, params } = request;
  if (!caller) return failure(fault('signInNeeded'));
  const { url = '', config } = routeOptions;
  const right = config.right ?? rightOf(method, url);
  if (right === 'self') return caller.kind === 'account' ? success(null) : failure(fault('notAllowed'));
  if (caller.customer !== null) {
    if (hasCustomer(url)) {
      const { customer } = params as { readonly customer?: string };
      // Before anything else is looked at: whether others have such a thing is nothing that he may learn.
      if (customer !== String(caller.customer)) return failure(fault('notFound'));
    } else if (config.narrowed !== true) return failure(fault('notAllowed'));
  }
  if (caller.scopes.has(right)) return success(null);
  return failure(caller.kind === 'token' ? fault('scopeMissing', { scope: right }) : fault('notAllowed'));
}

const isChange = ({ method }: FastifyRequest): boolean => CHANGES.includes(method);

async function accountOf({ session }: FastifyRequest, work: CentralWork): Promise<Caller | undefined> {
  const { accounts, clock, database } = work;
  const account = session.accountId === undefined ? undefined : await accounts.find(session.accountId);
  if (!account) return undefined;
  if (clock.now() - (session.accountSeenAt ?? 0) >= SEEN_STEP) {
    session.accountSeenAt = clock.now();
    session.touch();
    await database.people.saveSeen(account.id, clock.now());
  }
  return callerOfAccount(account);
}

/** A browser says where a request comes from: another site's page may not even try to sign in here. */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== host;
}
