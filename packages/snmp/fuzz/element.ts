/** A BER message as a tree that can be spoiled in every way: its lengths and tags are written as told, true or not. */

export interface Element {
  /** As written: one octet as a rule, more of a long tag. */
  tag: readonly number[];
  /** What stands where the length belongs; null: the true one, in the fewest octets. */
  length: readonly number[] | null;
  /** Null where `content` holds octets. */
  children: Element[] | null;
  content: Uint8Array;
}

const NOTHING = new Uint8Array(0);

export const leaf = (tag: number, content: Uint8Array): Element => ({
  tag: [tag],
  length: null,
  children: null,
  content,
});

export const branch = (tag: number, children: Element[]): Element => ({
  tag: [tag],
  length: null,
  children,
  content: NOTHING,
});

/** Of a sound message only, whose bytes are kept. An OCTET STRING that holds BER itself (SNMPv3's parameters) is opened too. */
export function parseElement(bytes: Uint8Array): Element {
  const elements = parseAll(bytes, 0, bytes.length);
  const [first] = elements ?? [];
  if (first === undefined) throw new Error('a seed is no BER');
  return first;
}

function parseAll(bytes: Uint8Array, start: number, end: number): Element[] | null {
  const elements: Element[] = [];
  for (let at = start; at < end; ) {
    const tag = bytes[at] as number;
    let length = bytes[at + 1] ?? -1;
    at += 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 3) return null;
      length = 0;
      for (let count = 0; count < octets; count += 1, at += 1) length = length * 256 + (bytes[at] ?? 0);
    }
    if (length < 0 || at + length > end) return null;
    const constructed = (tag & 0x20) !== 0;
    const nested = tag === 0x04 && length > 20 && bytes[at] === 0x30;
    const children = constructed || nested ? parseAll(bytes, at, at + length) : null;
    if (children === null) elements.push(leaf(tag, bytes.subarray(at, at + length)));
    else elements.push(branch(tag, children));
    at += length;
  }
  return elements;
}

/** UDP carries no more. */
export const LARGEST_DATAGRAM = 65_507;

/** Writes from the end to the start; what does not fit is cut off in front. */
export class ElementWriter {
  readonly #scratch: Uint8Array;
  #at = 0;

  constructor(capacity = 1 << 18) {
    this.#scratch = new Uint8Array(capacity);
  }

  write(element: Element): Uint8Array {
    this.#at = this.#scratch.length;
    this.#put(element);
    const bytes = this.#scratch.slice(this.#at);
    return bytes.length > LARGEST_DATAGRAM ? bytes.subarray(0, LARGEST_DATAGRAM) : bytes;
  }

  #put({ tag, length, children, content }: Element): void {
    const end = this.#at;
    if (children === null) this.#octets(content);
    else for (let index = children.length - 1; index >= 0; index -= 1) this.#put(children[index] as Element);
    this.#octets(length ?? lengthOctets(end - this.#at));
    this.#octets(tag);
  }

  #octets(octets: ArrayLike<number>): void {
    if (this.#at < octets.length) return;
    this.#at -= octets.length;
    if (octets.length > 64) this.#scratch.set(octets, this.#at);
    else
      for (let index = 0; index < octets.length; index += 1) this.#scratch[this.#at + index] = octets[index] as number;
  }
}

export function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x10000) return [0x82, length >> 8, length & 0xff];
  return [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
}

/** Every element of the tree, each after its parent. */
export function everyElement(root: Element): Element[] {
  const found: Element[] = [root];
  for (let at = 0; at < found.length; at += 1) {
    const { children } = found[at] as Element;
    if (children !== null) for (const child of children) found.push(child);
  }
  return found;
}
