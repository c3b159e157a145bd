/** Object identifiers as BER content octets (X.690 §8.19): encoded once, compared without being decoded. */
import type { Oid } from './oid.ts';

/** RFC 3416 §2: at most 128 sub-identifiers, each below 2^32. */
const MOST_ARCS = 128;
const LARGEST_ARC = 0xffff_ffff;

/** A name in both forms. */
export interface EncodedName {
  readonly oid: Oid;
  /** BER content octets. */
  readonly octets: Uint8Array;
}

export function encodeOid(oid: Oid): Uint8Array {
  const octets: number[] = [];
  let arcs = 0;
  let arc = 0;
  let root = 0;
  for (let at = 0; at <= oid.length; at += 1) {
    const code = at < oid.length ? oid.charCodeAt(at) : 46;
    if (code !== 46) {
      arc = arc * 10 + (code - 48);
      continue;
    }
    arcs += 1;
    // The first two arcs share one sub-identifier: 40 × first + second.
    if (arcs === 1) root = arc * 40;
    else pushArc(octets, arcs === 2 ? root + arc : arc);
    arc = 0;
  }
  return Uint8Array.from(octets);
}

function pushArc(octets: number[], arc: number): void {
  if (arc < 0x80) {
    octets.push(arc);
    return;
  }
  let divisor = 128;
  while (arc / divisor >= 128) divisor *= 128;
  for (; divisor >= 1; divisor /= 128) octets.push((Math.floor(arc / divisor) % 128) | (divisor > 1 ? 0x80 : 0));
}

/**
 * Undefined where the octets are no object identifier. Empty content is read as 0.0: agents send `06 00` for
 * zeroDotZero.
 */
export function decodeOid(bytes: Uint8Array, start: number, end: number): Oid | undefined {
  if (start === end) return '0.0' as Oid;
  return decodeArcs('', bytes, start, end);
}

/** The name below `base`, whose own octets were compared before: only what follows is decoded. */
export function decodeBelow(
  base: Oid,
  baseLength: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): Oid | undefined {
  return decodeArcs(base, bytes, start + baseLength, end);
}

function decodeArcs(base: string, bytes: Uint8Array, start: number, end: number): Oid | undefined {
  let text = base;
  let arc = 0;
  let octets = 0;
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at] as number;
    // A leading 80 pads the arc: forbidden, and it would break the order of octets.
    if (octets === 0 && octet === 0x80) return undefined;
    arc = arc * 128 + (octet & 0x7f);
    octets += 1;
    if (octet >= 0x80) {
      if (octets >= 5) return undefined;
      continue;
    }
    if (text === '') {
      const root = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      if (arc - root * 40 > LARGEST_ARC) return undefined;
      text = `${root}.${arc - root * 40}`;
    } else {
      if (arc > LARGEST_ARC) return undefined;
      text += `.${arc}`;
    }
    arc = 0;
    octets = 0;
  }
  if (octets !== 0 || hasTooManyArcs(text)) return undefined;
  return text as Oid;
}

function hasTooManyArcs(text: string): boolean {
  if (text.length < 2 * MOST_ARCS) return false;
  let arcs = 1;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === 46) arcs += 1;
  return arcs > MOST_ARCS;
}

/** Whether the octets are an object identifier, without making text of what nobody asked for. */
export function isOidContent(bytes: Uint8Array, start: number, end: number): boolean {
  let octets = 0;
  let arcs = 1;
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at] as number;
    if (octets === 0 && octet === 0x80) return false;
    octets += 1;
    // Five octets hold 35 bits: the first carries the upper three, and 8f is the last below 2^32.
    if (octets > 5 || (octets === 5 && (bytes[at - 4] as number) > 0x8f && arcs > 1)) return false;
    if (octet >= 0x80) continue;
    octets = 0;
    arcs += 1;
  }
  return octets === 0 && arcs <= MOST_ARCS;
}

/** Whether the octets begin with `prefix`, which ends at an arc's end; equal octets included. */
export function octetsBeginWith(prefix: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = prefix.length;
  if (end - start < length) return false;
  // From the back: names of one request differ in their last arcs.
  for (let index = length - 1; index >= 0; index -= 1) if (prefix[index] !== bytes[start + index]) return false;
  return true;
}

export function octetsEqual(a: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === a.length && octetsBeginWith(a, bytes, start, end);
}

/** Order of RFC 3416 §4.2.2 on octets without padded arcs: negative where `a` comes before. */
export function compareOctets(a: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const shared = Math.min(a.length, length);
  let at = 0;
  while (at < shared && a[at] === bytes[start + at]) at += 1;
  if (at === shared) return a.length - length;
  let arcStart = at;
  while (arcStart > 0 && (a[arcStart - 1] as number) >= 0x80) arcStart -= 1;
  // Without padding the arc with more octets is the larger one.
  const longer = arcLength(a, arcStart, a.length) - arcLength(bytes, start + arcStart, end);
  return longer !== 0 ? longer : (a[at] as number) - (bytes[start + at] as number);
}

export const compareNames = (a: EncodedName, b: EncodedName): number =>
  compareOctets(a.octets, b.octets, 0, b.octets.length);

function arcLength(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) >= 0x80) at += 1;
  return at - start;
}
