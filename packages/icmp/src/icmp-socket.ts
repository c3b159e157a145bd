/**
 * ICMP datagram sockets of Linux: pings without any privilege, where `net.ipv4.ping_group_range` holds a group of ours.
 * Node cannot make one itself, but its `dgram` takes one that is made already (a raw socket it would refuse).
 */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { IpFamily } from './echo-packet.ts';

export interface EchoSocket {
  /** `sent` is told once the packet has left, or with the system's code where it could not. */
  send(bytes: Uint8Array, address: string, sent: (code: string | null) => void): void;
  close(): void;
}

export type OnIcmp = (bytes: Uint8Array, address: string) => void;

/** The failure is the system's code: EACCES where the group range leaves us out. */
export type OpenEchoSocket = (family: IpFamily, onIcmp: OnIcmp) => Outcome<EchoSocket, string>;

/** Linux on every architecture that Node is built for. */
const AF = { 4: 2, 6: 10 } as const;
const IPPROTO = { 4: 1, 6: 58 } as const;
const SOCK_DGRAM = 2;
/** A program that the box starts must not inherit the socket. */
const SOCK_CLOEXEC = 0o2_000_000;
/** Room for the replies that come while the loop is busy, and for echoes whose neighbour is still looked for. */
const BUFFER = 4 * 1024 * 1024;
/** Any but 0, which `dgram` refuses: ICMP has no ports, the kernel does not look at it. */
const NO_PORT = 1;

/** Fails where koffi has no binary for this machine, or the machine is not Linux. */
export async function loadEchoSockets(): Promise<Outcome<OpenEchoSocket, string>> {
  if (process.platform !== 'linux') return failure('ENOSYS');
  try {
    const { default: koffi } = await import('koffi');
    // The C library that this process runs with, whichever it is.
    const socket = koffi.load(null).func('int socket(int domain, int type, int protocol)');
    const codes = new Map(Object.entries(koffi.os.errno).map(([code, number]) => [number, code]));
    return success((family, onIcmp) => {
      const fd: number = socket(AF[family], SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO[family]);
      if (fd < 0) return failure(codes.get(koffi.errno()) ?? 'EUNKNOWN');
      return success(adopt(fd, family, onIcmp));
    });
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function adopt(fd: number, family: IpFamily, onIcmp: OnIcmp): EchoSocket {
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    recvBufferSize: BUFFER,
    sendBufferSize: BUFFER,
    // Targets are addresses already: the system's resolver would cost a turn of the loop for each packet.
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  socket.on('message', (bytes, from) => onIcmp(bytes, from.address));
  // An error that is reported here names no echo; the echo's own timer ends it.
  socket.on('error', () => {});
  socket.bind({ fd });
  // Every echo that is waited for has a timer; the socket alone keeps no process alive.
  socket.unref();
  let open = true;
  return {
    send(bytes, address, sent) {
      if (!open || isIP(address) === 0) return sent('EINVAL');
      socket.send(bytes, NO_PORT, address, (error) => {
        sent(error === null ? null : ((error as NodeJS.ErrnoException).code ?? error.message));
      });
    },
    close() {
      if (open) socket.close();
      open = false;
    },
  };
}
