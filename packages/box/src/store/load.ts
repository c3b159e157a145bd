/** What the box put onto the network, by range and hour: IP packets and bytes in both directions. */
import { type Clock, hours, type Instant } from '@rsb/runtime';
import type { Database } from './database.ts';
import { numberAt, textAt } from './row.ts';

export interface Traffic {
  readonly packets: number;
  readonly bytes: number;
}

export interface LoadMeter {
  add(range: string, traffic: Traffic): void;
  /** Of the running hour, all ranges together. */
  thisHour(): Traffic;
  /** Of the running and the last hour, by range. */
  recent(): readonly ({ readonly range: string } & Traffic)[];
  forgetBefore(at: Instant): void;
}

export function createLoadMeter(db: Database, clock: Pick<Clock, 'now'>): LoadMeter {
  const hour = () => Math.floor(clock.now() / hours(1));
  return {
    add(range, { packets, bytes }) {
      if (packets === 0 && bytes === 0) return;
      db.run(
        'INSERT INTO load (hour, range, packets, bytes) VALUES (?, ?, ?, ?) ' +
          'ON CONFLICT (hour, range) DO UPDATE SET packets = packets + excluded.packets, bytes = bytes + excluded.bytes',
        hour(),
        range,
        packets,
        bytes,
      );
    },
    thisHour() {
      const row = db.one('SELECT TOTAL(packets) AS packets, TOTAL(bytes) AS bytes FROM load WHERE hour = ?', hour());
      return row ? { packets: numberAt(row, 'packets'), bytes: numberAt(row, 'bytes') } : { packets: 0, bytes: 0 };
    },
    recent: () =>
      db
        .all(
          'SELECT range, SUM(packets) AS packets, SUM(bytes) AS bytes FROM load WHERE hour >= ? GROUP BY range ORDER BY range',
          hour() - 1,
        )
        .map((row) => ({
          range: textAt(row, 'range'),
          packets: numberAt(row, 'packets'),
          bytes: numberAt(row, 'bytes'),
        })),
    forgetBefore: (at) => {
      db.run('DELETE FROM load WHERE hour < ?', Math.floor(at / hours(1)));
    },
  };
}
