/** A box's alerts, the look at everything of a customer after the rules changed, and alerts that wake. */

import type { AlertRule } from '@rsb/contract';
import { unreachedRanges } from '../fleet/unreached-ranges.ts';
import { settingsAt } from '../places/handed-down.ts';
import { keepSilence } from '../places/keep-silence.ts';
import type { ClaimedJob } from '../store/customer-jobs.ts';
import type { CustomerStore } from '../store/database.ts';
import { knownZone } from '../work/device-history.ts';
import { applyTransitions } from './apply.ts';
import { boxSubject, watchBoxDemand, watchDemand } from './demands.ts';
import { NEW_STATE, nextMoment, passTo, stepAt } from './evaluate.ts';
import { NO_FACTS } from './facts.ts';
import { faultsOver, type StandingChange } from './faults.ts';
import { currentChannels, currentRules } from './keeper.ts';
import { placeOfBox } from './known-devices.ts';
import { statusAwake } from './life.ts';
import { isWithin, type Whereabouts } from './scope.ts';
import { boxSignals, isToldAtBox } from './signals.ts';
import { standingOf } from './watch.ts';
import { readWatch, type WatchNeeds, writeWatch } from './watch-device.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** While it is silent, a box that reports again is noticed within this time even where it has no machines. */
const SILENT_AGAIN = 10 * MINUTE;

export async function watchBox(outside: CustomerStore, job: ClaimedJob, needs: WatchNeeds): Promise<void> {
  const { database, now, random } = needs;
  const agent = job.subject;
  const box = await outside.boxes.find(agent);
  const customer = await outside.find();
  const isOurs = box !== undefined && box.revoked_at === null && box.left_at === null;
  const settings = await settingsAt(outside, { agent });
  const zone = knownZone(settings.zone);
  const place = placeOfBox(outside, box, customer?.agency_id ? String(customer.agency_id) : null);
  const ranges = unreachedRanges(box?.unreached ?? null);
  const { rules } = await currentRules(database);
  const active = isOurs ? rules.filter((rule) => rule.on && isAboutBox(rule, place)) : [];
  const subject = boxSubject(agent);
  const kept = await outside.alerts.findWatch(subject);
  const before = kept ? readWatch(kept.value, active, settings.supplyMark) : { facts: NO_FACTS, rules: {} };
  const changes: StandingChange[] = [];
  const states: Record<string, typeof NEW_STATE> = {};
  let next = Number.POSITIVE_INFINITY;
  for (const rule of active) {
    const signals = boxSignals(rule.when, box?.last_heard ?? null, settings, ranges);
    const start = before.rules[rule.id] ?? { ...NEW_STATE, at: Math.min(now, signals[0]?.from ?? now) - 1 };
    const passed = passTo(rule, start, signals, now);
    const stepped = stepAt(rule, passed.state, signals, now, false);
    for (const each of [...passed.transitions, ...stepped.transitions]) changes.push({ ...each, rule });
    states[rule.id] = stepped.state;
    const due = nextMoment(rule, stepped.state, signals) ?? Number.POSITIVE_INFINITY;
    const isSilent = Object.keys(stepped.state.causes).length > 0;
    next = Math.min(next, Math.max(due, now + MINUTE), isSilent ? now + SILENT_AGAIN : Number.POSITIVE_INFINITY);
  }
  changes.sort((one, other) => one.at - other.at);
  const transitions = faultsOver(active, standingOf(active, before), changes);
  const watch = { facts: NO_FACTS, rules: states };
  const channels = await currentChannels(database);
  await outside.exclusively(async (store) => {
    const about = {
      subject,
      device: null,
      agent,
      label: agent,
      model: null,
      serviceId: null,
      customerName: customer?.name ?? '',
      zone,
    };
    const teller = { channels, random, now };
    await applyTransitions({ store, about, rules: active, random, now, teller }, transitions, watch);
    if (active.length > 0)
      await store.alerts.saveWatch(subject, { readAt: 0, value: writeWatch(watch, active, settings.supplyMark) });
    else await store.alerts.removeWatch(subject);
    await store.jobs.finish(job, Number.isFinite(next) ? { dueAt: next, since: 0 } : undefined);
  });
}

/** What a box's own alerts are about: its silence, and networks that it does not reach. */
export const isAboutBox = (rule: AlertRule, place: Whereabouts): boolean =>
  (rule.when.kind === 'silentBox' && isWithin(rule, place)) || isToldAtBox(rule, place);

/** Each day by itself too: a box that has never reported a machine is looked at as well. */
export async function watchAll(outside: CustomerStore, job: ClaimedJob, now: number): Promise<void> {
  await outside.exclusively(keepSilence);
  const boxes = await outside.boxes.list();
  for (const { agent } of boxes) {
    const devices = await outside.devices.list(agent);
    await outside.exclusively((store) =>
      store.jobs.demand([watchBoxDemand(agent, now), ...devices.map(({ id }) => watchDemand(id, now))]),
    );
  }
  await outside.exclusively((store) => store.jobs.finish(job, { dueAt: now + 24 * HOUR, since: 0 }));
}

export async function wakeAlert(outside: CustomerStore, job: ClaimedJob, now: number): Promise<void> {
  await outside.exclusively(async (store) => {
    const row = await store.alerts.find(Number(job.subject));
    if (row?.status === 'snoozed' && (row.snoozed_until ?? 0) <= now) {
      const woken = {
        ...row,
        status: statusAwake(row),
        snoozed_until: null,
        changed_at: now,
        revision: row.revision + 1,
      };
      await store.alerts.save(woken);
      await store.alerts.addStep(row.id, { at: now, step: 'woken' });
    }
    await store.jobs.finish(job);
  });
}
