/** The one GET that finds printers: few objects, one packet, nothing that says who uses the machine. */
import type { ReadGroup } from '@rsb/contract';
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
import { groupOf } from '../plan/groups.ts';

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

/** Of these what nearly every printer tells, by what it is. */
export const IDENTIFYING_MARKS = {
  serialNumber: childOf(prtGeneralSerialNumber.oid, '1'),
  kind: childOf(sysObjectId.oid, '0'),
  life: childOf(prtMarkerLifeCount.oid, '1.1'),
  level: childOf(supplyLevel.oid, '1.1'),
  device: childOf(hrDeviceType.oid, '1'),
} as const;

/**
 * The same without what the customer does not want asked. Without counts and levels a printer that tells neither a serial
 * number nor a maker of printers alone is no longer told from a print queue of a computer.
 */
export const identifyingWithout = (groups: readonly ReadGroup[]): readonly Oid[] =>
  groups.length === 0
    ? IDENTIFYING
    : FIRST_LOOK.filter(([object]) => isWanted(object, groups)).map(([{ oid }, instance]) => childOf(oid, instance));

/** Of the columns of a second look those that the customer wants asked. */
export const secondLookWithout = (columns: readonly Oid[], groups: readonly ReadGroup[]): readonly Oid[] => {
  const unwanted = new Set(SECOND_LOOK.filter((object) => !isWanted(object, groups)).map(({ oid }) => oid));
  return columns.filter((column) => !unwanted.has(column));
};

function isWanted(object: AskedObject, groups: readonly ReadGroup[]): boolean {
  const group = groupOf(object);
  return group === null || !groups.includes(group);
}

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
