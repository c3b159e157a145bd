/**
 * Reads one device: who is it (unless known), what does its driver ask, what do the answers mean. Never throws for what a
 * device does: silence, refusal and half an answer are readings that say so.
 */
import { isPartRead, type Part, type ReadGroup, type Reading } from '@rsb/contract';
import {
  type Answers,
  type DriverDefinition,
  type Interpretation,
  interpretInDetail,
  withoutGroups,
} from '@rsb/drivers';
import { type Clock, isoInstant } from '@rsb/runtime';
import type { Allowance, Cost, Credential, SnmpEngine } from '@rsb/snmp';
import { absentReading } from './absent-reading.ts';
import { askInRounds, type ReadOptions } from './ask-in-rounds.ts';
import { attemptsOf, LONG_PATIENCE } from './attempts.ts';
import { awaitedAfter } from './awaited.ts';
import { planAfter } from './doubted-plan.ts';
import { codeOf } from './gathered.ts';
import { type AddressedDevice, type IdentifiedPrinter, identifyDevice } from './identify-device.ts';
import { type LearnedPlan, learnPlan } from './learned-plan.ts';
import type { Before } from './lone-objects.ts';
import type { Turns } from './turns.ts';

export interface ReadDeps {
  readonly snmp: SnmpEngine;
  readonly clock: Pick<Clock, 'now'>;
  /** Where many devices are read at once: what takes long waits for its turn. */
  readonly turns?: Turns;
}

export interface ReadTarget extends AddressedDevice {
  readonly credentials: readonly Credential[];
  /** The place in `credentials` that worked last. */
  readonly preferred?: number;
  readonly parts: readonly Part[];
  /** What the customer does not want asked, whatever the parts. */
  readonly notRead?: readonly ReadGroup[];
  /** What discovery has just found there: spares asking again. */
  readonly identified?: Omit<IdentifiedPrinter, 'kind'>;
  /** What an earlier read learned of the machine that is thought to be there; not said where nobody remembers. */
  readonly before?: Before;
}

/** A first read of a slow device takes half of either; one that answers nothing well would take for ever. */
export const READ_ALLOWANCE: Readonly<Allowance> = { requests: 250, waiting: 45_000 };

export interface ReadResult {
  /** One for each machine behind the address, at least one. `wire` is on the first. */
  readonly readings: readonly [Reading, ...Reading[]];
  readonly driver: DriverDefinition | null;
  /** What stands behind each reading, what was passed over and rejected too; empty where nothing was read. */
  readonly interpretations: readonly Interpretation[];
  /** Which of the credentials was answered; null where none was. */
  readonly credential: number | null;
  /** For later polls; null where the device did not tell everything. */
  readonly plan: LearnedPlan | null;
  readonly cost: Readonly<Cost>;
}

export async function readDevice(deps: ReadDeps, target: ReadTarget, asking: ReadOptions = {}): Promise<ReadResult> {
  const options = { ...asking, allowance: asking.allowance ?? { ...READ_ALLOWANCE } };
  const takenAt = isoInstant(deps.clock.now());
  const { credentials, preferred, identified } = target;
  const parts = partsOf(target);
  const device = { address: target.address, port: target.port };
  const attempts = attemptsOf(credentials, options.patience ?? LONG_PATIENCE, preferred);
  const who = identified
    ? ({ kind: 'printer', ...identified } as const)
    : await identifyDevice(
        deps.snmp,
        { ...device, notRead: target.notRead ?? [] },
        attempts,
        options.signal,
        options.allowance,
      );
  if (who.kind !== 'printer') {
    const state = who.kind === 'silent' ? 'unreachable' : who.kind;
    const reason = who.kind === 'notPrinter' ? who.why : codeOf(who.failure);
    return nothingRead(absentReading(device, state, reason, parts, takenAt), who.gathered.cost);
  }
  const { attempt, gathered } = who;
  const snmpTarget = { ...device, credential: attempt.credential };
  const limited = (driver: DriverDefinition) => withoutGroups(driver, target.notRead ?? []);
  const asked = { ...options, before: target.before };
  const { driver, lone, anything } = await askInRounds(
    deps.snmp,
    snmpTarget,
    who.driver,
    parts,
    gathered,
    asked,
    limited,
  );
  if (anything)
    return nothingRead(absentReading(device, 'notPrinter', 'answersAnything', parts, takenAt), gathered.cost);
  const means = (answers: Answers) => interpretInDetail({ driver, answers, asked: parts, ...device, takenAt });
  await deps.turns?.();
  const interpretations = means(gathered.answers());
  const readings = interpretations.map(({ reading }) => reading);
  await deps.turns?.();
  const readAgain = (answers: Answers) => means(answers).map(({ reading }) => reading);
  const plan = learnPlan(driver, parts, { seen: gathered, lone }, readings, readAgain);
  const awaited = plan === null ? undefined : awaitedAfter(target.before, driver, parts, gathered, readings);
  const learned = plan === null || awaited === undefined ? plan : { ...plan, awaited };
  return {
    readings: withWire(readings, gathered.cost),
    driver,
    interpretations,
    credential: attempt.index,
    plan: planAfter(target.before, learned, gathered.varbinds),
    cost: { ...gathered.cost },
  };
}

/** Those of which something may be asked. */
export const partsOf = ({ parts, notRead = [] }: Pick<ReadTarget, 'parts' | 'notRead'>): readonly Part[] =>
  parts.filter((part) => isPartRead(part, notRead));

export function nothingRead(reading: Reading, cost: Readonly<Cost>): ReadResult {
  return {
    readings: [{ ...reading, wire: { ...cost } }],
    driver: null,
    interpretations: [],
    credential: null,
    plan: null,
    cost: { ...cost },
  };
}

export function withWire(readings: readonly Reading[], cost: Readonly<Cost>): readonly [Reading, ...Reading[]] {
  const [first, ...others] = readings;
  if (!first) throw new Error('a driver gave no reading');
  return [{ ...first, wire: { ...cost } }, ...others];
}
