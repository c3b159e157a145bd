/** One thing that leaves the box: how a stored row is read, and the exact text that travels. */
import { createHash } from 'node:crypto';
import type { ItemKind, ItemResult } from '@rsb/contract';
import { type Instant, instant } from '@rsb/runtime';
import type { Row, SqlValue } from '../store/database.ts';

/** What names an item for ever, together with the box's agent number. */
export interface ItemName {
  readonly epoch: string;
  readonly seq: number;
}

export type EntryState = 'waiting' | 'delivered' | 'quarantined';

/** An item as it goes onto the line. */
export interface OutboxItem extends ItemName {
  readonly kind: string;
  readonly digest: string;
  /** The item's JSON as it travels, body included, byte for byte the same at every try. */
  readonly json: string;
}

/** An item as "what left" shows it: payload and central's receipt for it. */
export interface OutboxEntry extends ItemName {
  /** Order of storing, across epochs: the cursor of `entries`. */
  readonly place: number;
  readonly kind: string;
  readonly at: string;
  readonly digest: string;
  readonly body: string;
  readonly bytes: number;
  readonly state: EntryState;
  readonly result: ItemResult | null;
  /** Code of the error catalogue, as central gave it. */
  readonly code: string | null;
  readonly settledAt: Instant | null;
  /** How often central answered "keep". */
  readonly holds: number;
}

export const ENTRY_COLUMNS =
  'place, epoch, seq, kind, at, digest, body, bytes, state, result, code, settled_at, holds, replaces';

export function entryOf(row: Row): OutboxEntry {
  const settledAt = row.settled_at ?? null;
  return {
    place: Number(row.place),
    epoch: text(row.epoch),
    seq: Number(row.seq),
    kind: text(row.kind),
    at: text(row.at),
    digest: text(row.digest),
    body: text(row.body),
    bytes: Number(row.bytes),
    state: text(row.state) as EntryState,
    result: row.result === null ? null : (text(row.result) as ItemResult),
    code: row.code === null ? null : text(row.code),
    settledAt: settledAt === null ? null : instant(Number(settledAt)),
    holds: Number(row.holds),
  };
}

/**
 * The item's JSON. A body that no longer has its digest (a damaged disk) travels as a string: still valid JSON, so that
 * central can put it aside by itself instead of refusing the whole report.
 */
export function itemOf(entry: OutboxEntry): OutboxItem {
  const { epoch, seq, kind, at, digest, body } = entry;
  const intact = digestOfText(body) === digest;
  const head = JSON.stringify({ epoch, seq, kind, at, digest });
  return { epoch, seq, kind, digest, json: `${head.slice(0, -1)},"body":${intact ? body : JSON.stringify(body)}}` };
}

/** Bytes that an item takes in a report, at most: its body, and its head with the longest kind and sequence number. */
export function itemBytes(kind: ItemKind, body: string): number {
  return Buffer.byteLength(body) + LARGEST_HEAD + kind.length;
}
const LARGEST_HEAD = 200;

function digestOfText(body: string): string {
  return `sha-256=${createHash('sha256').update(body).digest('hex')}`;
}

function text(value: SqlValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError('the outbox holds a value of the wrong type');
  return value;
}
