/** What may travel in the clear: nothing that is secret, unless it stays on this machine. The peer decides, no header does. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** Over TLS, or from this machine itself. */
export function isPrivate({ raw }: FastifyRequest): boolean {
  return isTls(raw.socket) || isLoopback(raw.socket.remoteAddress);
}

const isTls = (socket: object): boolean => 'encrypted' in socket && socket.encrypted === true;

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** Where the same page answers over TLS: the same port. A Host without a port means 80 (RFC 9110 §7.2). */
export function secureUrl({ headers }: FastifyRequest): string {
  const host = headers.host ?? '';
  return `https://${/:\d+$/.test(host) ? host : `${host}:80`}`;
}

/** Of the session: two names, so that a cookie of plain HTTP can never stand in for one of TLS (RFC 6265bis, `__Host-`). */
export const SESSION_COOKIE = 'rsb_box';
export const SECURE_COOKIE = '__Host-rsb_box';

/** Before the session is looked for. */
export function readSecureCookie(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, socket } = request.raw;
    if (isTls(socket) && headers.cookie !== undefined) {
      headers.cookie = headers.cookie
        .split(/;\s*/)
        .filter((pair) => !pair.startsWith(`${SESSION_COOKIE}=`))
        .map((pair) => (pair.startsWith(`${SECURE_COOKIE}=`) ? pair.replace(SECURE_COOKIE, SESSION_COOKIE) : pair))
        .join('; ');
    }
    done();
  });
}

/** After the session has set its cookie. */
export function writeSecureCookie(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if (!isTls(request.raw.socket)) return;
    const set = [reply.getHeader('set-cookie') ?? []].flat().map(String);
    if (!set.some((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))) return;
    reply.removeHeader('set-cookie');
    reply.header(
      'set-cookie',
      set.map((cookie) =>
        cookie.startsWith(`${SESSION_COOKIE}=`) ? `${cookie.replace(SESSION_COOKIE, SECURE_COOKIE)}; Secure` : cookie,
      ),
    );
  });
}
