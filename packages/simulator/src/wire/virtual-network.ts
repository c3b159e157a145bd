/**
 * A wire site without a cable: the sockets of echo sweep and SNMP engine end in it. Nothing leaves the process, and with
 * a clock that a test drives, slow and lossy lines are the same on each run and take no time.
 */
import { decodeAnswer, encodeUdp, withHeader } from './ip-packet.ts';
import { createWireSite, type WireSite, type WireSiteOptions } from './wire-site.ts';

const BOX = '10.0.0.1';
const BOX_PORT = 40_000;

export interface VirtualNetwork {
  readonly site: WireSite;
  /** As the SNMP engine opens its socket. */
  openUdpSocket(
    family: 4 | 6,
    onDatagram: (bytes: Uint8Array, address: string, port: number) => void,
  ): {
    send(bytes: Uint8Array, port: number, address: string, failed: (code: string) => void): void;
    close(): void;
  };
  /** As the echo sweep opens its own. */
  openEchoSocket(
    family: 4 | 6,
    onIcmp: (bytes: Uint8Array, address: string) => void,
  ): {
    readonly ok: true;
    readonly value: {
      send(bytes: Uint8Array, address: string, sent: (code: string | null) => void): void;
      close(): void;
    };
  };
}

export function createVirtualNetwork(options: Omit<WireSiteOptions, 'send'>): VirtualNetwork {
  let onDatagram: ((bytes: Uint8Array, address: string, port: number) => void) | null = null;
  let onIcmp: ((bytes: Uint8Array, address: string) => void) | null = null;
  const site = createWireSite({
    ...options,
    send(packet) {
      const answer = decodeAnswer(packet);
      // Not before the sender has done sending.
      queueMicrotask(() => {
        if (answer?.kind === 'udp') onDatagram?.(answer.payload, answer.from, answer.port);
        else if (answer?.kind === 'icmp') onIcmp?.(answer.message, answer.from);
      });
    },
  });
  return {
    site,
    openUdpSocket(_family, tell) {
      onDatagram = tell;
      return {
        send: (bytes, port, address) => {
          site.receive(withHeader('udp', BOX, address, encodeUdp(BOX_PORT, port, bytes)));
        },
        close: () => {
          onDatagram = null;
        },
      };
    },
    openEchoSocket(_family, tell) {
      onIcmp = tell;
      return {
        ok: true,
        value: {
          send(bytes, address, sent) {
            site.receive(withHeader('icmp', BOX, address, bytes));
            sent(null);
          },
          close: () => {
            onIcmp = null;
          },
        },
      };
    },
  };
}
