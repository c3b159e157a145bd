/** The Device Manager's files. Addresses that the app makes itself fall back to its page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { fault } from '@rsb/contract';
import type { FastifyInstance } from 'fastify';
import type { RouteEntry } from './access.ts';
import { refuse } from './problems.ts';

/** Names with a hash of the content never change their content. */
const HASHED = /[-.][0-9A-Za-z_-]{8,}\.[a-z0-9]+$/;

export async function serveWebApp(app: FastifyInstance, webRoot: string, routes: readonly RouteEntry[]): Promise<void> {
  const built = existsSync(join(webRoot, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: webRoot,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        const kept = HASHED.test(path) && !path.endsWith('.html');
        reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (path.startsWith('/api/')) {
      const allowed = routes.filter(({ url }) => patternOf(url).test(path)).map(({ method }) => method);
      if (allowed.length === 0) return refuse(reply, fault('notFound'));
      reply.header('allow', allowed.join(', '));
      return refuse(reply, fault('methodNotAllowed'));
    }
    const isPage = request.method === 'GET' && !/\.[a-z0-9]+$/i.test(path);
    return built && isPage
      ? reply.header('cache-control', 'no-cache').sendFile('index.html')
      : refuse(reply, fault('notFound'));
  });
}

const patternOf = (url: string): RegExp => new RegExp(`^${url.replaceAll(/:[^/]+/g, '[^/]+')}$`);
