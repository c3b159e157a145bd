/** Roles, invitations, tokens; agencies, sites, settings that are handed down; the fleet as the dealer's ERP has it. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.primaryKey().notNull();

export function peopleAndPlaces(engine: Engine): Migration {
  const types = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await people(db, types);
      await places(db, types);
      await settings(db, types);
      await boxes(db, types);
      await fleet(db, types);
    },
  };
}

async function people(db: Kysely<unknown>, { integer, text, bytes, keyed, heap }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('account')
    .addColumn('role', text, (column) => column.notNull().defaultTo('admin'))
    .execute();
  await db.schema.alterTable('account').addColumn('customer_id', integer).execute();
  await db.schema.alterTable('account').addColumn('disabled_at', integer).execute();
  await db.schema.alterTable('account').addColumn('last_seen', integer).execute();
  await db.schema.createIndex('session_of_account').on('session').columns(['account_id']).execute();
  await keyed(
    db.schema
      .createTable('invitation')
      .addColumn('id', integer, key)
      .addColumn('code_hash', text, (column) => column.notNull().unique())
      .addColumn('name', text, required)
      .addColumn('role', text, required)
      .addColumn('customer_id', integer)
      .addColumn('account_id', integer)
      .addColumn('created_by', text, required)
      .addColumn('created_at', integer, required)
      .addColumn('expires_at', integer, required)
      .addColumn('used_at', integer),
  ).execute();
  await keyed(
    db.schema
      .createTable('api_token')
      .addColumn('id', integer, key)
      .addColumn('token_hash', text, (column) => column.notNull().unique())
      .addColumn('name', text, required)
      .addColumn('customer_id', integer)
      .addColumn('scopes', text, required)
      .addColumn('created_by', text, required)
      .addColumn('created_at', integer, required)
      .addColumn('last_used', integer)
      .addColumn('expires_at', integer)
      .addColumn('revoked_at', integer),
  ).execute();
  await keyed(
    db.schema
      .createTable('passkey')
      .addColumn('id', text, key)
      .addColumn('account_id', integer, required)
      .addColumn('name', text, required)
      .addColumn('public_key', bytes, required)
      .addColumn('counter', integer, required)
      .addColumn('transports', text, required)
      .addColumn('created_at', integer, required)
      .addColumn('last_used', integer),
  ).execute();
  await db.schema.createIndex('passkey_of_account').on('passkey').columns(['account_id']).execute();
  await heap(
    db.schema
      .createTable('answered_request')
      .addColumn('key_hash', text, key)
      .addColumn('fingerprint', text, required)
      .addColumn('expires_at', integer, required)
      .addColumn('status', integer)
      .addColumn('sealed', bytes),
  ).execute();
  await db.schema.createIndex('answered_until').on('answered_request').columns(['expires_at']).execute();
}

async function places(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('agency')
      .addColumn('id', integer, key)
      .addColumn('name', text, required)
      .addColumn('created_at', integer, required),
  ).execute();
  await db.schema.alterTable('customer').addColumn('number', text).execute();
  await db.schema.alterTable('customer').addColumn('agency_id', integer).execute();
  await db.schema
    .alterTable('customer')
    .addColumn('revision', integer, (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.createIndex('customer_number').unique().on('customer').columns(['number']).execute();
  await db.schema.createIndex('customer_by_name').on('customer').columns(['name', 'id']).execute();
  await keyed(
    db.schema
      .createTable('site')
      .addColumn('customer_id', integer, required)
      .addColumn('id', integer, required)
      .addColumn('name', text, required)
      .addColumn('address', text)
      .addColumn('created_at', integer, required)
      .addPrimaryKeyConstraint('site_key', ['customer_id', 'id'])
      .addForeignKeyConstraint('site_customer', ['customer_id'], 'customer', ['id']),
  ).execute();
  // Site 1 is the one that every customer has from the start.
  await sql`insert into site (customer_id, id, name, address, created_at)
    select id, 1, '', null, created_at from customer`.execute(db);
  await keyed(
    db.schema
      .createTable('device_place')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('site_id', integer, required)
      .addPrimaryKeyConstraint('device_place_key', ['customer_id', 'device_id']),
  ).execute();
}

async function settings(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('house_settings')
      .addColumn('level', text, required)
      .addColumn('owner', integer, required)
      .addColumn('value', text, required)
      .addColumn('revision', integer, required)
      .addPrimaryKeyConstraint('house_settings_key', ['level', 'owner']),
  ).execute();
  await keyed(
    db.schema
      .createTable('place_settings')
      .addColumn('customer_id', integer, required)
      .addColumn('level', text, required)
      .addColumn('owner', text, required)
      .addColumn('value', text, required)
      .addColumn('revision', integer, required)
      .addPrimaryKeyConstraint('place_settings_key', ['customer_id', 'level', 'owner']),
  ).execute();
}

async function boxes(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('box')
    .addColumn('site_id', integer, (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('box').addColumn('left_at', integer).execute();
  // Set on a code that gives a dead box's number to the one that takes its place.
  await db.schema.alterTable('enrolment_code').addColumn('replaces', text).execute();
  await keyed(
    db.schema
      .createTable('retired_key')
      .addColumn('customer_id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('public_key', text, required)
      .addColumn('retired_at', integer, required)
      .addPrimaryKeyConstraint('retired_key_key', ['customer_id', 'agent', 'public_key']),
  ).execute();
  await keyed(
    db.schema
      .createTable('former_owner')
      .addColumn('agent', text, required)
      .addColumn('customer_id', integer, required)
      .addColumn('until_at', integer, required)
      .addPrimaryKeyConstraint('former_owner_key', ['agent', 'customer_id']),
  ).execute();
}

async function fleet(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('expected_machine')
      .addColumn('customer_id', integer, required)
      .addColumn('serial_key', text, required)
      .addColumn('serial', text, required)
      .addColumn('manufacturer', text)
      .addColumn('model', text)
      .addColumn('service_id', text)
      .addColumn('contract', text)
      .addColumn('site_id', integer)
      .addColumn('counter', text)
      .addColumn('counter_at', text)
      .addColumn('imported_at', integer, required)
      .addPrimaryKeyConstraint('expected_machine_key', ['customer_id', 'serial_key'])
      .addForeignKeyConstraint('expected_machine_customer', ['customer_id'], 'customer', ['id']),
  ).execute();
  await db.schema.createIndex('expected_by_serial').on('expected_machine').columns(['serial_key']).execute();
  await db.schema.createIndex('device_by_serial').on('device').columns(['serial_key', 'customer_id']).execute();
}
