/** The outbox's tables. The box's migrations run this text; it may be run again without harm. */

export const outboxSchema = `
CREATE TABLE IF NOT EXISTS outbox_epoch (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  next_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS outbox_item (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'quarantined')),
  result TEXT,
  code TEXT,
  settled_at INTEGER,
  holds INTEGER NOT NULL DEFAULT 0,
  replaces INTEGER,
  UNIQUE (epoch, seq)
) STRICT;

CREATE INDEX IF NOT EXISTS outbox_item_waiting ON outbox_item (place, bytes) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS outbox_item_settled ON outbox_item (settled_at, state);
CREATE INDEX IF NOT EXISTS outbox_item_quarantined ON outbox_item (place) WHERE state = 'quarantined';
`;
