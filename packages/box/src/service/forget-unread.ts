/** What was just switched off in "what to read" vanishes from the last values at once: an old value would look like a read one. */
import { groupsNotRead, type Identity, type ReadGroup, type WhatToRead } from '@rsb/contract';
import type { Database } from '../store/database.ts';
import type { Devices } from '../store/devices.ts';
import { type Readings, VALUE_PARTS } from '../store/readings.ts';
import { createUnusedValues } from '../store/unused-values.ts';

export interface UnreadDeps {
  readonly db: Database;
  readonly devices: Devices;
  readonly readings: Readings;
}

const FIELDS = ['firmware', 'hostName', 'location', 'assetNumber'] as const;

/** Answers whose rows changed. Also lets each machine's next read be a whole one, for what it asks has changed. What was read before stays in the past. */
export function forgetUnread(
  { db, devices, readings }: UnreadDeps,
  before: WhatToRead,
  now: WhatToRead,
): readonly string[] {
  const left = groupsNotRead(now);
  const was = groupsNotRead(before);
  if (String(left) === String(was)) return [];
  const fresh = left.filter((group) => !was.includes(group));
  return db.transaction(() => {
    for (const part of VALUE_PARTS) if (fresh.includes(part)) readings.forgetPart(part);
    if (fresh.includes('vendorCounters')) readings.forgetPart('counters');
    if (fresh.length > 0) {
      readings.forgetLatest();
      createUnusedValues(db).forgetAll();
    }
    for (const device of devices.all()) {
      devices.save({ ...device, identity: withoutFields(device.identity, fresh), learned: null });
    }
    return devices.all().map(({ id }) => id);
  });
}

function withoutFields(identity: Identity, groups: readonly ReadGroup[]): Identity {
  const kept = { ...identity };
  for (const field of FIELDS) if (groups.includes(field)) kept[field] = null;
  return kept;
}
