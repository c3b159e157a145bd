/** What a printer can answer (RFC 2578 §7, RFC 3416 §3). Octets stay octets: charset and meaning are the drivers' matter. */
import type { Oid } from './oid.ts';

export type SnmpValue =
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'octets'; readonly value: Uint8Array }
  | { readonly type: 'null' }
  | { readonly type: 'oid'; readonly value: Oid }
  | { readonly type: 'ipAddress'; readonly value: Uint8Array }
  | { readonly type: 'counter32'; readonly value: number }
  | { readonly type: 'gauge32'; readonly value: number }
  | { readonly type: 'timeTicks'; readonly value: number }
  | { readonly type: 'opaque'; readonly value: Uint8Array }
  | { readonly type: 'counter64'; readonly value: bigint }
  | { readonly type: 'noSuchObject' }
  | { readonly type: 'noSuchInstance' }
  | { readonly type: 'endOfMibView' };

export interface Varbind {
  readonly oid: Oid;
  readonly value: SnmpValue;
}
