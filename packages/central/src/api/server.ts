/** The HTTP server: what every answer carries, what every request passes, then the routes by subject. */
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyCsrf from '@fastify/csrf-protection';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifySession from '@fastify/session';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { fault } from '@rsb/contract';
import fastify, { type FastifyInstance } from 'fastify';
import { databaseSessions, SESSION_IDLE } from '../people/session-store.ts';
import type { CentralWork } from '../work.ts';
import { guardRoutes, type RouteEntry } from './access.ts';
import { addAlertRoutes } from './alert-routes.ts';
import { addAlertSettingsRoutes } from './alert-settings-routes.ts';
import { addBoxPlaceRoutes } from './box-place-routes.ts';
import { addBoxRoutes } from './box-routes.ts';
import type { CentralServer } from './central-server.ts';
import { addCustomerRoutes } from './customer-routes.ts';
import { addDeviceRoutes } from './device-routes.ts';
import { endConnections } from './end-connections.ts';
import { addExportRoutes } from './export-routes.ts';
import { addFleetRoutes } from './fleet-routes.ts';
import { addIdempotency } from './idempotency.ts';
import { addImportRoutes } from './import-routes.ts';
import { addJoinRoutes } from './join-routes.ts';
import { addOpenApiRoute, describeApi } from './openapi.ts';
import { addPageRoutes } from './page-routes.ts';
import { createPaging } from './paging.ts';
import { addPasskeyRoutes } from './passkey-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addPlaceRoutes } from './place-routes.ts';
import { faultOf, sendFault } from './problem.ts';
import { addProposalRoutes } from './proposal-routes.ts';
import { LIMITS, type Limits, rateLimits } from './rate-limits.ts';
import { relyingParties } from './relying-party.ts';
import { addSessionRoutes } from './session-routes.ts';
import { addSettingsRoutes } from './settings-routes.ts';
import { addTodayRoutes } from './today-routes.ts';
import { addVersions } from './versions.ts';

export interface ServerNeeds {
  readonly work: CentralWork;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly publicUrl: string | null;
  /** Addresses whose X-Forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly sessionSecret: string;
  readonly webRoot: string | null;
  readonly limits?: Limits | undefined;
}

export interface BuiltServer {
  readonly server: CentralServer;
  readonly routes: readonly RouteEntry[];
}

/** Largest JSON that people's pages send. */
const LARGEST_REQUEST = 64 * 1024;

export async function buildServer(needs: ServerNeeds): Promise<BuiltServer> {
  const { work, tls, publicUrl } = needs;
  const https = tls !== null || (publicUrl?.startsWith('https:') ?? false);
  const server = fastify({
    ...(tls ? { https: { ...tls, minVersion: 'TLSv1.2' } } : {}),
    trustProxy: needs.trustedProxies.length > 0 ? [...needs.trustedProxies] : false,
    bodyLimit: LARGEST_REQUEST,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 100 },
  } as object).withTypeProvider<TypeBoxTypeProvider>() as unknown as CentralServer;
  endConnections(server as unknown as FastifyInstance, work.clock);
  server.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Fastify's own serializer would drop fields that a schema does not name yet.
  server.setSerializerCompiler(() => JSON.stringify);
  server.removeContentTypeParser('text/plain');

  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: https,
    // Browsers ignore these two on plain http, and say so on each page.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  await server.register(fastifyRateLimit, rateLimits(needs.limits ?? LIMITS));
  await server.register(fastifyCompress, { globalDecompression: false });
  await server.register(fastifyCookie);
  await server.register(fastifySession, {
    cookieName: 'rsb_central',
    secret: needs.sessionSecret,
    store: databaseSessions(work.database.house, work.clock),
    saveUninitialized: false,
    rolling: false,
    cookie: { path: '/', httpOnly: true, sameSite: 'strict', secure: https, maxAge: SESSION_IDLE },
  });
  await server.register(fastifyCsrf, {
    sessionPlugin: '@fastify/session',
    getToken: ({ headers }) => {
      const token = headers['x-csrf-token'];
      return typeof token === 'string' ? token : '';
    },
  });

  // Answers are the dealer's data; only the pages' own files say otherwise.
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  const plain = server as unknown as FastifyInstance;
  const routes = guardRoutes(plain, work);
  addVersions(plain);
  addIdempotency(plain, work, needs.sessionSecret);
  await describeApi(plain);
  const paging = createPaging(needs.sessionSecret);
  server.setErrorHandler((error, request, reply) =>
    sendFault(request, reply, faultOf(error as Parameters<typeof faultOf>[0], work.random, work.log)),
  );
  server.setNotFoundHandler((request, reply) => {
    const [path = ''] = (request.raw.url ?? '').split('?');
    return sendFault(request, reply, fault(isKnownPath(routes, path) ? 'methodNotAllowed' : 'notFound'));
  });

  server.get('/health', { config: { caller: 'open', rateLimit: false } }, async () => ({ status: 'ok' }));
  addOpenApiRoute(plain);
  const begin = addSessionRoutes(server, work);
  const partyOf = relyingParties(publicUrl, tls);
  addPasskeyRoutes(server, work, partyOf, begin);
  addJoinRoutes(server, work, partyOf, begin);
  addPeopleRoutes(server, work);
  addCustomerRoutes(server, work, paging);
  addPlaceRoutes(server, work);
  addSettingsRoutes(server, work);
  addBoxPlaceRoutes(server, work);
  addImportRoutes(server, work, paging);
  addExportRoutes(server, work);
  addDeviceRoutes(server, work, paging);
  addAlertRoutes(server, work, paging);
  addAlertSettingsRoutes(server, work, paging);
  addFleetRoutes(server, work, paging);
  addTodayRoutes(server, work);
  addBoxRoutes(server, work, publicUrl);
  addProposalRoutes(server, work, publicUrl);
  await addPageRoutes(server, needs.webRoot);
  await server.ready();
  return { server, routes };
}

function isKnownPath(routes: readonly RouteEntry[], path: string): boolean {
  const parts = path.split('/');
  return routes.some(({ url }) => {
    const pattern = url.split('/');
    return (
      pattern.length === parts.length &&
      pattern.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at]))
    );
  });
}
