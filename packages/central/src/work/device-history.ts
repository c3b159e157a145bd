/** A device's readings for processing, from the last cut that leaves what changed behind it. */
import type { HandedDown } from '@rsb/contract';
import { believable, observationReader } from '../archive/observed.ts';
import { readingsFrom } from '../archive/raw-archive.ts';
import { settingsAt } from '../places/handed-down.ts';
import {
  ANSWERS,
  type Answer,
  type Answers,
  type Checkpoint,
  DEFAULT_SETTINGS,
  decodeCheckpoint,
  type Observation,
  observer,
  type ProcessingSettings,
  validCheckpoint,
} from '../processing/index.ts';
import { localDays } from '../processing/local-days.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { QuestionRow } from '../store/customer-results.ts';
import type { CustomerStore } from '../store/database.ts';

/** Grows with a change of the rules that is to be heard in what is settled already. */
const RULES = 2;
/** Behind the reading that settled a cut, to find the next one. */
const ONE_MORE = 14 * 86_400_000;
/** The end of a history that is taken for quiet is read with all before it this long after. */
const QUIET_FOR = 86_400_000;

export interface DeviceStart {
  readonly from: Checkpoint | null;
  /** Those of the checkpoint's context, and all after it. */
  readonly observations: readonly Observation[];
  /** Zone, settings and rules: what was settled with others is read again. */
  readonly madeWith: string;
  /** Epoch and seq of an observation's item at central. */
  readonly epochName: (observation: Observation) => string;
}

export async function settingsOf(store: CustomerStore, device: DeviceRow): Promise<ProcessingSettings> {
  return processingSettings(await settingsAt(store, { device: device.id }));
}

export const processingSettings = ({
  zone,
  silentHours,
}: Pick<Required<HandedDown>, 'zone' | 'silentHours'>): ProcessingSettings => ({
  ...DEFAULT_SETTINGS,
  silentHours,
  zone: knownZone(zone),
});

/** The zone comes from the box, and may be one that this machine does not know. */
export function knownZone(zone: string | null): string {
  if (zone === null) return 'UTC';
  try {
    localDays(zone);
    return zone;
  } catch {
    return 'UTC';
  }
}

/**
 * `since`: the earliest moment that is to be judged anew. `upTo`: what lies after it is read only as far as it is needed to
 * judge what lies before.
 */
export async function readHistory(
  store: CustomerStore,
  device: DeviceRow,
  settings: ProcessingSettings,
  since: number,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<DeviceStart> {
  const madeWith = madeWithOf(settings);
  const usable = (await store.results.checkpoints(device.id)).filter((each) => each.madeWith === madeWith);
  const kept = validCheckpoint(usable, since);
  const settled = usable.find(({ at }) => at > upTo);
  const to = settled ? settled.until + ONE_MORE : Number.MAX_SAFE_INTEGER;
  return readFrom(store, device, madeWith, kept?.at ?? null, to);
}

/** What stands near a moment, with what was known before it: enough for a day about which nothing is doubtful. */
export async function readNear(
  store: CustomerStore,
  device: DeviceRow,
  settings: ProcessingSettings,
  from: number,
  to: number,
): Promise<{ readonly start: DeviceStart; readonly past: Checkpoint['past'] } | undefined> {
  const madeWith = madeWithOf(settings);
  const before = (await store.results.checkpoints(device.id)).findLast(
    (each) => each.madeWith === madeWith && each.at <= from,
  );
  const text = before && (await store.results.checkpoint(device.id, before.at));
  if (text === undefined) return undefined;
  return { start: await readBetween(store, device, madeWith, null, from, to), past: decodeCheckpoint(text).past };
}

/** Of a history whose end is quiet only that; undefined where it is not, or was read so for a day. */
export async function readQuietEnd(
  store: CustomerStore,
  device: DeviceRow,
  settings: ProcessingSettings,
  since: number,
): Promise<DeviceStart | undefined> {
  const madeWith = quietMark(madeWithOf(settings));
  const kept = (await store.results.checkpoints(device.id)).findLast((each) => each.madeWith === madeWith);
  if (!kept || since <= kept.until || since > kept.until + QUIET_FOR) return undefined;
  return readFrom(store, device, madeWith, kept.at, Number.MAX_SAFE_INTEGER);
}

const QUIET = 'quiet ';
export const quietMark = (madeWith: string): string => `${QUIET}${madeWith}`;
export const isQuietMark = (madeWith: string): boolean => madeWith.startsWith(QUIET);

const madeWithOf = ({ zone, silentHours, pagesPerMinute }: ProcessingSettings): string =>
  JSON.stringify([RULES, zone, silentHours, pagesPerMinute]);

async function readFrom(
  store: CustomerStore,
  device: DeviceRow,
  madeWith: string,
  at: number | null,
  to: number,
): Promise<DeviceStart> {
  const text = at === null ? undefined : await store.results.checkpoint(device.id, at);
  const from = text === undefined ? null : decodeCheckpoint(text);
  return readBetween(store, device, madeWith, from, from?.at ?? Number.MIN_SAFE_INTEGER, to);
}

async function readBetween(
  store: CustomerStore,
  device: DeviceRow,
  madeWith: string,
  from: Checkpoint | null,
  begin: number,
  to: number,
): Promise<DeviceStart> {
  const epochs = new Map((await store.items.epochs()).map((epoch) => [epoch.no, epoch]));
  const agentOf = (epochNo: number) => epochs.get(epochNo)?.agent ?? '';
  const fresh =
    begin < (await store.series.observedFrom(device.id))
      ? await observeArchive(store, device, begin, to, agentOf)
      : await readObservations(store, device, begin, to, agentOf);
  return {
    from,
    madeWith,
    observations: [...(from?.context ?? []), ...fresh].map((seen, place) => ({ ...seen, place })),
    epochName: ({ id }) => epochs.get(Number(id?.epoch))?.epoch ?? '',
  };
}

async function readObservations(
  store: CustomerStore,
  device: DeviceRow,
  from: number,
  to: number,
  agentOf: (epochNo: number) => string,
): Promise<readonly Observation[]> {
  const read = observationReader(agentOf);
  const rows = await store.series.observations(device.id, from, to);
  // As they were numbered: where the clock says nothing, that is their order.
  rows.sort((one, other) => one.epoch_no - other.epoch_no || one.seq - other.seq);
  return rows.map(read);
}

/** Readings as they came, each judged as it was when it came. */
async function observeArchive(
  store: CustomerStore,
  device: DeviceRow,
  from: number,
  to: number,
  agentOf: (epochNo: number) => string,
): Promise<readonly Observation[]> {
  const observe = observer();
  const seen: Observation[] = [];
  for await (const { raw, at, receivedAt, epochNo, seq } of readingsFrom(store, device.id, from, to)) {
    const { body } = JSON.parse(raw.toString());
    const observed = observe(body.reading, seen.length);
    if (!observed.ok || observed.value === null) continue;
    const takenAt = believable(observed.value.takenAt, at, receivedAt);
    seen.push({ ...observed.value, takenAt, id: { box: agentOf(epochNo), epoch: String(epochNo), seq } });
  }
  return seen;
}

export function answersOf(questions: readonly QuestionRow[]): Answers {
  const answers = new Map<string, Answer>();
  for (const { key, answer } of questions) {
    const given = ANSWERS.find((each) => each === answer);
    if (given) answers.set(key, given);
  }
  return answers;
}
