/** The one place where what the customer does not want asked is taken out of a driver: plans and readings follow from it. */
import type { ReadGroup } from '@rsb/contract';
import { prtMarkerCounterUnit, prtMarkerLifeCount } from '../blocks/standard-objects.ts';
import type { AskedObject, DriverDefinition } from '../definition.ts';
import type { TextPath } from '../draft.ts';

/** The group that an object is asked for; null where it tells which machine this is. */
export function groupOf({ oid, part, path }: AskedObject): ReadGroup | null {
  switch (part) {
    case 'counters':
      return STANDARD_COUNTS.has(oid) ? 'counters' : 'vendorCounters';
    case 'supplies':
    case 'status':
    case 'alerts':
      return part;
    case 'identity':
      return path === undefined ? null : (GROUP_OF_FIELD.get(path) ?? null);
  }
}

const STANDARD_COUNTS: ReadonlySet<string> = new Set([prtMarkerLifeCount.oid, prtMarkerCounterUnit.oid]);

const GROUP_OF_FIELD: ReadonlyMap<string, ReadGroup> = new Map([
  ['identity.firmware', 'firmware'],
  ['identity.hostName', 'hostName'],
  ['identity.location', 'location'],
  ['identity.assetNumber', 'assetNumber'],
]);

/** The same driver, asking nothing of these groups. */
export function withoutGroups(driver: DriverDefinition, groups: readonly ReadGroup[]): DriverDefinition {
  if (groups.length === 0) return driver;
  const isAsked = (object: AskedObject) => {
    const group = groupOf(object);
    return group === null || !groups.includes(group);
  };
  return {
    ...driver,
    notAsked: groups,
    blocks: driver.blocks.map((block) => ({ ...block, asks: block.asks.filter(isAsked) })),
  };
}

/** Fields that other answers may tell too, a firmware for one: what was not to be asked is not taken from there. */
export const textsNotAsked = ({ notAsked = [] }: DriverDefinition): readonly TextPath[] =>
  [...GROUP_OF_FIELD].flatMap(([path, group]) => (notAsked.includes(group) ? [path as TextPath] : []));

/** What stays null in a reading because it was not asked. */
export const pathsNotAsked = (driver: DriverDefinition): readonly string[] => [
  ...textsNotAsked(driver),
  ...(driver.notAsked?.includes('vendorCounters') ? VENDOR_COUNTS : []),
];

const VENDOR_COUNTS = [
  'counters.vendorLife',
  'counters.total',
  'counters.print',
  'counters.copy',
  'counters.fax',
  'counters.scan',
  'counters.duplex',
  'counters.largeFormat',
];
