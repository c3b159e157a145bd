/** Brother's binary records: `id, 01, length, value` one after the other, closed by FF or by the end of the octets (BROTHER-MIB). */
import type { Counter } from '@rsb/contract';
import type { SnmpValue } from '@rsb/snmp';
import { counterOf } from '../../blocks/count.ts';

const END = 0xff;
/** Second octet of every record of these objects. */
const MARK = 0x01;
const HEADER = 3;
/** No count is wider than Counter64. */
const WIDEST = 8;

/** Values by record id, big-endian. Of a repeated id the first counts. */
export type BrotherRecords = ReadonlyMap<number, Uint8Array>;

/** Steps by each record's own length (4, 2 and 1 occur); what follows a record that is none, or that is cut, is not looked at. */
export function decodeRecords(octets: Uint8Array): BrotherRecords {
  const records = new Map<number, Uint8Array>();
  let at = 0;
  while (at + HEADER <= octets.length) {
    const [id = END, mark, length = 0] = octets.subarray(at, at + HEADER);
    const value = octets.subarray(at + HEADER, at + HEADER + length);
    if (id === END || mark !== MARK || length === 0 || length > WIDEST || value.length < length) break;
    if (!records.has(id)) records.set(id, value);
    at += HEADER + length;
  }
  return records;
}

/** No records where the device has none: older ones answer an empty string. */
export const recordsOf = (value: SnmpValue | undefined): BrotherRecords =>
  value?.type === 'octets' ? decodeRecords(value.value) : new Map();

export const unsignedOf = (octets: Uint8Array): Counter =>
  counterOf(octets.reduce<bigint>((number, octet) => number * 256n + BigInt(octet), 0n));
