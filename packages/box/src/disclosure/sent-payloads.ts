/** What left this building: every report that central took, exactly as it was sent, with the receipt for it. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import {
  type ItemKind,
  type KeepSent,
  type Receipt,
  type ReceiptLine,
  receiptText,
  type SentPayload,
  type SentPayloadView,
} from '@rsb/contract';
import { type Clock, hours, type Instant, instant, isoInstant } from '@rsb/runtime';
import type { SentReport } from '../line/index.ts';
import type { Database, Row } from '../store/database.ts';
import { bytesAt, instantAt, instantOrNullAt, jsonAt, numberAt, textAt } from '../store/row.ts';

export interface SentPayloads {
  /** In the caller's transaction: the receipt and the payload are stored together or not at all. */
  append(sent: SentReport): void;
  list(query: SentQuery): Promise<SentPage>;
  find(id: number, pinnedKey: string | null): SentPayload | null;
  /** Since a moment: payloads, bytes on the line, items. */
  since(at: Instant): { readonly payloads: number; readonly bytes: number; readonly items: number };
  kept(): { readonly payloads: number; readonly bytes: number; readonly oldest: string | null };
  /** Takes away what is older, or more, than is to be kept; answers how many. */
  prune(keep: KeepSent): number;
}

export interface SentQuery {
  readonly search?: string;
  /** Below this id. */
  readonly before?: number;
  readonly since?: Instant;
  readonly limit: number;
}

export interface SentPage {
  readonly payloads: readonly SentPayloadView[];
  readonly next: number | null;
  readonly total: number | null;
  readonly searchedTo: string | null;
}

/**
 * A search looks into every payload, newest first: 90 days of 13 machines are 42 MB of JSON, half a second of processor time
 * (bench/what-left.ts). An index would be written at each report for a question that is seldom asked. Of more it looks at so
 * much a call, and says how far it came.
 */
const MOST_SEARCHED_BYTES = 128 << 20;
/** Rows read at a time; between them other requests are answered. */
const SEARCH_STEP = 16;

const HEAD = 'place, sent_at, settled_at, url, items, kinds, machines, results, bytes, json_bytes, tries_before';

export function createSentPayloads(db: Database, clock: Pick<Clock, 'now'>): SentPayloads {
  /** Bytes of all that is kept, receipts included. */
  const keptBytes = () =>
    numberAt(db.one('SELECT COALESCE(SUM(kept_bytes), 0) AS bytes FROM sent_payload') ?? {}, 'bytes');

  const count = (since: Instant | undefined) =>
    numberAt(db.one('SELECT COUNT(*) AS n FROM sent_payload WHERE sent_at >= ?', Math.round(since ?? 0)) ?? {}, 'n');

  const listAll = ({ before, since, limit }: SentQuery): SentPage => {
    const rows = db.all(
      `SELECT ${HEAD} FROM sent_payload WHERE place < ? AND sent_at >= ? ORDER BY place DESC LIMIT ?`,
      before ?? Number.MAX_SAFE_INTEGER,
      Math.round(since ?? 0),
      limit + 1,
    );
    const payloads = rows.slice(0, limit).map(viewOf);
    return {
      payloads,
      next: rows.length > limit ? (payloads.at(-1)?.id ?? null) : null,
      total: count(since),
      searchedTo: null,
    };
  };

  return {
    append({ sentAt, url, body, jsonBytes, items, triesBefore, receipt, centralKey }) {
      const kinds: Partial<Record<string, number>> = {};
      for (const { kind } of items) kinds[kind] = (kinds[kind] ?? 0) + 1;
      const packed = zstdCompressSync(JSON.stringify(receipt));
      const results: Partial<Record<string, number>> = {};
      for (const { result } of receipt.results) results[result] = (results[result] ?? 0) + 1;
      db.run(
        'INSERT INTO sent_payload (sent_at, settled_at, url, items, kinds, machines, results, bytes, json_bytes, ' +
          'tries_before, kept_bytes, body, receipt, central_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        Math.round(sentAt),
        Math.round(clock.now()),
        url,
        items.length,
        JSON.stringify(kinds),
        new Set(items.flatMap(({ json }) => deviceOf(json) ?? [])).size,
        JSON.stringify(results),
        body.length,
        jsonBytes,
        triesBefore,
        body.length + packed.length,
        body,
        packed,
        centralKey,
      );
    },

    async list(query) {
      const wanted = query.search?.trim().toLowerCase();
      if (!wanted) return listAll(query);
      const { before, since, limit } = query;
      const payloads: SentPayloadView[] = [];
      let place = before ?? Number.MAX_SAFE_INTEGER;
      let looked = 0;
      let found = 0;
      let searchedTo: Instant | null = null;
      /** First match beyond the page. */
      let more = false;
      for (;;) {
        const rows = db.all(
          `SELECT ${HEAD}, body FROM sent_payload WHERE place < ? AND sent_at >= ? ORDER BY place DESC LIMIT ?`,
          place,
          Math.round(since ?? 0),
          SEARCH_STEP,
        );
        for (const row of rows) {
          const text = zstdDecompressSync(bytesAt(row, 'body')).toString('utf8');
          place = numberAt(row, 'place');
          searchedTo = instantAt(row, 'sent_at');
          looked += text.length;
          if (!text.toLowerCase().includes(wanted)) continue;
          found += 1;
          if (payloads.length < limit) payloads.push(viewOf(row));
          else more = true;
        }
        await othersFirst();
        const last = payloads.at(-1)?.id ?? null;
        if (rows.length < SEARCH_STEP) {
          // A later page does not know what the earlier ones held.
          return { payloads, next: more ? last : null, total: before === undefined ? found : null, searchedTo: null };
        }
        if (looked > MOST_SEARCHED_BYTES) {
          const next = more ? last : place;
          return { payloads, next, total: null, searchedTo: searchedTo && isoInstant(searchedTo) };
        }
      }
    },

    find(id, pinnedKey) {
      const row = db.one(`SELECT ${HEAD}, body, receipt, central_key FROM sent_payload WHERE place = ?`, id);
      if (!row) return null;
      const body = bytesAt(row, 'body');
      const receipt = JSON.parse(zstdDecompressSync(bytesAt(row, 'receipt')).toString('utf8')) as Receipt;
      const key = textAt(row, 'central_key');
      return {
        payload: viewOf(row),
        text: zstdDecompressSync(body).toString('utf8'),
        contentDigest: `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
        receipt: {
          results: receipt.results as ReceiptLine[],
          signature: receipt.signature,
          isValid: isSigned(receipt, key),
          isPinnedKey: pinnedKey === key,
          keyFingerprint: fingerprint(key),
        },
      };
    },

    since(at) {
      const row = db.one(
        'SELECT COUNT(*) AS payloads, COALESCE(SUM(bytes), 0) AS bytes, COALESCE(SUM(items), 0) AS items ' +
          'FROM sent_payload WHERE sent_at >= ?',
        Math.round(at),
      );
      return {
        payloads: numberAt(row ?? {}, 'payloads'),
        bytes: numberAt(row ?? {}, 'bytes'),
        items: numberAt(row ?? {}, 'items'),
      };
    },

    kept() {
      const row = db.one('SELECT COUNT(*) AS payloads, MIN(sent_at) AS oldest FROM sent_payload') ?? {};
      const oldest = instantOrNullAt(row, 'oldest');
      return {
        payloads: numberAt(row, 'payloads'),
        bytes: keptBytes(),
        oldest: oldest === null ? null : isoInstant(oldest),
      };
    },

    prune: ({ days, megabytes }) =>
      db.transaction(() => {
        let gone = db.run(
          'DELETE FROM sent_payload WHERE sent_at < ?',
          Math.round(instant(clock.now() - hours(24 * days))),
        ).changes;
        // MB = 1000 kB, as everywhere on the pages.
        const excess = keptBytes() - megabytes * 1_000_000;
        if (excess <= 0) return gone;
        let freed = 0;
        let upTo = 0;
        for (const row of db.all('SELECT place, kept_bytes AS bytes FROM sent_payload ORDER BY place')) {
          if (freed >= excess) break;
          freed += numberAt(row, 'bytes');
          upTo = numberAt(row, 'place');
        }
        gone += db.run('DELETE FROM sent_payload WHERE place <= ?', upTo).changes;
        return gone;
      }),
  };
}

/** Of an item's JSON as it travels; null where it tells of no single machine. */
function deviceOf(json: string): string | null {
  const { body } = JSON.parse(json) as { readonly body: unknown };
  const device = typeof body === 'object' && body !== null && 'device' in body ? body.device : null;
  return typeof device === 'string' ? device : null;
}

function viewOf(row: Row): SentPayloadView {
  return {
    id: numberAt(row, 'place'),
    sentAt: isoInstant(instantAt(row, 'sent_at')),
    settledAt: isoInstant(instantAt(row, 'settled_at')),
    url: textAt(row, 'url'),
    items: numberAt(row, 'items'),
    kinds: jsonAt<Partial<Record<ItemKind, number>>>(row, 'kinds'),
    machines: numberAt(row, 'machines'),
    bytes: numberAt(row, 'bytes'),
    jsonBytes: numberAt(row, 'json_bytes'),
    results: jsonAt<Record<string, number>>(row, 'results'),
    triesBefore: numberAt(row, 'tries_before'),
  };
}

function isSigned(receipt: Receipt, key: string): boolean {
  try {
    const signature = Buffer.from(receipt.signature, 'base64');
    return verify(null, Buffer.from(receiptText(receipt)), createPublicKey(key), signature);
  } catch {
    return false;
  }
}

/** Of the key's DER form, as other tools print it. */
function fingerprint(pem: string): string {
  try {
    const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    return `sha-256 ${createHash('sha256').update(der).digest('hex')}`;
  } catch {
    return '';
  }
}
