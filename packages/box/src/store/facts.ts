/** Single values that the box must remember, by name. */
import type { Database } from './database.ts';
import { textAt } from './row.ts';

export type FactName =
  /** Which file this store is: another one means that it was restored from a copy. */
  | 'storeFile'
  /** Of the time when a box had one password; taken over by the first account. */
  | 'passwordHash'
  | 'tlsCertificate'
  | 'customerCertificate'
  | 'setupCodeHash'
  /** Grows with every change that the list of devices shows. */
  | 'devicesRevision'
  /** Minute within the interval at which polls are due, drawn once, so that not all boxes report at the same minute. */
  | 'pollMinute'
  /** The moment, by the wall clock, from which a missed scan is made up for. */
  | 'scanWantedSince'
  | 'lastCounterSlot'
  | 'lastStateSlot'
  | 'lastBoxStateSlot'
  /** Agent number, central's key and the dealer's name, as JSON. */
  | 'enrolment'
  /** Machines that should be here by central's word, with the digest of the list, as JSON. */
  | 'expectedMachines'
  /** How many items of the time before enrolment went to keep the disk free. */
  | 'droppedBeforeEnrolment';

export interface Facts {
  find(name: FactName): string | null;
  save(name: FactName, value: string | null): void;
}

export function createFacts(db: Database): Facts {
  return {
    find(name) {
      const row = db.one('SELECT value FROM fact WHERE name = ?', name);
      return row ? textAt(row, 'value') : null;
    },
    save(name, value) {
      if (value === null) db.run('DELETE FROM fact WHERE name = ?', name);
      else db.run('INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)', name, value);
    },
  };
}
