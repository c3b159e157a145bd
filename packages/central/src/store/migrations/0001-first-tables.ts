/** People, customers, boxes, the archive of items, and what is derived from them. */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts';

/** Counters of the series as this migration made it. */
const COUNTER_COLUMNS = [
  ...['life', 'vendor_life', 'total_all', 'total_mono', 'total_color', 'print_all', 'print_mono', 'print_color'],
  ...['copy_all', 'copy_mono', 'copy_color', 'fax_all', 'fax_mono', 'fax_color', 'scan_all', 'scan_mono', 'scan_color'],
  ...['duplex', 'large_format'],
];

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export function firstTables(engine: Engine): Migration {
  const types = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await people(db, types);
      await customersAndBoxes(db, types);
      await items(db, types);
      await devices(db, types);
      await series(db, types);
      await marginalia(db, types);
    },
  };
}

async function people(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('dealer')
      .addColumn('id', integer, (column) => column.primaryKey().notNull())
      .addColumn('name', text, required)
      .addColumn('hotline', text)
      .addColumn('created_at', integer, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('setup')
      .addColumn('id', integer, (column) => column.primaryKey().notNull())
      .addColumn('code_hash', text, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('account')
      .addColumn('id', integer, (column) => column.primaryKey().notNull())
      .addColumn('name', text, required)
      .addColumn('name_key', text, (column) => column.notNull().unique())
      .addColumn('password_hash', text, required)
      .addColumn('created_at', integer, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('session')
      .addColumn('id_hash', text, (column) => column.primaryKey().notNull())
      .addColumn('account_id', integer, required)
      .addColumn('data', text, required)
      .addColumn('expires_at', integer, required),
  ).execute();
}

async function customersAndBoxes(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('customer')
      .addColumn('id', integer, (column) => column.primaryKey().notNull())
      .addColumn('name', text, required)
      .addColumn('created_at', integer, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('agent_owner')
      .addColumn('agent', text, (column) => column.primaryKey().notNull())
      .addColumn('customer_id', integer, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('code_owner')
      .addColumn('code_hash', text, (column) => column.primaryKey().notNull())
      .addColumn('customer_id', integer, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('enrolment_code')
      .addColumn('customer_id', integer, required)
      .addColumn('code_hash', text, required)
      .addColumn('created_at', integer, required)
      .addColumn('expires_at', integer, required)
      .addColumn('used_at', integer)
      .addColumn('agent', text)
      .addPrimaryKeyConstraint('enrolment_code_key', ['customer_id', 'code_hash'])
      .addForeignKeyConstraint('enrolment_code_customer', ['customer_id'], 'customer', ['id']),
  ).execute();
  await keyed(
    db.schema
      .createTable('box')
      .addColumn('customer_id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('public_key', text, required)
      .addColumn('enrolled_at', integer, required)
      .addColumn('revoked_at', integer)
      .addColumn('last_heard', integer)
      .addColumn('version', text)
      .addColumn('zone', text)
      .addColumn('waiting', integer)
      .addColumn('state_epoch_no', integer)
      .addColumn('state_seq', integer)
      .addPrimaryKeyConstraint('box_key', ['customer_id', 'agent'])
      .addForeignKeyConstraint('box_customer', ['customer_id'], 'customer', ['id']),
  ).execute();
}

async function items(db: Kysely<unknown>, { integer, text, bytes, keyed, heap }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('epoch')
      .addColumn('customer_id', integer, required)
      .addColumn('no', integer, required)
      .addColumn('agent', text, required)
      .addColumn('epoch', text, required)
      .addPrimaryKeyConstraint('epoch_key', ['customer_id', 'no'])
      .addUniqueConstraint('epoch_name', ['customer_id', 'agent', 'epoch']),
  ).execute();
  await heap(
    db.schema
      .createTable('item')
      .addColumn('customer_id', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('kind', text, required)
      .addColumn('digest', text, required)
      .addColumn('received_at', integer, required)
      .addColumn('device_id', integer)
      .addColumn('packing', text, required)
      .addColumn('raw', bytes, required)
      .addPrimaryKeyConstraint('item_key', ['customer_id', 'epoch_no', 'seq']),
  ).execute();
  await db.schema
    .createIndex('item_of_device')
    .on('item')
    .columns(['customer_id', 'device_id', 'epoch_no', 'seq'])
    .where('device_id' as never, 'is not', null)
    .execute();
  await heap(
    db.schema
      .createTable('quarantine')
      .addColumn('customer_id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('raw_digest', text, required)
      .addColumn('epoch', text, required)
      .addColumn('seq', integer, required)
      .addColumn('digest', text, required)
      .addColumn('kind', text)
      .addColumn('code', text, required)
      .addColumn('received_at', integer, required)
      .addColumn('packing', text, required)
      .addColumn('raw', bytes, required)
      .addPrimaryKeyConstraint('quarantine_key', ['customer_id', 'agent', 'raw_digest']),
  ).execute();
}

async function devices(db: Kysely<unknown>, { integer, text, keyed, heap }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('device')
      .addColumn('customer_id', integer, required)
      .addColumn('id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('local_id', text, required)
      .addColumn('address', text, required)
      .addColumn('kind', text)
      .addColumn('manufacturer_key', text)
      .addColumn('serial_key', text)
      .addColumn('mac', text)
      .addColumn('completeness', text)
      .addColumn('readings', integer, required)
      .addColumn('first_heard', integer, required)
      .addColumn('last_heard', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('at', integer, required)
      .addPrimaryKeyConstraint('device_key_pk', ['customer_id', 'id'])
      .addForeignKeyConstraint('device_customer', ['customer_id'], 'customer', ['id']),
  ).execute();
  await db.schema.createIndex('device_of_box').on('device').columns(['customer_id', 'agent']).execute();
  await keyed(
    db.schema
      .createTable('device_key')
      .addColumn('customer_id', integer, required)
      .addColumn('kind', text, required)
      .addColumn('key', text, required)
      .addColumn('device_id', integer, required)
      .addPrimaryKeyConstraint('device_key_key', ['customer_id', 'kind', 'key']),
  ).execute();
  await db.schema.createIndex('key_of_device').on('device_key').columns(['customer_id', 'device_id']).execute();
  await heap(
    db.schema
      .createTable('device_part')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('part', text, required)
      .addColumn('taken_at', text, required)
      .addColumn('value', text, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('at', integer, required)
      .addPrimaryKeyConstraint('device_part_key', ['customer_id', 'device_id', 'part']),
  ).execute();
}

async function series(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  let counters = db.schema
    .createTable('counter_point')
    .addColumn('customer_id', integer, required)
    .addColumn('device_id', integer, required)
    .addColumn('at', integer, required)
    .addColumn('epoch_no', integer, required)
    .addColumn('seq', integer, required)
    .addColumn('beyond', text);
  for (const column of COUNTER_COLUMNS) counters = counters.addColumn(column as never, integer) as typeof counters;
  await keyed(
    counters.addPrimaryKeyConstraint('counter_point_key', ['customer_id', 'device_id', 'at', 'epoch_no', 'seq']),
  ).execute();
  await keyed(
    db.schema
      .createTable('supply_point')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('at', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('supply', text, required)
      .addColumn('percent', integer)
      .addColumn('state', text, required)
      .addPrimaryKeyConstraint('supply_point_key', ['customer_id', 'device_id', 'at', 'epoch_no', 'seq', 'supply']),
  ).execute();
}

/** What stands beside the readings: events, notes, plans, scans. */
async function marginalia(db: Kysely<unknown>, { integer, text, keyed, heap }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('event')
      .addColumn('customer_id', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('agent', text, required)
      .addColumn('local_id', text, required)
      .addColumn('event', text, required)
      .addColumn('detail', text, required)
      .addColumn('at', integer, required)
      .addPrimaryKeyConstraint('event_key', ['customer_id', 'epoch_no', 'seq']),
  ).execute();
  await db.schema.createIndex('event_of_device').on('event').columns(['customer_id', 'agent', 'local_id']).execute();
  await keyed(
    db.schema
      .createTable('note')
      .addColumn('customer_id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('local_id', text, required)
      .addColumn('field', text, required)
      .addColumn('value', text, required)
      .addColumn('revision', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addPrimaryKeyConstraint('note_key', ['customer_id', 'agent', 'local_id', 'field']),
  ).execute();
  await keyed(
    db.schema
      .createTable('plan')
      .addColumn('customer_id', integer, required)
      .addColumn('digest', text, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('agent', text, required)
      .addColumn('local_id', text, required)
      .addPrimaryKeyConstraint('plan_key', ['customer_id', 'digest', 'epoch_no', 'seq']),
  ).execute();
  await heap(
    db.schema
      .createTable('scan')
      .addColumn('customer_id', integer, required)
      .addColumn('epoch_no', integer, required)
      .addColumn('seq', integer, required)
      .addColumn('agent', text, required)
      .addColumn('finished_at', integer, required)
      .addColumn('printers', integer, required)
      .addColumn('complete', integer, required)
      .addColumn('summary', text, required)
      .addPrimaryKeyConstraint('scan_key', ['customer_id', 'epoch_no', 'seq']),
  ).execute();
}
