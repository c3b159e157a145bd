/** Who changed what and when, for the page "Change log". */
import type { Clock, Instant } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import { instantAt, numberAt, textAt } from '../store/row.ts';
import type { Change } from './difference.ts';

export interface ChangeEntry extends Change {
  readonly place: number;
  readonly at: Instant;
  /** The signed-in reader's address, or `file`, `setup`. */
  readonly who: string;
}

export interface ChangeLog {
  append(who: string, changes: readonly Change[]): void;
  /** Newest first. */
  latest(limit: number): readonly ChangeEntry[];
}

/** Enough for years; the log must not fill the disk. */
const MOST_ENTRIES = 20_000;

export function createChangeLog(db: Database, clock: Clock): ChangeLog {
  return {
    append(who, changes) {
      db.transaction(() => {
        for (const change of changes) {
          db.run(
            'INSERT INTO change (at, who, path, old, new) VALUES (?, ?, ?, ?, ?)',
            Math.round(clock.now()),
            who,
            change.path,
            change.old,
            change.new,
          );
        }
        db.run('DELETE FROM change WHERE place <= (SELECT MAX(place) FROM change) - ?', MOST_ENTRIES);
      });
    },
    latest: (limit) =>
      db.all('SELECT place, at, who, path, old, new FROM change ORDER BY place DESC LIMIT ?', limit).map((row) => ({
        place: numberAt(row, 'place'),
        at: instantAt(row, 'at'),
        who: textAt(row, 'who'),
        path: textAt(row, 'path'),
        old: textAt(row, 'old'),
        new: textAt(row, 'new'),
      })),
  };
}
