/** What an agent can tell: a sorted store of objects, asked by exact name (GET) or by what follows a name (GETNEXT). */
import type { Oid, SnmpValue, Varbind } from '@rsb/snmp';

export interface Mib {
  get(name: Oid): SnmpValue | undefined;
  /** The first object after `name` in lexicographic order (RFC 3416 §4.2.2); undefined at the end. */
  next(name: Oid): Varbind | undefined;
}

/** A value that is asked for at the moment of the request: an uptime runs between two requests. */
export type LiveValue = SnmpValue | (() => SnmpValue);

export type MibObject = readonly [Oid, LiveValue];

interface Entry {
  readonly oid: Oid;
  readonly arcs: Uint32Array;
  readonly value: LiveValue;
}

/** Objects in any order; of two with one name the first is kept. */
export function mibOf(objects: Iterable<MibObject>): Mib {
  const byName = new Map<Oid, Entry>();
  for (const [oid, value] of objects) {
    if (!byName.has(oid)) byName.set(oid, { oid, arcs: arcsOf(oid), value });
  }
  const sorted = [...byName.values()].sort((a, b) => compareArcs(a.arcs, b.arcs));
  // A walk asks for what follows a name that it was just told: no search is needed.
  const following = new Map(sorted.map((entry, index) => [entry.oid, index + 1]));
  return {
    get(name) {
      const entry = byName.get(name);
      return entry === undefined ? undefined : tell(entry.value);
    },
    next(name) {
      const entry = sorted[following.get(name) ?? indexAfter(sorted, arcsOf(name))];
      return entry === undefined ? undefined : { oid: entry.oid, value: tell(entry.value) };
    },
  };
}

/** A device whose tables grow and shrink: each request sees the objects of its own moment. */
export function changingMib(current: () => Mib): Mib {
  return { get: (name) => current().get(name), next: (name) => current().next(name) };
}

/** Every object of a MIB in order, as a walk from the root sees it. */
export function* allObjects(mib: Mib, from: Oid): Generator<Varbind> {
  for (let found = mib.next(from); found !== undefined; found = mib.next(found.oid)) yield found;
}

const tell = (value: LiveValue): SnmpValue => (typeof value === 'function' ? value() : value);

const arcsOf = (oid: Oid): Uint32Array => Uint32Array.from(oid.split('.'), Number);

function compareArcs(a: Uint32Array, b: Uint32Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function indexAfter(sorted: readonly Entry[], arcs: Uint32Array): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = sorted[middle];
    if (entry !== undefined && compareArcs(entry.arcs, arcs) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
