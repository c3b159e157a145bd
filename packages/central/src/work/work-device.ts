/** Works a device's readings through from its last cut, and keeps what came out of it in place of what was there. */

import { watchDemand } from '../alerts/demands.ts';
import { saveStanding } from '../fleet/save-standing.ts';
import { settingsAt } from '../places/handed-down.ts';
import {
  type Checkpoint,
  encodeCheckpoint,
  historyOf,
  isQuiet,
  type ProcessingSettings,
  processFrom,
  quietCheckpoint,
  type Worked,
} from '../processing/index.ts';
import { type LocalDays, localDays } from '../processing/local-days.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { ClaimedJob } from '../store/customer-jobs.ts';
import type { CustomerStore } from '../store/database.ts';
import { findDeviceId } from '../store/identifiers.ts';
import { closedQuestions, staysClosed } from './closed-questions.ts';
import { workDemand } from './demands.ts';
import {
  answersOf,
  type DeviceStart,
  isQuietMark,
  processingSettings,
  quietMark,
  readHistory,
  readQuietEnd,
} from './device-history.ts';
import { replacedEvents } from './replaced-device.ts';
import { dayRows, findingRows, questionRows } from './result-rows.ts';

/** Cuts of which the readings after are kept at hand; beyond them a late reading is read out of the archive. */
const CUTS_AT_HAND = 2;
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** While its box is silent, nobody knows whether a machine is. */
const BOX_SILENT_WAIT = 6 * HOUR;

export async function workDevice(outside: CustomerStore, job: ClaimedJob, now: number): Promise<void> {
  const id = findDeviceId(job.subject);
  const device = id === undefined ? undefined : await outside.devices.find(id);
  if (!device) return outside.exclusively((store) => store.jobs.finish(job));
  const heard = (await outside.boxes.find(device.agent))?.last_heard ?? now;
  const here = await settingsAt(outside, { device: device.id });
  const settings = processingSettings(here);
  const days = localDays(settings.zone);
  const answers = answersOf(await outside.results.questions(device.id));
  const workFrom = (start: DeviceStart) => {
    const history = historyOf(String(device.id), start.observations);
    return { start, history, worked: processFrom(start.from, history, { settings, days, now: heard, answers }) };
  };
  const quietEnd = await readQuietEnd(outside, device, settings, job.since);
  const quiet = quietEnd && workFrom(quietEnd);
  const isEnough = quiet !== undefined && isQuiet(quiet.worked.open);
  const { start, history, worked } = isEnough
    ? quiet
    : workFrom(await readHistory(outside, device, settings, job.since));
  const lastAt = history.readings.at(-1)?.at ?? null;
  const replaced = await replacedEvents(outside, device, lastAt);
  const from = start.from?.at ?? Number.MIN_SAFE_INTEGER;
  await outside.exclusively(async (store) => {
    const { results } = store;
    const isNew = (await results.findingsOfKind([device.id], 'new')).length === 0;
    const firstDay = start.from?.openDay ?? Number.MIN_SAFE_INTEGER;
    const [opening] = start.from ? await results.days(device.id, firstDay, firstDay) : [];
    await results.saveDays(device.id, firstDay, dayRows(worked.usage, history.readings, days, firstDay, opening));
    const asked = questionRows(worked.lines);
    const gone = await results.saveQuestions(device.id, from, asked);
    const events = [...findingRows([...worked.lines, ...replaced]), ...closedQuestions(gone, asked, history.readings)];
    await results.saveFindings(device.id, from, events, (row) => staysClosed(row, asked));
    if (!isEnough) await keepCuts(store, device, worked, start, days);
    if (isNew && lastAt !== null) await tellNeighbours(store, device, now);
    await saveStanding(
      store,
      device,
      { mark: here.supplyMark, silentHours: here.silentHours, billingDay: here.billingDay },
      days,
      now,
    );
    await store.jobs.demand([watchDemand(device.id, now)]);
    await store.jobs.finish(job, silenceCheck(lastAt, settings, heard, now));
  });
}

async function keepCuts(
  store: CustomerStore,
  device: DeviceRow,
  { cuts, open }: Worked,
  { from, madeWith }: DeviceStart,
  days: LocalDays,
): Promise<void> {
  const rowOf = (made: string, cut: Checkpoint) => ({
    at: cut.at,
    until: cut.until,
    madeWith: made,
    value: encodeCheckpoint(cut),
  });
  const rows = cuts.map((cut) => rowOf(madeWith, cut));
  const quiet = quietCheckpoint(open, cuts.at(-1) ?? from, days);
  if (quiet) rows.push(rowOf(quietMark(madeWith), quiet));
  await store.results.saveCheckpoints(device.id, from?.at ?? Number.MIN_SAFE_INTEGER, rows);
  if (cuts.length === 0 && from !== null) return;
  const kept = (await store.results.checkpoints(device.id)).filter((each) => !isQuietMark(each.madeWith));
  const before = kept.at(-CUTS_AT_HAND)?.at;
  if (before !== undefined && before > (await store.series.observedFrom(device.id)))
    await store.series.pruneObservations(device.id, before);
}

/** Where a new machine is, another one may have been before. */
async function tellNeighbours(store: CustomerStore, device: DeviceRow, now: number): Promise<void> {
  const others = (await store.devices.atPlace(device.agent, device.address)).filter(({ id }) => id !== device.id);
  await store.jobs.demand(others.map(({ id, at }) => workDemand(id, at + 1, now)));
}

/** When to look again whether the machine has fallen silent; undefined where that is told already. */
function silenceCheck(lastAt: number | null, { silentHours }: ProcessingSettings, heard: number, now: number) {
  if (lastAt === null) return undefined;
  const silentAt = lastAt + silentHours * HOUR;
  if (heard > silentAt) return undefined;
  return { dueAt: silentAt > now ? silentAt + MINUTE : now + BOX_SILENT_WAIT, since: lastAt + 1 };
}
