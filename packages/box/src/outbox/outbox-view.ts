/** What the outbox holds, for the pages: how much waits and since when, what has arrived, and each item with its receipt. */
import type { ItemKind } from '@rsb/contract';
import { type Instant, instant } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import { ENTRY_COLUMNS, type EntryState, entryOf, type ItemName, type OutboxEntry } from './entry.ts';

export interface OutboxCounts {
  readonly waiting: number;
  readonly quarantined: number;
}

export interface WaitingSummary {
  readonly items: number;
  readonly bytes: number;
  readonly kinds: Readonly<Partial<Record<ItemKind, number>>>;
  /** When the oldest was stored, by the box's clock. */
  readonly oldest: string | null;
}

export interface OutboxView {
  counts(): OutboxCounts;
  /** What waits: how much, of which kinds, since when. */
  waiting(): WaitingSummary;
  /** When central's last receipt settled something, null where none did. */
  lastReceiptAt(): Instant | null;
  /** How many of these central has acknowledged as stored. */
  arrived(names: readonly ItemName[]): number;
  /** Newest first, below `before` (a place). */
  entries(query: {
    readonly state?: EntryState;
    readonly before?: number;
    readonly limit: number;
  }): readonly OutboxEntry[];
}

export function createOutboxView(db: Database): OutboxView {
  const stateOf = ({ epoch, seq }: ItemName) =>
    db.one('SELECT state FROM outbox_item WHERE epoch = ? AND seq = ?', epoch, seq)?.state;
  return {
    counts: () => ({
      waiting: Number(db.one("SELECT COUNT(*) AS n FROM outbox_item WHERE state = 'waiting'")?.n),
      quarantined: Number(db.one("SELECT COUNT(*) AS n FROM outbox_item WHERE state = 'quarantined'")?.n),
    }),

    waiting() {
      const rows = db.all(
        "SELECT kind, COUNT(*) AS items, SUM(bytes) AS bytes FROM outbox_item WHERE state = 'waiting' GROUP BY kind",
      );
      const oldest = db.one("SELECT at FROM outbox_item WHERE state = 'waiting' ORDER BY place LIMIT 1")?.at;
      return {
        items: rows.reduce((sum, row) => sum + Number(row.items), 0),
        bytes: rows.reduce((sum, row) => sum + Number(row.bytes), 0),
        kinds: Object.fromEntries(rows.map((row) => [String(row.kind), Number(row.items)])),
        oldest: oldest === undefined || oldest === null ? null : String(oldest),
      };
    },

    lastReceiptAt() {
      const at = db.one('SELECT MAX(settled_at) AS at FROM outbox_item')?.at ?? null;
      return at === null ? null : instant(Number(at));
    },

    arrived: (names) => names.filter((name) => stateOf(name) === 'delivered').length,

    entries: ({ state, before, limit }) =>
      db
        .all(
          `SELECT ${ENTRY_COLUMNS} FROM outbox_item WHERE place < ?${state ? ` AND state = '${state}'` : ''} ORDER BY place DESC LIMIT ?`,
          before ?? Number.MAX_SAFE_INTEGER,
          limit,
        )
        .map(entryOf),
  };
}
