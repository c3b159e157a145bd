/** The box's one web server: the Device Manager's files and its API, and nothing else. */
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fault } from '@rsb/contract';
import fastify from 'fastify';
import { IDLE_LIMIT } from '../people/index.ts';
import { type AccessRules, API, guardAccess, type RouteEntry } from './access.ts';
import type { Api, ApiDeps } from './api-deps.ts';
import { setSecurityHeaders } from './headers.ts';
import { guardHost } from './host-names.ts';
import { addOpenApiRoute, describeApi } from './openapi.ts';
import { handleErrors, Refusal, refuse } from './problems.ts';
import { addAddressRoutes } from './routes/address-routes.ts';
import { addBackupRoutes } from './routes/backup-routes.ts';
import { addCertificateRoutes } from './routes/certificate-routes.ts';
import { addDeviceRoutes } from './routes/device-routes.ts';
import { addDisclosureRoutes } from './routes/disclosure-routes.ts';
import { addEventRoutes } from './routes/event-routes.ts';
import { addHealthRoutes } from './routes/health-routes.ts';
import { addLoadRoutes } from './routes/load-routes.ts';
import { addMachineRoutes } from './routes/machine-routes.ts';
import { addMetricsRoute } from './routes/metrics-route.ts';
import { addPeopleRoutes } from './routes/people-routes.ts';
import { addProposalRoutes } from './routes/proposal-routes.ts';
import { addSettingsRoutes } from './routes/settings-routes.ts';
import { addSheetRoute } from './routes/sheet-route.ts';
import { addStateRoutes } from './routes/state-routes.ts';
import { readSecureCookie, SESSION_COOKIE, writeSecureCookie } from './secure.ts';
import { serveWebApp } from './web-app.ts';

export interface ServerOptions extends ApiDeps {
  /** Folder of the built Device Manager. */
  readonly webRoot: string;
  /** For the session cookie's signature. */
  readonly cookieSecret: string;
  readonly version: string;
  /** The machine's own names. */
  readonly ownNames: readonly string[];
}

export interface Server {
  readonly app: Api;
  readonly routes: readonly RouteEntry[];
}

/** Settings with a certificate of their own are the largest thing that a page sends. */
const LARGEST_BODY = 512 * 1024;
/** An id of 300 signs, each perhaps three times percent-encoded. */
const LONGEST_PARAMETER = 3000;
/** Requests a minute from one address: far above what a page does, far below what would keep the box busy. */
const MOST_REQUESTS = 3000;

export async function buildServer(options: ServerOptions): Promise<Server> {
  const { people, sessions, settings, log, webRoot, cookieSecret, ownNames } = options;
  const rules: AccessRules = { people, openReading: () => settings.document.openReading };
  const app = fastify({
    logger: false,
    bodyLimit: LARGEST_BODY,
    requestTimeout: 30_000,
    // An address that cannot be decoded, before any route or hook is known.
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply, fault('notFound'));
    },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    // Nothing is made to fit: null stays null, "5" is no number, what is unknown is the handler's matter.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setSerializerCompiler(() => JSON.stringify);

  handleErrors(app, log, () => settings.document.language);
  await setSecurityHeaders(app);
  guardHost(app, () => [...settings.document.hostNames, ...ownNames]);
  await app.register(rateLimit, {
    max: MOST_REQUESTS,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal(fault('tooManyRequests', { seconds: Math.max(1, Math.ceil(ttl / 1000)) })),
  });
  await app.register(compress, { globalDecompression: false, encodings: ['br', 'gzip', 'identity'] });
  readSecureCookie(app);
  await app.register(cookie);
  await app.register(session, {
    secret: cookieSecret,
    cookieName: SESSION_COOKIE,
    store: sessions,
    saveUninitialized: false,
    // Not secure here: `auto` would weaken sameSite over plain http. Over TLS the cookie gets another name, and Secure.
    cookie: { secure: false, httpOnly: true, sameSite: 'strict', path: '/', maxAge: IDLE_LIMIT },
  });
  writeSecureCookie(app);
  await app.register(csrf, {
    sessionPlugin: '@fastify/session',
    getToken: (request) => {
      const token = request.headers['x-csrf-token'];
      return typeof token === 'string' ? token : undefined;
    },
  });
  await describeApi(app, options.version);
  const routes = guardAccess(app, rules);
  await app.register(
    async (api: Api) => {
      api.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      addStateRoutes(api, options, rules);
      addEventRoutes(api, options, rules);
      addDeviceRoutes(api, options);
      addMachineRoutes(api, options);
      addSettingsRoutes(api, options);
      addLoadRoutes(api, options);
      addAddressRoutes(api, options);
      addPeopleRoutes(api, options);
      addCertificateRoutes(api, options);
      addBackupRoutes(api, options);
      addDisclosureRoutes(api, options);
      addProposalRoutes(api, options);
      addHealthRoutes(api, options);
      addSheetRoute(api, options);
    },
    { prefix: API },
  );
  addOpenApiRoute(app);
  addMetricsRoute(app, options);
  await serveWebApp(app, webRoot, routes);
  return { app, routes };
}
