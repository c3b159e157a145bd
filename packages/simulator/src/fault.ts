/** Ways in which a machine on a real network misbehaves: asked for by tests, none is on by itself. */
import type { Millis } from '@rsb/runtime';
import { isWithin, type Oid, oid, type Varbind } from '@rsb/snmp';
import type { Mib } from './mib.ts';

export type Fault =
  /** Answers nothing, as if switched off. */
  | { readonly kind: 'silent' }
  /** Answers nothing that asks for one of these objects or below. */
  | { readonly kind: 'silentBelow'; readonly objects: readonly Oid[] }
  /** Of every `outOf` requests the first `lost` get no answer. */
  | { readonly kind: 'loses'; readonly lost: number; readonly outOf: number }
  /** Answers late. */
  | { readonly kind: 'slow'; readonly delay: Millis }
  /** Answers the first half of the objects asked, and no more. */
  | { readonly kind: 'halfAnswers' }
  /** Says genErr where one of these objects, or below, is asked; without objects, always. */
  | { readonly kind: 'genErr'; readonly objects?: readonly Oid[] }
  /** The datagram ends in the middle. */
  | { readonly kind: 'truncated' }
  /** Answers another request than the one that was sent. */
  | { readonly kind: 'wrongId' }
  /** Answers with other names than were asked. */
  | { readonly kind: 'wrongNames' }
  /** Adds objects that nobody asked for. */
  | { readonly kind: 'volunteers'; readonly varbinds: readonly Varbind[] }
  /** Sends each answer twice. */
  | { readonly kind: 'twice' }
  /** Answers from another port than it was asked at. */
  | { readonly kind: 'otherPort' }
  /** Answers from another address than it was asked at. */
  | { readonly kind: 'otherAddress' }
  /** Gives fewer varbinds to each GETBULK than to the one before. */
  | { readonly kind: 'shrinks' }
  /** Tells what was asked the last one first. */
  | { readonly kind: 'reversed' }
  /** Has NULL, or an empty text, in the place of what it does not have. */
  | { readonly kind: 'absentAs'; readonly value: 'null' | 'text' }
  /** GETNEXT gives the asked name again. */
  | { readonly kind: 'sameOid' }
  /** GETNEXT gives one more row for ever. */
  | { readonly kind: 'endless' }
  /** GETNEXT starts again at the first object of the MIB. */
  | { readonly kind: 'circle' }
  /** Bytes that are no message. */
  | { readonly kind: 'garbage' };

/** Faults of the store: what GETNEXT gives. */
export function faultyMib(mib: Mib, faults: readonly Fault[]): Mib {
  return faults.reduce((store: Mib, fault) => {
    switch (fault.kind) {
      case 'sameOid':
        return {
          get: store.get,
          next: (name) => ({ oid: name, value: store.get(name) ?? { type: 'integer', value: 1 } }),
        };
      case 'endless':
        return { get: store.get, next: (name) => firstBelow(store, name) ?? oneFurther(name) };
      case 'circle':
        return {
          get: store.get,
          next: (name) => (store.get(name) === undefined ? store.next(name) : store.next(oid('0.0'))),
        };
      default:
        return store;
    }
  }, mib);
}

/** Where a walk of a column begins: a name that has instances gives its first one. */
function firstBelow(mib: Mib, name: Oid): Varbind | undefined {
  const found = mib.next(name);
  return found !== undefined && isWithin(name, found.oid) ? found : undefined;
}

/** The next name in order that a walk below the same column would take. */
function oneFurther(name: Oid): Varbind {
  const arcs = name.split('.').map(Number);
  const last = arcs.pop() ?? 0;
  const further = last < 4_294_967_295 ? [...arcs, last + 1] : [...arcs, last, 0];
  return { oid: oid(further.join('.')), value: { type: 'integer', value: 1 } };
}
