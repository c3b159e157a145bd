/** How each device stands now, what people do about it, the hours in which boxes were heard, views that people keep. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export function standings(engine: Engine): Migration {
  const types = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await standing(db, types);
      await attention(db, types);
      await workThroughAgain(db);
    },
  };
}

async function standing(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('standing')
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('name', text, required)
      .addColumn('manufacturer', text)
      .addColumn('model', text, required)
      .addColumn('service_id', text)
      .addColumn('group_name', text)
      .addColumn('location', text)
      .addColumn('search', text, required)
      .addColumn('watched', integer, required)
      .addColumn('severity', integer, required)
      .addColumn('trouble', text)
      .addColumn('trouble_detail', text)
      .addColumn('trouble_since', integer)
      .addColumn('supply_rank', integer, required)
      .addColumn('supply_percent', integer, required)
      .addColumn('supply', text)
      .addColumn('supply_since', integer)
      .addColumn('supplies_low', text, required)
      .addColumn('read_at', integer, required)
      .addColumn('silent_at', integer, required)
      .addColumn('total_pages', integer, required)
      .addColumn('month_pages', integer, required)
      .addColumn('weeks', text, required)
      .addColumn('weeks_to', integer, required)
      .addPrimaryKeyConstraint('standing_key', ['customer_id', 'device_id']),
  ).execute();
  const orders = [
    ['standing_by_name', ['name']],
    ['standing_by_supply', ['supply_percent']],
    ['standing_by_month', ['month_pages']],
    ['standing_by_total', ['total_pages']],
    ['standing_by_model', ['model']],
    // What is counted, and the order by reading; `watched` does not lead, or SQLite would choose it for every list.
    ['standing_counts', ['read_at', 'silent_at', 'watched', 'severity', 'supply_rank']],
    ['standing_of_box', ['agent', 'watched', 'silent_at']],
    ['standing_search', ['search']],
  ] as const;
  for (const [name, columns] of orders)
    await db.schema
      .createIndex(name)
      .on('standing')
      .columns([...columns, 'customer_id', 'device_id'])
      .execute();
  // What is wrong is little beside all: its lists are found without the rest. Conditions stand as in the queries.
  const lists = [
    ['standing_trouble', 'severity desc, trouble_since', 'severity > 0'],
    ['standing_low', 'supply_percent, customer_id, device_id', 'supply_rank > 0'],
    ['standing_silent', 'silent_at, customer_id, device_id', 'silent_at > 0'],
    ['standing_missing', 'read_at, customer_id, device_id', 'read_at >= 0'],
  ] as const;
  for (const [name, columns, condition] of lists)
    await sql`create index ${sql.raw(name)} on standing (${sql.raw(columns)}) where watched = 1 and ${sql.raw(condition)}`.execute(
      db,
    );
  await db.schema
    .createIndex('question_open')
    .on('question')
    .columns(['at'])
    .where(sql.ref('answer'), 'is', null)
    .execute();
}

async function attention(db: Kysely<unknown>, { integer, text, keyed }: ColumnTypes): Promise<void> {
  await keyed(
    db.schema
      .createTable('attention')
      .addColumn('customer_id', integer, required)
      .addColumn('subject', text, required)
      .addColumn('cause', text, required)
      .addColumn('acknowledged_by', text)
      .addColumn('acknowledged_at', integer)
      .addColumn('assigned_to', text)
      .addColumn('assigned_by', text)
      .addColumn('assigned_at', integer)
      .addColumn('snoozed_until', integer)
      .addColumn('snoozed_by', text)
      .addColumn('snoozed_at', integer)
      .addPrimaryKeyConstraint('attention_key', ['customer_id', 'subject']),
  ).execute();
  await db.schema.createIndex('attention_asleep').on('attention').columns(['snoozed_until']).execute();
  await keyed(
    db.schema
      .createTable('attention_step')
      .addColumn('customer_id', integer, required)
      .addColumn('subject', text, required)
      .addColumn('no', integer, required)
      .addColumn('cause', text, required)
      .addColumn('at', integer, required)
      .addColumn('by_name', text, required)
      .addColumn('step', text, required)
      .addColumn('detail', text)
      .addPrimaryKeyConstraint('attention_step_key', ['customer_id', 'subject', 'no']),
  ).execute();
  await keyed(
    db.schema
      .createTable('box_hours')
      .addColumn('customer_id', integer, required)
      .addColumn('agent', text, required)
      .addColumn('hour', integer, required)
      .addColumn('heard', integer, required)
      .addPrimaryKeyConstraint('box_hours_key', ['customer_id', 'agent']),
  ).execute();
  await keyed(
    db.schema
      .createTable('saved_view')
      .addColumn('account', text, required)
      .addColumn('id', integer, required)
      .addColumn('name', text, required)
      .addColumn('query', text, required)
      .addPrimaryKeyConstraint('saved_view_key', ['account', 'id']),
  ).execute();
}

/** Devices that are known already get their row when their history is next worked through: now. */
async function workThroughAgain(db: Kysely<unknown>): Promise<void> {
  await sql`insert into job (customer_id, kind, subject, due_at, since, version, leased_until, attempts)
    select customer_id, 'device', cast(id as text), 0, ${Number.MAX_SAFE_INTEGER}, 1, 0, 0 from device where true
    on conflict (customer_id, kind, subject) do update set due_at = 0, version = job.version + 1`.execute(db);
}
