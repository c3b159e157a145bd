/**
 * Many rows in few statements, within the count of parameters that both engines take. The texts are put together here and not
 * by the query builder, whose work for each parameter would cost more than the database's own.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { CompiledQuery, type Insertable, type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** SQLite's default is 32,766 parameters a statement, PostgreSQL's limit 65,535. */
const MOST_PARAMETERS = 30_000;
/** Few lengths of statements, so that prepared ones are found again. */
const ROWS_AT_ONCE = 100;

export function batches<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.max(1, Math.floor(MOST_PARAMETERS / Math.max(1, columns)));
  const parts: T[][] = [];
  for (let from = 0; from < rows.length; from += size) parts.push(rows.slice(from, from + size));
  return parts;
}

export function insertRows<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  return writeRows(db, table, rows, '');
}

/** Rows that are there already, by these columns, get the new values of all others. */
export function upsertRows<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
  key: readonly (keyof Tables[T] & string)[],
): Promise<void> {
  const changes = columnsOf(rows)
    .filter((column) => !key.includes(column as keyof Tables[T] & string))
    .map((column) => `"${column}" = excluded."${column}"`);
  return writeRows(
    db,
    table,
    rows,
    ` on conflict (${key.map((column) => `"${column}"`).join(', ')}) do ${changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`}`,
  );
}

/** Names of columns come from our own code, never from outside. */
const columnsOf = (rows: readonly object[]): string[] => Object.keys(rows[0] ?? {});

async function writeRows(db: Kysely<Tables>, table: string, rows: readonly object[], conflict: string): Promise<void> {
  const columns = columnsOf(rows);
  if (columns.length === 0) return;
  const numbered = sql`${0}`.compile(db).sql !== '?';
  const head = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values `;
  const most = Math.min(ROWS_AT_ONCE, Math.floor(MOST_PARAMETERS / columns.length));
  for (let from = 0; from < rows.length; from += most) {
    // SQLite answers at once: without a turn between, nobody else is answered until the last row is in.
    if (from > 0) await othersFirst();
    const part = rows.slice(from, from + most);
    const parameters: unknown[] = [];
    for (const row of part) for (const column of columns) parameters.push((row as Record<string, unknown>)[column]);
    const text = `${head}${placeholders(part.length, columns.length, numbered)}${conflict}`;
    await db.executeQuery(CompiledQuery.raw(text, parameters));
  }
}

function placeholders(rows: number, columns: number, numbered: boolean): string {
  if (!numbered)
    return Array(rows)
      .fill(`(${Array(columns).fill('?').join(',')})`)
      .join(',');
  const list: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const places = Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`);
    list.push(`(${places.join(',')})`);
  }
  return list.join(',');
}
