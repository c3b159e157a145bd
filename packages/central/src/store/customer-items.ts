/** A customer's items as they arrived, those put aside, and the epochs that number them. */
import type { Insertable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import { pack, unpack } from './raw-bytes.ts';
import { batches, insertRows } from './rows.ts';
import type { Scope } from './scope.ts';
import { storable } from './storable-text.ts';
import type { ItemTable, QuarantineTable } from './tables.ts';

/** Where an item stands: the epoch's number at central, and its place in it. */
export interface Place {
  readonly epochNo: number;
  readonly seq: number;
}

export interface ItemRow extends Place {
  readonly kind: string;
  readonly digest: string;
  readonly receivedAt: number;
  readonly deviceId: DeviceId | null;
  /** When it was read or made, as it is believed. */
  readonly at: number;
  readonly raw: Uint8Array;
}

export interface QuarantineRow {
  readonly agent: string;
  readonly rawDigest: string;
  readonly epoch: string;
  readonly seq: number;
  readonly digest: string;
  readonly kind: string | null;
  readonly code: string;
  readonly receivedAt: number;
  readonly raw: Uint8Array;
}

/** An item as it came. */
export interface RawItem {
  readonly seq: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly raw: Uint8Array;
}

export interface CustomerItems {
  /** Every epoch's box, by the epoch's number. */
  epochs(): Promise<{ readonly no: number; readonly agent: string; readonly epoch: string }[]>;
  /** Gives an epoch its number; call it inside the customer's lock. */
  addEpoch(no: number, agent: string, epoch: string): Promise<void>;
  /** Digests of those items that are stored already, by seq. */
  digests(epochNo: number, seqs: readonly number[]): Promise<Map<number, string>>;
  add(rows: readonly ItemRow[]): Promise<void>;
  /** Keeps bytes that could not be accepted; the same bytes again change nothing. */
  putAside(rows: readonly QuarantineRow[]): Promise<void>;
  putAsideCount(agent: string): Promise<number>;
  /** Where a device's items stand that are in no block yet, rising; those read after a moment only. */
  places(device: DeviceId, after?: number): Promise<(Place & { readonly at: number })[]>;
  /** Of one epoch, by seq, rising; null: the items of no device. */
  raw(device: DeviceId | null, epochNo: number, seqs: readonly number[]): Promise<RawItem[]>;
  /** Seqs of one epoch's items of a device that were read from `from` on, before `to`, and came before `receivedBefore`. */
  seqsBetween(
    device: DeviceId | null,
    epochNo: number,
    from: number,
    to: number,
    receivedBefore: number,
  ): Promise<number[]>;
  /** Gives the items of one device to another. */
  move(from: DeviceId, to: DeviceId): Promise<void>;
}

export function customerItems({ db, customer }: Scope): CustomerItems {
  return {
    epochs: () =>
      db
        .selectFrom('epoch')
        .select(['no', 'agent', 'epoch'])
        .where('customer_id', '=', customer)
        .orderBy('no')
        .execute(),
    async addEpoch(no, agent, epoch) {
      await db.insertInto('epoch').values({ customer_id: customer, no, agent, epoch }).execute();
    },
    async digests(epochNo, seqs) {
      const found = new Map<number, string>();
      for (const batch of batches(seqs, 1)) {
        const rows = await db
          .selectFrom('item')
          .select(['seq', 'digest'])
          .where('customer_id', '=', customer)
          .where('epoch_no', '=', epochNo)
          .where('seq', 'in', batch)
          .execute();
        for (const row of rows) found.set(row.seq, row.digest);
      }
      return found;
    },
    add: (rows) =>
      insertRows(
        db,
        'item',
        rows.map(
          (row): Insertable<ItemTable> => ({
            customer_id: customer,
            epoch_no: row.epochNo,
            seq: row.seq,
            kind: row.kind,
            digest: row.digest,
            received_at: row.receivedAt,
            device_id: row.deviceId,
            at: row.at,
            ...pack(row.raw),
          }),
        ),
      ),
    async putAside(rows) {
      for (const row of rows) {
        const values: Insertable<QuarantineTable> = {
          customer_id: customer,
          agent: row.agent,
          raw_digest: row.rawDigest,
          epoch: row.epoch,
          seq: row.seq,
          digest: row.digest,
          kind: row.kind === null ? null : storable(row.kind),
          code: row.code,
          received_at: row.receivedAt,
          ...pack(row.raw),
        };
        await db
          .insertInto('quarantine')
          .values(values)
          .onConflict((conflict) => conflict.columns(['customer_id', 'agent', 'raw_digest']).doNothing())
          .execute();
      }
    },
    async putAsideCount(agent) {
      const row = await db
        .selectFrom('quarantine')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .executeTakeFirst();
      return row?.count ?? 0;
    },
    async places(device, after = Number.MIN_SAFE_INTEGER) {
      const rows = await db
        .selectFrom('item')
        .select(['epoch_no', 'seq', 'at'])
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>', after)
        .orderBy('epoch_no')
        .orderBy('seq')
        .execute();
      return rows.map(({ epoch_no, seq, at }) => ({ epochNo: epoch_no, seq, at }));
    },
    async raw(device, epochNo, seqs) {
      const found: RawItem[] = [];
      for (const batch of batches(seqs, 1)) {
        const rows = await db
          .selectFrom('item')
          .select(['seq', 'at', 'received_at', 'packing', 'raw'])
          .where('customer_id', '=', customer)
          .where('epoch_no', '=', epochNo)
          .where('seq', 'in', batch)
          .where('device_id', device === null ? 'is' : '=', device)
          .orderBy('seq')
          .execute();
        for (const { seq, at, received_at, packing, raw } of rows)
          found.push({ seq, at, receivedAt: received_at, raw: unpack({ packing, raw }) });
      }
      return found;
    },
    async seqsBetween(device, epochNo, from, to, receivedBefore) {
      const rows = await db
        .selectFrom('item')
        .select('seq')
        .where('customer_id', '=', customer)
        .where('epoch_no', '=', epochNo)
        .where('device_id', device === null ? 'is' : '=', device)
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('received_at', '<', receivedBefore)
        .orderBy('seq')
        .execute();
      return rows.map(({ seq }) => seq);
    },
    async move(from, to) {
      await db
        .updateTable('item')
        .set({ device_id: to })
        .where('customer_id', '=', customer)
        .where('device_id', '=', from)
        .execute();
    },
  };
}
