/** What sends and hears datagrams. A port, so that a test can hand in answers from any address. */
import type { Refusal } from './error-queue.ts';

export type IpFamily = 4 | 6;

/** IP and UDP headers. */
export const HEADER_BYTES: Readonly<Record<IpFamily, number>> = { 4: 28, 6: 48 };

/** `bytes` are the listener's until it returns: their memory may be used again. */
export type OnDatagram = (bytes: Uint8Array, address: string, port: number) => void;

/** Told of ICMP errors, where the system tells of them. */
export type OnRefusal = (refusal: Refusal) => void;

export interface UdpSocket {
  /** `bytes` are the sender's again as soon as this returns. */
  send(bytes: Uint8Array, port: number, address: string, failed: (code: string) => void): void;
  /** Hands over at once what has come already, where the socket can: on a busy loop timers come before datagrams. */
  hearNow?(): void;
  close(): void;
}

export type OpenUdpSocket = (family: IpFamily, onDatagram: OnDatagram, onRefusal?: OnRefusal) => UdpSocket;
