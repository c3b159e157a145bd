/**
 * The memory behind sendmmsg(2) and recvmmsg(2): `struct mmsghdr[]` with one address and one buffer each, as 64-bit Linux
 * lays them out. The kernel reads and writes it in place, so it is made once.
 */

/** `struct msghdr` (56 octets) and the length that the kernel tells. */
const HEADER = 64;
const IOVEC = 16;
/** `struct sockaddr_in`. */
const ADDRESS = 16;
const AF_INET = 2;

export class MessageHeaders {
  readonly slots: number;
  /** Where the kernel finds header number `index`; a slot beyond the last is none. */
  readonly pointers: readonly bigint[];
  /** All buffers, one behind the other. */
  readonly bytes: Buffer;
  readonly slotBytes: number;
  readonly #words: Uint32Array;
  readonly #addresses: Uint8Array;
  readonly #lengthAt: number;
  readonly #contents: Uint8Array[] = [];

  /** `addressOf` tells where memory is that JavaScript holds; memory of this size is not moved. */
  constructor(slots: number, slotBytes: number, addressOf: (bytes: Uint8Array) => bigint) {
    this.slots = slots;
    this.slotBytes = slotBytes;
    const iovecs = slots * HEADER;
    const addresses = iovecs + slots * IOVEC;
    const content = addresses + slots * ADDRESS;
    const memory = new ArrayBuffer(content + slots * slotBytes);
    const base = addressOf(new Uint8Array(memory));
    const pointers = new BigUint64Array(memory, 0, addresses / 8);
    for (let slot = 0; slot < slots; slot += 1) {
      const header = (slot * HEADER) / 8;
      pointers[header] = base + BigInt(addresses + slot * ADDRESS);
      pointers[header + 1] = BigInt(ADDRESS);
      pointers[header + 2] = base + BigInt(iovecs + slot * IOVEC);
      pointers[header + 3] = 1n;
      const iovec = (iovecs + slot * IOVEC) / 8;
      pointers[iovec] = base + BigInt(content + slot * slotBytes);
      pointers[iovec + 1] = BigInt(slotBytes);
    }
    this.pointers = Array.from({ length: slots }, (_, slot) => base + BigInt(slot * HEADER));
    this.bytes = Buffer.from(memory, content);
    this.#words = new Uint32Array(memory, 0, addresses / 4);
    this.#addresses = new Uint8Array(memory, addresses, slots * ADDRESS);
    this.#lengthAt = iovecs / 4 + 2;
  }

  /** What came into a slot. Made again only where the one before it was of another length: answers to polls seldom are. */
  content(slot: number): Uint8Array {
    const length = this.#words[slot * (HEADER / 4) + 14] as number;
    const last = this.#contents[slot];
    if (last !== undefined && last.length === length) return last;
    const start = slot * this.slotBytes;
    const made = this.bytes.subarray(start, start + length);
    this.#contents[slot] = made;
    return made;
  }

  setLength(slot: number, length: number): void {
    this.#words[this.#lengthAt + slot * (IOVEC / 4)] = length;
  }

  /** Makes the `count` slots from `from` on the first ones. */
  moveToFront(from: number, count: number): void {
    for (let slot = 0; slot < count; slot += 1) {
      const length = this.#words[this.#lengthAt + (from + slot) * (IOVEC / 4)] as number;
      this.setLength(slot, length);
      const start = (from + slot) * this.slotBytes;
      this.bytes.copyWithin(slot * this.slotBytes, start, start + length);
    }
    this.#addresses.copyWithin(0, from * ADDRESS, (from + count) * ADDRESS);
  }

  port(slot: number): number {
    const at = slot * ADDRESS;
    return ((this.#addresses[at + 2] as number) << 8) | (this.#addresses[at + 3] as number);
  }

  /** The four octets of the address as one signed number. */
  ipv4(slot: number): number {
    const at = slot * ADDRESS + 4;
    const octets = this.#addresses;
    return (
      ((octets[at] as number) << 24) |
      ((octets[at + 1] as number) << 16) |
      ((octets[at + 2] as number) << 8) |
      (octets[at + 3] as number)
    );
  }

  /** `address` is dotted, as it was checked before. */
  setPeer(slot: number, address: string, port: number): void {
    const octets = this.#addresses;
    let at = slot * ADDRESS;
    octets[at] = AF_INET;
    octets[at + 1] = 0;
    octets[at + 2] = port >> 8;
    octets[at + 3] = port & 0xff;
    at += 4;
    let octet = 0;
    for (let index = 0; index < address.length; index += 1) {
      const code = address.charCodeAt(index);
      if (code === DOT) {
        octets[at] = octet;
        at += 1;
        octet = 0;
      } else octet = octet * 10 + code - ZERO;
    }
    octets[at] = octet;
  }
}

const DOT = 46;
const ZERO = 48;

export const dotted = (ipv4: number): string =>
  `${ipv4 >>> 24}.${(ipv4 >>> 16) & 0xff}.${(ipv4 >>> 8) & 0xff}.${ipv4 & 0xff}`;
