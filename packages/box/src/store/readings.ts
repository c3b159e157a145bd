/** What the devices told: the last value of each part with its age, the last readings whole, and their history. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Alert, Counters, Plan, Reading, Status, Supply } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { ItemName } from '../outbox/index.ts';
import type { Database } from './database.ts';
import { bytesAt, instantAt, jsonAt, numberAt, textAt } from './row.ts';

export interface PartValues {
  readonly counters: Counters;
  readonly supplies: readonly Supply[];
  readonly status: Status;
  readonly alerts: readonly Alert[];
}
export type ValuePart = keyof PartValues;
export const VALUE_PARTS: readonly ValuePart[] = ['counters', 'supplies', 'status', 'alerts'];

export type LastParts = {
  readonly [P in ValuePart]: { readonly takenAt: string; readonly value: PartValues[P] } | null;
};

export interface StoredReading {
  readonly storedAt: Instant;
  readonly item: ItemName;
  readonly reading: Reading;
}

export interface Readings {
  lastParts(device: string): LastParts;
  /** Of all devices at once, for the list. */
  allLastParts(): ReadonlyMap<string, LastParts>;
  /** The same in JSON, as it is stored: nothing is parsed to be written again. */
  allLastPartTexts(): ReadonlyMap<string, ReadonlyMap<string, string>>;
  savePart<P extends ValuePart>(device: string, part: P, takenAt: string, value: PartValues[P]): void;
  /** The last value of a part of all devices, and their last readings whole: what is read no more is not shown either. */
  forgetPart(part: ValuePart): void;
  forgetLatest(): void;
  /** One for each set of parts that was asked, newest first, with provenance. */
  latest(device: string): readonly Reading[];
  saveLatest(device: string, reading: Reading, at: Instant): void;
  append(device: string, reading: Reading, at: Instant, item: ItemName): void;
  /** Newest first. */
  history(device: string, limit: number): readonly StoredReading[];
  plan(device: string): { readonly digest: string; readonly body: Plan } | null;
  savePlan(device: string, digest: string, body: Plan): void;
}

/** Two months of hourly reads. By count and not by date: a clock that jumps to next year must not empty the history. */
const KEPT_READINGS = 1500;

const NO_PARTS: LastParts = { counters: null, supplies: null, status: null, alerts: null };

export function createReadings(db: Database): Readings {
  const withPart = (parts: LastParts, row: Parameters<typeof textAt>[0]): LastParts => ({
    ...parts,
    [textAt(row, 'part')]: { takenAt: textAt(row, 'taken_at'), value: jsonAt(row, 'value') },
  });
  return {
    lastParts: (device) =>
      db.all('SELECT part, taken_at, value FROM device_part WHERE device = ?', device).reduce(withPart, NO_PARTS),
    allLastParts() {
      const all = new Map<string, LastParts>();
      for (const row of db.all('SELECT device, part, taken_at, value FROM device_part')) {
        const device = textAt(row, 'device');
        all.set(device, withPart(all.get(device) ?? NO_PARTS, row));
      }
      return all;
    },
    allLastPartTexts() {
      const all = new Map<string, Map<string, string>>();
      for (const row of db.all('SELECT device, part, taken_at, value FROM device_part')) {
        const device = textAt(row, 'device');
        const parts = all.get(device) ?? new Map<string, string>();
        parts.set(textAt(row, 'part'), `{"takenAt":"${textAt(row, 'taken_at')}","value":${textAt(row, 'value')}}`);
        all.set(device, parts);
      }
      return all;
    },
    savePart(device, part, takenAt, value) {
      db.run(
        'INSERT OR REPLACE INTO device_part (device, part, taken_at, value) VALUES (?, ?, ?, ?)',
        device,
        part,
        takenAt,
        JSON.stringify(value),
      );
    },
    forgetPart: (part) => {
      db.run('DELETE FROM device_part WHERE part = ?', part);
    },
    forgetLatest: () => {
      db.run('DELETE FROM last_reading');
    },
    latest: (device) =>
      db
        .all('SELECT body FROM last_reading WHERE device = ? ORDER BY stored_at DESC', device)
        .map((row) => jsonAt<Reading>(row, 'body')),
    saveLatest(device, reading, at) {
      db.run(
        'INSERT OR REPLACE INTO last_reading (device, asked, stored_at, body) VALUES (?, ?, ?, ?)',
        device,
        reading.asked.join(' '),
        Math.round(at),
        JSON.stringify(reading),
      );
    },
    append(device, reading, at, { epoch, seq }) {
      db.run(
        'INSERT INTO reading (device, stored_at, taken_at, epoch, seq, body) VALUES (?, ?, ?, ?, ?, ?)',
        device,
        Math.round(at),
        reading.takenAt,
        epoch,
        seq,
        zstdCompressSync(JSON.stringify(reading)),
      );
      db.run(
        'DELETE FROM reading WHERE device = ? AND place <= ' +
          '(SELECT place FROM reading WHERE device = ? ORDER BY place DESC LIMIT 1 OFFSET ?)',
        device,
        device,
        KEPT_READINGS,
      );
    },
    history: (device, limit) =>
      db
        .all(
          'SELECT stored_at, epoch, seq, body FROM reading WHERE device = ? ORDER BY place DESC LIMIT ?',
          device,
          limit,
        )
        .map((row) => ({
          storedAt: instantAt(row, 'stored_at'),
          item: { epoch: textAt(row, 'epoch'), seq: numberAt(row, 'seq') },
          reading: JSON.parse(zstdDecompressSync(bytesAt(row, 'body')).toString('utf8')) as Reading,
        })),
    plan(device) {
      const row = db.one('SELECT digest, body FROM device_plan WHERE device = ?', device);
      return row ? { digest: textAt(row, 'digest'), body: jsonAt<Plan>(row, 'body') } : null;
    },
    savePlan(device, digest, body) {
      db.run(
        'INSERT OR REPLACE INTO device_plan (device, digest, body) VALUES (?, ?, ?)',
        device,
        digest,
        JSON.stringify(body),
      );
    },
  };
}
