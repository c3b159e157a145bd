/**
 * An agent that has a value for every object, a trap for intruders or a broken one: what it tells of a printer means
 * nothing. Two instances that cannot exist show it; they are asked only of a device that had none of the gaps that each
 * real one has.
 */
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import { findDeviceId } from '../blocks/device-id.ts';
import { prtGeneralSerialNumber, sysDescr } from '../blocks/standard-objects.ts';
import type { Answers } from '../definition.ts';

/** A scalar has the instance 0 alone (RFC 2578 §7), and an hrDeviceIndex is below 2^31 (RFC 2790). */
export const IMPOSSIBLE: readonly Oid[] = [
  childOf(sysDescr.oid, '1'),
  childOf(prtGeneralSerialNumber.oid, '4294967295'),
];

/** A device with an IEEE 1284 id is a printer that speaks of itself; only few others have all that tells a printer. */
export const mayAnswerAnything = (answers: Answers): boolean => {
  const id = findDeviceId(answers)?.id;
  return id?.manufacturer == null && id?.model == null;
};
