/** What is sorted and filtered by settings and names stands in the rows themselves: hours of silence, marks, billing days, sort keys. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { sortKey } from '../sort-key.ts';
import { columnTypes, type Engine } from './column-types.ts';

const AT_ONCE = 500;

export function resolvedSettings(engine: Engine): Migration {
  const { integer, text } = columnTypes(engine);
  /** Bytes decide on both engines, whatever collation a database of PostgreSQL was made with. */
  const keyText = engine === 'postgres' ? sql`text collate "C"` : text;
  const withDefault = (value: number | string) => (column: ColumnDefinitionBuilder) =>
    column.notNull().defaultTo(value);
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('box').addColumn('silent_hours', integer, withDefault(26)).execute();
      // What the box last told of its settings: for whichever takes its place.
      await db.schema.alterTable('box').addColumn('told_settings', text).execute();
      await db.schema.alterTable('standing').addColumn('billing_day', integer, withDefault(31)).execute();
      await db.schema.alterTable('standing').addColumn('supply_mark', integer, withDefault(10)).execute();
      await db.schema.alterTable('customer').addColumn('sort_key', keyText, withDefault('')).execute();
      await db.schema.alterTable('alert').addColumn('also', text, withDefault('[]')).execute();
      await fillSortKeys(db);
      await db.schema.createIndex('customer_by_key').on('customer').columns(['sort_key', 'id']).execute();
      // What is missing before a billing day is counted out of this index alone.
      await sql`create index standing_by_billing on standing (billing_day, read_at, customer_id) where watched = 1`.execute(
        db,
      );
      await workThroughAgain(db);
    },
  };
}

async function fillSortKeys(db: Kysely<unknown>): Promise<void> {
  for (let after = -1, more = true; more; ) {
    const { rows } = await sql<{ id: number; name: string }>`select id, name from customer where id > ${after}
      order by id limit ${AT_ONCE}`.execute(db);
    for (const { id, name } of rows)
      await sql`update customer set sort_key = ${sortKey(name)} where id = ${id}`.execute(db);
    after = rows.at(-1)?.id ?? after;
    more = rows.length === AT_ONCE;
  }
}

/** Settings that somebody has saved already are heard: machines and boxes are looked at once more. */
async function workThroughAgain(db: Kysely<unknown>): Promise<void> {
  await sql`insert into job (customer_id, kind, subject, due_at, since, version, leased_until, attempts)
    select customer_id, 'device', cast(id as text), 0, ${Number.MAX_SAFE_INTEGER}, 1, 0, 0 from device where true
    on conflict (customer_id, kind, subject) do update set due_at = 0, version = job.version + 1`.execute(db);
  await sql`insert into job (customer_id, kind, subject, due_at, since, version, leased_until, attempts)
    select id, 'alertAll', '', 0, 0, 1, 0, 0 from customer where true
    on conflict (customer_id, kind, subject) do update set due_at = 0, version = job.version + 1`.execute(db);
}
