/** HTTP and HTTPS on one port: the first byte of a connection says which it is, so that nothing else has to listen. */
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { ServerIdentity } from './certificates.ts';

/** RFC 8446 §5.1: a record of the handshake, with which every TLS connection begins. */
const HANDSHAKE = 0x16;
/** Who connects and says nothing holds a place for so long. */
const FIRST_BYTE_LIMIT = 10_000;

export interface SecureSide {
  use(identity: ServerIdentity): void;
  close(): void;
}

/** `plain` goes on listening; what begins like TLS is handed to a server that never listens itself. */
export function answerTlsOn(plain: Server, identity: ServerIdentity, answer: RequestListener): SecureSide {
  const secure: TlsServer = createTlsServer(
    { ...identity, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] },
    answer,
  );
  const { requestTimeout, headersTimeout, keepAliveTimeout } = plain;
  Object.assign(secure, { requestTimeout, headersTimeout, keepAliveTimeout });
  // Starts the watch over slow requests, which a listening server starts by itself.
  secure.emit('listening');
  secure.on('tlsClientError', (_error, socket) => socket.destroy());
  const listeners = plain.listeners('connection');
  plain.removeAllListeners('connection');
  const waiting = new Set<Socket>();
  plain.on('connection', (socket: Socket) => {
    waiting.add(socket);
    const forget = () => waiting.delete(socket);
    socket.once('close', forget);
    const drop = () => socket.destroy();
    socket.on('error', drop);
    socket.setTimeout(FIRST_BYTE_LIMIT, drop);
    const look = () => {
      const first: Buffer | null = socket.read(1);
      if (first === null) {
        if (!socket.readableEnded) socket.once('readable', look);
        return;
      }
      socket.unshift(first);
      socket.setTimeout(0);
      socket.removeListener('timeout', drop);
      socket.removeListener('error', drop);
      socket.removeListener('close', forget);
      waiting.delete(socket);
      if (first[0] === HANDSHAKE) secure.emit('connection', socket);
      else for (const listener of listeners) listener.call(plain, socket);
    };
    socket.once('readable', look);
  });
  return {
    use: ({ cert, key }) => secure.setSecureContext({ cert, key, minVersion: 'TLSv1.2' }),
    close() {
      for (const socket of waiting) socket.destroy();
      secure.close();
      secure.closeAllConnections();
    },
  };
}
