/** Since when a machine stands as it does, read from its readings: where nobody has kept it until now. */
import type { SentReading } from '@rsb/contract';
import { latestReadings } from '../archive/raw-archive.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { lowSupplies } from './low-supplies.ts';
import type { StandingFound } from './standing.ts';
import { troubleOf } from './trouble.ts';

/** A week of hours: what lasts longer is told as that long. */
const READINGS = 168;

export async function firstSince(
  store: CustomerStore,
  device: DeviceId,
  row: StandingFound,
  mark: number,
): Promise<Pick<StandingFound, 'trouble_since' | 'supply_since'>> {
  let { trouble_since, supply_since } = row;
  if (row.severity === 0 && row.supply_rank === 0) return { trouble_since, supply_since };
  let [inTrouble, isLow] = [row.severity > 0, row.supply_rank > 0];
  for (const { raw, at } of await latestReadings(store, device, null, READINGS)) {
    const { reading }: SentReading = JSON.parse(Buffer.from(raw).toString('utf8')).body;
    if (reading.status) {
      inTrouble &&= troubleOf(reading.status, reading.alerts ?? [])?.what === row.trouble;
      if (inTrouble) trouble_since = at;
    }
    if (reading.supplies) {
      isLow &&= lowSupplies(reading.supplies, mark).length > 0;
      if (isLow) supply_since = at;
    }
    if (!inTrouble && !isLow) break;
  }
  return { trouble_since, supply_since };
}
