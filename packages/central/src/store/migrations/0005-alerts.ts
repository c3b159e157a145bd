/** Rules, alerts with their life, what is to be told of them and to whom, and the log of what was delivered. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.primaryKey().notNull();

export function alerts(engine: Engine): Migration {
  const types = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await alertTables(db, types);
      await tellingTables(db, types);
    },
  };
}

async function alertTables(db: Kysely<unknown>, { integer, text, keyed, heap }: ColumnTypes): Promise<void> {
  await heap(
    db.schema
      .createTable('alert_rules')
      .addColumn('id', integer, key)
      .addColumn('value', text, required)
      .addColumn('revision', integer, required),
  ).execute();
  await keyed(
    db.schema
      .createTable('alert')
      .addColumn('customer_id', integer, required)
      .addColumn('id', integer, required)
      .addColumn('subject', text, required)
      .addColumn('device_id', integer)
      .addColumn('agent', text, required)
      .addColumn('rule_id', text, required)
      .addColumn('rule_name', text)
      .addColumn('condition', text, required)
      .addColumn('severity', text, required)
      .addColumn('rank', integer, required)
      .addColumn('status', text, required)
      .addColumn('live', integer, required)
      .addColumn('causes', text, required)
      .addColumn('label', text, required)
      .addColumn('model', text)
      .addColumn('service_id', text)
      .addColumn('search', text, required)
      .addColumn('opened_at', integer, required)
      .addColumn('changed_at', integer, required)
      .addColumn('resolved_at', integer)
      .addColumn('acknowledged_by', text)
      .addColumn('assigned_to', text)
      .addColumn('snoozed_until', integer)
      .addColumn('revision', integer, required)
      .addPrimaryKeyConstraint('alert_key', ['customer_id', 'id']),
  ).execute();
  await db.schema
    .createIndex('alert_of_subject')
    .on('alert')
    .columns(['customer_id', 'subject', 'live', 'rule_id'])
    .execute();
  // One alert of a rule and subject at a time, whatever two workers do.
  await db.schema
    .createIndex('alert_once')
    .unique()
    .on('alert')
    .columns(['customer_id', 'subject', 'rule_id'])
    .where(sql.ref('live'), '=', sql.lit(1))
    .execute();
  await db.schema.createIndex('alert_order').on('alert').columns(['live', 'rank', 'opened_at', 'id']).execute();
  await keyed(
    db.schema
      .createTable('alert_step')
      .addColumn('customer_id', integer, required)
      .addColumn('alert_id', integer, required)
      .addColumn('no', integer, required)
      .addColumn('at', integer, required)
      .addColumn('step', text, required)
      .addColumn('by', text)
      .addColumn('note', text)
      .addPrimaryKeyConstraint('alert_step_key', ['customer_id', 'alert_id', 'no']),
  ).execute();
  await keyed(
    db.schema
      .createTable('alert_watch')
      .addColumn('customer_id', integer, required)
      .addColumn('subject', text, required)
      .addColumn('read_at', integer, required)
      .addColumn('value', text, required)
      .addPrimaryKeyConstraint('alert_watch_key', ['customer_id', 'subject']),
  ).execute();
}

async function tellingTables(db: Kysely<unknown>, { integer, text, keyed, heap }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('notification')
      .addColumn('customer_id', integer, required)
      .addColumn('id', integer, required)
      .addColumn('channel_id', integer, required)
      .addColumn('alert_id', integer, required)
      .addColumn('made_at', integer, required)
      .addColumn('ready_at', integer, required)
      .addColumn('group_key', text, required)
      .addColumn('line', text, required)
      .addPrimaryKeyConstraint('notification_key', ['customer_id', 'id']),
  ).execute();
  await db.schema.createIndex('notification_ready').on('notification').columns(['channel_id', 'ready_at']).execute();
  await db.schema
    .createIndex('notification_of_alert')
    .on('notification')
    .columns(['customer_id', 'alert_id'])
    .execute();
  await heap(
    db.schema
      .createTable('alert_channel')
      .addColumn('id', integer, key)
      .addColumn('value', text, required)
      .addColumn('secret', text)
      .addColumn('revision', integer, required)
      .addColumn('created_at', integer, required),
  ).execute();
  await heap(
    db.schema
      .createTable('mail_server')
      .addColumn('id', integer, key)
      .addColumn('value', text, required)
      .addColumn('password', text)
      .addColumn('revision', integer, required),
  ).execute();
  await heap(
    db.schema
      .createTable('delivery')
      .addColumn('id', integer, key)
      .addColumn('channel_id', integer, required)
      .addColumn('channel_name', text, required)
      .addColumn('kind', text, required)
      .addColumn('made_at', integer, required)
      .addColumn('state', text, required)
      .addColumn('attempts', integer, required)
      .addColumn('next_at', integer, required)
      .addColumn('delivered_at', integer)
      .addColumn('answer', text)
      .addColumn('alerts', integer, required)
      .addColumn('is_test', integer, required)
      .addColumn('payload', text, required)
      .addColumn('token', text)
      .addColumn('leased_until', integer, required),
  ).execute();
  await db.schema.createIndex('delivery_due').on('delivery').columns(['state', 'next_at']).execute();
  await db.schema.createIndex('delivery_order').on('delivery').columns(['made_at', 'id']).execute();
  await db.schema.createIndex('delivery_of_channel').on('delivery').columns(['channel_id', 'made_at', 'id']).execute();
}
