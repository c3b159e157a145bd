/** What a rule would open now, over everything that is known: counted with a bound, before it is saved. */
import type { AlertPreview, AlertRule } from '@rsb/contract';
import { settingsAt } from '../places/handed-down.ts';
import type { CentralDatabase } from '../store/database.ts';
import { isOpen, NEW_STATE, passTo, stepAt } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { isWithin } from './scope.ts';
import { boxSignals } from './signals.ts';
import { NO_WATCH, watchOn } from './watch.ts';
import { knowDevice } from './watch-device.ts';

/** More than this is not looked at: the answer says so. */
const MOST_EXAMINED = 3000;
const MOST_EXAMPLES = 20;

export async function previewRule(database: CentralDatabase, asked: AlertRule, now: number): Promise<AlertPreview> {
  // How long it has held already is not known of what stands now.
  const rule: AlertRule = { ...asked, on: true, hold: { minutes: 0, readings: 1 } };
  const examples: AlertPreview['examples'] = [];
  let examined = 0;
  let wouldOpen = 0;
  let complete = true;
  for (const { id, name } of await database.acrossCustomers.listCustomers()) {
    if (!complete) break;
    const customer = String(id);
    if (rule.scope.customers.length > 0 && !rule.scope.customers.includes(customer)) continue;
    const store = database.forCustomer(id);
    const found = (device: string | null, label: string) => {
      wouldOpen += 1;
      if (examples.length < MOST_EXAMPLES) examples.push({ customer, customerName: name, device, label });
    };
    for (const box of await store.boxes.list()) {
      if (!complete) break;
      if (box.revoked_at !== null || box.left_at !== null) continue;
      if (rule.when.kind === 'silentBox') {
        if (examined >= MOST_EXAMINED) {
          complete = false;
          break;
        }
        examined += 1;
        if (await wouldBoxOpen(database, rule, store.id, box.agent, box.last_heard, now)) found(null, box.agent);
        continue;
      }
      for (const device of await store.devices.list(box.agent)) {
        if (examined >= MOST_EXAMINED) {
          complete = false;
          break;
        }
        examined += 1;
        const { about, place, surroundings } = await knowDevice(store, device, now);
        if (!isWithin(rule, place)) continue;
        const parts = Object.fromEntries(
          (await store.devices.parts([device.id])).map(({ part, value }) => [part, JSON.parse(value)]),
        );
        const told = factsOf(parts);
        const { watch } = watchOn(NO_WATCH, [{ at: device.at, told }], [rule], surroundings, now);
        const state = watch.rules[rule.id];
        if (state && isOpen(state)) found(String(device.id), about.label);
      }
    }
  }
  return { wouldOpen, examined, complete, examples };
}

async function wouldBoxOpen(
  database: CentralDatabase,
  rule: AlertRule,
  customer: Parameters<CentralDatabase['forCustomer']>[0],
  agent: string,
  heard: number | null,
  now: number,
): Promise<boolean> {
  const settings = await settingsAt(database.forCustomer(customer), { agent });
  const signals = boxSignals(rule.when, heard, {
    mark: settings.supplyMark,
    silentHours: settings.silentHours,
    boxSilentHours: settings.boxSilentHours,
    heard: now,
    events: [],
    questions: [],
    billingEnds: [],
  });
  const start = { ...NEW_STATE, at: Math.min(now, signals[0]?.from ?? now) - 1 };
  const passed = passTo(rule, start, signals, now);
  return isOpen(stepAt(rule, passed.state, signals, now, false).state);
}
