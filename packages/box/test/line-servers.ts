/** Servers on 127.0.0.1 for the tests of the line, all closed with the test that opened them. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import type { TestContext } from 'node:test';
import { instant, type ManualClock, manualClock } from '@rsb/runtime';
import { type Line, type LineOptions, openLine } from '../src/line/index.ts';
import type { ServerCertificate } from './line-certificates.ts';

export const START = instant(Date.UTC(2026, 10, 24, 8));

/** Names that the tests use, all on this machine. */
export const onThisMachine = async (): Promise<readonly string[]> => ['127.0.0.1'];

export async function listen(t: TestContext, server: NetServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });
  return (server.address() as AddressInfo).port;
}

export const serveHttp = (t: TestContext, answer: RequestListener): Promise<number> => listen(t, createServer(answer));

export const serveTls = (t: TestContext, certificate: ServerCertificate, answer: RequestListener): Promise<number> =>
  listen(t, createTlsServer(certificate, answer));

export const serveTcp = (t: TestContext, greet: (socket: Socket) => void): Promise<number> =>
  listen(t, createTcpServer(greet));

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}

export function lineTo(
  t: TestContext,
  url: string,
  options: Partial<Omit<LineOptions, 'url'>> = {},
): { readonly line: Line; readonly clock: ManualClock } {
  const clock = manualClock(START);
  const opened = openLine({ url, resolver: onThisMachine, ...options, clock: options.clock ?? clock });
  if (!opened.ok) throw new Error(opened.error.code);
  t.after(() => opened.value.close());
  return { line: opened.value, clock };
}

/** A CONNECT proxy that leads every name to 127.0.0.1 and asks for a login where one is set. */
export async function serveProxy(
  t: TestContext,
  { login, status }: { readonly login?: string; readonly status?: number } = {},
): Promise<{ readonly port: number; readonly asked: readonly string[]; readonly server: Server }> {
  const asked: string[] = [];
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => {});
    const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    if (expected !== request.headers['proxy-authorization']) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
      return;
    }
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(Number(request.url?.split(':').pop()), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  return { port: await listen(t, server), asked, server };
}
