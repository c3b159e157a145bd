/** The scans that ran, and which readings each brought, so that the page can say how many arrived at central. */
import type { ScanSummary } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { ItemName } from '../outbox/index.ts';
import type { Database } from './database.ts';
import { instantAt, jsonAt, numberAt } from './row.ts';

export interface StoredScan {
  readonly finishedAt: Instant;
  readonly summary: ScanSummary;
  /** How many of its readings central has acknowledged; what was delivered so long ago that it is forgotten counts too. */
  readonly arrived: number;
}

export interface Scans {
  append(startedAt: Instant, finishedAt: Instant, summary: ScanSummary, items: readonly ItemName[]): void;
  last(): StoredScan | null;
}

const MOST_SCANS = 400;

export function createScans(db: Database): Scans {
  return {
    append(startedAt, finishedAt, summary, items) {
      db.transaction(() => {
        const { lastId } = db.run(
          'INSERT INTO scan_run (started_at, finished_at, complete, summary) VALUES (?, ?, ?, ?)',
          Math.round(startedAt),
          Math.round(finishedAt),
          Number(summary.complete),
          JSON.stringify(summary),
        );
        for (const { epoch, seq } of items) {
          db.run('INSERT OR IGNORE INTO scan_item (scan, epoch, seq) VALUES (?, ?, ?)', lastId, epoch, seq);
        }
        db.run('DELETE FROM scan_item WHERE scan < ?', lastId);
        db.run('DELETE FROM scan_run WHERE place <= ?', lastId - MOST_SCANS);
      });
    },
    last() {
      const row = db.one('SELECT place, finished_at, summary FROM scan_run ORDER BY place DESC LIMIT 1');
      if (!row) return null;
      return {
        finishedAt: instantAt(row, 'finished_at'),
        summary: jsonAt<ScanSummary>(row, 'summary'),
        arrived: numberAt(
          db.one(
            'SELECT COUNT(*) AS arrived FROM scan_item LEFT JOIN outbox_item USING (epoch, seq) ' +
              "WHERE scan = ? AND (state IS NULL OR state = 'delivered')",
            numberAt(row, 'place'),
          ) ?? { arrived: 0 },
          'arrived',
        ),
      };
    },
  };
}
