/** Closed months in blocks, days and findings of each device, questions, jobs. Readings of before are worked through anew. */
import { zstdDecompressSync } from 'node:zlib';
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export function workedThrough(engine: Engine): Migration {
  const types = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await archive(db, types);
      await results(db, types);
      await jobs(db, types);
      await placeItems(db as Kysely<Before>);
      await db.schema.dropTable('counter_point').execute();
      await db.schema.dropTable('supply_point').execute();
    },
  };
}

async function archive(db: Kysely<unknown>, { integer, text, bytes, keyed, heap }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('item')
    .addColumn('at', integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('item_of_box')
    .on('item')
    .columns(['customer_id', 'epoch_no', 'seq'])
    .where('device_id' as never, 'is', null)
    .execute();
  await keyed(
    db.schema
      .createTable('observation')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('at', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('taken_at', integer, required)
      .addColumn('identity', text, required)
      .addColumn('counts', text)
      .addColumn('supplies', text)
      .addPrimaryKeyConstraint('observation_key', ['customer_id', 'device_id', 'at', 'epoch_no', 'seq']),
  ).execute();
  await heap(
    db.schema
      .createTable('archive_block')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('month', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('part', integer, required)
      .addColumn('first_seq', integer, required)
      .addColumn('last_seq', integer, required)
      .addColumn('items', integer, required)
      .addColumn('digest', text, required)
      .addColumn('keys', bytes, required)
      .addColumn('packed', bytes, required)
      .addPrimaryKeyConstraint('archive_block_key', ['customer_id', 'device_id', 'month', 'epoch_no', 'part']),
  ).execute();
  await db.schema
    .createIndex('block_of_epoch')
    .on('archive_block')
    .columns(['customer_id', 'epoch_no', 'last_seq', 'first_seq'])
    .execute();
}

async function results(db: Kysely<unknown>, { integer, text, bytes, keyed, heap }: ColumnTypes): Promise<void> {
  let days = db.schema
    .createTable('device_day')
    .addColumn('customer_id', integer, required)
    .addColumn('device_id', integer, required)
    .addColumn('day', integer, required);
  for (const column of ['all_pages', 'mono', 'color', 'print', 'copy', 'fax', 'scan'])
    days = days.addColumn(column as never, integer) as typeof days;
  await keyed(
    days
      .addColumn('beyond', text)
      .addColumn('hours', text)
      .addColumn('last', text, required)
      .addPrimaryKeyConstraint('device_day_key', ['customer_id', 'device_id', 'day']),
  ).execute();
  await keyed(
    db.schema
      .createTable('finding')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('key', text, required)
      .addColumn('at', integer, required)
      .addColumn('kind', text, required)
      .addColumn('detail', text, required)
      .addPrimaryKeyConstraint('finding_key', ['customer_id', 'device_id', 'key']),
  ).execute();
  await db.schema.createIndex('finding_in_time').on('finding').columns(['customer_id', 'at']).execute();
  await keyed(
    db.schema
      .createTable('question')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('key', text, required)
      .addColumn('why', text, required)
      .addColumn('at', integer, required)
      .addColumn('from_at', integer, required)
      .addColumn('to_at', integer, required)
      .addColumn('counts', text, required)
      .addColumn('answer', text)
      .addColumn('answered_by', text)
      .addColumn('reason', text)
      .addColumn('answered_at', integer)
      .addPrimaryKeyConstraint('question_key', ['customer_id', 'device_id', 'key']),
  ).execute();
  await db.schema.createIndex('question_in_time').on('question').columns(['customer_id', 'at']).execute();
  await heap(
    db.schema
      .createTable('checkpoint')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('at', integer, required)
      .addColumn('until', integer, required)
      .addColumn('made_with', text, required)
      .addColumn('value', bytes, required)
      .addPrimaryKeyConstraint('checkpoint_key', ['customer_id', 'device_id', 'at']),
  ).execute();
  await keyed(
    db.schema
      .createTable('device_work')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('observed_from', integer, required)
      .addPrimaryKeyConstraint('device_work_key', ['customer_id', 'device_id']),
  ).execute();
}

async function jobs(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('job')
      .addColumn('customer_id', integer, required)
      .addColumn('kind', text, required)
      .addColumn('subject', text, required)
      .addColumn('due_at', integer, required)
      .addColumn('since', integer, required)
      .addColumn('version', integer, required)
      .addColumn('token', text)
      .addColumn('leased_until', integer, required)
      .addColumn('attempts', integer, required)
      .addPrimaryKeyConstraint('job_key', ['customer_id', 'kind', 'subject']),
  ).execute();
  await db.schema.createIndex('job_due').on('job').columns(['due_at']).execute();
}

/** The tables as they stood between the two migrations. */
interface Before {
  item: {
    customer_id: number;
    epoch_no: number;
    seq: number;
    kind: string;
    received_at: number;
    device_id: number | null;
    at: number;
    packing: string;
    raw: Uint8Array;
  };
  device: { customer_id: number; id: number; last_heard: number };
  device_work: { customer_id: number; device_id: number; observed_from: number };
  job: {
    customer_id: number;
    kind: string;
    subject: string;
    due_at: number;
    since: number;
    version: number;
    leased_until: number;
    attempts: number;
  };
}

const AT_ONCE = 500;
const EARLIEST = Date.UTC(2015, 0, 1);
const DAY = 86_400_000;

/** Items get their moment, and every device and month its work. */
async function placeItems(db: Kysely<Before>): Promise<void> {
  const idle = { version: 1, leased_until: 0, attempts: 0 };
  for (const { customer_id, id, last_heard } of await db.selectFrom('device').selectAll().execute()) {
    await db
      .insertInto('device_work')
      .values({ customer_id, device_id: id, observed_from: last_heard + DAY })
      .execute();
    await db
      .insertInto('job')
      .values({ ...idle, customer_id, kind: 'device', subject: String(id), due_at: 0, since: 0 })
      .execute();
  }
  const months = new Set<string>();
  let last = { customer_id: -1, epoch_no: -1, seq: -1 };
  for (;;) {
    const rows = await db
      .selectFrom('item')
      .select(['customer_id', 'epoch_no', 'seq', 'kind', 'received_at', 'device_id', 'packing', 'raw'])
      .where(sql<boolean>`(customer_id, epoch_no, seq) > (${last.customer_id}, ${last.epoch_no}, ${last.seq})`)
      .orderBy('customer_id')
      .orderBy('epoch_no')
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute();
    for (const { customer_id, epoch_no, seq, received_at, device_id, packing, raw } of rows) {
      const text = Buffer.from(packing === 'zstd' ? zstdDecompressSync(raw) : raw).toString('utf8');
      const item: { at?: string; body?: { reading?: { takenAt?: string } } } = JSON.parse(text);
      const said = Date.parse(item.body?.reading?.takenAt ?? item.at ?? '');
      const at = said >= EARLIEST && said <= received_at + DAY ? said : received_at;
      await db
        .updateTable('item')
        .set({ at })
        .where('customer_id', '=', customer_id)
        .where('epoch_no', '=', epoch_no)
        .where('seq', '=', seq)
        .execute();
      const date = new Date(at);
      const month = date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
      const subject = `${device_id ?? 0}:${epoch_no}:${month}`;
      if (months.has(`${customer_id} ${subject}`)) continue;
      months.add(`${customer_id} ${subject}`);
      const due_at = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 8);
      await db
        .insertInto('job')
        .values({ ...idle, customer_id, kind: 'closeMonth', subject, due_at, since: 0 })
        .execute();
    }
    const end = rows.at(-1);
    if (!end) return;
    last = { customer_id: end.customer_id, epoch_no: end.epoch_no, seq: end.seq };
  }
}
