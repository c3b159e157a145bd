/** A customer's closed months: blocks of items, which of them hold a given item, and the exchange of rows for a block. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Insertable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import type { ArchiveBlockTable } from './result-tables.ts';
import { batches } from './rows.ts';
import type { Scope } from './scope.ts';

/** Where a block stands: device 0 holds the box's own items. */
export interface BlockPlace {
  readonly device: DeviceId | 0;
  readonly month: number;
  readonly epochNo: number;
  readonly part: number;
}

export interface BlockKeys extends BlockPlace {
  /** Rising. */
  readonly seqs: readonly number[];
}

export interface StoredBlock extends BlockKeys {
  readonly digest: string;
  readonly packed: Uint8Array;
}

export interface CustomerBlocks {
  /** Puts a block in the place of its items' rows. Its part is the next one of the month. */
  close(block: Omit<StoredBlock, 'part'>): Promise<void>;
  /** Blocks that may hold any of these seqs. */
  around(epochNo: number, seqs: readonly number[]): Promise<BlockKeys[]>;
  /** A device's blocks from a month on. */
  keysOf(device: DeviceId | 0, fromMonth: number): Promise<BlockKeys[]>;
  find(place: BlockPlace): Promise<StoredBlock | undefined>;
  /** Gives the blocks of one device to another. */
  move(from: DeviceId, to: DeviceId): Promise<void>;
}

type KeyColumns = Pick<ArchiveBlockTable, 'device_id' | 'month' | 'epoch_no' | 'part' | 'keys'>;

export function customerBlocks({ db, customer }: Scope): CustomerBlocks {
  const keyed = (row: KeyColumns): BlockKeys => ({
    device: row.device_id as DeviceId | 0,
    month: row.month,
    epochNo: row.epoch_no,
    part: row.part,
    seqs: unpackKeys(row.keys),
  });
  const blocks = () => db.selectFrom('archive_block').where('customer_id', '=', customer);
  const nextPart = async (device: number, month: number, epochNo: number): Promise<number> => {
    const row = await blocks()
      .select(({ fn }) => fn.max<number | null>('part').as('last'))
      .where('device_id', '=', device)
      .where('month', '=', month)
      .where('epoch_no', '=', epochNo)
      .executeTakeFirst();
    return (row?.last ?? 0) + 1;
  };
  return {
    async close({ device, month, epochNo, seqs, digest, packed }) {
      const values: Insertable<ArchiveBlockTable> = {
        customer_id: customer,
        device_id: device,
        month,
        epoch_no: epochNo,
        part: await nextPart(device, month, epochNo),
        first_seq: seqs[0] ?? 0,
        last_seq: seqs.at(-1) ?? 0,
        items: seqs.length,
        digest,
        keys: packKeys(seqs),
        packed,
      };
      await db.insertInto('archive_block').values(values).execute();
      for (const batch of batches(seqs, 1)) {
        await db
          .deleteFrom('item')
          .where('customer_id', '=', customer)
          .where('epoch_no', '=', epochNo)
          .where('seq', 'in', batch)
          .execute();
      }
    },
    async around(epochNo, seqs) {
      const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
      const rows = await blocks()
        .select(['device_id', 'month', 'epoch_no', 'part', 'keys'])
        .where('epoch_no', '=', epochNo)
        .where('last_seq', '>=', first)
        .where('first_seq', '<=', last)
        .execute();
      return rows.map(keyed);
    },
    async keysOf(device, fromMonth) {
      const rows = await blocks()
        .select(['device_id', 'month', 'epoch_no', 'part', 'keys'])
        .where('device_id', '=', device)
        .where('month', '>=', fromMonth)
        .orderBy('month')
        .orderBy('epoch_no')
        .orderBy('part')
        .execute();
      return rows.map(keyed);
    },
    async find({ device, month, epochNo, part }) {
      const row = await blocks()
        .select(['device_id', 'month', 'epoch_no', 'part', 'keys', 'digest', 'packed'])
        .where('device_id', '=', device)
        .where('month', '=', month)
        .where('epoch_no', '=', epochNo)
        .where('part', '=', part)
        .executeTakeFirst();
      return row && { ...keyed(row), digest: row.digest, packed: row.packed };
    },
    async move(from, to) {
      const rows = await blocks()
        .select(['month', 'epoch_no', 'part'])
        .where('device_id', '=', from)
        .orderBy('part')
        .execute();
      for (const { month, epoch_no, part } of rows) {
        await db
          .updateTable('archive_block')
          .set({ device_id: to, part: await nextPart(to, month, epoch_no) })
          .where('customer_id', '=', customer)
          .where('device_id', '=', from)
          .where('month', '=', month)
          .where('epoch_no', '=', epoch_no)
          .where('part', '=', part)
          .execute();
      }
    },
  };
}

/** Differences of a device's seqs are alike: a month is some dozens of bytes. */
function packKeys(seqs: readonly number[]): Uint8Array {
  return zstdCompressSync(Buffer.from(seqs.map((seq, index) => seq - (seqs[index - 1] ?? 0)).join(' ')));
}

function unpackKeys(keys: Uint8Array): number[] {
  let seq = 0;
  return zstdDecompressSync(keys)
    .toString()
    .split(' ')
    .map((step) => {
      seq += Number(step);
      return seq;
    });
}
