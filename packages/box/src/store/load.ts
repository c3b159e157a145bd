/**
 * What the box put onto the network, measured where its packets pass: by range and hour for the running hours, by range
 * and local day for more than a year. Kept in memory between saves, so that a packet costs no write.
 */
import { type Clock, hours, minutes } from '@rsb/runtime';
import type { Passed } from '../discover/index.ts';
import type { Database } from './database.ts';
import { numberAt, textAt } from './row.ts';

export interface Traffic {
  readonly packets: number;
  readonly bytes: number;
}

/** IP packets and bytes. */
export interface DayLoad {
  /** In the zone of the site. */
  readonly day: string;
  readonly range: string;
  readonly sentPackets: number;
  readonly sentBytes: number;
  readonly receivedPackets: number;
  readonly receivedBytes: number;
  /** Of both directions, pings; the others are SNMP. */
  readonly echoPackets: number;
  /** Most packets sent in one second. */
  readonly peakPerSecond: number;
}

export interface LoadMeter {
  add(packet: Passed): void;
  /** Of the running hour, all ranges together or one. */
  thisHour(range?: string): Traffic;
  /** Of the running and the last hour, by range. */
  recent(): readonly ({ readonly range: string } & Traffic)[];
  /** The last `count` days up to today, oldest first. */
  days(count: number): readonly DayLoad[];
  /** Writes down what was measured since the last time, and forgets what is too old. */
  save(): void;
}

/** Hours serve the running display and the hourly word to central only. */
const HOURS_KEPT = 72;
export const MOST_LOAD_DAYS = 400;
/** Zones change their day at whole quarters of an hour. */
const QUARTER = minutes(15);

type Sums = { -readonly [K in Exclude<keyof DayLoad, 'day' | 'range'>]: number };

interface Open extends Sums {
  readonly hour: number;
  readonly day: string;
  readonly range: string;
}

export function createLoadMeter(db: Database, clock: Pick<Clock, 'now' | 'monotonic'>, zone: () => string): LoadMeter {
  const open = new Map<string, Open>();
  const seconds = new Map<string, { second: number; packets: number }>();
  let quarter = { start: Number.NaN, zone: '', day: '' };

  const hourNow = () => Math.floor(clock.now() / hours(1));
  const today = (): string => {
    const start = Math.floor(clock.now() / QUARTER) * QUARTER;
    if (quarter.start !== start || quarter.zone !== zone()) {
      const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone());
      quarter = { start, zone: zone(), day: local.toPlainDate().toString() };
    }
    return quarter.day;
  };
  const openFor = (range: string): Open => {
    const hour = hourNow();
    const day = today();
    const key = `${hour} ${day} ${range}`;
    const known = open.get(key);
    if (known) return known;
    const fresh: Open = {
      hour,
      day,
      range,
      sentPackets: 0,
      sentBytes: 0,
      receivedPackets: 0,
      receivedBytes: 0,
      echoPackets: 0,
      peakPerSecond: 0,
    };
    open.set(key, fresh);
    return fresh;
  };
  const inSecond = (range: string): number => {
    const second = Math.floor(clock.monotonic() / 1000);
    const counted = seconds.get(range);
    if (counted?.second === second) {
      counted.packets += 1;
      return counted.packets;
    }
    seconds.set(range, { second, packets: 1 });
    return 1;
  };
  const unsaved = (from: number, range?: string): Traffic => {
    let packets = 0;
    let bytes = 0;
    for (const each of open.values()) {
      if (each.hour < from || (range !== undefined && each.range !== range)) continue;
      packets += each.sentPackets + each.receivedPackets;
      bytes += each.sentBytes + each.receivedBytes;
    }
    return { packets, bytes };
  };
  const save = () => {
    if (open.size === 0) return;
    db.transaction(() => {
      for (const each of open.values()) saveOne(db, each);
      db.run('DELETE FROM load WHERE hour < ?', hourNow() - HOURS_KEPT);
      db.run('DELETE FROM load_day WHERE day <= ?', dayBefore(today(), MOST_LOAD_DAYS));
    });
    open.clear();
  };

  return {
    add({ range, direction, kind, bytes }) {
      if (range === null) return;
      const sums = openFor(range);
      if (kind === 'echo') sums.echoPackets += 1;
      if (direction === 'received') {
        sums.receivedPackets += 1;
        sums.receivedBytes += bytes;
        return;
      }
      sums.sentPackets += 1;
      sums.sentBytes += bytes;
      sums.peakPerSecond = Math.max(sums.peakPerSecond, inSecond(range));
    },
    thisHour(range) {
      const hour = hourNow();
      const row =
        range === undefined
          ? db.one('SELECT TOTAL(packets) AS packets, TOTAL(bytes) AS bytes FROM load WHERE hour = ?', hour)
          : db.one(
              'SELECT TOTAL(packets) AS packets, TOTAL(bytes) AS bytes FROM load WHERE hour = ? AND range = ?',
              hour,
              range,
            );
      const more = unsaved(hour, range);
      if (!row) return more;
      return { packets: numberAt(row, 'packets') + more.packets, bytes: numberAt(row, 'bytes') + more.bytes };
    },
    recent() {
      save();
      return db
        .all(
          'SELECT range, SUM(packets) AS packets, SUM(bytes) AS bytes FROM load WHERE hour >= ? GROUP BY range ORDER BY range',
          hourNow() - 1,
        )
        .map((row) => ({
          range: textAt(row, 'range'),
          packets: numberAt(row, 'packets'),
          bytes: numberAt(row, 'bytes'),
        }));
    },
    days(count) {
      save();
      return db
        .all('SELECT * FROM load_day WHERE day > ? ORDER BY day, range', dayBefore(today(), count))
        .map((row) => ({
          day: textAt(row, 'day'),
          range: textAt(row, 'range'),
          sentPackets: numberAt(row, 'sent_packets'),
          sentBytes: numberAt(row, 'sent_bytes'),
          receivedPackets: numberAt(row, 'received_packets'),
          receivedBytes: numberAt(row, 'received_bytes'),
          echoPackets: numberAt(row, 'echo_packets'),
          peakPerSecond: numberAt(row, 'peak_per_second'),
        }));
    },
    save,
  };
}

function saveOne(db: Database, each: Open): void {
  db.run(
    'INSERT INTO load (hour, range, packets, bytes) VALUES (?, ?, ?, ?) ' +
      'ON CONFLICT (hour, range) DO UPDATE SET packets = packets + excluded.packets, bytes = bytes + excluded.bytes',
    each.hour,
    each.range,
    each.sentPackets + each.receivedPackets,
    each.sentBytes + each.receivedBytes,
  );
  db.run(
    'INSERT INTO load_day (day, range, sent_packets, sent_bytes, received_packets, received_bytes, echo_packets, ' +
      'peak_per_second) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, range) DO UPDATE SET ' +
      'sent_packets = sent_packets + excluded.sent_packets, sent_bytes = sent_bytes + excluded.sent_bytes, ' +
      'received_packets = received_packets + excluded.received_packets, ' +
      'received_bytes = received_bytes + excluded.received_bytes, ' +
      'echo_packets = echo_packets + excluded.echo_packets, ' +
      'peak_per_second = MAX(peak_per_second, excluded.peak_per_second)',
    each.day,
    each.range,
    each.sentPackets,
    each.sentBytes,
    each.receivedPackets,
    each.receivedBytes,
    each.echoPackets,
    each.peakPerSecond,
  );
}

const dayBefore = (day: string, days: number): string => Temporal.PlainDate.from(day).subtract({ days }).toString();
