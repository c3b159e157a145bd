/** Values between their octets on the wire and their typed form. */

import { unreachable } from '@rsb/runtime';
import { type BerWriter, decodeSigned, decodeUnsigned32, decodeUnsigned64, TAG } from './ber.ts';
import { decodeOid, encodeOid } from './oid-octets.ts';
import type { SnmpValue } from './value.ts';

/** Why a value cannot be told, while the message around it can be read. */
export type ValueProblem = 'unknownType' | 'badLength' | 'outOfRange' | 'badOid';

const NULL: SnmpValue = { type: 'null' };
const NO_SUCH_OBJECT: SnmpValue = { type: 'noSuchObject' };
const NO_SUCH_INSTANCE: SnmpValue = { type: 'noSuchInstance' };
const END_OF_MIB_VIEW: SnmpValue = { type: 'endOfMibView' };

/**
 * The value, or why there is none. Sizes that a standard forbids but real agents send are read where they leave no doubt
 * (padded integers, counters as negative numbers); where they do, the value is a problem, never a guess.
 */
export function decodeValue(tag: number, bytes: Uint8Array, start: number, end: number): SnmpValue | ValueProblem {
  switch (tag) {
    case TAG.integer: {
      const value = decodeSigned(bytes, start, end);
      return value === undefined ? numberProblem(start, end) : { type: 'integer', value };
    }
    case TAG.octets:
      return { type: 'octets', value: copy(bytes, start, end) };
    case TAG.null:
      return start === end ? NULL : 'badLength';
    case TAG.oid: {
      const value = decodeOid(bytes, start, end);
      return value === undefined ? 'badOid' : { type: 'oid', value };
    }
    case TAG.ipAddress:
      return end - start === 4 ? { type: 'ipAddress', value: copy(bytes, start, end) } : 'badLength';
    case TAG.counter32: {
      const value = decodeUnsigned32(bytes, start, end);
      return value === undefined ? numberProblem(start, end) : { type: 'counter32', value };
    }
    case TAG.gauge32:
    case TAG.uinteger32: {
      const value = decodeUnsigned32(bytes, start, end);
      return value === undefined ? numberProblem(start, end) : { type: 'gauge32', value };
    }
    case TAG.timeTicks: {
      const value = decodeUnsigned32(bytes, start, end);
      return value === undefined ? numberProblem(start, end) : { type: 'timeTicks', value };
    }
    case TAG.opaque:
      return { type: 'opaque', value: copy(bytes, start, end) };
    case TAG.counter64: {
      const value = decodeUnsigned64(bytes, start, end);
      return value === undefined ? numberProblem(start, end) : { type: 'counter64', value };
    }
    case TAG.noSuchObject:
      return start === end ? NO_SUCH_OBJECT : 'badLength';
    case TAG.noSuchInstance:
      return start === end ? NO_SUCH_INSTANCE : 'badLength';
    case TAG.endOfMibView:
      return start === end ? END_OF_MIB_VIEW : 'badLength';
    default:
      return 'unknownType';
  }
}

const numberProblem = (start: number, end: number): ValueProblem => (start === end ? 'badLength' : 'outOfRange');

/** A plain copy: the datagram may go, and nobody gets a Buffer whose methods differ. */
function copy(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}

export function encodeValue(writer: BerWriter, value: SnmpValue): void {
  switch (value.type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
      writer.integer(TAG[value.type], value.value);
      break;
    case 'octets':
    case 'ipAddress':
    case 'opaque':
      writer.element(TAG[value.type], value.value);
      break;
    case 'oid':
      writer.element(TAG.oid, encodeOid(value.value));
      break;
    case 'counter64':
      writer.unsigned64(value.value);
      break;
    case 'null':
    case 'noSuchObject':
    case 'noSuchInstance':
    case 'endOfMibView':
      writer.byte(0);
      writer.byte(TAG[value.type]);
      break;
    default:
      unreachable(value);
  }
}
