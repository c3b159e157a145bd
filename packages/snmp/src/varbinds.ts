/**
 * Where the varbinds of a response are. All of them are found before one is believed; a varbind whose frame is sound but
 * whose name or value cannot be read spoils only itself.
 */
import { failure, type Outcome, success } from '@rsb/runtime';
import { BerReader, TAG } from './ber.ts';
import type { MessageFault } from './pdu.ts';

/** Forty objects of 255 octets take 11 KiB; nothing that a printer tells about itself needs three times that. */
export const LONGEST_RESPONSE = 32_768;

/** A response whose frame was read: to which request it is, and where in `bytes` the varbinds are. */
export interface ResponseFrame {
  readonly bytes: Uint8Array;
  readonly requestId: number;
  readonly errorStatus: number;
  readonly errorIndex: number;
  readonly varbindsStart: number;
  readonly varbindsEnd: number;
}

/** Offsets of one varbind. A name that is not even framed has `nameStart` −1. */
export interface VarbindFrame {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueTag: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const NOTHING = new Uint8Array(0);

/** Steps through the varbinds of one response after the other. */
export class VarbindReader implements VarbindFrame {
  nameStart = -1;
  nameEnd = -1;
  valueTag = 0;
  valueStart = 0;
  valueEnd = 0;
  fault: MessageFault | null = null;
  readonly #list = new BerReader(NOTHING);
  readonly #varbind = new BerReader(NOTHING);

  start({ bytes, varbindsStart, varbindsEnd }: ResponseFrame): void {
    this.fault = bytes.length > LONGEST_RESPONSE ? { problem: 'tooLong', at: LONGEST_RESPONSE } : null;
    this.#list.restart(bytes, varbindsStart, varbindsEnd);
  }

  /** False at the end and at a fault of the list. */
  next(): boolean {
    const list = this.#list;
    if (this.fault !== null || list.done) return false;
    if (list.element() !== TAG.sequence) {
      list.fail('wrongTag');
      this.fault = list.fault;
      return false;
    }
    this.#read(list.bytes, list.offset, list.contentEnd);
    list.skip();
    return true;
  }

  #read(bytes: Uint8Array, start: number, end: number): void {
    const varbind = this.#varbind;
    varbind.restart(bytes, start, end);
    this.valueTag = 0;
    this.valueStart = 0;
    this.valueEnd = 0;
    if (varbind.element() !== TAG.oid) {
      this.nameStart = -1;
      this.nameEnd = -1;
      return;
    }
    this.nameStart = varbind.offset;
    this.nameEnd = varbind.contentEnd;
    varbind.skip();
    const tag = varbind.element();
    // A value that does not fill its varbind is one that cannot be read; the name still says which object it is.
    if (tag < 0 || varbind.contentEnd !== end) return;
    this.valueTag = tag;
    this.valueStart = varbind.offset;
    this.valueEnd = varbind.contentEnd;
  }
}

export function decodeVarbindFrames(frame: ResponseFrame): Outcome<readonly VarbindFrame[], MessageFault> {
  const reader = new VarbindReader();
  reader.start(frame);
  const frames: VarbindFrame[] = [];
  while (reader.next()) {
    const { nameStart, nameEnd, valueTag, valueStart, valueEnd } = reader;
    frames.push({ nameStart, nameEnd, valueTag, valueStart, valueEnd });
  }
  return reader.fault === null ? success(frames) : failure(reader.fault);
}

/** Numbers of one varbind. */
const WIDTH = 5;

/** The varbinds of one response after the other in one array: an object for each would cost as much as reading it. */
export class VarbindTable {
  count = 0;
  #offsets = new Int32Array(WIDTH * 64);
  readonly #reader = new VarbindReader();

  /** What is wrong with the list as a whole. */
  read(frame: ResponseFrame): MessageFault | null {
    const reader = this.#reader;
    reader.start(frame);
    let at = 0;
    while (reader.next()) {
      if (at === this.#offsets.length) this.#grow();
      const offsets = this.#offsets;
      offsets[at] = reader.nameStart;
      offsets[at + 1] = reader.nameEnd;
      offsets[at + 2] = reader.valueTag;
      offsets[at + 3] = reader.valueStart;
      offsets[at + 4] = reader.valueEnd;
      at += WIDTH;
    }
    this.count = at / WIDTH;
    return reader.fault;
  }

  /** −1 where the name is not even framed. */
  nameStart(place: number): number {
    return this.#offsets[place * WIDTH] as number;
  }

  nameEnd(place: number): number {
    return this.#offsets[place * WIDTH + 1] as number;
  }

  valueTag(place: number): number {
    return this.#offsets[place * WIDTH + 2] as number;
  }

  valueStart(place: number): number {
    return this.#offsets[place * WIDTH + 3] as number;
  }

  valueEnd(place: number): number {
    return this.#offsets[place * WIDTH + 4] as number;
  }

  #grow(): void {
    const grown = new Int32Array(this.#offsets.length * 2);
    grown.set(this.#offsets);
    this.#offsets = grown;
  }
}
