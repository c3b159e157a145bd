/**
 * What waits to leave the box. An item gets its name in the transaction that stores the thing it tells of; only central's
 * receipt, name and digest both right, takes it out of the queue.
 */

import type { ItemKind, ReceiptLine } from '@rsb/contract';
import { canonicalJson, digestOf } from '@rsb/contract/digest';
import {
  type Clock,
  isoInstant,
  type Millis,
  millis,
  minutes,
  type Random,
  type RetrySchedule,
  retryDelay,
  seconds,
  unreachable,
} from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import {
  ENTRY_COLUMNS,
  type EntryState,
  entryOf,
  type ItemName,
  itemBytes,
  itemOf,
  type OutboxEntry,
  type OutboxItem,
} from './entry.ts';
import { createOutboxView, type OutboxView } from './outbox-view.ts';

export interface BatchLimits {
  readonly maxItems: number;
  /** Of JSON before compression. An item larger than this travels alone. */
  readonly maxBytes: number;
}

/** What a receipt did. `ignored` lines changed nothing: no such item, another digest, or settled before. */
export interface ReceiptEffect {
  readonly delivered: number;
  readonly quarantined: number;
  readonly kept: number;
  readonly ignored: readonly { readonly line: ReceiptLine; readonly why: 'unknown' | 'otherDigest' | 'settled' }[];
}

export interface Outbox extends OutboxView {
  /** Names and stores an item, in the caller's transaction where there is one. */
  append(kind: ItemKind, body: unknown): ItemName;
  /** The next items to send, oldest first, without those that wait after a "keep". */
  batch(limits: BatchLimits): readonly OutboxItem[];
  /** `alongside` is stored in the same transaction: what left and what became of it are kept together or not at all. */
  applyReceipt(lines: readonly ReceiptLine[], alongside?: () => void): ReceiptEffect;
  /** Lets items wait before the next try, so that one that is never taken does not stop the others. */
  hold(names: readonly ItemName[]): void;
  /** How long until the first item may be sent: 0 = now, null = nothing waits. */
  nextDue(): Millis | null;
  /** Forgets what was delivered longer ago than `age` by the box's clock; answers how many. */
  forgetDelivered(age: Millis): number;
  /** To be called when the store was restored from a copy: names given since the copy must not be given again. */
  newEpoch(): string;
}

/** For an item that central asks to keep: its own store is busy, or this one item cannot be taken yet. */
const HOLD: RetrySchedule = { initial: seconds(30), factor: 2, longest: minutes(15), jitter: 0.5 };

export interface OutboxDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Takes out of a body what must not leave. Every item goes through here: there is no other way out of the box. */
  readonly disclose?: (kind: ItemKind, body: unknown) => unknown;
}

export function createOutbox(db: Database, deps: OutboxDeps): Outbox {
  const { clock, random, disclose } = deps;
  /** By place, until when on the monotonic clock. In memory alone: after a restart one early try does no harm. */
  const held = new Map<number, number>();

  const newEpoch = (): string => {
    const epoch = Buffer.from(random.bytes(8)).toString('hex');
    db.run('INSERT OR REPLACE INTO outbox_epoch (only, epoch, next_seq) VALUES (1, ?, 1)', epoch);
    return epoch;
  };

  const takeName = (): ItemName => {
    const known = db.one('SELECT epoch, next_seq FROM outbox_epoch WHERE only = 1');
    const name = known ? { epoch: String(known.epoch), seq: Number(known.next_seq) } : { epoch: newEpoch(), seq: 1 };
    db.run('UPDATE outbox_epoch SET next_seq = ? WHERE only = 1', name.seq + 1);
    return name;
  };

  const insert = (kind: string, at: string, digest: string, body: string, bytes: number, replaces: number | null) => {
    const name = takeName();
    db.run(
      'INSERT INTO outbox_item (epoch, seq, kind, at, digest, body, bytes, replaces) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      name.epoch,
      name.seq,
      kind,
      at,
      digest,
      body,
      bytes,
      replaces,
    );
    return name;
  };

  const find = (name: ItemName) =>
    db.one(`SELECT ${ENTRY_COLUMNS} FROM outbox_item WHERE epoch = ? AND seq = ?`, name.epoch, name.seq);

  const settle = (place: number, state: EntryState, line: ReceiptLine) =>
    db.run(
      'UPDATE outbox_item SET state = ?, result = ?, code = ?, settled_at = ? WHERE place = ?',
      state,
      line.result,
      line.code,
      Math.round(clock.now()),
      place,
    );

  const holdPlaces = (places: readonly { readonly place: number; readonly holds: number }[]) => {
    for (const { place, holds } of places) held.set(place, clock.monotonic() + retryDelay(HOLD, holds, random));
  };

  const dropDue = () => {
    const now = clock.monotonic();
    for (const [place, until] of held) if (until <= now) held.delete(place);
  };

  /**
   * Central holds another item under this name: this store is a copy that did not know it (a restored disk image). The
   * names to come would clash as well, so a new epoch begins, and what the item tells is sent again under a new name.
   */
  const renameAfterConflict = (entry: OutboxEntry, replaces: number | null) => {
    if (db.one('SELECT epoch FROM outbox_epoch WHERE only = 1')?.epoch === entry.epoch) newEpoch();
    // Once only: a central that always answers so must not make the box write for ever.
    if (replaces === null) insert(entry.kind, entry.at, entry.digest, entry.body, entry.bytes, entry.place);
  };

  return {
    append(kind, told) {
      const body = disclose ? disclose(kind, told) : told;
      const text = canonicalJson(body);
      return db.transaction(() =>
        insert(kind, isoInstant(clock.now()), digestOf(body), text, itemBytes(kind, text), null),
      );
    },

    batch({ maxItems, maxBytes }) {
      dropDue();
      const candidates = db.all(
        "SELECT place, bytes FROM outbox_item WHERE state = 'waiting' ORDER BY place LIMIT ?",
        maxItems + held.size,
      );
      const items: OutboxItem[] = [];
      let bytes = 0;
      for (const { place, bytes: size } of candidates) {
        if (held.has(Number(place))) continue;
        bytes += Number(size);
        if (items.length === maxItems || (items.length > 0 && bytes > maxBytes)) break;
        const row = db.one(`SELECT ${ENTRY_COLUMNS} FROM outbox_item WHERE place = ?`, Number(place));
        if (row) items.push(itemOf(entryOf(row)));
      }
      return items;
    },

    applyReceipt(lines, alongside) {
      const settled: number[] = [];
      const kept: { place: number; holds: number }[] = [];
      const effect = db.transaction(() => {
        let delivered = 0;
        let quarantined = 0;
        const ignored: ReceiptEffect['ignored'][number][] = [];
        for (const line of lines) {
          const row = find(line);
          const entry = row && entryOf(row);
          if (!entry || entry.digest !== line.digest || entry.state !== 'waiting') {
            ignored.push({ line, why: !entry ? 'unknown' : entry.digest !== line.digest ? 'otherDigest' : 'settled' });
            continue;
          }
          switch (line.result) {
            case 'stored':
            case 'duplicate':
              settle(entry.place, 'delivered', line);
              settled.push(entry.place);
              delivered += 1;
              break;
            case 'quarantined':
              settle(entry.place, 'quarantined', line);
              settled.push(entry.place);
              quarantined += 1;
              if (line.code === 'itemConflict') renameAfterConflict(entry, (row.replaces ?? null) as number | null);
              break;
            case 'keep':
              db.run(
                'UPDATE outbox_item SET holds = holds + 1, result = ?, code = ? WHERE place = ?',
                line.result,
                line.code,
                entry.place,
              );
              kept.push({ place: entry.place, holds: entry.holds + 1 });
              break;
            default:
              unreachable(line.result);
          }
        }
        if (delivered + quarantined + kept.length > 0) alongside?.();
        return { delivered, quarantined, kept: kept.length, ignored };
      });
      for (const place of settled) held.delete(place);
      holdPlaces(kept);
      return effect;
    },

    hold(names) {
      const places: { place: number; holds: number }[] = [];
      db.transaction(() => {
        for (const name of names) {
          const row = find(name);
          if (row?.state !== 'waiting') continue;
          db.run('UPDATE outbox_item SET holds = holds + 1 WHERE place = ?', Number(row.place));
          places.push({ place: Number(row.place), holds: Number(row.holds) + 1 });
        }
      });
      holdPlaces(places);
    },

    nextDue() {
      dropDue();
      const waiting = Number(db.one("SELECT COUNT(*) AS n FROM outbox_item WHERE state = 'waiting'")?.n);
      if (waiting === 0) return null;
      if (waiting > held.size) return millis(0);
      return millis(Math.min(...held.values()) - clock.monotonic());
    },

    ...createOutboxView(db),

    forgetDelivered: (age) =>
      db.run("DELETE FROM outbox_item WHERE state = 'delivered' AND settled_at < ?", Math.round(clock.now() - age))
        .changes,

    newEpoch: () => db.transaction(newEpoch),
  };
}
