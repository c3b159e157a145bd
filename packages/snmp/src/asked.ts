/** One object of a GET until it is told or given up. */

import type { EncodedName } from './oid-octets.ts';
import type { SnmpValue } from './value.ts';

export interface Asked extends EncodedName {
  /** The value; `null` where asking again is of no use, undefined where it is still to be asked. */
  told: SnmpValue | null | undefined;
  /** Whether GETNEXT has left open if it is there. */
  unclear: boolean;
}

export const toAsk = ({ oid, octets }: EncodedName): Asked => ({ oid, octets, told: undefined, unclear: false });
