/** What a rule would open now, over everything that is known: a slice of the fleet at a time, before it is saved. */
import type { AlertPreview, AlertRule } from '@rsb/contract';
import { unreachedRanges } from '../fleet/unreached-ranges.ts';
import { settingsOfBoxes } from '../places/handed-down.ts';
import type { CustomerSummary } from '../store/across-customers.ts';
import type { DevicePart, DeviceRow } from '../store/customer-devices.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { isOpen, NEW_STATE, passTo, stepAt } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { knowDevices, placeOfBox } from './known-devices.ts';
import { isWithin } from './scope.ts';
import { boxSignals } from './signals.ts';
import { NO_WATCH, watchOn } from './watch.ts';
import { isAboutBox } from './watch-box.ts';

/** Machines of a slice: well below a second, and others' requests come in between. */
const SLICE = 1000;
const MOST_EXAMPLES = 20;

/** Behind which machine the next slice begins. */
export type PreviewKey = readonly [customer: number, device: number];

export interface PreviewSlice extends Omit<AlertPreview, 'next'> {
  readonly next: PreviewKey | null;
}

/** Parts of a machine's last values that a condition speaks of. */
const PARTS: Readonly<Partial<Record<AlertRule['when']['kind'], DevicePart>>> = {
  state: 'status',
  error: 'status',
  supply: 'supplies',
};

export async function previewRule(
  database: CentralDatabase,
  asked: AlertRule,
  after: PreviewKey | null,
  now: number,
  most = SLICE,
): Promise<PreviewSlice> {
  // How long it has held already is not known of what stands now.
  const rule: AlertRule = { ...asked, on: true, hold: { minutes: 0, readings: 1 } };
  const ofBoxes = rule.when.kind === 'silentBox';
  const places = (await database.acrossCustomers.listCustomers())
    .filter((customer) => isNamed(rule, customer))
    .sort((one, other) => one.id - other.id);
  const total = places.reduce((sum, { boxes, devices }) => sum + (ofBoxes ? boxes : devices), 0);
  const found: AlertPreview['examples'] = [];
  let wouldOpen = 0;
  let examined = 0;
  for (const { id, name } of places) {
    if (after !== null && id < after[0]) continue;
    if (examined >= most) return { wouldOpen, examined, total, examples: found, next: [id, 0] };
    const store = database.forCustomer(id);
    const add = (device: string | null, label: string) => {
      wouldOpen += 1;
      if (found.length < MOST_EXAMPLES) found.push({ customer: String(id), customerName: name, device, label });
    };
    const from = after !== null && id === after[0] ? after[1] : 0;
    if (from === 0) {
      const boxes = await boxesToOpen(store, rule, now);
      for (const agent of boxes.opening) add(null, agent);
      if (ofBoxes) examined += boxes.examined;
    }
    if (ofBoxes) continue;
    const left = most - examined;
    const devices = await store.devices.page(from as DeviceId, left);
    examined += devices.length;
    for (const { id: device, label } of await devicesToOpen(store, rule, devices, now)) add(String(device), label);
    const last = devices.at(-1);
    if (last && devices.length === left) return { wouldOpen, examined, total, examples: found, next: [id, last.id] };
  }
  return { wouldOpen, examined, total, examples: found, next: null };
}

/** Whether anything of a customer can be within the rule: the others are not looked at. */
function isNamed({ scope }: AlertRule, { id, agency }: CustomerSummary): boolean {
  const { customers, agencies, sites } = scope;
  return (
    (customers.length === 0 || customers.includes(String(id))) &&
    (agencies.length === 0 || (agency !== null && agencies.includes(String(agency)))) &&
    (sites.length === 0 || sites.some((site) => site.startsWith(`${id}/`)))
  );
}

async function devicesToOpen(store: CustomerStore, rule: AlertRule, devices: readonly DeviceRow[], now: number) {
  const { kind } = rule.when;
  const asked = { events: kind === 'event', questions: kind === 'question' };
  const known = (await knowDevices(store, devices, now, asked)).filter(
    ({ isWatched, place }) => isWatched && isWithin(rule, place),
  );
  const part = PARTS[kind];
  const ids = known.map(({ device }) => device.id);
  const parts = part === undefined ? [] : await store.devices.parts(ids, [part]);
  const values = new Map(parts.map(({ device_id, value }) => [device_id, value]));
  return known.flatMap(({ device, about, surroundings }) => {
    const value = values.get(device.id);
    const told = factsOf(part === undefined || value === undefined ? {} : { [part]: JSON.parse(value) });
    const { watch } = watchOn(NO_WATCH, [{ at: device.at, told }], [rule], surroundings, now);
    const state = watch.rules[rule.id];
    return state && isOpen(state) ? [{ id: device.id, label: about.label }] : [];
  });
}

async function boxesToOpen(store: CustomerStore, rule: AlertRule, now: number) {
  const agency = (await store.find())?.agency_id ?? null;
  const live = (await store.boxes.listPlain()).filter((box) => box.revoked_at === null && box.left_at === null);
  const settings = await settingsOfBoxes(store);
  const opening = live.filter((box) => {
    const here = settings.get(box.agent);
    if (!here || !isAboutBox(rule, placeOfBox(store, box, agency === null ? null : String(agency)))) return false;
    const signals = boxSignals(rule.when, box.last_heard, here, unreachedRanges(box.unreached));
    const start = { ...NEW_STATE, at: Math.min(now, ...signals.map(({ from }) => from)) - 1 };
    const passed = passTo(rule, start, signals, now);
    return isOpen(stepAt(rule, passed.state, signals, now, false).state);
  });
  return { examined: live.length, opening: opening.map(({ agent }) => agent) };
}
