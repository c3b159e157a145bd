/** Who may call a route. Each API route declares it; one that does not is refused when the server is built. */
import { type Fault, fault } from '@rsb/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { People, Person } from '../people/index.ts';
import { refuse } from './problems.ts';
import { isPrivate, secureUrl } from './secure.ts';

/**
 * `open`: anybody who reaches the box. `reading`: anybody too, unless the settings ask for a session. `person`: whoever
 * signed in, for what is their own. `session`: a technician or an administrator. `admin`: an administrator. What changes
 * something carries the session's token, and comes over TLS or from this machine itself.
 */
export type Access = 'open' | 'reading' | 'person' | 'session' | 'admin';

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    boxAccess?: Access;
  }
  interface FastifyRequest {
    /** Who signed in; read anew at each request, so that an end takes effect at once. */
    person: Person | null;
    /** As the change log names who did it. */
    who: string;
  }
  interface Session {
    signedIn?: boolean;
    person?: string;
    address?: string;
    since?: number;
  }
}

export const API = '/api/v1';

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

export const isSignedIn = (request: FastifyRequest): boolean => request.person !== null;

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
  app.decorateRequest('person', null);
  app.decorateRequest('who', '');
  app.addHook('onRequest', (request, reply, done) => {
    const { person } = request.session;
    request.person = person === undefined ? null : rules.people.find(person);
    request.who = request.person ? `${request.person.name} (${request.ip})` : request.ip;
    const { boxAccess: access } = request.routeOptions.config;
    const refused = access && refusal(request, access, rules);
    if (refused) {
      refuse(reply, refused);
      return;
    }
    if (access && access !== 'open' && access !== 'reading' && !isReading(request.method)) {
      app.csrfProtection(request, reply, done);
      return;
    }
    done();
  });
  return routes;
}

function refusal(request: FastifyRequest, access: Access, rules: AccessRules): Fault | null {
  if (!isReading(request.method)) {
    if (isForeignOrigin(request)) return fault('csrfRefused');
    // A password, a passphrase or a session's cookie may be in it.
    if (!isPrivate(request)) return fault('secureNeeded', { url: secureUrl(request) });
  }
  if (access === 'open') return null;
  if (!rules.people.passwordSet()) return fault('setupCodeNeeded');
  if (access === 'reading') return mayRead(isSignedIn(request), rules) ? null : fault('signInNeeded');
  if (request.person === null) return fault('signInNeeded');
  return mayCall(request.person, access) ? null : fault('notAllowed');
}

function mayCall({ role }: Person, access: 'person' | 'session' | 'admin'): boolean {
  switch (access) {
    case 'person':
      return true;
    case 'session':
      return role === 'technician' || role === 'admin';
    case 'admin':
      return role === 'admin';
  }
}

/** Browsers name the page that sends a change (Fetch standard, "Origin"); another page's is not for us. */
function isForeignOrigin({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return URL.parse(origin)?.host !== host?.toLowerCase();
}
