/**
 * Counters and levels over time, for the charts of a machine's page. Counters are kept reading by reading for the newest
 * ones; of older days the last reading stays, for ever. Levels are kept as the times in which they did not change.
 */
import type { Counter, Counters, Supply, SupplyState } from '@rsb/contract';
import { type Instant, instant } from '@rsb/runtime';
import type { Database, SqlValue } from './database.ts';
import { instantAt, numberAt, textAt } from './row.ts';
import { supplyNames } from './supply-names.ts';
import { startOfDay, thinned } from './thinned.ts';

export interface CounterPoint {
  readonly at: Instant;
  readonly life: Counter | null;
  readonly total: Counter | null;
  readonly mono: Counter | null;
  readonly color: Counter | null;
}

/** A level that did not change from reading to reading. */
export interface LevelRun {
  /** `type/color`, as central names supplies. */
  readonly supply: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly percent: number | null;
  readonly state: SupplyState;
}

export interface History {
  addCounters(device: string, at: Instant, counters: Counters): void;
  addSupplies(device: string, at: Instant, supplies: readonly Supply[]): void;
  /** Oldest first. */
  counters(device: string, from: Instant, to: Instant): readonly CounterPoint[];
  /** Runs that reach into the time, by supply, oldest first. */
  levels(device: string, from: Instant, to: Instant): readonly LevelRun[];
}

/**
 * Two months of hourly reads. By count and not by date: a clock that jumps to next year must not thin out the present.
 */
const KEPT_WHOLE = 1500;
/** How many parts are added between two rounds of thinning out: a day of hourly reads. */
const KEEP_UP_EVERY = 48;
/** Without a reading for this long a level is not taken to have stayed. */
export const LONGEST_RUN_STEP = 26 * 3_600_000;
/** Levels change a few times a day at most; a flood of changes must not fill the disk. */
const MOST_RUNS = 20_000;

/** Ribbons and labels are counted in lengths: those are no pages. */
const PAGE_UNITS: readonly Counters['lifeUnit'][] = ['impressions', 'sheets'];

export function createHistory(db: Database, zone: () => string): History {
  const pointsBetween = (device: string, from: number, to: number): CounterPoint[] =>
    db
      .all(
        'SELECT at, life, total, mono, color FROM counter_point WHERE device = ? AND at BETWEEN ? AND ? ORDER BY at',
        device,
        from,
        to,
      )
      .map((row) => ({
        at: instantAt(row, 'at'),
        life: counterOf(row['life']),
        total: counterOf(row['total']),
        mono: counterOf(row['mono']),
        color: counterOf(row['color']),
      }));

  const thinOut = (device: string) => {
    const edge = db.one(
      'SELECT at FROM counter_point WHERE device = ? ORDER BY at DESC LIMIT 1 OFFSET ?',
      device,
      KEPT_WHOLE,
    );
    if (!edge) return;
    // Whole days only: what is left of a day when its turn comes is its last reading.
    const end = startOfDay(instantAt(edge, 'at'), zone()) - 1;
    const mark = db.one('SELECT thinned_to FROM history_upkeep WHERE device = ?', device);
    const old = pointsBetween(device, mark ? numberAt(mark, 'thinned_to') : 0, end);
    const last = old.at(-1);
    if (!last) return;
    const kept = new Set(thinned(old, zone()).map(({ at }) => at));
    for (const { at } of old) {
      if (!kept.has(at)) db.run('DELETE FROM counter_point WHERE device = ? AND at = ?', device, at);
    }
    // The last one begins the next round, so that a step back between the two is seen.
    db.run('UPDATE history_upkeep SET thinned_to = ? WHERE device = ?', last.at, device);
  };

  const boundRuns = (device: string) =>
    db.run(
      'DELETE FROM level_run WHERE device = ? AND until <= ' +
        '(SELECT until FROM level_run WHERE device = ? ORDER BY until DESC LIMIT 1 OFFSET ?)',
      device,
      device,
      MOST_RUNS,
    );

  /** Counted in the store: a box that is restarted every hour keeps up too. */
  const keepUp = (device: string) => {
    const row = db.one(
      'INSERT INTO history_upkeep (device, added, thinned_to) VALUES (?, 1, 0) ' +
        'ON CONFLICT (device) DO UPDATE SET added = added + 1 RETURNING added',
      device,
    );
    if (!row || numberAt(row, 'added') % KEEP_UP_EVERY !== 0) return;
    thinOut(device);
    boundRuns(device);
  };

  return {
    addCounters(device, at, { life, lifeUnit, total }) {
      const pages = PAGE_UNITS.includes(lifeUnit) ? life : null;
      if (pages === null && total.all === null && total.mono === null) return;
      db.run(
        'INSERT OR REPLACE INTO counter_point (device, at, life, total, mono, color) VALUES (?, ?, ?, ?, ?, ?)',
        device,
        Math.round(at),
        pages,
        total.all,
        total.mono,
        total.color,
      );
      keepUp(device);
    },
    addSupplies(device, at, supplies) {
      for (const [name, { percent, state }] of supplyNames(supplies)) {
        const moment = Math.round(at);
        const before = db.one(
          'SELECT since, until, percent, state FROM level_run WHERE device = ? AND supply = ? ORDER BY since DESC LIMIT 1',
          device,
          name,
        );
        const stays =
          before !== undefined &&
          before['percent'] === percent &&
          textAt(before, 'state') === state &&
          moment >= numberAt(before, 'until') &&
          moment - numberAt(before, 'until') <= LONGEST_RUN_STEP;
        if (stays) {
          db.run(
            'UPDATE level_run SET until = ? WHERE device = ? AND supply = ? AND since = ?',
            moment,
            device,
            name,
            numberAt(before, 'since'),
          );
          continue;
        }
        db.run(
          'INSERT OR REPLACE INTO level_run (device, supply, since, until, percent, state) VALUES (?, ?, ?, ?, ?, ?)',
          device,
          name,
          moment,
          moment,
          percent,
          state,
        );
      }
      keepUp(device);
    },
    counters: (device, from, to) => pointsBetween(device, Math.round(from), Math.round(to)),
    levels: (device, from, to) =>
      db
        .all(
          'SELECT supply, since, until, percent, state FROM level_run ' +
            'WHERE device = ? AND until >= ? AND since <= ? ORDER BY supply, since',
          device,
          Math.round(from),
          Math.round(to),
        )
        .map((row) => ({
          supply: textAt(row, 'supply'),
          since: instantAt(row, 'since'),
          until: instant(Math.min(numberAt(row, 'until'), Math.round(to))),
          percent: row['percent'] === null ? null : numberAt(row, 'percent'),
          state: textAt(row, 'state') as SupplyState,
        })),
  };
}

function counterOf(value: SqlValue | undefined): Counter | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  throw new TypeError('a counter of the history has a wrong type');
}
