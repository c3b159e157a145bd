/** The dashboard's files: hashed ones kept by the browser for ever, every page of the app from its one index. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { fault } from '@rsb/contract';
import type { CentralServer } from './central-server.ts';
import { sendFault } from './problem.ts';

/** Names that change with their content: the bundler's eight letters, or ten digits of a hash. */
const HASHED = /-([A-Z2-7]{8}|[0-9a-f]{10})\.\w+$/;

export async function addPageRoutes(server: CentralServer, webRoot: string | null): Promise<void> {
  if (webRoot === null || !existsSync(join(webRoot, 'index.html'))) return;
  const entries = await readdir(webRoot, { recursive: true, withFileTypes: true });
  const files = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(webRoot, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  await server.register(fastifyStatic, { root: webRoot, serve: false, cacheControl: false });
  server.get('/*', { config: { caller: 'open' } }, async (request, reply) => {
    const [path = ''] = (request.raw.url ?? '').slice(1).split('?');
    if (path.startsWith('api/')) return sendFault(request, reply, fault('notFound'));
    const file = files.has(path) ? path : 'index.html';
    // A missing script answered by a page would only confuse whoever looks for the reason.
    if (file !== path && /\.\w+$/.test(path)) return sendFault(request, reply, fault('notFound'));
    reply.header('cache-control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(file);
  });
}
