/** What follows from changed settings: rows that keep them are brought up to date, machines and boxes are looked at anew. */
import type { HandedDown, SettingsHere } from '@rsb/contract';
import { watchAllDemand } from '../alerts/demands.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';
import type { CustomerId, DeviceId } from '../store/identifiers.ts';
import { WORK_DEVICE } from '../work/demands.ts';
import type { CentralWork } from '../work.ts';
import { keepSilence } from './keep-silence.ts';

/** Machines that are looked at anew after such a change, at once. */
const MOST_AT_ONCE = 1000;

type Values = Required<HandedDown> | SettingsHere['effective'];

const changed = (before: Values, after: Values, names: readonly (keyof HandedDown)[]): boolean =>
  names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));

/** Days are cut by the zone and silence by its hours: what was worked out with others is worked out anew from its start. */
const OF_HISTORY = ['zone', 'silentHours'] as const;
/** How a machine stands now. */
const OF_STANDING = ['supplyMark', 'billingDay'] as const;

export async function settingsChanged(
  work: CentralWork,
  customers: readonly CustomerId[],
  before: Values,
  after: Values,
): Promise<void> {
  if (changed(before, after, ['boxSilentHours'])) await boxesMoved(work, customers);
  if (changed(before, after, OF_HISTORY)) await workAnew(work, customers, 0);
  else if (changed(before, after, OF_STANDING)) await workAnew(work, customers, Number.MAX_SAFE_INTEGER);
}

/** Other levels are above these boxes now, or say something else. */
export async function boxesMoved(
  { database, clock, worker }: CentralWork,
  customers: readonly CustomerId[],
): Promise<void> {
  for (const id of customers)
    await database.forCustomer(id).exclusively(async (store) => {
      await keepSilence(store);
      await store.jobs.demand([watchAllDemand(clock.now())]);
    });
  worker.wake();
}

/** A box, a machine or the customer itself stands elsewhere: other levels may say other things about zone, marks and days. */
export async function placeChanged(work: CentralWork, { id }: CustomerStore): Promise<void> {
  await boxesMoved(work, [id]);
  // The zone may be another one: what was settled with the old one is found stale by itself and read again.
  await workAnew(work, [id], Number.MAX_SAFE_INTEGER);
}

export async function machineMoved(
  { clock, worker }: CentralWork,
  store: CustomerStore,
  device: DeviceId,
): Promise<void> {
  await store.jobs.demand([
    { kind: WORK_DEVICE, subject: String(device), dueAt: clock.now(), since: Number.MAX_SAFE_INTEGER },
  ]);
  worker.wake();
}

/** `since`: how far back their history is to be read again; beyond its end, only what stands now is put together. */
export async function workAnew(
  { database, clock, worker }: CentralWork,
  customers: readonly CustomerId[],
  since: number,
): Promise<void> {
  for (const id of customers) {
    const store = database.forCustomer(id);
    for (let after: DeviceId | null = null, more = true; more; ) {
      const devices: readonly DeviceRow[] = await store.devices.page(after, MOST_AT_ONCE);
      await store.jobs.demand(
        devices.map((device) => ({ kind: WORK_DEVICE, subject: String(device.id), dueAt: clock.now(), since })),
      );
      after = devices.at(-1)?.id ?? null;
      more = devices.length === MOST_AT_ONCE;
    }
  }
  worker.wake();
}
