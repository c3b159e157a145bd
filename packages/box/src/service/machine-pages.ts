/** What the page of one machine asks for besides its last values: its past, where its values come from, its removal. */
import {
  type DeviceEvent,
  type DeviceSeries,
  type Fault,
  fault,
  type MachineLog,
  type MachineOrigins,
} from '@rsb/contract';
import { type Clock, failure, type Instant, instant, isoInstant, type Outcome, success } from '@rsb/runtime';
import type { Outbox } from '../outbox/index.ts';
import { type ChangeLog, escaped } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { type History, type LevelRun, LONGEST_RUN_STEP } from '../store/history.ts';
import type { MachineLogStore } from '../store/machine-log.ts';
import type { Readings } from '../store/readings.ts';
import { instantOrNullAt, numberAt, textAt } from '../store/row.ts';
import { thinned } from '../store/thinned.ts';
import { createUnusedValues } from '../store/unused-values.ts';
import type { Feed } from './feed.ts';
import { namedObjects } from './named-objects.ts';

export interface MachinePages {
  /** Null where the machine is not known. */
  history(id: string, from: Instant): DeviceSeries | null;
  log(id: string): MachineLog | null;
  origins(id: string): MachineOrigins | null;
  /** Removes a machine with all that the box keeps of it. Found again, it comes back as a new one. */
  forget(id: string, who: string): Outcome<{ readonly revision: number }, Fault>;
}

export interface MachinePagesDeps {
  readonly db: Database;
  readonly devices: Devices;
  readonly readings: Readings;
  readonly pastPoints: History;
  readonly machineLog: MachineLogStore;
  readonly changeLog: ChangeLog;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly zone: () => string;
  readonly outbox: Outbox;
  readonly onStored: () => void;
}

const SPELLS_SHOWN = 200;
const EVENTS_SHOWN = 200;
/** Longer times are drawn by days and months: the last reading of a day tells as much. */
const BY_DAY_FROM = 100 * 86_400_000;
/** What one answer holds at most: a clock that is years wrong must not make it endless. */
const LONGEST_HISTORY = 3 * 366 * 86_400_000;

export function createMachinePages(deps: MachinePagesDeps): MachinePages {
  const { db, devices, readings, pastPoints, machineLog, changeLog, feed, clock, zone, outbox, onStored } = deps;
  const unusedValues = createUnusedValues(db);

  const sentState = (id: string): MachineOrigins['sent'] => {
    const row = db.one(
      'SELECT outbox_item.epoch, outbox_item.seq, state, settled_at FROM reading JOIN outbox_item ' +
        'ON outbox_item.epoch = reading.epoch AND outbox_item.seq = reading.seq ' +
        'WHERE reading.device = ? ORDER BY reading.place DESC LIMIT 1',
      id,
    );
    if (!row) return null;
    const settledAt = instantOrNullAt(row, 'settled_at');
    return {
      epoch: textAt(row, 'epoch'),
      seq: numberAt(row, 'seq'),
      state: textAt(row, 'state') as NonNullable<MachineOrigins['sent']>['state'],
      settledAt: settledAt === null ? null : isoInstant(settledAt),
    };
  };

  return {
    history(id, wanted) {
      if (!devices.find(id)) return null;
      const to = clock.now();
      const from = instant(Math.min(to, Math.max(wanted, to - LONGEST_HISTORY)));
      const points = pastPoints.counters(id, from, to);
      const shown = to - from > BY_DAY_FROM ? thinned(points, zone()) : points;
      return {
        from: isoInstant(from),
        to: isoInstant(to),
        zone: zone(),
        counters: shown.map(({ at, life, total, mono, color }) => ({
          takenAt: isoInstant(at),
          life,
          total,
          mono,
          color,
        })),
        supplies: levelSeries(pastPoints.levels(id, from, to)),
      };
    },
    log(id) {
      if (!devices.find(id)) return null;
      return {
        alerts: machineLog.spells(id, SPELLS_SHOWN).map(({ alert, began, ended }) => ({
          alert,
          began: isoInstant(began),
          ended: ended === null ? null : isoInstant(ended),
        })),
        events: machineLog
          .events(id, EVENTS_SHOWN)
          .map(({ at, event, detail }) => ({ at: isoInstant(at), event, detail })),
      };
    },
    origins(id) {
      const device = devices.find(id);
      if (!device) return null;
      const plan = readings.plan(id)?.body;
      const named = namedObjects(plan?.driver.name ?? null);
      return {
        driver: plan?.driver ?? device.driver,
        asked: plan?.objects.length ?? 0,
        origins: Object.entries(plan?.provenance ?? {}).map(([path, { oids, how, evidence, check }]) => ({
          path,
          objects: oids.map(named),
          how,
          evidence,
          check: check ?? null,
        })),
        unused: unusedValues.list(id).map(({ oids, ...value }) => ({ ...value, objects: oids.map(named) })),
        sent: sentState(id),
      };
    },
    forget(id, who) {
      const device = devices.find(id);
      if (!device) return failure(fault('notFound'));
      db.transaction(() => {
        // What was never told to central needs no word there either.
        if (device.monitored || device.lastRead !== null) {
          outbox.append('deviceEvent', removal(device) satisfies DeviceEvent);
        }
        const name = [device.identity.hostName ?? device.address, device.identity.serialNumber].filter(Boolean);
        changeLog.append(who, [{ path: `/devices/${escaped(id)}`, old: name.join(', '), new: '' }]);
        devices.remove(id);
      });
      feed.publish({ kind: 'device', id });
      onStored();
      return success({ revision: devices.revision() });
    },
  };
}

function removal({ id, address, identity }: DeviceRecord): DeviceEvent {
  const { serialNumber, macAddress } = identity;
  return { device: id, event: 'removed', detail: { address, serialNumber, macAddress } };
}

/** Each run as its first and last moment; a hole between two runs as a point without a level. */
function levelSeries(runs: readonly LevelRun[]): DeviceSeries['supplies'] {
  const series = new Map<string, DeviceSeries['supplies'][number]['points']>();
  const last = new Map<string, LevelRun>();
  for (const run of runs) {
    const points = series.get(run.supply) ?? [];
    series.set(run.supply, points);
    const before = last.get(run.supply);
    const { percent, state } = run;
    if (before && run.since - before.until > LONGEST_RUN_STEP) {
      points.push({ takenAt: isoInstant(instant(before.until + 1)), percent: null, state: 'unknown' });
    }
    points.push({ takenAt: isoInstant(run.since), percent, state });
    if (run.until > run.since) points.push({ takenAt: isoInstant(run.until), percent, state });
    last.set(run.supply, run);
  }
  return [...series].map(([supply, points]) => ({ supply, points }));
}
