/**
 * The part of BER that SNMP uses (RFC 3417 §8, X.690): definite lengths, single-byte tags. Every length is held against
 * what is there; a reader that met a fault gives nothing more, so the caller asks once at the end.
 */

export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  /** UInteger32 of RFC 1442: obsolete, still sent by old agents, means what Gauge32 means. */
  uinteger32: 0x47,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

export type BerProblem =
  | 'truncated'
  | 'indefiniteLength'
  | 'lengthTooLong'
  | 'longTag'
  | 'wrongTag'
  | 'integerEmpty'
  | 'integerTooLong'
  | 'trailingBytes';

export interface BerFault {
  readonly problem: BerProblem;
  /** Where in the bytes. */
  readonly at: number;
}

/** A length of more octets than this cannot be true of anything that came in a datagram. */
const MOST_LENGTH_OCTETS = 4;

export class BerReader {
  bytes: Uint8Array;
  /** Start of the next element; of the content after `element` or `enter`. */
  offset: number;
  /** End of the element that was opened last. */
  contentEnd = 0;
  /** The first fault; after it nothing moves any more. */
  fault: BerFault | null = null;
  #end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = start;
    this.#end = end;
  }

  /** The same reader for other bytes or another part of them: one for each varbind would cost as much as reading it. */
  restart(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.offset = start;
    this.contentEnd = 0;
    this.fault = null;
    this.#end = end;
  }

  /** Whether everything was read, or a fault ended it. */
  get done(): boolean {
    return this.fault !== null || this.offset >= this.#end;
  }

  fail(problem: BerProblem): -1 {
    this.fault ??= { problem, at: this.offset };
    this.offset = this.#end;
    this.contentEnd = this.#end;
    return -1;
  }

  /** Opens the next element and tells its tag; its content is `offset` to `contentEnd`. −1 after a fault. */
  element(): number {
    if (this.fault !== null) return -1;
    const { bytes } = this;
    const end = this.#end;
    let at = this.offset;
    if (end - at < 2) return this.fail('truncated');
    const tag = bytes[at] as number;
    if ((tag & 0x1f) === 0x1f) return this.fail('longTag');
    let length = bytes[at + 1] as number;
    at += 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0) return this.fail('indefiniteLength');
      if (octets > MOST_LENGTH_OCTETS) return this.fail('lengthTooLong');
      if (end - at < octets) return this.fail('truncated');
      length = 0;
      for (const last = at + octets; at < last; at += 1) length = length * 256 + (bytes[at] as number);
    }
    if (length > end - at) return this.fail('truncated');
    this.offset = at;
    this.contentEnd = at + length;
    return tag;
  }

  /** Goes into a constructed element: from here on its end is the reader's end. */
  enter(tag: number): void {
    if (this.element() === tag) this.#end = this.contentEnd;
    else this.fail('wrongTag');
  }

  /** An INTEGER of the message's frame, beyond 2^53 refused. */
  integer(): number {
    const tag = this.element();
    if (tag !== TAG.integer) return this.fail('wrongTag');
    if (this.contentEnd === this.offset) return this.fail('integerEmpty');
    const value = decodeSigned(this.bytes, this.offset, this.contentEnd);
    if (value === undefined) return this.fail('integerTooLong');
    this.offset = this.contentEnd;
    return value;
  }

  /** Steps over the content of the element that was opened last. */
  skip(): void {
    this.offset = this.contentEnd;
  }
}

/** First octet that carries meaning: agents pad integers with 00 or ff, to 8 octets and more. */
function significantStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (end - at > 1) {
    const pad = bytes[at];
    const negative = (bytes[at + 1] as number) >= 0x80;
    if (!(pad === 0 && !negative) && !(pad === 0xff && negative)) break;
    at += 1;
  }
  return at;
}

/** Two's complement of any size; undefined where empty or beyond what a number holds exactly. */
export function decodeSigned(bytes: Uint8Array, start: number, end: number): number | undefined {
  const length = end - start;
  if (length === 0) return undefined;
  if (length <= 4) {
    // Nearly all: 32-bit arithmetic takes a third of the time.
    let small = ((bytes[start] as number) << 24) >> 24;
    for (let index = start + 1; index < end; index += 1) small = (small << 8) | (bytes[index] as number);
    return small;
  }
  const at = significantStart(bytes, start, end);
  if (end - at > 7) return undefined;
  let value = ((bytes[at] as number) << 24) >> 24;
  for (let index = at + 1; index < end; index += 1) value = value * 256 + (bytes[index] as number);
  return Number.isSafeInteger(value) ? value : undefined;
}

/**
 * Counter32, Gauge32, TimeTicks. Agents that keep counters in a signed word send 2^31 and more as negative numbers: these
 * are read modulo 2^32, as every manager does.
 */
export function decodeUnsigned32(bytes: Uint8Array, start: number, end: number): number | undefined {
  const value = decodeSigned(bytes, start, end);
  if (value === undefined || value > 0xffff_ffff || value < -0x8000_0000) return undefined;
  return value >= 0 ? value : value + 0x1_0000_0000;
}

/** Counter64, read modulo 2^64 where an agent sent it as a negative number. */
export function decodeUnsigned64(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  const small = decodeSigned(bytes, start, end);
  if (small !== undefined) return BigInt.asUintN(64, BigInt(small));
  const at = significantStart(bytes, start, end);
  const length = end - at;
  if (length === 0 || length > 9 || (length === 9 && bytes[at] !== 0)) return undefined;
  let value = BigInt(((bytes[at] as number) << 24) >> 24);
  for (let index = at + 1; index < end; index += 1) value = (value << 8n) | BigInt(bytes[index] as number);
  return BigInt.asUintN(64, value);
}

/** Octets up to which a loop is quicker than a call. */
const SHORT = 48;

/** Writes from the end to the start, so that every length is known when it is written. */
export class BerWriter {
  #buffer: Uint8Array;
  #at: number;

  constructor(capacity = 2048) {
    this.#buffer = new Uint8Array(capacity);
    this.#at = capacity;
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#buffer.length - this.#at;
  }

  clear(): void {
    this.#at = this.#buffer.length;
  }

  byte(value: number): void {
    if (this.#at === 0) this.#grow(1);
    this.#at -= 1;
    this.#buffer[this.#at] = value;
  }

  bytes(value: Uint8Array): void {
    const { length } = value;
    if (this.#at < length) this.#grow(length);
    this.#at -= length;
    const buffer = this.#buffer;
    const at = this.#at;
    // A call of `set` costs as much as a name is long.
    if (length > SHORT) buffer.set(value, at);
    else for (let index = 0; index < length; index += 1) buffer[at + index] = value[index] as number;
  }

  /** Tag and length in front of what was written since `size` was `sizeBefore`. */
  wrap(tag: number, sizeBefore: number): void {
    const length = this.#buffer.length - this.#at - sizeBefore;
    let rest = length;
    if (length < 0x80) {
      if (this.#at < 2) this.#grow(2);
      this.#at -= 2;
      this.#buffer[this.#at + 1] = length;
      this.#buffer[this.#at] = tag;
      return;
    } else {
      let octets = 0;
      for (; rest > 0; rest = Math.floor(rest / 256), octets += 1) this.byte(rest & 0xff);
      this.byte(0x80 | octets);
    }
    this.byte(tag);
  }

  element(tag: number, content: Uint8Array): void {
    const before = this.size;
    this.bytes(content);
    this.wrap(tag, before);
  }

  /** Two's complement in the fewest octets; also for unsigned types, whose top bit then stays clear. */
  integer(tag: number, value: number): void {
    const before = this.size;
    let octet: number;
    if (value === (value | 0)) {
      let small = value;
      do {
        octet = small & 0xff;
        this.byte(octet);
        small >>= 8;
      } while (!(small === 0 && octet < 0x80) && !(small === -1 && octet >= 0x80));
      this.wrap(tag, before);
      return;
    }
    let rest = value;
    do {
      octet = ((rest % 256) + 256) % 256;
      this.byte(octet);
      rest = (rest - octet) / 256;
    } while (!(rest === 0 && octet < 0x80) && !(rest === -1 && octet >= 0x80));
    this.wrap(tag, before);
  }

  unsigned64(value: bigint): void {
    const before = this.size;
    let rest = BigInt.asUintN(64, value);
    let octet: number;
    do {
      octet = Number(rest & 0xffn);
      this.byte(octet);
      rest >>= 8n;
    } while (rest > 0n || octet >= 0x80);
    this.wrap(TAG.counter64, before);
  }

  /** A copy of what was written, from Node's pool: an allocation of its own would cost more than all the encoding. */
  take(): Uint8Array {
    const taken = Buffer.allocUnsafe(this.size);
    taken.set(this.#buffer.subarray(this.#at));
    return taken;
  }

  #grow(least: number): void {
    const size = this.size;
    const grown = new Uint8Array(Math.max(this.#buffer.length * 2, size + least));
    grown.set(this.#buffer.subarray(this.#at), grown.length - size);
    this.#buffer = grown;
    this.#at = grown.length - size;
  }
}
