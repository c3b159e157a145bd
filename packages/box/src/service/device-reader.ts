/** Reads what is at an address and stores what it means: one read at a time there, whoever asks for it. */
import { groupsNotRead, isPartRead, PARTS, type Part, type Reading } from '@rsb/contract';
import { type Clock, millis } from '@rsb/runtime';
import { type Allowance, type Credential, type SnmpEngine, sameCredential } from '@rsb/snmp';
import { type Found, type LineJudge, waitOn } from '../discover/index.ts';
import {
  type Before,
  type LearnedPlan,
  LONG_PATIENCE,
  pollDevice,
  type ReadResult,
  readDevice,
} from '../read/index.ts';
import { createTurns } from '../read/turns.ts';
import type { Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { createEngineClocks } from '../store/engine-clocks.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import type { Feed } from './feed.ts';
import { UNKNOWN_IDENTITY } from './identity-merge.ts';
import { isOneMachine, isSameMachine } from './one-machine.ts';
import { createQueueByKey } from './queue-by-key.ts';
import type { Reach, Round } from './reach.ts';
import type { ReadCosts } from './read-costs.ts';
import { recognise } from './recognise.ts';
import type { Recorded, Recorder } from './recorder.ts';
import { unusedIn } from './unused-in.ts';

export interface ReadRequest {
  readonly address: string;
  readonly port: number;
  readonly parts: readonly Part[];
  /** `poll`: by what the last full read learned; `full`: as if nothing were known. */
  readonly way: 'poll' | 'full';
  /** What a scan has just found there. */
  readonly found?: Found;
  /** Judges silence at its end; where there is none, silence counts at once. */
  readonly round?: Round;
  /** One try: whether anybody is there. */
  readonly brief?: boolean;
  readonly signal?: AbortSignal;
  /** What the machine may take of us; where not said, what a read by schedule may. */
  readonly allowance?: Readonly<Allowance>;
}

export interface DeviceReader {
  /** What was stored; empty where nobody is known there and nobody answers, or the signal ended it. */
  read(request: ReadRequest): Promise<readonly Recorded[]>;
  isReading(device: DeviceRecord): boolean;
  /** Ends all reads; resolves when nothing more is sent or stored. */
  stop(): Promise<void>;
}

export interface DeviceReaderDeps {
  readonly snmp: SnmpEngine;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly ranges: () => readonly ActiveRange[];
  readonly db: Database;
  readonly devices: Devices;
  readonly recorder: Recorder;
  readonly reach: Reach;
  readonly budget: LineJudge;
  readonly feed: Feed;
  readonly costs: Pick<ReadCosts, 'polled'>;
}

const LOOK_BACK = { timeout: millis(1000), retries: 1 };

export function createDeviceReader(deps: DeviceReaderDeps): DeviceReader {
  const { db, snmp, clock, settings, ranges, devices, recorder, reach, budget, feed } = deps;
  const queue = createQueueByKey();
  const placeKey = ({ address, port }: { readonly address: string; readonly port: number }) => `${address} ${port}`;
  const busy = new Map<string, number>();
  const ending = new AbortController();
  const open = new Set<Promise<unknown>>();
  const turns = createTurns();
  const engineClocks = createEngineClocks(db);
  snmp.recallClocks?.(engineClocks.all());

  /** A slow line gets the time that it was seen to take. */
  const patienceFor = (address: string) => {
    const { timeout, retries } = LONG_PATIENCE;
    return { timeout: waitOn(budget.quality(address), timeout), retries };
  };

  const credentialsFor = (range: ActiveRange, first: string | null) => {
    const ids = range.credentials.filter((id) => id !== first);
    if (first !== null && range.credentials.includes(first)) ids.unshift(first);
    const known: { readonly id: string; readonly credential: Credential }[] = [];
    for (const id of ids) {
      const credential = settings.credential(id);
      if (credential) known.push({ id, credential });
    }
    return known;
  };

  const ask = async (request: ReadRequest, range: ActiveRange) => {
    const { address, port, way, found, signal, allowance } = request;
    const holder = devices.atAddress(address, port)[0];
    const last = holder?.learned ? (JSON.parse(holder.learned) as LearnedPlan) : null;
    const learned = way === 'poll' ? last : null;
    // Polls need a plan for all parts, so what is not yet learned is read whole.
    const parts = learned === null && way === 'poll' ? PARTS : request.parts;
    const credentials = credentialsFor(range, holder?.credential ?? null);
    const notRead = groupsNotRead(settings.document.whatToRead);
    const before: Before = last ?? 'none';
    const target = {
      address,
      port,
      parts,
      notRead,
      before,
      credentials: credentials.map(({ credential }) => credential),
    };
    const options = {
      signal: signal ? AbortSignal.any([signal, ending.signal]) : ending.signal,
      patience: patienceFor(address),
      ...(allowance ? { allowance: { ...allowance } } : {}),
      // It was not there the last time: one packet tells if it is again.
      brief: way === 'poll' && (request.brief === true || holder?.completeness?.state === 'unreachable'),
    };
    const result = learned
      ? await pollDevice({ snmp, clock, turns }, { ...target, plan: learned, looksAgain: true }, options)
      : await readDevice({ snmp, clock, turns }, { ...target, ...(found && { identified: found }) }, options);
    if (learned && result.credential !== null) deps.costs.polled({ address, port }, parts, result.cost);
    return { result, credential: credentialOf(result, found, credentials), learned: learnedFrom(result, learned) };
  };

  /** `identified` was found with the range's own order of credentials. */
  const credentialOf = (
    result: ReadResult,
    found: Found | undefined,
    credentials: readonly { readonly id: string; readonly credential: Credential }[],
  ): string | null => {
    const worked = found ? found.attempt.credential : credentials[result.credential ?? -1]?.credential;
    return (
      credentials.find(
        ({ credential }) => credential === worked || (worked !== undefined && sameCredential(credential, worked)),
      )?.id ?? null
    );
  };

  const store = async (
    request: ReadRequest,
    { result, credential, learned }: Awaited<ReturnType<typeof ask>>,
  ): Promise<Recorded[]> => {
    const expected = devices.atAddress(request.address, request.port);
    const recorded: Recorded[] = [];
    const units = new Set(result.readings.map(({ unit }) => unit.hrDeviceIndex));
    for (const [at, reading] of result.readings.entries()) {
      if (isAbsent(reading)) continue;
      const unused = unusedIn(reading, result.interpretations[at]?.draft);
      const done = await place(reading, units, { reading, credential, objects: objectsOf(result), learned, unused });
      if (done) recorded.push(done);
    }
    const signed = snmp.signedClock?.(request.address, request.port) ?? null;
    if (signed !== null) for (const { device } of recorded) engineClocks.save(device.id, signed);
    const [first] = result.readings;
    if (result.readings.some(({ completeness }) => completeness.state !== 'unreachable')) {
      request.round?.answered(request.address);
      reach.seen(request.address);
    }
    for (const { id } of expected) {
      const device = devices.find(id);
      const isGone = device?.displacedBy === null && placeKey(device) === placeKey(request);
      if (!device?.monitored || !isGone || recorded.some((done) => done.device.id === id)) continue;
      // A machine that answers beside it says nothing of this one: it is silent, for the reason that the first gives.
      const silence = absence(first, request.parts);
      if (request.round) request.round.silent(device, silence);
      else if (!reach.isUnreached(device.address)) recorded.push(recorder.recordSilence(device, silence));
    }
    return recorded;
  };

  /** Finds out which device a reading is of, and stores it there; null where one machine answers at a second address. */
  const place = async (
    reading: Reading,
    units: ReadonlySet<number>,
    told: Parameters<Recorder['record']>[0],
  ): Promise<Recorded | null> => {
    const sighting = {
      address: reading.address,
      port: reading.port,
      unit: reading.unit.hrDeviceIndex,
      identity: reading.identity ?? UNKNOWN_IDENTITY,
    };
    const first = recognise(sighting, devices);
    if (first.kind === 'elsewhere' && placeKey(first.device) === placeKey(sighting)) {
      // Behind one address: a machine whose index changed, or another one that bears the same serial number.
      return recorder.record(told, units.has(first.device.unit) ? null : first.device);
    }
    const old = first.kind === 'elsewhere' && first.device.displacedBy === null ? await lookBack(first.device) : null;
    if (ending.signal.aborted) return null;
    // Looking took time: another read may have stored something since.
    const now = recognise(sighting, devices);
    if (now.kind === 'new') return recorder.record(told, null);
    if (now.kind === 'known' || old === null || placeKey(now.device) !== placeKey(old)) {
      return recorder.record(told, now.device);
    }
    if (!isOneMachine(reading, old)) return recorder.record(told, null, now.device);
    if (recorder.recordSecondAddress(now.device, sighting)) feed.publish({ kind: 'state' });
    return null;
  };

  /** Whether a device that was seen elsewhere is still where it was; null where it is not. */
  const lookBack = async (device: DeviceRecord): Promise<Reading | null> => {
    const range = rangeOf(ranges(), device.address);
    if (!range) return null;
    const credentials = credentialsFor(range, device.credential).map(({ credential }) => credential);
    const { address, port } = device;
    const { readings } = await queue.run(placeKey(device), () =>
      readDevice(
        { snmp, clock, turns },
        {
          address,
          port,
          credentials,
          before: 'none',
          parts: ['identity', 'counters'],
          notRead: groupsNotRead(settings.document.whatToRead),
        },
        { patience: LOOK_BACK, signal: ending.signal },
      ),
    );
    return readings.find((reading) => reading.identity && isSameMachine(reading.identity, device.identity)) ?? null;
  };

  const setBusy = (request: ReadRequest, by: 1 | -1) => {
    const key = placeKey(request);
    busy.set(key, (busy.get(key) ?? 0) + by);
    if (busy.get(key) === 0) busy.delete(key);
    for (const { id } of devices.atAddress(request.address, request.port)) feed.publish({ kind: 'device', id });
  };

  const read = async (request: ReadRequest, range: ActiveRange): Promise<readonly Recorded[]> => {
    const isEnded = () => ending.signal.aborted || request.signal?.aborted === true;
    setBusy(request, 1);
    let recorded: readonly Recorded[] = [];
    try {
      const asked = await queue.run(placeKey(request), async () => (isEnded() ? null : ask(request, range)));
      if (asked) await turns();
      // What an end in the middle left out is not silence.
      if (asked && !isEnded()) recorded = await store(request, asked);
    } finally {
      setBusy(request, -1);
      for (const id of new Set(recorded.flatMap(({ changed }) => changed))) feed.publish({ kind: 'device', id });
    }
    return recorded;
  };

  return {
    isReading: (device) => device.displacedBy === null && busy.has(placeKey(device)),
    async read(request) {
      const range = rangeOf(ranges(), request.address);
      if (!range || ending.signal.aborted) return [];
      const reading = read(request, range);
      open.add(reading);
      try {
        return await reading;
      } finally {
        open.delete(reading);
      }
    },
    async stop() {
      ending.abort(new Error('the box stops'));
      await Promise.allSettled(open);
    },
  };
}

/** Undefined = nothing new. A plan for some parts only would hide the others, so it counts as none. */
function learnedFrom({ plan }: ReadResult, before: LearnedPlan | null): string | null | undefined {
  if (plan === null || plan === before) return undefined;
  const isWhole = PARTS.every((part) => plan.parts[part] !== undefined || !isPartRead(part, plan.notRead ?? []));
  return isWhole ? JSON.stringify(plan) : null;
}

function isAbsent({ completeness }: Reading): boolean {
  return ['unreachable', 'refused', 'notPrinter'].includes(completeness.state);
}

/** Why nothing came from a device that was expected. */
function absence(reading: Reading, parts: readonly Part[]): Reading['completeness'] {
  if (isAbsent(reading)) return reading.completeness;
  return { state: 'unreachable', missing: [...parts], reasons: Object.fromEntries(parts.map((p) => [p, 'noAnswer'])) };
}

function objectsOf({ plan, readings }: ReadResult): readonly string[] {
  const provenance = readings.flatMap((reading) => Object.values(reading.provenance ?? {}).flatMap(({ oids }) => oids));
  const learned = Object.values(plan?.parts ?? {}).flatMap(({ get, walk, absent }) => [...get, ...walk, ...absent]);
  return [...new Set([...provenance, ...learned])];
}
