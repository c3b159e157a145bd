/**
 * Ends a server's connections when it closes: running requests are finished, within a limit; then every connection ends,
 * also one that has not asked anything yet. Node counts such a one as busy, and would wait half a minute for it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, seconds } from '@rsb/runtime';
import type { FastifyInstance } from 'fastify';

/** A long download is cut off then; whoever asked can ask again. */
const LONGEST_WAIT = seconds(10);

export function endConnections(server: FastifyInstance, clock: Clock): void {
  const open = new Set<Socket>();
  let running = 0;
  let atRest = () => {};
  server.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
    running += 1;
    response.once('close', () => {
      running -= 1;
      if (running === 0) atRest();
    });
  });
  server.addHook('preClose', async () => {
    const wait = new AbortController();
    const finished = new Promise<void>((done) => {
      atRest = done;
      if (running === 0) done();
    });
    await Promise.race([finished, clock.sleep('close', LONGEST_WAIT, wait.signal).catch(() => {})]);
    wait.abort();
    for (const socket of open) socket.destroy();
  });
}
