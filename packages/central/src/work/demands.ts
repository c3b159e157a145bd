/** What work a reading makes, and how it is named. */
import type { JobDemand } from '../store/customer-jobs.ts';
import { type DeviceId, findDeviceId } from '../store/identifiers.ts';

export const WORK_DEVICE = 'device';
export const MERGE_DEVICES = 'mergeDevices';

/** Reports of one device that come together are worked through together. */
export const WORK_DELAY = 5000;

export const workDemand = (device: DeviceId, since: number, now: number): JobDemand => ({
  kind: WORK_DEVICE,
  subject: String(device),
  dueAt: now + WORK_DELAY,
  since,
});

export const mergeDemand = (from: DeviceId, to: DeviceId, now: number): JobDemand => ({
  kind: MERGE_DEVICES,
  subject: `${from}:${to}`,
  dueAt: now,
  since: 0,
});

export function mergeOf(subject: string): { readonly from: DeviceId; readonly to: DeviceId } | undefined {
  const [from, to] = subject.split(':').map(findDeviceId);
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}
