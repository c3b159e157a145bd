/** Tables of what left the building: payloads as sent with their receipts, and objects asked. Run by the box's migrations. */

export const disclosureSchema = `
CREATE TABLE sent_payload (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  sent_at INTEGER NOT NULL,
  settled_at INTEGER NOT NULL,
  url TEXT NOT NULL,
  items INTEGER NOT NULL,
  kinds TEXT NOT NULL,
  machines INTEGER NOT NULL,
  results TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  json_bytes INTEGER NOT NULL,
  tries_before INTEGER NOT NULL,
  -- What this row takes on the disk: body and receipt.
  kept_bytes INTEGER NOT NULL,
  -- Bytes exactly as they stood in the request: JSON in zstd.
  body BLOB NOT NULL,
  -- The receipt as it came, JSON in zstd, with the key that it was checked with.
  receipt BLOB NOT NULL,
  central_key TEXT NOT NULL
) STRICT;
-- With what is summed up at each look at the page, so that no body is read for it.
CREATE INDEX sent_payload_sent ON sent_payload (sent_at, kept_bytes, bytes, items);

-- What waits is counted by kind on every look at the page; bodies are not read for it.
CREATE INDEX IF NOT EXISTS outbox_item_waiting_kind ON outbox_item (kind, bytes) WHERE state = 'waiting';

CREATE TABLE asked_object (
  object TEXT PRIMARY KEY,
  first_asked INTEGER NOT NULL,
  last_asked INTEGER NOT NULL,
  times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE asked_of (
  object TEXT NOT NULL,
  device TEXT NOT NULL,
  PRIMARY KEY (object, device)
) STRICT, WITHOUT ROWID;
`;
