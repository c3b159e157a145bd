/** What the box asks of machines: groups of objects that the customer may switch off. Whose machine it is, is always asked. */
import Type, { type Static } from 'typebox';
import type { Part } from './reading.ts';

export const READ_GROUPS = [
  'counters',
  'vendorCounters',
  'supplies',
  'status',
  'alerts',
  'firmware',
  'hostName',
  'location',
  'assetNumber',
] as const;
export type ReadGroup = (typeof READ_GROUPS)[number];

/**
 * false: the objects of the group are never asked. `vendorCounters` are the counts that the maker's own objects tell, by
 * function and color; without `counters` they are not asked either. A machine without a serial number is known by its
 * hardware address, so that the two, maker and model have no switch.
 */
export const WhatToRead = Type.Object({
  counters: Type.Boolean(),
  vendorCounters: Type.Boolean(),
  supplies: Type.Boolean(),
  status: Type.Boolean(),
  alerts: Type.Boolean(),
  firmware: Type.Boolean(),
  hostName: Type.Boolean(),
  location: Type.Boolean(),
  assetNumber: Type.Boolean(),
});
export type WhatToRead = Static<typeof WhatToRead>;

export const READ_ALL: WhatToRead = {
  counters: true,
  vendorCounters: true,
  supplies: true,
  status: true,
  alerts: true,
  firmware: true,
  hostName: true,
  location: true,
  assetNumber: true,
};

export const groupsNotRead = (what: WhatToRead): readonly ReadGroup[] =>
  READ_GROUPS.filter((group) => !what[group] || (group === 'vendorCounters' && !what.counters));

/** Parts of which nothing is left to ask. */
export const isPartRead = (part: Part, notRead: readonly ReadGroup[]): boolean =>
  !notRead.some((group) => group === part);
