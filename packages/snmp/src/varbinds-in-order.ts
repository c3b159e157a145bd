/**
 * The answer that nearly every device gives: each asked name at its own place, and no more. It is read in one go; whatever
 * is different is none of this reader's and is read by `VarbindTable`.
 */
import { TAG } from './ber.ts';
import { type EncodedName, octetsBeginWith } from './oid-octets.ts';
import { ERROR_STATUS } from './pdu.ts';
import type { Varbind } from './value.ts';
import { decodeValue } from './value-octets.ts';
import { LONGEST_RESPONSE, type ResponseFrame } from './varbinds.ts';

/** A length from here on takes octets of its own (X.690 §8.1.3.5). */
const LONG_LENGTH = 0x80;

/** Null where an error was told, where a name is missing, elsewhere or more, or where any frame or value is unusual. */
export function varbindsInOrder(frame: ResponseFrame, names: readonly EncodedName[]): readonly Varbind[] | null {
  const { bytes, varbindsEnd } = frame;
  if (frame.errorStatus !== ERROR_STATUS.noError || bytes.length > LONGEST_RESPONSE) return null;
  const varbinds: Varbind[] = [];
  let at = frame.varbindsStart;
  for (let place = 0; place < names.length; place += 1) {
    const { oid, octets } = names[place] as EncodedName;
    const nameStart = at + 4;
    const nameEnd = nameStart + octets.length;
    const valueStart = nameEnd + 2;
    if (valueStart > varbindsEnd || octets.length >= LONG_LENGTH) return null;
    if (bytes[at] !== TAG.sequence || bytes[at + 2] !== TAG.oid || bytes[at + 3] !== octets.length) return null;
    const length = bytes[at + 1] as number;
    const valueLength = bytes[nameEnd + 1] as number;
    if (length >= LONG_LENGTH || valueLength >= LONG_LENGTH) return null;
    const end = valueStart + valueLength;
    if (end > varbindsEnd || at + 2 + length !== end) return null;
    if (!octetsBeginWith(octets, bytes, nameStart, nameEnd)) return null;
    const value = decodeValue(bytes[nameEnd] as number, bytes, valueStart, end);
    if (typeof value === 'string') return null;
    varbinds.push({ oid, value });
    at = end;
  }
  return at === varbindsEnd ? varbinds : null;
}
