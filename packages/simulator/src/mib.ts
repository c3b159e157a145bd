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

/** Objects in any order; of two with one name the first is kept. */
export function mibOf(objects: Iterable<MibObject>): Mib {
  const values = new Map<Oid, LiveValue>();
  for (const [oid, value] of objects) if (!values.has(oid)) values.set(oid, value);
  let order: Order | undefined;
  return {
    get(name) {
      const value = values.get(name);
      return value === undefined ? undefined : tell(value);
    },
    next(name) {
      // A device that is only asked by GET never needs its objects in order.
      order ??= inOrder(values.keys());
      const oid = order.names[order.following.get(name) ?? indexAfter(order, arcsOf(name))];
      const value = oid === undefined ? undefined : values.get(oid);
      return oid === undefined || value === undefined ? undefined : { oid, value: tell(value) };
    },
  };
}

interface Order {
  readonly names: readonly Oid[];
  readonly arcs: readonly (readonly number[])[];
  /** A walk asks for what follows a name that it was just told: no search is needed. */
  readonly following: ReadonlyMap<Oid, number>;
}

function inOrder(names: Iterable<Oid>): Order {
  const entries = Array.from(names, (oid) => ({ oid, arcs: arcsOf(oid) }));
  entries.sort((a, b) => compareArcs(a.arcs, b.arcs));
  return {
    names: entries.map(({ oid }) => oid),
    arcs: entries.map(({ arcs }) => arcs),
    following: new Map(entries.map(({ oid }, index) => [oid, index + 1])),
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

/** By hand, because `split` and `Number` for each arc took most of the time of a living site, sorted again every minute. */
function arcsOf(oid: Oid): number[] {
  const arcs: number[] = [];
  let arc = 0;
  for (let index = 0; index < oid.length; index += 1) {
    const digit = oid.charCodeAt(index) - 48;
    if (digit >= 0) {
      arc = arc * 10 + digit;
    } else {
      arcs.push(arc);
      arc = 0;
    }
  }
  arcs.push(arc);
  return arcs;
}

function compareArcs(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function indexAfter({ arcs }: Order, wanted: readonly number[]): number {
  let low = 0;
  let high = arcs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareArcs(arcs[middle] ?? [], wanted) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
