/** A network in the place of a socket: what is sent is seen, what comes back is made up. */
import { success } from '@rsb/runtime';
import type { OnIcmp, OpenEchoSocket } from '../src/index.ts';

export interface Sent {
  readonly family: 4 | 6;
  readonly address: string;
  readonly bytes: Uint8Array;
}

export interface FakeNetwork {
  readonly open: OpenEchoSocket;
  readonly sent: Sent[];
  /** As the system hands it to the socket of that family. */
  deliver(family: 4 | 6, bytes: Uint8Array, from: string): void;
  /** The system's code for an echo that it refuses to send. */
  refuse: (address: string) => string | null;
  /** Called after each echo that has left. */
  onSent: (echo: Sent) => void;
}

export function fakeNetwork(): FakeNetwork {
  const sockets = new Map<4 | 6, OnIcmp>();
  const sent: Sent[] = [];
  const network: FakeNetwork = {
    sent,
    open(family, onIcmp) {
      sockets.set(family, onIcmp);
      return success({
        send(bytes, address, told) {
          const code = network.refuse(address);
          if (code === null) sent.push({ family, address, bytes });
          told(code);
          const echo = sent.at(-1);
          if (code === null && echo) network.onSent(echo);
        },
        close: () => {},
      });
    },
    deliver: (family, bytes, from) => sockets.get(family)?.(bytes, from),
    refuse: () => null,
    onSent: () => {},
  };
  return network;
}

/** The reply that an honest machine gives. */
export function replyTo({ family, bytes }: Sent): Uint8Array {
  const reply = Uint8Array.from(bytes);
  reply[0] = family === 4 ? 0 : 129;
  return reply;
}
