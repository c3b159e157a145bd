/** Object identifiers: dotted text without a leading dot, compared by number, never as strings. */

export type Oid = string & { readonly __oid: unique symbol };

/** RFC 3416 §2: at most 128 sub-identifiers; RFC 2578 §7.1.3: at least two, each below 2^32. */
const MOST_ARCS = 128;
const LARGEST_ARC = 0xffff_ffff;

/** Checks and brands. Undefined where the text is no object identifier. */
export function parseOid(text: string): Oid | undefined {
  const arcs = text.startsWith('.') ? text.slice(1).split('.') : text.split('.');
  if (arcs.length < 2 || arcs.length > MOST_ARCS) return undefined;
  for (const arc of arcs) {
    if (!/^(0|[1-9]\d{0,9})$/.test(arc) || Number(arc) > LARGEST_ARC) return undefined;
  }
  if (Number(arcs[0]) > 2 || (Number(arcs[0]) < 2 && Number(arcs[1]) > 39)) return undefined;
  return arcs.join('.') as Oid;
}

/** For object identifiers written in source: throws on a typing error. */
export function oid(text: string): Oid {
  const parsed = parseOid(text);
  if (parsed === undefined) throw new Error(`not an object identifier: ${text}`);
  return parsed;
}

/** Lexicographic order of RFC 3416 §4.2.2: arc by arc, a prefix before what it begins. */
export function compareOid(a: Oid, b: Oid): number {
  const shared = Math.min(a.length, b.length);
  let at = 0;
  while (at < shared && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === a.length && at === b.length) return 0;
  const leftEnds = arcEnd(a, at);
  const rightEnds = arcEnd(b, at);
  // Arcs have no leading zeros: the longer one is the larger one, unless one of the two ended a whole arc before.
  const leftOver = at === a.length && b.charCodeAt(at) === DOT;
  const rightOver = at === b.length && a.charCodeAt(at) === DOT;
  if (leftOver || rightOver) return leftOver ? -1 : 1;
  if (leftEnds !== rightEnds) return leftEnds - rightEnds;
  return a.charCodeAt(at) - b.charCodeAt(at);
}

const DOT = 46;

function arcEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== DOT) at += 1;
  return at;
}

/** Whether `name` is `base` itself or below it. */
export function isWithin(base: Oid, name: Oid): boolean {
  return name === base || (name.length > base.length && name.charCodeAt(base.length) === DOT && name.startsWith(base));
}

/** What follows `base` in `name`, e.g. `1.1` of a column's instance; undefined where `name` is not below `base`. */
export function instanceOf(base: Oid, name: Oid): string | undefined {
  return name !== base && isWithin(base, name) ? name.slice(base.length + 1) : undefined;
}

export const childOf = (base: Oid, instance: string): Oid => oid(`${base}.${instance}`);
