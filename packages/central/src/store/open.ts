/** Opens central's store on one of its two engines and brings its tables up to date. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Log, type Outcome, success } from '@rsb/runtime';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import type { Engine } from './migrations/column-types.ts';
import { migrations } from './migrations/index.ts';
import { exactInteger, NodeSqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

export interface OpenStore {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
  /** Connections that cannot write, for long reads. */
  readonly reader: Kysely<Tables>;
}

export type StorePlace = { readonly file: string } | { readonly url: string };

/** pg_type OIDs of int8 and numeric (count and sum give these): pg hands them over as text. */
const INT8 = 20;
const NUMERIC = 1700;

export async function openStore(place: StorePlace, log: Log): Promise<Outcome<OpenStore, Fault>> {
  const engine: Engine = 'url' in place ? 'postgres' : 'sqlite';
  const db = new Kysely<Tables>({
    dialect: 'url' in place ? postgresDialect(place.url, log) : new NodeSqliteDialect(place.file),
  });
  try {
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: async () => migrations(engine) },
    }).migrateToLatest();
    if (error) throw error;
    const reader = new Kysely<Tables>({
      dialect: 'url' in place ? readingDialect(place.url, log) : new NodeSqliteDialect(place.file, { readOnly: true }),
    });
    return success({ engine, db, reader });
  } catch (error) {
    await db.destroy().catch(() => {});
    return failure(fault('databaseUnusable', { detail: error instanceof Error ? error.message : String(error) }));
  }
}

const postgresDialect = (url: string, log: Log) => dialectOf(url, log, { max: 10 });
const readingDialect = (url: string, log: Log) =>
  dialectOf(url, log, { max: 4, options: '-c default_transaction_read_only=on' });

function dialectOf(url: string, log: Log, more: pg.PoolConfig): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
    ...more,
  });
  // A connection that breaks is replaced by the pool. The pool listens to idle ones alone: one that breaks in the middle of a
  // query tells the query and itself, and without a listener of its own the process would end.
  pool.on('error', (error) => log.warn('databaseConnectionLost', { detail: error.message }));
  pool.on('connect', (client) =>
    client.on('error', (error) => log.debug('databaseConnectionLost', { detail: error.message })),
  );
  return new PostgresDialect({ pool });
}

function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return (value) => exactInteger(BigInt(value));
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}
