/** What alerts have to be looked at, and how that work is named. */
import type { JobDemand } from '../store/customer-jobs.ts';
import type { DeviceId } from '../store/identifiers.ts';

export const WATCH_DEVICE = 'alertDevice';
export const WATCH_BOX = 'alertBox';
export const WATCH_ALL = 'alertAll';
export const WAKE_ALERT = 'alertWake';

export const watchDemand = (device: DeviceId, now: number): JobDemand => ({
  kind: WATCH_DEVICE,
  subject: String(device),
  dueAt: now,
  since: 0,
});
export const watchBoxDemand = (agent: string, now: number): JobDemand => ({
  kind: WATCH_BOX,
  subject: agent,
  dueAt: now,
  since: 0,
});
/** All machines and boxes of a customer: after a change of the rules, and each day. */
export const watchAllDemand = (now: number): JobDemand => ({ kind: WATCH_ALL, subject: '', dueAt: now, since: 0 });
export const wakeDemand = (alert: number, at: number): JobDemand => ({
  kind: WAKE_ALERT,
  subject: String(alert),
  dueAt: at,
  since: 0,
});

export const deviceSubject = (device: DeviceId): string => `device ${device}`;
export const boxSubject = (agent: string): string => `box ${agent}`;
