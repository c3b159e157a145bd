/** What a database takes on disk, once it has tidied up after itself. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { BenchPlace } from './places.ts';

export async function databaseSize({ folder, databaseUrl }: BenchPlace): Promise<number> {
  if (databaseUrl === undefined) {
    const file = join(folder, 'central', 'central.sqlite');
    const beside = new DatabaseSync(file);
    beside.exec('PRAGMA busy_timeout=10000; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
    beside.close();
    return statSync(file).size;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('vacuum full');
  const { rows } = await client.query('select pg_database_size(current_database()) as size');
  await client.end();
  return Number(rows[0]?.size);
}
