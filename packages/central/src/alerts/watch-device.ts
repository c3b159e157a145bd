/** A machine's alerts after its readings were worked through, or when time alone may change them. */
import { createHash } from 'node:crypto';
import type { AlertRule } from '@rsb/contract';
import type { Random } from '@rsb/runtime';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { ClaimedJob } from '../store/customer-jobs.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import { findDeviceId } from '../store/identifiers.ts';
import { applyTransitions } from './apply.ts';
import { boxSubject, deviceSubject, watchBoxDemand } from './demands.ts';
import { factsOf } from './facts.ts';
import { currentChannels, currentRules } from './keeper.ts';
import { ALL_OF_HISTORY, knowDevices } from './known-devices.ts';
import { isWithin } from './scope.ts';
import { NO_WATCH, type TimedFacts, type Watch, watchOn } from './watch.ts';

export interface WatchNeeds {
  readonly database: CentralDatabase;
  readonly random: Random;
  readonly now: number;
}

/** Of a past that arrives all at once, the last readings are enough to know how things stand. */
const MOST_READINGS = 2000;
/** A machine that rules see for the first time is judged by its last readings, not by its life. */
const FIRST_READINGS = 50;
/** Time-driven changes of the same moment are looked at together. */
const MINUTE = 60_000;

export async function watchDevice(outside: CustomerStore, job: ClaimedJob, needs: WatchNeeds): Promise<void> {
  const { database, now, random } = needs;
  const id = findDeviceId(job.subject);
  const device = id === undefined ? undefined : await outside.devices.find(id);
  if (!device) {
    await outside.exclusively(async (store) => {
      if (id !== undefined) await forget(store, deviceSubject(id), now);
      await store.jobs.finish(job);
    });
    return;
  }
  const [known] = await knowDevices(outside, [device], now, ALL_OF_HISTORY);
  if (!known) throw new Error(`nothing is known of ${device.id}`);
  const { about, place, surroundings, isWatched } = known;
  const { rules } = await currentRules(database);
  const active = isWatched
    ? rules.filter((rule) => rule.on && rule.when.kind !== 'silentBox' && isWithin(rule, place))
    : [];
  const subject = deviceSubject(device.id);
  const kept = await outside.alerts.findWatch(subject);
  const before = kept ? readWatch(kept.value, active, surroundings.mark) : NO_WATCH;
  const { readings, readAt } = await readingsSince(outside, device, kept?.readAt ?? null);
  const watched = watchOn(before, readings, active, surroundings, now);
  const channels = await currentChannels(database);
  await outside.exclusively(async (store) => {
    const teller = { channels, random, now };
    await applyTransitions({ store, about, rules: active, random, now, teller }, watched.transitions, watched.watch);
    await store.alerts.saveWatch(subject, { readAt, value: writeWatch(watched.watch, active, surroundings.mark) });
    const isBoxAlert = (await store.alerts.liveOf(boxSubject(device.agent))).length > 0;
    await (isBoxAlert ? store.jobs.demand : store.jobs.demandOnce)([watchBoxDemand(device.agent, now)]);
    const next = watched.next;
    await store.jobs.finish(job, next === null ? undefined : { dueAt: Math.max(next, now + MINUTE), since: 0 });
  });
}

/** The device is another's now, or gone. */
async function forget(store: CustomerStore, subject: string, now: number): Promise<void> {
  for (const row of await store.alerts.liveOf(subject)) {
    await store.alerts.save({
      ...row,
      status: 'resolved',
      live: 0,
      resolved_at: now,
      changed_at: now,
      revision: row.revision + 1,
    });
    await store.alerts.addStep(row.id, { at: now, step: 'resolved', reason: 'deviceGone' });
    await store.alerts.unnotify(row.id);
  }
  await store.alerts.removeWatch(subject);
}

async function readingsSince(
  store: CustomerStore,
  device: DeviceRow,
  readAt: number | null,
): Promise<{ readings: TimedFacts[]; readAt: number }> {
  const places = (await store.items.places(device.id, readAt ?? undefined))
    .sort((one, other) => one.at - other.at || one.epochNo - other.epochNo || one.seq - other.seq)
    .slice(readAt === null ? -FIRST_READINGS : -MOST_READINGS);
  const readings: TimedFacts[] = [];
  for (const [epochNo, own] of Map.groupBy(places, (place) => place.epochNo)) {
    const rows = await store.items.raw(
      device.id,
      epochNo,
      own.map(({ seq }) => seq).sort((one, other) => one - other),
    );
    for (const { at, raw } of rows) {
      const { body } = JSON.parse(Buffer.from(raw).toString('utf8'));
      const state = body?.reading?.completeness?.state;
      if (state === 'complete' || state === 'partial') readings.push({ at, told: factsOf(body.reading) });
    }
  }
  readings.sort((one, other) => one.at - other.at);
  return { readings, readAt: places.at(-1)?.at ?? readAt ?? 0 };
}

/** What a rule's state was made with: another condition, delay or mark begins anew. */
export const madeWith = ({ when, hold, clear }: AlertRule, mark: number): string =>
  createHash('sha256')
    .update(JSON.stringify([when, hold, clear, when.kind === 'supply' && when.raiseAt === null ? mark : null]))
    .digest('base64url')
    .slice(0, 12);

export function writeWatch({ facts, rules }: Watch, active: readonly AlertRule[], mark: number): string {
  const made = Object.fromEntries(active.map((rule) => [rule.id, madeWith(rule, mark)]));
  return JSON.stringify({ facts, rules, made });
}

export function readWatch(text: string, active: readonly AlertRule[], mark: number): Watch {
  const { facts, rules, made } = JSON.parse(text);
  const kept = active.filter((rule) => rules[rule.id] !== undefined && made[rule.id] === madeWith(rule, mark));
  return { facts, rules: Object.fromEntries(kept.map((rule) => [rule.id, rules[rule.id]])) };
}
