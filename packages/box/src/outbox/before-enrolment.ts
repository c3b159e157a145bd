/**
 * The outbox of a box that nobody takes anything from yet: bounded, so that one left alone for years does not fill its
 * disk. Nothing is lost once enrolled (docs/decisions/0010).
 */
import { type Clock, hours, instant, isoInstant, type Millis } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import type { Facts } from '../store/facts.ts';

export interface UnenrolledLimits {
  readonly age: Millis;
  readonly bytes: number;
}

/** More than a year for an audit, and small beside the smallest card that a box runs from. */
export const UNENROLLED_LIMITS: UnenrolledLimits = { age: hours(24 * 400), bytes: 200_000_000 };

export interface BeforeEnrolment {
  /** Takes readings away that are too old or too many, the oldest first; answers how many. */
  bound(): number;
  /** At the first enrolment: numbers the waiting items anew where some are gone, for `seq` has no holes and none has left. */
  close(newEpoch: () => string): void;
  dropped(): number;
}

export function createBeforeEnrolment(deps: {
  readonly db: Database;
  readonly facts: Facts;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits?: UnenrolledLimits;
}): BeforeEnrolment {
  const { db, facts, clock, limits = UNENROLLED_LIMITS } = deps;
  const dropped = () => Number(facts.find('droppedBeforeEnrolment') ?? 0);
  /** What people wrote, what a machine is and what happened to it stay: they are few, and later readings lean on them. */
  const OLDEST = "FROM outbox_item WHERE kind IN ('reading', 'scan', 'boxState') AND state = 'waiting' ORDER BY place";

  return {
    dropped,
    bound: () =>
      db.transaction(() => {
        const before = isoInstant(instant(clock.now() - limits.age));
        const total = Number(
          db.one("SELECT COALESCE(SUM(bytes), 0) AS bytes FROM outbox_item WHERE state = 'waiting'")?.bytes,
        );
        let excess = total - limits.bytes;
        let upTo = 0;
        for (const row of db.all(`SELECT place, at, bytes ${OLDEST}`)) {
          if (excess <= 0 && String(row.at) >= before) break;
          excess -= Number(row.bytes);
          upTo = Number(row.place);
        }
        if (upTo === 0) return 0;
        const { changes } = db.run(
          "DELETE FROM outbox_item WHERE kind IN ('reading', 'scan', 'boxState') AND state = 'waiting' AND place <= ?",
          upTo,
        );
        facts.save('droppedBeforeEnrolment', String(dropped() + changes));
        return changes;
      }),

    close: (newEpoch) =>
      db.transaction(() => {
        // Enrolled once, an item may have arrived whose receipt was lost: its name is taken for ever.
        const mayHaveLeft = facts.find('enrolment') !== null;
        if (dropped() === 0 || mayHaveLeft) return;
        const epoch = newEpoch();
        const places = db.all('SELECT place, epoch, seq FROM outbox_item ORDER BY place');
        db.script(
          'CREATE TEMP TABLE renamed (old_epoch TEXT, old_seq INTEGER, seq INTEGER, PRIMARY KEY (old_epoch, old_seq))',
        );
        for (const [index, { place, epoch: oldEpoch, seq }] of places.entries()) {
          db.run('INSERT INTO renamed (old_epoch, old_seq, seq) VALUES (?, ?, ?)', oldEpoch ?? '', seq ?? 0, index + 1);
          db.run('UPDATE outbox_item SET epoch = ?, seq = ? WHERE place = ?', epoch, index + 1, place ?? 0);
        }
        for (const table of ['scan_item', 'reading']) {
          db.run(
            `UPDATE OR IGNORE ${table} SET epoch = ?, seq = (SELECT seq FROM renamed WHERE old_epoch = ${table}.epoch AND ` +
              `old_seq = ${table}.seq) WHERE EXISTS (SELECT 1 FROM renamed WHERE old_epoch = ${table}.epoch AND old_seq = ${table}.seq)`,
            epoch,
          );
        }
        db.script('DROP TABLE renamed');
        db.run('UPDATE outbox_epoch SET next_seq = ? WHERE only = 1', places.length + 1);
      }),
  };
}
