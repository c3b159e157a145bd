/** A customer's items as they arrived, those put aside, and the epochs that number them. */
import type { Insertable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import { type PackedBytes, pack, unpack } from './raw-bytes.ts';
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

export interface StoredReading extends Place {
  readonly epoch: string;
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
  /** A device's readings, newest first, those before `before` only. */
  readings(device: DeviceId, before: Place | null, limit: number): Promise<StoredReading[]>;
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
    async readings(device, before, limit) {
      const rows = await db
        .selectFrom('item')
        .innerJoin('epoch', (join) =>
          join.onRef('epoch.no', '=', 'item.epoch_no').on('epoch.customer_id', '=', customer),
        )
        .select(['item.epoch_no', 'item.seq', 'epoch.epoch', 'item.received_at', 'item.packing', 'item.raw'])
        .where('item.customer_id', '=', customer)
        .where('item.device_id', '=', device)
        .$if(before !== null, (query) =>
          query.where(({ eb, or, and }) =>
            or([
              eb('item.epoch_no', '<', before?.epochNo ?? 0),
              and([eb('item.epoch_no', '=', before?.epochNo ?? 0), eb('item.seq', '<', before?.seq ?? 0)]),
            ]),
          ),
        )
        .orderBy('item.epoch_no', 'desc')
        .orderBy('item.seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        epochNo: row.epoch_no,
        seq: row.seq,
        epoch: row.epoch,
        receivedAt: row.received_at,
        raw: unpack(row satisfies PackedBytes),
      }));
    },
  };
}
