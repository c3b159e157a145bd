/** One column of a walk: how far it came, and what one more varbind means for it. */

import { TAG } from './ber.ts';
import type { SnmpFailure } from './engine.ts';
import type { Oid } from './oid.ts';
import { compareOctets, decodeBelow, type EncodedName, isOidContent, octetsBeginWith } from './oid-octets.ts';
import type { Varbind } from './value.ts';
import { decodeValue } from './value-octets.ts';
import type { VarbindFrame } from './varbinds.ts';

/**
 * `next`: one more instance; `end`: the subtree's end was seen; `absent`: the agent says noSuchObject, as some do that
 * know no endOfMibView; else a reason to stop.
 */
export type Step = 'next' | 'end' | 'absent' | 'backwards' | 'malformed';

export class WalkColumn {
  readonly oid: Oid;
  readonly octets: Uint8Array;
  readonly varbinds: Varbind[] = [];
  /** Where the next request starts: the column itself, then the last instance. */
  last: EncodedName;
  ended = false;
  /** Why it is not complete; a value that cannot be read does not end the walk, but is not forgotten. */
  failure: SnmpFailure | null = null;

  constructor(name: EncodedName) {
    this.oid = name.oid;
    this.octets = name.octets;
    this.last = name;
  }

  end(failure: SnmpFailure | null): void {
    this.ended = true;
    this.failure ??= failure;
  }

  /** Reads no value outside the column: a name there says only that the column is over. */
  step(bytes: Uint8Array, frame: VarbindFrame): Step {
    const { nameStart, nameEnd, valueTag } = frame;
    if (valueTag === TAG.endOfMibView) return 'end';
    if (nameStart < 0 || !isOidContent(bytes, nameStart, nameEnd)) return 'malformed';
    if (valueTag === TAG.noSuchObject || valueTag === TAG.noSuchInstance) return 'absent';
    if (compareOctets(this.last.octets, bytes, nameStart, nameEnd) >= 0) return 'backwards';
    if (!octetsBeginWith(this.octets, bytes, nameStart, nameEnd)) return 'end';
    const oid = decodeBelow(this.oid, this.octets.length, bytes, nameStart, nameEnd);
    if (oid === undefined) return 'malformed';
    const value = decodeValue(valueTag, bytes, frame.valueStart, frame.valueEnd);
    if (typeof value === 'string') this.failure ??= { kind: 'malformed', detail: `${oid}: ${value}` };
    else this.varbinds.push({ oid, value });
    // A copy: the datagram's memory is used again.
    this.last = { oid, octets: new Uint8Array(bytes.subarray(nameStart, nameEnd)) };
    return 'next';
  }
}
