/**
 * An exact instance asked through GETNEXT or a non-repeater of GETBULK: by a name just before it, so that it is what
 * comes next. What comes instead shows that it is not there (RFC 3416 §4.2.2).
 */

import type { Asked } from './asked.ts';
import { TAG } from './ber.ts';
import type { SnmpFailure } from './engine.ts';
import type { Name, Names } from './names.ts';
import type { Oid } from './oid.ts';
import { compareOctets, isOidContent } from './oid-octets.ts';
import { decodeValue } from './value-octets.ts';
import type { VarbindFrame } from './varbinds.ts';

/**
 * The column or scalar itself for a first row, as walks begin there too; else the row before. Undefined where no such
 * name may be asked.
 */
export function nameBefore(names: Names, wanted: Oid): Name | undefined {
  let before: Name | undefined;
  for (let oid: Oid = wanted; ; ) {
    const dot = oid.lastIndexOf('.');
    const last = Number(oid.slice(dot + 1));
    // Rows and scalars begin at 1 or 0, so that nothing lies between.
    if (last > 1) return before ?? allowed(names, `${oid.slice(0, dot)}.${last - 1}` as Oid);
    const shorter = allowed(names, oid.slice(0, dot) as Oid);
    if (shorter === undefined)
      return before ?? (last === 1 ? allowed(names, `${oid.slice(0, dot)}.0` as Oid) : undefined);
    before = shorter;
    oid = shorter.oid;
  }
}

function allowed(names: Names, oid: Oid): Name | undefined {
  const name = names.name(oid);
  return name.allowed ? name : undefined;
}

/**
 * What an answer to the name before says: `absent` where it is another name behind, `unclear` where it is one between
 * or none at all.
 */
export function takeNext(
  asked: Asked,
  bytes: Uint8Array,
  { nameStart, nameEnd, valueTag, valueStart, valueEnd }: VarbindFrame,
): 'told' | 'absent' | 'unclear' | SnmpFailure {
  if (valueTag === TAG.endOfMibView) return 'absent';
  if (nameStart < 0 || !isOidContent(bytes, nameStart, nameEnd)) return 'unclear';
  const order = compareOctets(asked.octets, bytes, nameStart, nameEnd);
  if (order !== 0) return order < 0 ? 'absent' : 'unclear';
  const value = decodeValue(valueTag, bytes, valueStart, valueEnd);
  if (typeof value === 'string') return { kind: 'malformed', detail: `${asked.oid}: ${value}` };
  asked.told = value;
  return 'told';
}
