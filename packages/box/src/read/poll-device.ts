/** The hourly read of a known device: exactly what its first read showed that it has, in as few packets as fit. */
import type { Part, ReadGroup, Reading } from '@rsb/contract';
import { type DriverDefinition, findDriver, interpretInDetail, withoutGroups } from '@rsb/drivers';
import { isoInstant } from '@rsb/runtime';
import type { GetAnswer, Oid, PollAnswer, Varbind } from '@rsb/snmp';
import { absentReading } from './absent-reading.ts';
import type { ReadOptions } from './ask-in-rounds.ts';
import { attemptsOf, LONG_PATIENCE } from './attempts.ts';
import { lookedAgain, tellsAwaited } from './awaited.ts';
import { undoubted } from './doubted-plan.ts';
import { codeOf, gathered, isSilence } from './gathered.ts';
import { countsIn, isAnchored, type LearnedPart, type LearnedPlan, rowsOf } from './learned-plan.ts';
import { runsByRow } from './learned-runs.ts';
import {
  nothingRead,
  partsOf,
  READ_ALLOWANCE,
  type ReadDeps,
  type ReadResult,
  type ReadTarget,
  readDevice,
  withWire,
} from './read-device.ts';
import { levelsNow, namesToRenew } from './refilled.ts';
import { isTold, storedVarbind, varbindOf } from './stored-value.ts';

export interface PollTarget extends Omit<ReadTarget, 'identified'> {
  readonly plan: LearnedPlan;
  /** Looks also for what the machine's first read missed. */
  readonly looksAgain?: boolean;
}

/**
 * Asks by the learned plan. Where the device is no longer what the plan says (another machine at the address, an object
 * gone, a newer driver) it is read anew, with a new plan: what that cost is counted together.
 */
export async function pollDevice(deps: ReadDeps, target: PollTarget, asking: ReadOptions = {}): Promise<ReadResult> {
  const options = { ...asking, allowance: asking.allowance ?? { ...READ_ALLOWANCE } };
  const { plan, credentials, preferred = 0, notRead = [] } = target;
  const parts = partsOf(target);
  const driver = driverOf(plan, notRead);
  const learned = parts.map((part) => learnedPart(plan, part));
  const attempt = attemptsOf(credentials, options.patience ?? LONG_PATIENCE, preferred)[0];
  const anew = { ...target, before: plan };
  if (!driver || !attempt || !learned.every((part) => part !== undefined)) return readDevice(deps, anew, options);

  const takenAt = isoInstant(deps.clock.now());
  const device = { address: target.address, port: target.port };
  const snmpTarget = { ...device, credential: attempt.credential };
  const patience = options.patience ?? LONG_PATIENCE;
  const ask = { ...options, patience };
  const seen = gathered();
  const get = union([plan.anchors, ...learned.map((part) => part.get)]);
  const walk = union(learned.map((part) => part.walk));
  const rows = learned.flatMap((part) => part.rows ?? []);
  const answer = await deps.snmp.poll(snmpTarget, get, walk, {
    ...ask,
    rows,
    runs: plan.runs ?? [],
    apart: plan.apart === true,
    ...(plan.valueBytes === undefined ? {} : { valueBytes: plan.valueBytes }),
  });
  seen.addPoll(get, walk, answer);
  if (answer.get.varbinds.length === 0 && answer.get.failure) {
    const reason = codeOf(answer.get.failure);
    const state = isSilence(answer.get.failure) ? 'unreachable' : 'refused';
    return nothingRead(absentReading(device, state, reason, parts, takenAt), seen.cost);
  }
  if (!isSame(plan, learned, answer.get.varbinds)) return renewed(await readDevice(deps, anew, options), seen.cost);

  const awaited = target.looksAgain === true ? (plan.awaited?.names ?? []) : [];
  const more = awaited.length === 0 ? null : await deps.snmp.get(snmpTarget, awaited, ask);
  if (more) seen.addGet([], { ...more, varbinds: [] });
  if (more && tellsAwaited(plan, more.varbinds)) return renewed(await readDevice(deps, anew, options), seen.cost);

  const renew = namesToRenew(driver, plan.levels ?? [], plan.known, answer.get.varbinds);
  const refilled = renew.length === 0 ? null : await deps.snmp.get(snmpTarget, renew, ask);
  if (refilled) seen.addGet(renew, refilled);
  // A supply that lost what it told is another one.
  if (refilled?.varbinds.some((varbind) => !isTold(varbind)))
    return renewed(await readDevice(deps, anew, options), seen.cost);

  const fresh = new Set([...get, ...renew]);
  seen.addKnown(
    plan.known.filter(([name]) => !fresh.has(name)).map(varbindOf),
    learned.flatMap((part) => part.absent),
  );
  await deps.turns?.();
  const interpretations = interpretInDetail({ driver, answers: seen.answers(), asked: parts, ...device, takenAt });
  const readings = interpretations.map(({ reading }) => reading);
  if (isShort(plan, parts, readings)) return renewed(await readDevice(deps, anew, options), seen.cost);
  return {
    readings: withWire(readings, seen.cost),
    driver,
    interpretations,
    credential: attempt.index,
    plan: undoubted(withSupplies(learnedAnew(more ? lookedAgain(plan) : plan, answer), answer.get.varbinds, refilled)),
    cost: { ...seen.cost },
  };
}

/** Whether a count is not told that was told, and counters were left out that may tell it. */
function isShort({ counts = [] }: LearnedPlan, parts: readonly Part[], readings: readonly Reading[]): boolean {
  if (counts.length === 0 || !parts.includes('counters')) return false;
  const told = new Set(countsIn(readings));
  return counts.some((count) => !told.has(count));
}

/** The same plan where the device still answers as it did. */
function learnedAnew(plan: LearnedPlan, { walk, together, inRuns }: PollAnswer): LearnedPlan {
  const { alerts } = plan.parts;
  const apart = plan.apart === true || !together;
  const rows =
    alerts && walk.end === 'complete' && walk.varbinds.length > 0
      ? rowsOf(
          alerts.walk,
          walk.varbinds.map(({ oid }) => oid),
        )
      : alerts?.rows;
  const isAsBefore = apart === (plan.apart === true) && String(rows) === String(alerts?.rows);
  if (isAsBefore && (inRuns || plan.runs === undefined)) return plan;
  const { runs, ...others } = plan;
  return {
    ...others,
    ...(runs && inRuns ? { runs } : surerRuns(runs)),
    ...(apart ? { apart } : {}),
    parts: { ...plan.parts, ...(alerts && rows ? { alerts: { ...alerts, rows } } : {}) },
  };
}

/** After something else came where a following instance was expected: first without what was only thought to follow. */
function surerRuns(runs: LearnedPlan['runs'] = []): Pick<LearnedPlan, 'runs'> {
  const sure = runsByRow(runs);
  return JSON.stringify(sure) === JSON.stringify(runs) ? {} : { runs: sure };
}

/** With the levels of now and what was asked anew; the old ones where that was not answered, so that it is asked again. */
function withSupplies(plan: LearnedPlan, told: readonly Varbind[], refilled: GetAnswer | null): LearnedPlan {
  if (!plan.levels || refilled?.failure) return plan;
  const levels = levelsNow(plan.levels, told);
  if (levels === plan.levels) return plan;
  const anew = new Map(refilled?.varbinds.map((varbind) => [varbind.oid, storedVarbind(varbind)]));
  return { ...plan, levels, known: plan.known.map((stored) => anew.get(stored[0]) ?? stored) };
}

/** Undefined where the plan was made by another version of the driver, or for more or less than may be asked now. */
function driverOf(plan: LearnedPlan, notRead: readonly ReadGroup[]): DriverDefinition | undefined {
  const driver = findDriver(plan.driver);
  if (driver?.version !== plan.driverVersion || String(plan.notRead ?? []) !== String(notRead)) return undefined;
  return withoutGroups(driver, notRead);
}

/**
 * Who a machine is does not change from hour to hour: where a serial number or a MAC address says that it is the same
 * one, the rest of its identity is what the last full read told, every morning's at the latest.
 */
export function learnedPart(plan: LearnedPlan, part: Part): LearnedPart | undefined {
  const learned = plan.parts[part];
  if (part !== 'identity' || learned === undefined || !isAnchored(plan)) return learned;
  return { ...learned, get: learned.get.filter((name) => plan.anchors.includes(name)) };
}

const union = (lists: readonly (readonly Oid[])[]): Oid[] => [...new Set(lists.flat())];

/** The anchors say the same as before, and nothing that was there has gone. What merely failed is not gone. */
function isSame(plan: LearnedPlan, learned: readonly LearnedPart[], varbinds: readonly Varbind[]): boolean {
  const before = new Map(plan.known.map((stored) => [stored[0], stored]));
  const wanted = new Set(learned.flatMap((part) => part.get));
  return varbinds.every((varbind) => {
    if (!isTold(varbind)) return !wanted.has(varbind.oid) && !plan.anchors.includes(varbind.oid);
    if (!plan.anchors.includes(varbind.oid)) return true;
    return String(storedVarbind(varbind)) === String(before.get(varbind.oid));
  });
}

function renewed(result: ReadResult, spent: ReadResult['cost']): ReadResult {
  const cost = {
    requests: result.cost.requests + spent.requests,
    packets: result.cost.packets + spent.packets,
    bytes: result.cost.bytes + spent.bytes,
  };
  return { ...result, readings: withWire(result.readings, cost), cost };
}
