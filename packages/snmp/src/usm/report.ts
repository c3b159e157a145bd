/** What a Report says (RFC 3412 §7.1, RFC 3414 §3.2): its one object is the counter of what went wrong. */
import type { SnmpFailure, UsmReason } from '../engine.ts';
import { oid } from '../oid.ts';
import { encodeOid, octetsEqual } from '../oid-octets.ts';
import { decodeVarbindFrames } from '../varbinds.ts';
import type { ScopedFrame } from './message.ts';

/** Reasons that a Report tells; the access of a user is refused in an answer instead. */
export type ReportedReason = Exclude<UsmReason, 'noAccess'>;

/** usmStats of RFC 3414 §5. */
const USM_STATS: Readonly<Record<ReportedReason, number>> = {
  unsupportedLevel: 1,
  notInTimeWindow: 2,
  unknownUser: 3,
  unknownEngine: 4,
  wrongDigest: 5,
  decryption: 6,
};

export const reportObject = (reason: ReportedReason) => oid(`1.3.6.1.6.3.15.1.1.${USM_STATS[reason]}.0`);

const REASONS = Object.keys(USM_STATS) as readonly ReportedReason[];

/** RFC 3412 §5, RFC 3413 §4.1.2: turned away before or after the security model had its say. */
const OTHERS: readonly (readonly [object: string, status: string])[] = [
  ['1.3.6.1.6.3.11.2.1.1.0', 'unknownSecurityModel'],
  ['1.3.6.1.6.3.11.2.1.2.0', 'invalidMessage'],
  ['1.3.6.1.6.3.11.2.1.3.0', 'unknownPduHandler'],
  ['1.3.6.1.6.3.12.1.4.0', 'unavailableContext'],
  ['1.3.6.1.6.3.12.1.5.0', 'unknownContext'],
];

const MEANINGS: readonly { readonly octets: Uint8Array; readonly failure: SnmpFailure }[] = [
  ...REASONS.map((reason) => ({
    octets: encodeOid(reportObject(reason)),
    failure: { kind: 'usm', reason } as const,
  })),
  ...OTHERS.map(([object, status]) => ({
    octets: encodeOid(oid(object)),
    failure: { kind: 'refused', status, index: 0 } as const,
  })),
];

/** Undefined where it tells of none of the known counters. */
export function failureIn(report: ScopedFrame): SnmpFailure | undefined {
  const frames = decodeVarbindFrames(report);
  const first = frames.ok ? frames.value[0] : undefined;
  if (first === undefined || first.nameStart < 0) return undefined;
  return MEANINGS.find(({ octets }) => octetsEqual(octets, report.bytes, first.nameStart, first.nameEnd))?.failure;
}
