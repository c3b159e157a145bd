/** Readings into devices, latest values and series. Late ones fill their gap; only newer ones change what is latest. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Counters, Identity, Reading, SentReading } from '@rsb/contract';
import type { Random } from '@rsb/runtime';
import { observer } from '../processing/observation.ts';
import type { DevicePart, DeviceRow } from '../store/customer-devices.ts';
import type { JobDemand } from '../store/customer-jobs.ts';
import type { ObservationRow } from '../store/customer-series.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import { mergeDemand, workDemand } from '../work/demands.ts';
import { type DeviceBook, openDeviceBook } from './device-book.ts';
import { type DeviceNames, namesOf } from './device-names.ts';
import { isNewer, placeInTime, type Standing } from './moment.ts';
import { observedRow } from './observed.ts';

/** Then others are answered in between. */
const FILED_AT_ONCE = 100;

export interface ReadingItem {
  readonly agent: string;
  readonly epochNo: number;
  readonly seq: number;
  readonly receivedAt: number;
  readonly sent: SentReading;
}

export interface ArchiveNeeds {
  readonly store: CustomerStore;
  readonly random: Random;
  readonly agentOf: (epochNo: number) => string | undefined;
}

export interface ArchivedReadings {
  /** Whose each reading is and when it was taken, in the order given. */
  readonly placed: readonly { readonly device: DeviceId; readonly at: number }[];
  /** The work that they make. */
  readonly demands: readonly JobDemand[];
}

/** Archives readings in the order given. */
export async function archiveReadings(
  { store, random, agentOf }: ArchiveNeeds,
  items: readonly ReadingItem[],
): Promise<ArchivedReadings> {
  const named = items.map((item) => ({ item, names: namesOf(item.agent, item.sent) }));
  const book = await openDeviceBook(
    store,
    random,
    named.map(({ names }) => names),
  );
  const observe = observer();
  const observations: ObservationRow[] = [];
  const placed: { device: DeviceId; at: number }[] = [];
  const demands = new Map<DeviceId, JobDemand>();
  for (const [index, { item, names }] of named.entries()) {
    if (index % FILED_AT_ONCE === FILED_AT_ONCE - 1) await othersFirst();
    const { epochNo, seq, receivedAt, sent } = item;
    const standing = { epochNo, seq, at: placeInTime(sent.reading.takenAt, receivedAt) };
    const device = saveDevice(book, item, names, standing, agentOf);
    saveParts(book, device, sent.reading, standing, agentOf);
    const observation = observedRow(observe, device, sent.reading, standing, receivedAt);
    if (observation) {
      observations.push(observation);
      const since = Math.min(standing.at, demands.get(device)?.since ?? standing.at);
      demands.set(device, workDemand(device, since, receivedAt));
    }
    placed.push({ device, at: standing.at });
  }
  await book.flush();
  await store.series.addObservations(observations);
  return {
    placed,
    demands: [
      ...demands.values(),
      ...book.merges().map(({ from, to }) => mergeDemand(from, to, named[0]?.item.receivedAt ?? 0)),
    ],
  };
}

function saveDevice(
  book: DeviceBook,
  item: ReadingItem,
  names: DeviceNames,
  standing: Standing,
  agentOf: (epochNo: number) => string | undefined,
): DeviceId {
  const { reading } = item.sent;
  const seen = {
    agent: item.agent,
    local_id: storable(item.sent.device),
    // Withheld by the customer: the device is known by its serial number, MAC or the box's own name.
    address: storable(reading.address ?? ''),
    completeness: JSON.stringify(reading.completeness),
    epoch_no: standing.epochNo,
    seq: standing.seq,
    at: standing.at,
  };
  const known = book.find(names);
  const row: DeviceRow = known
    ? {
        ...known,
        ...(isNewer(standing, { epochNo: known.epoch_no, seq: known.seq, at: known.at }, agentOf)
          ? { ...seen, kind: reading.kind ?? known.kind, mac: names.macAddress ?? known.mac }
          : {}),
        manufacturer_key: known.manufacturer_key ?? names.manufacturerKey,
        serial_key: known.serial_key ?? names.serialKey,
        readings: known.readings + 1,
        last_heard: Math.max(known.last_heard, item.receivedAt),
      }
    : book.add((id) => ({
        id,
        ...seen,
        kind: reading.kind,
        manufacturer_key: names.manufacturerKey,
        serial_key: names.serialKey,
        mac: names.macAddress,
        readings: 1,
        first_heard: item.receivedAt,
        last_heard: item.receivedAt,
      }));
  book.save(row);
  book.name(names, row.id);
  return row.id;
}

function saveParts(
  book: DeviceBook,
  device: DeviceId,
  reading: SentReading['reading'],
  standing: Standing,
  agentOf: (epochNo: number) => string | undefined,
): void {
  for (const [part, value] of toldParts(reading)) {
    const known = book.part(device, part);
    const newer = !known || isNewer(standing, { epochNo: known.epoch_no, seq: known.seq, at: known.at }, agentOf);
    // An identity is put together from what was ever told: a reading that misses the serial does not take it away.
    const merged =
      part === 'identity' && known
        ? newer
          ? mergeIdentity(JSON.parse(known.value), value as Identity)
          : mergeIdentity(value as Identity, JSON.parse(known.value))
        : value;
    if (newer) {
      book.savePart({
        device_id: device,
        part,
        taken_at: reading.takenAt,
        value: JSON.stringify(merged),
        epoch_no: standing.epochNo,
        seq: standing.seq,
        at: standing.at,
      });
    } else if (part === 'identity') {
      book.savePart({ ...known, value: JSON.stringify(merged) });
    }
  }
}

/** The parts that a reading tells. What was asked in vain leaves the last value where it is, with its age. */
function toldParts(reading: SentReading['reading']): [DevicePart, NonNullable<Reading[DevicePart]>][] {
  const { state, missing } = reading.completeness;
  if (state !== 'complete' && state !== 'partial') return [];
  const told: [DevicePart, NonNullable<Reading[DevicePart]>][] = [];
  for (const part of ['identity', 'counters', 'supplies', 'status', 'alerts'] as const) {
    const value = reading[part];
    if (value === undefined || missing.includes(part)) continue;
    if (part === 'counters' && reading.counters && tellsNothing(reading.counters)) continue;
    told.push([part, value]);
  }
  return told;
}

function mergeIdentity(older: Identity, newer: Identity): Identity {
  const merged = { ...older, ...newer };
  for (const field of Object.keys(older) as (keyof Identity)[]) merged[field] = newer[field] ?? older[field];
  return merged;
}

const tellsNothing = ({ lifeUnit: _unit, billing: _billing, other, ...told }: Counters): boolean =>
  other.length === 0 &&
  Object.values(told).every((value) =>
    typeof value === 'object' && value !== null ? Object.values(value).every((each) => each === null) : value === null,
  );
