/** The shape of the box's store, step by step. Append only: a step that has left the house is never changed. */

import { disclosureSchema } from '../disclosure/schema.ts';
import { outboxSchema } from '../outbox/schema.ts';
import { peopleSchema } from '../people/accounts.ts';
import { proposalsSchema } from '../proposals/schema.ts';
import type { Database } from './database.ts';
import { engineClocksSchema } from './engine-clocks.ts';
import { pingOnlySchema } from './ping-only.ts';
import { rangeFindingSchema } from './range-findings.ts';
import { unusedValuesSchema } from './unused-values.ts';

const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  port INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  displaced_by TEXT,
  replaced_told INTEGER NOT NULL DEFAULT 0,
  credential TEXT,
  kind TEXT,
  serial_number TEXT,
  mac_address TEXT,
  identity TEXT NOT NULL,
  driver TEXT,
  completeness TEXT,
  learned TEXT,
  monitored INTEGER NOT NULL,
  service_id TEXT,
  group_name TEXT,
  location_note TEXT,
  note TEXT,
  presence TEXT NOT NULL,
  presence_since INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  last_read INTEGER
) STRICT;
CREATE INDEX device_serial ON device (serial_number) WHERE serial_number IS NOT NULL;
CREATE INDEX device_mac ON device (mac_address) WHERE mac_address IS NOT NULL;
CREATE INDEX device_address ON device (address, port);

CREATE TABLE device_part (
  device TEXT NOT NULL REFERENCES device (id),
  part TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (device, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE last_reading (
  device TEXT NOT NULL REFERENCES device (id),
  asked TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (device, asked)
) STRICT;

CREATE TABLE reading (
  place INTEGER PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device (id),
  stored_at INTEGER NOT NULL,
  taken_at TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX reading_device ON reading (device, place);

CREATE TABLE device_plan (
  device TEXT PRIMARY KEY REFERENCES device (id),
  digest TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE note_revision (
  device TEXT NOT NULL REFERENCES device (id),
  field TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (device, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE clash (
  device TEXT NOT NULL REFERENCES device (id),
  address TEXT NOT NULL,
  port INTEGER NOT NULL,
  PRIMARY KEY (device, address, port)
) STRICT, WITHOUT ROWID;

CREATE TABLE silence (
  place INTEGER PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device (id),
  began INTEGER NOT NULL,
  ended INTEGER
) STRICT;
CREATE INDEX silence_device ON silence (device, began);

CREATE TABLE settings (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

CREATE TABLE change (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  path TEXT NOT NULL,
  old TEXT NOT NULL,
  new TEXT NOT NULL
) STRICT;

CREATE TABLE session (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  touched_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_run (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE scan_item (
  scan INTEGER NOT NULL REFERENCES scan_run (place),
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (scan, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_day (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE load (
  hour INTEGER NOT NULL,
  range TEXT NOT NULL,
  packets INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (hour, range)
) STRICT, WITHOUT ROWID;
`,
  outboxSchema,
  // What a machine's page shows of the past. Revisions of notes outlive their device: one that is removed and found again
  // goes on counting, else central would take its next note for an old one.
  `
CREATE TABLE counter_point (
  device TEXT NOT NULL REFERENCES device (id),
  at INTEGER NOT NULL,
  life ANY,
  total ANY,
  mono ANY,
  color ANY,
  PRIMARY KEY (device, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE history_upkeep (
  device TEXT PRIMARY KEY REFERENCES device (id),
  added INTEGER NOT NULL,
  thinned_to INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE level_run (
  device TEXT NOT NULL REFERENCES device (id),
  supply TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  percent INTEGER,
  state TEXT NOT NULL,
  PRIMARY KEY (device, supply, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_spell (
  place INTEGER PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device (id),
  alert TEXT NOT NULL,
  began INTEGER NOT NULL,
  ended INTEGER
) STRICT;
CREATE INDEX alert_spell_device ON alert_spell (device, place);

CREATE TABLE machine_event (
  place INTEGER PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device (id),
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX machine_event_device ON machine_event (device, place);

CREATE TABLE note_revision_kept (
  device TEXT NOT NULL,
  field TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (device, field)
) STRICT, WITHOUT ROWID;
INSERT INTO note_revision_kept (device, field, revision) SELECT device, field, revision FROM note_revision;
DROP TABLE note_revision;
ALTER TABLE note_revision_kept RENAME TO note_revision;
`,
  `
CREATE TABLE load_day (
  day TEXT NOT NULL,
  range TEXT NOT NULL,
  sent_packets INTEGER NOT NULL,
  sent_bytes INTEGER NOT NULL,
  received_packets INTEGER NOT NULL,
  received_bytes INTEGER NOT NULL,
  echo_packets INTEGER NOT NULL,
  peak_per_second INTEGER NOT NULL,
  PRIMARY KEY (day, range)
) STRICT, WITHOUT ROWID;
`,
  // What left the building, as it was sent, and which objects were asked.
  disclosureSchema,
  pingOnlySchema,
  peopleSchema,
  proposalsSchema,
  rangeFindingSchema,
  unusedValuesSchema,
  engineClocksSchema,
  // Serial numbers are looked up in whatever case they are written.
  `
DROP INDEX device_serial;
CREATE INDEX device_serial ON device (serial_number COLLATE NOCASE) WHERE serial_number IS NOT NULL;
`,
];

/** Brings the store to today's shape, each step in a transaction of its own. Answers how many steps it took. */
export function migrate(db: Database): number {
  const version = Number(db.one('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new Error(`the store was written by a newer version (${version}, this one knows ${MIGRATIONS.length})`);
  }
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.script(step);
      db.script(`PRAGMA user_version = ${index + 1}`);
    });
  }
  return MIGRATIONS.length - version;
}
