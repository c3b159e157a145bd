/** Who may call a route. Each API route declares it; one that does not is refused when the server is built. */
import { type Fault, fault } from '@rsb/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { People } from '../people/index.ts';
import { refuse } from './problems.ts';

/**
 * `open`: anybody who reaches the box. `reading`: anybody too, unless the settings ask for a session. `session`: only
 * who signed in; every such call that changes something carries the session's token.
 */
export type Access = 'open' | 'reading' | 'session';

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    boxAccess?: Access;
  }
  interface Session {
    signedIn?: boolean;
  }
}

export const API = '/api/v1';

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

export const isSignedIn = (request: FastifyRequest): boolean => request.session.signedIn === true;

export interface AccessRules {
  readonly people: People;
  readonly openReading: () => boolean;
}

export function mayRead(signedIn: boolean, { people, openReading }: AccessRules): boolean {
  return people.passwordSet() && (signedIn || openReading());
}

/** Answers the table of routes, which fills as they are added. */
export function guardAccess(app: FastifyInstance, rules: AccessRules): readonly RouteEntry[] {
  const routes: RouteEntry[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!url.startsWith(API)) return;
    const access = config?.boxAccess;
    if (!access) throw new Error(`${String(method)} ${url} does not say who may call it`);
    for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, url, access });
  });
  app.addHook('onRequest', (request, reply, done) => {
    const { boxAccess: access } = request.routeOptions.config;
    const refused = access && refusal(request, access, rules);
    if (refused) {
      refuse(reply, refused);
      return;
    }
    if (access === 'session' && !isReading(request.method)) {
      app.csrfProtection(request, reply, done);
      return;
    }
    done();
  });
  return routes;
}

function refusal(request: FastifyRequest, access: Access, rules: AccessRules): Fault | null {
  if (!isReading(request.method) && isForeignOrigin(request)) return fault('csrfRefused');
  if (access === 'open') return null;
  if (!rules.people.passwordSet()) return fault('setupCodeNeeded');
  const signedIn = isSignedIn(request);
  if (access === 'session' ? signedIn : mayRead(signedIn, rules)) return null;
  return fault('signInNeeded');
}

/** Browsers name the page that sends a change (Fetch standard, "Origin"); another page's is not for us. */
function isForeignOrigin({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return URL.parse(origin)?.host !== host?.toLowerCase();
}
