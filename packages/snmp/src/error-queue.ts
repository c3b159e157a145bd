/**
 * The ICMP errors that the kernel matched with a datagram of ours, by address, port and our own port (ip(7), IP_RECVERR).
 * Read by recvmmsg(2) with MSG_ERRQUEUE, as 64-bit Linux lays its structures out.
 */
import { dotted } from './message-headers.ts';

export interface Refusal {
  /** To whom the datagram went. */
  readonly address: string;
  readonly port: number;
  /** The system's word for it: ECONNREFUSED for a port at which nobody listens. */
  readonly code: string;
  /** Octets of the datagram that were quoted: none, by those that keep to RFC 792. */
  readonly quoted: number;
}

const MSG_ERRQUEUE = 0x2000;
const SLOTS = 8;
/** Calls a turn: a flood of errors must leave room for answers. */
const MOST_CALLS = 8;
/** `struct mmsghdr`, `struct sockaddr_in`, `struct iovec`. */
const HEADER = 64;
const ADDRESS = 16;
const IOVEC = 16;
/** `struct cmsghdr`, `struct sock_extended_err`, the address of who complains; with room for a time stamp. */
const CONTROL = 128;
const QUOTED = 64;
/** Within a message's control data. */
const ERRNO_AT = 16;
const ORIGIN_AT = 20;
const FROM_ICMP = 2;

export class ErrorQueue {
  readonly #read: (headers: bigint) => number;
  readonly #nameOf: (errno: number) => string;
  readonly #base: bigint;
  readonly #memory: DataView;

  /** `read` calls recvmmsg with these headers and flags; `nameOf` is the system's word for a number. */
  constructor(
    read: (headers: bigint, count: number, flags: number) => number,
    addressOf: (bytes: Uint8Array) => bigint,
    nameOf: (errno: number) => string,
  ) {
    const memory = new Uint8Array(SLOTS * (HEADER + ADDRESS + IOVEC + CONTROL + QUOTED));
    this.#memory = new DataView(memory.buffer);
    this.#base = addressOf(memory);
    this.#nameOf = nameOf;
    this.#read = (headers) => read(headers, SLOTS, MSG_ERRQUEUE);
  }

  /** What has come since the last time. */
  take(): readonly Refusal[] {
    const refusals: Refusal[] = [];
    for (let call = 0; call < MOST_CALLS; call += 1) {
      this.#prepare();
      const count = this.#read(this.#base);
      for (let slot = 0; slot < count; slot += 1) {
        const refusal = this.#refusal(slot);
        if (refusal !== undefined) refusals.push(refusal);
      }
      if (count < SLOTS) break;
    }
    return refusals;
  }

  /** The kernel writes the lengths that it used over those that there are. */
  #prepare(): void {
    const memory = this.#memory;
    const pointer = (at: number, to: number) => memory.setBigUint64(at, this.#base + BigInt(to), true);
    const length = (at: number, octets: number) => memory.setBigUint64(at, BigInt(octets), true);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const header = slot * HEADER;
      pointer(header, addressAt(slot));
      length(header + 8, ADDRESS);
      pointer(header + 16, iovecAt(slot));
      length(header + 24, 1);
      pointer(header + 32, controlAt(slot));
      length(header + 40, CONTROL);
      pointer(iovecAt(slot), quotedAt(slot));
      length(iovecAt(slot) + 8, QUOTED);
      memory.setUint8(controlAt(slot) + ORIGIN_AT, 0);
    }
  }

  #refusal(slot: number): Refusal | undefined {
    const memory = this.#memory;
    const control = controlAt(slot);
    if (memory.getUint8(control + ORIGIN_AT) !== FROM_ICMP) return undefined;
    return {
      address: dotted(memory.getInt32(addressAt(slot) + 4)),
      port: memory.getUint16(addressAt(slot) + 2),
      code: this.#nameOf(memory.getUint32(control + ERRNO_AT, true)),
      quoted: memory.getUint32(slot * HEADER + 56, true),
    };
  }
}

const addressAt = (slot: number): number => SLOTS * HEADER + slot * ADDRESS;
const iovecAt = (slot: number): number => SLOTS * (HEADER + ADDRESS) + slot * IOVEC;
const controlAt = (slot: number): number => SLOTS * (HEADER + ADDRESS + IOVEC) + slot * CONTROL;
const quotedAt = (slot: number): number => SLOTS * (HEADER + ADDRESS + IOVEC + CONTROL) + slot * QUOTED;
