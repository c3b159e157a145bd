/**
 * Whether a UDP port is closed. Only a connected socket is told of the ICMP error that says so; the engine's one socket
 * for all devices never is.
 */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import type { PORT_STATES } from '@rsb/contract';
import type { Clock, Millis } from '@rsb/runtime';

/** `prohibited`: a router or firewall says that it does not let this through. */
export type PortState = (typeof PORT_STATES)[number];

/** Sends `bytes` once. */
export type PortProbe = (
  place: { readonly address: string; readonly port: number },
  bytes: Uint8Array,
  timeout: Millis,
  signal?: AbortSignal,
) => Promise<PortState>;

export function portProbe(clock: Pick<Clock, 'after'>): PortProbe {
  return ({ address, port }, bytes, timeout, signal) =>
    new Promise((resolve) => {
      const socket = createSocket({
        type: isIP(address) === 6 ? 'udp6' : 'udp4',
        lookup: (host, _options, callback) => callback(null, host, isIP(host)),
      });
      let ended = false;
      const end = (state: PortState) => {
        if (ended) return;
        ended = true;
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
        socket.close();
        resolve(state);
      };
      const onAbort = () => end('silent');
      const timer = clock.after('a UDP port is tried', timeout, () => end('silent'));
      signal?.addEventListener('abort', onAbort, { once: true });
      socket.on('error', (error: NodeJS.ErrnoException) => end(stateOf(error.code)));
      // A connected socket hears nobody else.
      socket.once('message', () => end('answers'));
      const failed = (error?: NodeJS.ErrnoException | null) => {
        if (error) end(stateOf(error.code));
      };
      socket.connect(port, address, (error?: NodeJS.ErrnoException) => {
        failed(error);
        if (!ended) socket.send(bytes, failed);
      });
    });
}

/** How Linux tells the kinds of ICMP "destination unreachable" (RFC 792, RFC 1812 §5.2.7.1, RFC 4443 §3.1). */
function stateOf(code: string | undefined): PortState {
  switch (code) {
    case 'ECONNREFUSED':
      return 'closed';
    case 'EACCES':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'prohibited';
    default:
      return 'silent';
  }
}
