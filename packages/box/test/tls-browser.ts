/** A browser over TLS, and a tap on the wire that it and the box talk through. */
import type { X509Certificate } from 'node:crypto';
import { request as requestTls } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { connect as connectTls } from 'node:tls';
import type { SessionView } from '@rsb/contract';

export interface TlsAnswer<T> {
  readonly status: number;
  readonly cookies: readonly string[];
  readonly body: T;
  readonly certificate: X509Certificate | null;
}

/** A browser over TLS that shows each certificate and believes all. */
export function browser(port: number) {
  let cookie = '';
  let token = '';
  const given = new Set<string>();
  const call = <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    new Promise<TlsAnswer<T>>((resolve, reject) => {
      const sent = requestTls(
        {
          host: '127.0.0.1',
          port,
          path: `/api/v1${path}`,
          method,
          // Its own certificate is what is looked at here.
          rejectUnauthorized: false,
          agent: false,
          headers: {
            ...(cookie && { cookie }),
            ...(token && { 'x-csrf-token': token }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        async (response) => {
          const socket = response.socket as ReturnType<typeof connectTls>;
          const certificate = socket.getPeerX509Certificate() ?? null;
          const parts: Buffer[] = [];
          for await (const part of response) parts.push(part as Buffer);
          const cookies = response.headers['set-cookie'] ?? [];
          for (const set of cookies) {
            cookie = set.split(';', 1)[0] ?? '';
            given.add(cookie.slice(cookie.indexOf('=') + 1));
          }
          const text = Buffer.concat(parts).toString();
          // A stream of lines is no one document.
          const isDocument = /[/+]json/.test(response.headers['content-type'] ?? '');
          const answered = (isDocument ? JSON.parse(text) : text) as T;
          const fresh = (answered as Partial<SessionView> | null)?.csrfToken;
          if (typeof fresh === 'string') {
            token = fresh;
            given.add(fresh);
          }
          resolve({ status: response.statusCode ?? 0, cookies, body: answered, certificate });
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  /** Values of cookies and tokens that it was given. */
  return { call, given: (): readonly string[] => [...given].filter((value) => value !== '') };
}

/** A tap on the wire to a server on this machine: what goes by in both directions, byte for byte. */
export async function tapped(
  t: TestContext,
  to: number,
): Promise<{ readonly port: number; readonly heard: () => Buffer }> {
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('data', (part: Buffer) => heard.push(part)).on('error', () => {});
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, heard: () => Buffer.concat(heard) };
}

export const portOf = (url: string): number => Number(new URL(url).port);
