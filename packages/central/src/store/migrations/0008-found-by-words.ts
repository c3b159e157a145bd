/** Searches find machines by an index of words; lists by trouble and by model have indexes in their order. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { foldText, searchText, searchWords } from '../../fleet/search-text.ts';
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts';

const AT_ONCE = 200;

export function foundByWords(engine: Engine): Migration {
  const types = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await words(db, engine, types);
      await customerNames(db, types);
      await orders(db, types);
    },
  };
}

async function words(db: Kysely<unknown>, engine: Engine, { integer, text, keyed }: ColumnTypes): Promise<void> {
  // Beginnings of words are ranges of their bytes, whatever collation a database of PostgreSQL was made with.
  const bytes = engine === 'postgres' ? sql`text collate "C"` : text;
  const required = (column: ColumnDefinitionBuilder) => column.notNull();
  await keyed(
    db.schema
      .createTable('standing_word')
      .addColumn('word', bytes, required)
      .addColumn('customer_id', integer, required)
      .addColumn('device_id', integer, required)
      .addPrimaryKeyConstraint('standing_word_key', ['customer_id', 'device_id', 'word']),
  ).execute();
  await db.schema
    .createIndex('standing_word_found')
    .on('standing_word')
    .columns(['word', 'customer_id', 'device_id'])
    .execute();
  await db.schema.dropIndex('standing_search').execute();
  let after: readonly [number, number] = [-1, -1];
  for (let more = true; more; ) {
    const { rows } = await sql<{
      customer_id: number;
      device_id: number;
      search: string;
    }>`select customer_id, device_id,
      search from standing where (customer_id, device_id) > (${after[0]}, ${after[1]})
      order by customer_id, device_id limit ${AT_ONCE}`.execute(db);
    for (const { customer_id, device_id, search } of rows) {
      // Which part is a number was not kept: what has a digit and no space is one.
      const parts = search.split(' | ');
      const isNumber = (part: string) => /\d/.test(part) && !part.includes(' ');
      const next = searchText({ numbers: parts.filter(isNumber), words: parts.filter((part) => !isNumber(part)) });
      await sql`update standing set search = ${next} where customer_id = ${customer_id} and device_id = ${device_id}`.execute(
        db,
      );
      const found = searchWords(next).map((word) => sql`(${word}, ${customer_id}, ${device_id})`);
      if (found.length > 0)
        await sql`insert into standing_word (word, customer_id, device_id) values ${sql.join(found)}`.execute(db);
    }
    const last = rows.at(-1);
    if (last) after = [last.customer_id, last.device_id];
    more = rows.length === AT_ONCE;
  }
}

/** Customers are few: what is typed may stand anywhere in their names. */
async function customerNames(db: Kysely<unknown>, { text }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('customer')
    .addColumn('search', text, (column) => column.notNull().defaultTo(''))
    .execute();
  const { rows } = await sql<{ id: number; name: string }>`select id, name from customer`.execute(db);
  for (const { id, name } of rows)
    await sql`update customer set search = ${foldText(name)} where id = ${id}`.execute(db);
}

async function orders(db: Kysely<unknown>, { integer }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('standing')
    .addColumn('trouble_rank', integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update standing set trouble_rank = severity * 100000000000000 - coalesce(trouble_since, 0)
    where watched = 1 and severity > 0`.execute(db);
  for (const gone of ['counts', 'by_model', 'trouble', 'low', 'silent', 'missing'])
    await db.schema.dropIndex(`standing_${gone}`).execute();
  // The columns of a condition stand in its index too: SQLite counts out of it alone only then.
  const lists = [
    ['by_trouble', 'trouble_rank, customer_id, device_id', ''],
    ['by_model', 'model, name, customer_id, device_id', ''],
    ['by_read', 'read_at, customer_id, device_id', ''],
    ['trouble', 'severity desc, trouble_since, customer_id, device_id, watched', 'watched = 1 and severity > 0'],
    ['low', 'supply_percent, customer_id, device_id, watched, supply_rank', 'watched = 1 and supply_rank > 0'],
    ['silent', 'silent_at, customer_id, device_id, watched', 'watched = 1 and silent_at > 0'],
    ['missing', 'read_at, customer_id, device_id, watched', 'watched = 1 and read_at >= 0'],
    ['unwatched', 'customer_id, device_id, watched', 'watched = 0'],
  ] as const;
  for (const [name, columns, condition] of lists)
    await sql`create index ${sql.raw(`standing_${name}`)} on standing (${sql.raw(columns)})
      ${sql.raw(condition && `where ${condition}`)}`.execute(db);
}
