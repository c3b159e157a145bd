/** The one datagram socket behind all devices: the batching one where it can be had, else Node’s own. */
import { createSocket } from 'node:dgram';
import { openBatchSocket } from './batch-socket.ts';
import type { IpFamily, OnDatagram, OpenUdpSocket, UdpSocket } from './datagrams.ts';

/** Room for the answers that come while the loop is busy; the system may grant less. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

export const openUdpSocket: OpenUdpSocket = (family, onDatagram, onRefusal) =>
  (family === 4 ? openBatchSocket(onDatagram, onRefusal) : undefined) ?? openPlainSocket(family, onDatagram);

/** Node's own, which is everywhere. */
export const openPlainSocket = (family: IpFamily, onDatagram: OnDatagram): UdpSocket => {
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    ipv6Only: family === 6,
    recvBufferSize: RECEIVE_BUFFER,
    // Targets are addresses already: the system's resolver would cost a turn of the loop for each packet.
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  socket.on('message', (bytes, from) => onDatagram(bytes, from.address, from.port));
  // An ICMP error that the system reports here names no request; the request's own timer ends it.
  socket.on('error', () => {});
  return {
    send(bytes, port, address, failed) {
      socket.send(new Uint8Array(bytes), port, address, (error) => {
        if (error !== null) failed((error as NodeJS.ErrnoException).code ?? error.message);
      });
    },
    close: () => socket.close(),
  };
};
