/** One connection to central: name, TCP, the proxy's tunnel, TLS; what fails says at which step. */
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { type Fault, fault } from '@rsb/contract';
import { type Clock, seconds } from '@rsb/runtime';
import { connectFault, LineError, resolveFault, tlsFault } from './line-error.ts';
import { openTunnel, type ProxyHop } from './proxy.ts';
import { hostOf, isLoopbackAddress, portOf } from './url.ts';

/** Name to addresses, in order of preference; rejects or answers none where the name is not known. */
export type Resolver = (host: string) => Promise<readonly string[]>;

/** The system's own way, /etc/hosts included. */
export const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** What was reached on the way, in this order: `name` and `tcp` of the proxy where there is one. */
export type ConnectStep = 'name' | 'tcp' | 'tunnel' | 'tls';

export interface ConnectorOptions {
  readonly target: URL;
  readonly proxy: ProxyHop | null;
  readonly resolver: Resolver;
  /** Asked for at the first TLS connection: reading the system's store takes its time. */
  readonly trust: () => SecureContext;
  readonly clock: Clock;
  readonly onStep?: (step: ConnectStep) => void;
}

/** For name, TCP, tunnel and TLS together. */
const CONNECT_LIMIT = seconds(20);
/** Before the next address of the same name is tried as well; Node's 250 ms fail every distant site (VPN, satellite). */
const NEXT_ADDRESS_AFTER = seconds(3);

export async function connectToCentral(options: ConnectorOptions): Promise<Socket | TLSSocket> {
  const { target, proxy, clock, onStep = () => {} } = options;
  const late = new AbortController();
  let awaited = hostOf(proxy ? proxy.url : target);
  const deadline = clock.after('line connect', CONNECT_LIMIT, () =>
    late.abort(new LineError(fault('lineTimeout', { host: awaited }))),
  );
  try {
    const { signal } = late;
    let socket: Socket = await openTcp(proxy ? proxy.url : target, options, signal);
    if (proxy) {
      if (proxy.url.protocol === 'https:') socket = await openTls(socket, proxy.url, options, signal);
      awaited = hostOf(target);
      socket = await openTunnel(socket, proxy, target, signal);
      onStep('tunnel');
    }
    if (target.protocol !== 'https:') return socket;
    const secured = await openTls(socket, target, options, signal);
    onStep('tls');
    return secured;
  } catch (error) {
    // An abort reaches the steps in their own dress; its reason says which wait was too long.
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    deadline.cancel();
  }
}

async function openTcp(url: URL, { resolver, proxy, onStep }: ConnectorOptions, signal: AbortSignal): Promise<Socket> {
  const [host, port] = [hostOf(url), portOf(url)];
  const addresses = isIP(host) ? [host] : await beforeAbort(resolver(host), signal).catch(() => []);
  signal.throwIfAborted();
  if (addresses.length === 0) throw new LineError(resolveFault(host));
  onStep?.('name');
  // `localhost` is a name like others: whoever answers for it must not receive readings in the clear.
  if (!proxy && url.protocol === 'http:' && !addresses.every(isLoopbackAddress)) {
    throw new LineError(fault('urlInsecure', { url: url.origin }));
  }
  const socket = connectTcp({
    host,
    port,
    lookup: (_host, _options, answer) =>
      answer(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      ),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER,
  });
  socket.setNoDelay(true);
  await opened(socket, 'connect', signal, (error) => connectFault(error, host, port));
  onStep?.('tcp');
  return socket;
}

async function openTls(socket: Socket, url: URL, { trust }: ConnectorOptions, signal: AbortSignal): Promise<TLSSocket> {
  const host = hostOf(url);
  const secured = connectTls({
    socket,
    host,
    // An address is no server name (RFC 6066 §3); the certificate is then held against `host`.
    ...(isIP(host) ? {} : { servername: host }),
    secureContext: trust(),
    ALPNProtocols: ['http/1.1'],
    // Said outright, so that no environment variable can unsay it.
    rejectUnauthorized: true,
  });
  await opened(secured, 'secureConnect', signal, (error) => tlsFault(error, host));
  return secured;
}

function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  faultOf: (error: unknown) => Fault,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    // Stays for the socket's life: an error between two owners must not end the process.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(error instanceof LineError ? error : new LineError(faultOf(error)));
    });
  });
}

function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
