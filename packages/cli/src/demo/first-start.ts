/** What a technician does on a new box's page, done through the same API: password, networks, central, scan, Service IDs. */
import type { BoxView, DeviceList, Fault, SettingsInput, SettingsView } from '@rsb/contract';
import { type Clock, failure, millis, type Outcome, success } from '@rsb/runtime';
import type { HttpClient } from './http-client.ts';

export interface FirstStart {
  readonly setupCode: string;
  readonly password: string;
  /** A second administrator with the same password, beside the first account. */
  readonly person?: string;
  readonly ranges: readonly string[];
  readonly snmpPort: number;
  readonly zone: string;
  readonly central: { readonly url: string; readonly code: string };
  /** By serial number. */
  readonly serviceIds: ReadonlyMap<string, string>;
}

export interface FirstScan {
  readonly printers: number;
  /** How many of them central has acknowledged. */
  readonly arrived: number;
}

export async function doFirstStart(
  box: HttpClient,
  plan: FirstStart,
  clock: Clock,
  signal: AbortSignal,
): Promise<Outcome<FirstScan, Fault>> {
  const setup = await box.call('POST', '/setup', { code: plan.setupCode, password: plan.password });
  if (!setup.ok) return setup;
  if (plan.person !== undefined) {
    const added = await box.call('POST', '/people', { name: plan.person, role: 'admin', password: plan.password });
    if (!added.ok) return added;
  }
  const before = await box.call('GET', '/settings');
  if (!before.ok) return before;
  const view = before.value as SettingsView;
  const saved = await box.call('PUT', '/settings', settingsOf(view, plan), { 'if-match': String(view.revision) });
  if (!saved.ok) return saved;
  const enrolled = await box.call('POST', '/enrolment', { url: plan.central.url, code: plan.central.code });
  if (!enrolled.ok) return enrolled;
  const started = await box.call('POST', '/scan');
  if (!started.ok) return started;
  const scanned = await until(box, clock, signal, (state) => state.scan === null && state.lastScan !== null);
  if (!scanned.ok) return scanned;
  const noted = await enterServiceIds(box, plan.serviceIds);
  if (!noted.ok) return noted;
  const sent = await until(box, clock, signal, (state) => state.central.waiting === 0);
  if (!sent.ok) return sent;
  const { lastScan } = sent.value;
  return success({ printers: lastScan?.printers ?? 0, arrived: lastScan?.arrived ?? 0 });
}

/** All addresses are this machine's own: the limits that protect a network would only slow the demo down. */
function settingsOf(view: SettingsView, plan: FirstStart): SettingsInput {
  const { credentials, proxyPasswordSet: _set, revision: _revision, ...rest } = view;
  return {
    ...rest,
    credentials: credentials.map(({ id, version }) => ({ id, version })),
    ranges: plan.ranges.map((range) => ({
      range,
      note: '',
      credentials: credentials.slice(0, 1).map(({ id }) => id),
      packetsPerSecond: 0,
      kilobytesPerHour: null,
      hours: null,
      ping: true,
      on: true,
    })),
    snmpPort: plan.snmpPort,
    packetsPerSecond: 0,
    zone: plan.zone,
    central: { ...rest.central, url: plan.central.url },
  };
}

async function enterServiceIds(
  box: HttpClient,
  serviceIds: ReadonlyMap<string, string>,
): Promise<Outcome<null, Fault>> {
  const listed = await box.call('GET', '/devices');
  if (!listed.ok) return listed;
  for (const { id, serialNumber } of (listed.value as DeviceList).devices) {
    const serviceId = serialNumber === null ? undefined : serviceIds.get(serialNumber);
    if (serviceId === undefined) continue;
    const noted = await box.call('PATCH', '/devices', { ids: [id], set: { serviceId } });
    if (!noted.ok) return noted;
  }
  return success(null);
}

const PATIENCE = millis(120_000);

async function until(
  box: HttpClient,
  clock: Clock,
  signal: AbortSignal,
  reached: (state: BoxView) => boolean,
): Promise<Outcome<BoxView, Fault>> {
  const start = clock.monotonic();
  for (;;) {
    const answer = await box.call('GET', '/state');
    if (!answer.ok) return answer;
    const state = answer.value as BoxView;
    if (reached(state)) return success(state);
    if (clock.monotonic() - start > PATIENCE) return failure({ code: 'noAnswer', params: { address: 'box' } });
    await clock.sleep('look at the state again', millis(100), signal);
  }
}
