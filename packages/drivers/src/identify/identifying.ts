/** The one GET that finds printers: few objects, one packet, nothing that says who uses the machine. */
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import {
  gdStatusId,
  hrDeviceDescr,
  hrDeviceType,
  ppmDeviceId,
  prtGeneralSerialNumber,
  prtMarkerLifeCount,
  supplyLevel,
  sysDescr,
  sysObjectId,
} from '../blocks/standard-objects.ts';
import type { AskedObject } from '../definition.ts';

const FIRST_LOOK: readonly (readonly [AskedObject, string])[] = [
  [sysDescr, '0'],
  [sysObjectId, '0'],
  [prtGeneralSerialNumber, '1'],
  [prtMarkerLifeCount, '1.1'],
  [supplyLevel, '1.1'],
  [gdStatusId, '0'],
  // All that a printer of an unknown maker may tell of itself where its other rows do not begin at 1.
  [hrDeviceType, '1'],
];

/** Exact instances for one GET. */
export const IDENTIFYING: readonly Oid[] = FIRST_LOOK.map(([{ oid }, instance]) => childOf(oid, instance));

/** Columns that tell a printer where its rows do not begin at 1. */
export const SECOND_LOOK: readonly AskedObject[] = [
  hrDeviceType,
  hrDeviceDescr,
  prtGeneralSerialNumber,
  prtMarkerLifeCount,
  supplyLevel,
  ppmDeviceId,
];

/** All that identifying may ask, for the allow-list. */
export const IDENTIFYING_OBJECTS: readonly AskedObject[] = [
  ...new Set([...FIRST_LOOK.map(([object]) => object), ...SECOND_LOOK]),
];
