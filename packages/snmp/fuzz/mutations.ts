/**
 * Ways to spoil a message: the families of malformed packets that SNMP implementations were found to fall over (exceptional
 * lengths, tags and integers, overflowing strings and object identifiers, missing, repeated and swapped parts, deep nesting)
 * and plain damage of bytes.
 */
import type { Random } from '@rsb/runtime';
import { branch, type Element, everyElement, leaf, lengthOctets } from './element.ts';

/** Changes the tree in place. False where the message has nothing of the kind. */
export type TreeMutation = (root: Element, random: Random) => boolean;

/** One of so many is a giant: they find little more than small ones, and cost the time of a thousand. */
const RARELY = 40;

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTETS = 0x04;
const OID = 0x06;

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T;
const anyOf = (random: Random, root: Element, fits: (element: Element) => boolean): Element | undefined => {
  const all = everyElement(root);
  const from = random.below(all.length);
  for (let step = 0; step < all.length; step += 1) {
    const element = all[(from + step) % all.length] as Element;
    if (fits(element)) return element;
  }
  return undefined;
};
const isLeaf = (element: Element) => element.children === null;
const hasTag = (tag: number) => (element: Element) => element.tag[0] === tag && element.children === null;
const withChildren = (least: number) => (element: Element) => (element.children?.length ?? 0) >= least;
const octetsOf = (value: bigint, width: number) =>
  Uint8Array.from({ length: width }, (_, index) => Number(BigInt.asUintN(8, value >> BigInt(8 * (width - 1 - index)))));

/** A mutation of one element of a kind. */
const onOne =
  (fits: (element: Element) => boolean, change: (element: Element, random: Random) => void): TreeMutation =>
  (root, random) => {
    const element = anyOf(random, root, fits);
    if (element !== undefined) change(element, random);
    return element !== undefined;
  };
const any = () => true;

const trueSize = (element: Element): number =>
  element.children === null
    ? element.content.length
    : element.children.reduce((sum, child) => sum + 2 + trueSize(child), 0);

const EXCEPTIONAL_INTEGERS = [
  0n,
  -1n,
  1n,
  127n,
  128n,
  255n,
  256n,
  -128n,
  -129n,
  32_767n,
  65_536n,
  2n ** 31n - 1n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n,
  2n ** 127n,
];
const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x09, 0x30, 0x31, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47];
const PDU_TAGS = [0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8];
const EXCEPTION_TAGS = [0x80, 0x81, 0x82, 0x83];
const TEXTS = ['%s%n%x%d', '\0', '\r\n', '../../etc/passwd', '<script>', '\u202e', "' or 1=1 --", '\xff\xfe', '\x80'];

export const TREE_MUTATIONS: Readonly<Record<string, TreeMutation>> = {
  lengthOffByFew: onOne(any, (element, random) => {
    element.length = lengthOctets(Math.max(0, trueSize(element) + random.below(9) - 4));
  }),
  lengthZero: onOne(any, (element) => {
    element.length = [0];
  }),
  lengthHuge: onOne(any, (element, random) => {
    element.length = pick(random, [
      [0x82, 0xff, 0xff],
      [0x83, 0xff, 0xff, 0xff],
      [0x84, 0x7f, 0xff, 0xff, 0xff],
      [0x84, 0x80, 0, 0, 0],
      [0x84, 0xff, 0xff, 0xff, 0xff],
    ]);
  }),
  lengthOfManyOctets: onOne(any, (element, random) => {
    const octets = 5 + random.below(122);
    element.length = [0x80 | octets, ...new Array<number>(octets).fill(pick(random, [0, 1, 0xff]))];
  }),
  /** True, but longer than need be: BER allows it, DER does not. */
  lengthPadded: onOne(any, (element, random) => {
    const size = trueSize(element);
    if (size > 255) return;
    const zeros = random.below(4);
    element.length = [0x81 + zeros, ...new Array<number>(zeros).fill(0), size];
  }),
  lengthIndefinite: onOne(any, (element, random) => {
    element.length = [0x80];
    const end = leaf(0, new Uint8Array(0));
    if (random.below(2) === 0) element.children?.push(end);
  }),
  lengthReserved: onOne(any, (element) => {
    element.length = [0xff];
  }),
  tagOther: onOne(any, (element, random) => {
    element.tag = [pick(random, TAGS)];
  }),
  tagAny: onOne(any, (element, random) => {
    element.tag = [random.below(256)];
  }),
  tagLong: onOne(any, (element, random) => {
    element.tag = pick(random, [[0x1f, 0x01], [0x3f, 0x81, 0x01], [0x7f, 0xff, 0xff, 0xff, 0xff, 0x7f], [0xbf]]);
  }),
  tagConstructedFlipped: onOne(any, (element) => {
    element.tag = [(element.tag[0] ?? 0) ^ 0x20];
  }),
  pduOther: onOne(
    (element) => PDU_TAGS.includes(element.tag[0] ?? 0),
    (element, random) => {
      element.tag = [pick(random, PDU_TAGS)];
    },
  ),
  valueTypeOther: onOne(isLeaf, (element, random) => {
    element.tag = [pick(random, [...TAGS, ...EXCEPTION_TAGS])];
  }),
  valueException: onOne(isLeaf, (element, random) => {
    element.tag = [pick(random, EXCEPTION_TAGS)];
    element.content = new Uint8Array(random.below(2));
  }),
  integerExceptional: onOne(hasTag(INTEGER), (element, random) => {
    element.content = octetsOf(pick(random, EXCEPTIONAL_INTEGERS), 1 + random.below(17));
  }),
  integerWide: onOne(hasTag(INTEGER), (element, random) => {
    element.content = random.bytes(random.below(40));
  }),
  integerEmpty: onOne(hasTag(INTEGER), (element) => {
    element.content = new Uint8Array(0);
  }),
  integerPadded: onOne(hasTag(INTEGER), (element, random) => {
    const pad = new Uint8Array(1 + random.below(30)).fill((element.content[0] ?? 0) >= 0x80 ? 0xff : 0);
    element.content = Buffer.concat([pad, element.content]);
  }),
  integerOffByOne: onOne(hasTag(INTEGER), (element, random) => {
    const content = element.content.slice();
    const at = random.below(Math.max(1, content.length));
    content[at] = ((content[at] ?? 0) + (random.below(2) === 0 ? 1 : 255)) & 0xff;
    element.content = content;
  }),
  textLong: onOne(hasTag(OCTETS), (element, random) => {
    const length = random.below(RARELY) === 0 ? 60_000 : pick(random, [127, 128, 255, 256, 300, 1024, 2048]);
    element.content = new Uint8Array(length).fill(random.below(256));
  }),
  textNasty: onOne(hasTag(OCTETS), (element, random) => {
    element.content = Buffer.from(pick(random, TEXTS).repeat(1 + random.below(60)), 'latin1');
  }),
  textEmpty: onOne(hasTag(OCTETS), (element) => {
    element.content = new Uint8Array(0);
  }),
  oidArcBeyond32Bits: onOne(hasTag(OID), (element, random) => {
    const arc = pick(random, [
      [0x90, 0x80, 0x80, 0x80, 0x00],
      [0x8f, 0xff, 0xff, 0xff, 0x7f],
      [0xff, 0xff, 0xff, 0xff, 0x7f],
      [0x81, 0x80, 0x80, 0x80, 0x80, 0x00],
      new Array<number>(200).fill(0xff),
    ]);
    const at = random.below(element.content.length + 1);
    element.content = Buffer.concat([element.content.subarray(0, at), Buffer.from(arc), element.content.subarray(at)]);
  }),
  oidArcPadded: onOne(hasTag(OID), (element, random) => {
    const at = random.below(element.content.length + 1);
    element.content = Buffer.concat([
      element.content.subarray(0, at),
      Buffer.alloc(1 + random.below(6), 0x80),
      element.content.subarray(at),
    ]);
  }),
  oidUnended: onOne(hasTag(OID), (element) => {
    const content = element.content.slice();
    if (content.length > 0) content[content.length - 1] = (content.at(-1) ?? 0) | 0x80;
    element.content = content;
  }),
  oidOfManyArcs: onOne(hasTag(OID), (element, random) => {
    const more = Buffer.alloc(random.below(RARELY) === 0 ? 30_000 : pick(random, [110, 120, 128, 600]), 1);
    element.content = Buffer.concat([element.content, more]);
  }),
  oidShort: onOne(hasTag(OID), (element, random) => {
    element.content = element.content.slice(0, random.below(element.content.length + 1));
  }),
  oidOther: onOne(hasTag(OID), (element, random) => {
    const content = element.content.slice();
    if (content.length > 0) content[random.below(content.length)] = random.below(256);
    element.content = content;
  }),
  partLeftOut: onOne(withChildren(1), ({ children }, random) => {
    children?.splice(random.below(children.length), 1);
  }),
  partTwice: onOne(withChildren(1), ({ children }, random) => {
    if (children === null) return;
    const at = random.below(children.length);
    children.splice(at, 0, children[at] as Element);
  }),
  partManyTimes: onOne(withChildren(1), ({ children }, random) => {
    if (children === null) return;
    const copied = pick(random, children);
    const times = random.below(RARELY) === 0 ? 1500 : pick(random, [5, 30, 100]);
    if (trueSize(copied) < 60) children.push(...new Array<Element>(times).fill(copied));
  }),
  partsSwapped: onOne(withChildren(2), ({ children }, random) => {
    if (children === null) return;
    const from = random.below(children.length);
    const to = random.below(children.length);
    [children[from], children[to]] = [children[to] as Element, children[from] as Element];
  }),
  partsAcross: (root, random) => {
    const from = anyOf(random, root, isLeaf);
    const to = anyOf(random, root, isLeaf);
    if (from === undefined || to === undefined) return false;
    [from.content, to.content] = [to.content, from.content];
    if (random.below(2) === 0) [from.tag, to.tag] = [to.tag, from.tag];
    return true;
  },
  partsNone: onOne(withChildren(1), (element) => {
    element.children = [];
  }),
  strangerInside: onOne(withChildren(1), ({ children }, random) => {
    children?.splice(random.below(children.length + 1), 0, leaf(random.below(256), random.bytes(random.below(12))));
  }),
  nestedDeep: onOne(any, (element, random) => {
    const depth = random.below(RARELY) === 0 ? 1000 : pick(random, [1, 2, 10, 50]);
    let inner: Element = { ...element };
    for (let level = 0; level < depth; level += 1) inner = branch(SEQUENCE, [inner]);
    Object.assign(element, inner);
  }),
  leafAsBranch: onOne(isLeaf, (element, random) => {
    element.children = [leaf(pick(random, TAGS), element.content)];
  }),
};

/** Changes of bytes, whatever they mean. */
export type ByteMutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

export const BYTE_MUTATIONS: Readonly<Record<string, ByteMutation>> = {
  bytesCut: (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  bytesCutInFront: (bytes, random) => bytes.slice(random.below(bytes.length + 1)),
  bytesChanged: (bytes, random) => {
    const changed = bytes.slice();
    for (let times = 1 + random.below(6); times > 0 && changed.length > 0; times -= 1) {
      changed[random.below(changed.length)] = random.below(256);
    }
    return changed;
  },
  bitFlipped: (bytes, random) => {
    const changed = bytes.slice();
    const at = random.below(Math.max(1, changed.length));
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    return changed;
  },
  bytesInserted: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(20)), bytes.subarray(at)]);
  },
  bytesLeftOut: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(20))]);
  },
  bytesBehind: (bytes, random) => Buffer.concat([bytes, random.bytes(1 + random.below(200))]),
  splicedWithAnother: (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1))]),
  byChance: (_bytes, random) => random.bytes(random.below(300)),
};
