/** Many rows in few statements, within the count of parameters that both engines take. */
import type { Insertable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** SQLite's default is 32,766 parameters a statement, PostgreSQL's limit 65,535. */
const MOST_PARAMETERS = 30_000;

export function batches<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.max(1, Math.floor(MOST_PARAMETERS / Math.max(1, columns)));
  const parts: T[][] = [];
  for (let from = 0; from < rows.length; from += size) parts.push(rows.slice(from, from + size));
  return parts;
}

export async function insertRows<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  for (const batch of batches(rows, Object.keys(rows[0] ?? {}).length)) {
    await db.insertInto(table).values(batch).execute();
  }
}
