/** What happened to each machine: alerts with their beginning and end, and events. Bounded, the newest stay. */
import { type Alert, MACHINE_EVENTS, type MachineEvent } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { Database } from './database.ts';
import { instantAt, instantOrNullAt, jsonAt, numberAt, textAt } from './row.ts';

export interface StoredSpell {
  readonly alert: Alert;
  readonly began: Instant;
  readonly ended: Instant | null;
}

export interface StoredEvent {
  readonly at: Instant;
  readonly event: MachineEvent['event'];
  readonly detail: MachineEvent['detail'];
}

export interface MachineLogStore {
  /** The alerts of one reading: new ones begin, those that are no longer among them end. */
  takeAlerts(device: string, at: Instant, alerts: readonly Alert[]): void;
  addEvent(device: string, at: Instant, event: StoredEvent['event'], detail: StoredEvent['detail']): void;
  /** Newest first; those that are on come first. */
  spells(device: string, limit: number): readonly StoredSpell[];
  /** Newest first. */
  events(device: string, limit: number): readonly StoredEvent[];
}

/** A machine whose paper tray is opened ten times a day keeps two months of it. */
const MOST_SPELLS = 600;
const MOST_EVENTS = 600;

export function createMachineLog(db: Database): MachineLogStore {
  const bound = (table: 'alert_spell' | 'machine_event', device: string, most: number) =>
    db.run(
      `DELETE FROM ${table} WHERE device = ? AND place <= ` +
        `(SELECT place FROM ${table} WHERE device = ? ORDER BY place DESC LIMIT 1 OFFSET ?)`,
      device,
      device,
      most,
    );
  return {
    takeAlerts(device, at, alerts) {
      const moment = Math.round(at);
      const shown = new Map(alerts.map((alert) => [JSON.stringify(canonical(alert)), alert]));
      for (const row of db.all('SELECT place, alert FROM alert_spell WHERE device = ? AND ended IS NULL', device)) {
        if (!shown.delete(textAt(row, 'alert'))) {
          db.run('UPDATE alert_spell SET ended = ? WHERE place = ?', moment, numberAt(row, 'place'));
        }
      }
      for (const text of shown.keys()) {
        db.run('INSERT INTO alert_spell (device, alert, began) VALUES (?, ?, ?)', device, text, moment);
      }
      if (shown.size > 0) bound('alert_spell', device, MOST_SPELLS);
    },
    addEvent(device, at, event, detail) {
      db.run(
        'INSERT INTO machine_event (device, at, event, detail) VALUES (?, ?, ?, ?)',
        device,
        Math.round(at),
        event,
        JSON.stringify(detail),
      );
      bound('machine_event', device, MOST_EVENTS);
    },
    spells: (device, limit) =>
      db
        .all(
          'SELECT alert, began, ended FROM alert_spell WHERE device = ? ORDER BY ended IS NOT NULL, began DESC, place DESC LIMIT ?',
          device,
          limit,
        )
        .map((row) => ({
          alert: jsonAt<Alert>(row, 'alert'),
          began: instantAt(row, 'began'),
          ended: instantOrNullAt(row, 'ended'),
        })),
    events: (device, limit) =>
      db
        .all('SELECT at, event, detail FROM machine_event WHERE device = ? ORDER BY place DESC LIMIT ?', device, limit)
        .flatMap((row) => {
          const event = MACHINE_EVENTS.find((each) => each === textAt(row, 'event'));
          return event
            ? [{ at: instantAt(row, 'at'), event, detail: jsonAt<StoredEvent['detail']>(row, 'detail') }]
            : [];
        }),
  };
}

/** The same alert in the same text: two readings that show it are one spell. */
const canonical = ({ severity, group, code, text, location }: Alert): Alert => ({
  severity,
  group,
  code,
  text,
  location: location && { group: location.group, index: location.index, name: location.name },
});
