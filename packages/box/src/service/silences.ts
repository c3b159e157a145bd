/** When devices were silent, for the habit of switching off at night. */
import { type Clock, type Instant, instant } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import { instantAt, instantOrNullAt } from '../store/row.ts';

export interface Silences {
  begin(device: string): void;
  end(device: string): void;
  /** Of the last days. */
  recent(device: string): readonly { readonly began: Instant; readonly ended: Instant | null }[];
}

/** A day more than the habit looks back. */
const KEPT = 8 * 86_400_000;

export function createSilences(db: Database, clock: Clock): Silences {
  const since = () => instant(Math.round(clock.now() - KEPT));
  const isOpen = (device: string) =>
    db.one('SELECT place FROM silence WHERE device = ? AND ended IS NULL', device) !== undefined;
  return {
    begin(device) {
      if (isOpen(device)) return;
      db.run('DELETE FROM silence WHERE device = ? AND ended < ?', device, since());
      db.run('INSERT INTO silence (device, began) VALUES (?, ?)', device, Math.round(clock.now()));
    },
    end: (device) => {
      db.run('UPDATE silence SET ended = ? WHERE device = ? AND ended IS NULL', Math.round(clock.now()), device);
    },
    recent: (device) =>
      db
        .all('SELECT began, ended FROM silence WHERE device = ? AND (ended IS NULL OR ended >= ?)', device, since())
        .map((row) => ({ began: instantAt(row, 'began'), ended: instantOrNullAt(row, 'ended') })),
  };
}
