/** Stores what a read told, and what it means for central, in one transaction: all of it or nothing. */
import type { Completeness, DeviceEvent, Reading, SentReading } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import type { Clock, Instant } from '@rsb/runtime';
import type { ItemName, Outbox } from '../outbox/index.ts';
import type { Database } from '../store/database.ts';
import type { DeviceRecord, Devices, Place } from '../store/devices.ts';
import { type PartValues, type Readings, VALUE_PARTS } from '../store/readings.ts';
import { createUnusedValues, type UnusedValue } from '../store/unused-values.ts';
import { drawDeviceId } from './device-id.ts';
import { mergeIdentity, UNKNOWN_IDENTITY } from './identity-merge.ts';
import type { MachinePast } from './machine-past.ts';
import { mergePlan } from './plan-merge.ts';
import { afterAnswer, afterSilence, isSilentHabitually, type PresenceStep } from './presence.ts';
import type { Silences } from './silences.ts';
import { partToKeep } from './told-parts.ts';

export interface ReadResult {
  readonly reading: Reading;
  /** The exact objects that were asked. */
  readonly objects: readonly string[];
  /** What polls will ask; null = to be learned by the next read, undefined = as before. */
  readonly learned: string | null | undefined;
  /** What was told and is not in the reading. */
  readonly unused?: readonly UnusedValue[];
  /** Id of the credential that worked. */
  readonly credential: string | null;
}

export interface Recorded {
  readonly device: DeviceRecord;
  /** Null where the device is not monitored: then nothing of the reading is kept. */
  readonly item: ItemName | null;
  /** Devices whose rows changed, this one included. */
  readonly changed: readonly string[];
}

export interface Recorder {
  /** `device` null = a new one. `cloneOf`: another machine with the same serial number was found beside it. */
  record(result: ReadResult, device: DeviceRecord | null, cloneOf?: DeviceRecord): Recorded;
  /** A read that brought nothing: last values stay with their age. */
  recordSilence(device: DeviceRecord, completeness: Completeness): Recorded;
  /** One machine that answers at a second address: told once. Answers whether it was new. */
  recordSecondAddress(device: DeviceRecord, place: Place): boolean;
  /** After a whole scan: which displaced devices were found nowhere else. */
  tellReplaced(): readonly string[];
}

export function createRecorder(deps: {
  readonly db: Database;
  readonly devices: Devices;
  readonly readings: Readings;
  readonly silences: Silences;
  readonly past: MachinePast;
  readonly outbox: Outbox;
  readonly clock: Clock;
}): Recorder {
  const { db, devices, readings, silences, past, outbox, clock } = deps;
  const unusedValues = createUnusedValues(db);

  /** Told to central, and kept for the machine's own page. */
  const tell = (device: string, event: Exclude<DeviceEvent['event'], 'removed'>, detail: DeviceEvent['detail']) => {
    outbox.append('deviceEvent', { device, event, detail } satisfies DeviceEvent);
    past.happened(device, clock.now(), event, detail);
  };

  const newDevice = ({ reading, credential }: ReadResult, at: Instant): DeviceRecord => {
    const { address, port } = reading;
    const unit = reading.unit.hrDeviceIndex;
    const identity = reading.identity ?? UNKNOWN_IDENTITY;
    const id = drawDeviceId({ address, port, unit, identity }, (name) => devices.find(name) !== null);
    return {
      id,
      address,
      port,
      unit,
      displacedBy: null,
      replacedTold: false,
      credential,
      kind: reading.kind,
      identity,
      driver: reading.driver,
      completeness: null,
      learned: null,
      monitored: true,
      serviceId: null,
      group: null,
      locationNote: null,
      note: null,
      presence: 'answering',
      presenceSince: at,
      firstSeen: at,
      lastSeen: at,
      lastRead: null,
    };
  };

  /** Another machine answers at the address of an older one: that one keeps its values, and is not asked there. */
  const displaceHolder = (place: Place, by: string): string[] => {
    const holder = devices.at(place);
    if (!holder || holder.id === by) return [];
    devices.save({
      ...holder,
      displacedBy: by,
      replacedTold: false,
      presence: 'silent',
      presenceSince: holder.presence === 'silent' ? holder.presenceSince : clock.now(),
    });
    return [holder.id];
  };

  const tellPresence = (device: string, step: PresenceStep, detail: DeviceEvent['detail']) => {
    if (step.event !== null) tell(device, step.event, detail);
  };

  const storeReading = (device: DeviceRecord, result: ReadResult, at: Instant): ItemName => {
    const { reading } = result;
    const last = readings.lastParts(device.id);
    const kept: Partial<PartValues> = Object.fromEntries(
      VALUE_PARTS.flatMap((part) => {
        const value = partToKeep(reading, part, last);
        if (value === undefined) return [];
        readings.savePart(device.id, part, reading.takenAt, value);
        return [[part, value]];
      }),
    );
    past.take(device.id, { takenAt: reading.takenAt, kept, last });
    readings.saveLatest(device.id, reading, at);
    unusedValues.save(device.id, reading.asked, result.unused ?? []);
    const { provenance: _provenance, wire: _wire, ...sent } = reading;
    const item = outbox.append('reading', {
      device: device.id,
      plan: storePlan(device.id, result),
      reading: sent,
    } satisfies SentReading);
    readings.append(device.id, sent, at, item);
    return item;
  };

  /** Before the reading that names it. */
  const storePlan = (device: string, { reading, objects }: ReadResult): string | null => {
    const known = readings.plan(device);
    const plan = mergePlan(known?.body ?? null, device, reading, objects);
    if (!plan) return null;
    const digest = digestOf(plan);
    if (digest !== known?.digest) {
      readings.savePlan(device, digest, plan);
      outbox.append('plan', plan);
    }
    return digest;
  };

  return {
    record(result, known, cloneOf) {
      return db.transaction(() => {
        const { reading } = result;
        const at = clock.now();
        const place: Place = {
          address: reading.address,
          port: reading.port,
          unit: reading.unit.hrDeviceIndex,
        };
        const before = known ?? newDevice(result, at);
        const step = afterAnswer(before, reading.status ?? null, at);
        const device: DeviceRecord = {
          ...before,
          ...place,
          displacedBy: null,
          replacedTold: false,
          credential: result.credential ?? before.credential,
          kind: reading.kind ?? before.kind,
          identity: mergeIdentity(before.identity, reading),
          lastSeen: at,
          presence: step.presence,
          presenceSince: step.presenceSince,
          ...(before.monitored && {
            driver: reading.driver ?? before.driver,
            completeness: reading.completeness,
            learned: result.learned === undefined ? before.learned : result.learned,
            lastRead: at,
          }),
        };
        const displaced = displaceHolder(place, device.id);
        devices.save(device);
        silences.end(device.id);
        const changed = [device.id, ...displaced];
        if (!device.monitored) return { device, item: null, changed };
        if (!known) tell(device.id, 'new', aboutDevice(device));
        if (cloneOf && devices.rememberClash(cloneOf.id, place)) {
          tell(cloneOf.id, 'clash', { address: cloneOf.address, otherAddress: place.address, other: device.id });
        }
        if (known && (known.address !== place.address || known.port !== place.port)) {
          tell(device.id, 'moved', { from: known.address, to: place.address });
        }
        const firmware = { from: before.identity.firmware, to: device.identity.firmware };
        if (known && firmware.from !== null && firmware.to !== null && firmware.from !== firmware.to) {
          past.happened(device.id, at, 'firmware', firmware);
        }
        // One that lost its address to another was never said to be silent.
        if (before.displacedBy === null) tellPresence(device.id, step, { address: place.address });
        return { device, item: storeReading(device, result, at), changed };
      });
    },

    recordSilence(known, completeness) {
      return db.transaction(() => {
        const at = clock.now();
        const sleepsNow = isSilentHabitually(silences.recent(known.id), at);
        const step = afterSilence(known, { at, lastSeen: known.lastSeen, sleepsNow });
        const device = { ...known, presence: step.presence, presenceSince: step.presenceSince, completeness };
        devices.save(device);
        silences.begin(device.id);
        tellPresence(device.id, step, { address: device.address, reason: completeness.state });
        return { device, item: null, changed: [device.id] };
      });
    },

    recordSecondAddress(device, place) {
      return db.transaction(() => {
        if (!devices.rememberClash(device.id, place)) return false;
        tell(device.id, 'clash', { address: device.address, otherAddress: place.address, other: null });
        return true;
      });
    },

    tellReplaced() {
      return db.transaction(() => {
        const told: string[] = [];
        for (const device of devices.all()) {
          if (device.displacedBy === null || device.replacedTold) continue;
          devices.save({ ...device, replacedTold: true });
          if (!device.monitored) continue;
          tell(device.id, 'replaced', { address: device.address, by: device.displacedBy });
          told.push(device.id);
        }
        return told;
      });
    },
  };
}

function aboutDevice({ address, identity }: DeviceRecord): DeviceEvent['detail'] {
  const { manufacturer, model, serialNumber, macAddress } = identity;
  return { address, manufacturer, model, serialNumber, macAddress };
}
