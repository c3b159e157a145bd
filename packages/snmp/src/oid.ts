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
  if (a === b) return 0;
  const left = a.split('.');
  const right = b.split('.');
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = Number(left[index]) - Number(right[index]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Whether `name` is `base` itself or below it. */
export function isWithin(base: Oid, name: Oid): boolean {
  return name === base || (name.length > base.length && name.charCodeAt(base.length) === 46 && name.startsWith(base));
}

/** What follows `base` in `name`, e.g. `1.1` of a column's instance; undefined where `name` is not below `base`. */
export function instanceOf(base: Oid, name: Oid): string | undefined {
  return name !== base && isWithin(base, name) ? name.slice(base.length + 1) : undefined;
}

export const childOf = (base: Oid, instance: string): Oid => oid(`${base}.${instance}`);
