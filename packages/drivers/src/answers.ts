/** Answers made of varbinds: one place that knows what was told, what is absent and what stayed unknown. */
import type { ErrorCode } from '@rsb/contract';
import type { Oid, Varbind } from '@rsb/snmp';
import { instanceOf, isWithin } from '@rsb/snmp/oid';
import type { Answers, Row } from './definition.ts';

/** An asked object or instance that is unknown, not absent. */
export interface FailedObject {
  readonly object: Oid;
  readonly code: ErrorCode;
}

export interface AskedAndFailed {
  /** Instances asked by GET and columns walked. Where not given, what was told counts as asked. */
  readonly asked?: readonly Oid[];
  readonly failed?: readonly FailedObject[];
}

/** No real object's name comes near to this; the protocol would allow 1,400 characters. */
const LONGEST_NAME = 256;

export function answersOf(varbinds: readonly Varbind[], { asked, failed = [] }: AskedAndFailed = {}): Answers {
  const told = new Map<Oid, Varbind['value']>();
  const named: Oid[] = [];
  for (const { oid, value } of varbinds) {
    named.push(oid);
    if (oid.length > LONGEST_NAME || (value.type === 'oid' && value.value.length > LONGEST_NAME)) continue;
    switch (value.type) {
      case 'null':
      case 'noSuchObject':
      case 'noSuchInstance':
      case 'endOfMibView':
        break;
      default:
        // A device that repeats an instance is held to its first answer.
        if (!told.has(oid)) told.set(oid, value);
    }
  }
  const askedObjects = asked ?? named;
  const columns = new Map<Oid, readonly Row[]>();
  const touches = (object: Oid, name: Oid) => isWithin(object, name) || isWithin(name, object);
  const failure = (object: Oid) => failed.find((entry) => touches(object, entry.object))?.code;

  return {
    value: (object, instance) => told.get(`${object}.${instance}` as Oid),
    column(object) {
      const known = columns.get(object);
      if (known !== undefined) return known;
      const rows: Row[] = [];
      for (const [name, value] of told) {
        const instance = instanceOf(object, name);
        if (instance !== undefined) rows.push({ instance, value });
      }
      rows.sort((a, b) => compareInstances(a.instance, b.instance));
      columns.set(object, rows);
      return rows;
    },
    outcome(object) {
      if (failure(object) !== undefined) return 'failed';
      return askedObjects.some((name) => touches(object, name)) ? 'answered' : 'notAsked';
    },
    failure,
  };
}

/** Instances are shorter than an object identifier may be, so they are compared here, arc by arc. */
function compareInstances(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = Number(left[index]) - Number(right[index]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
