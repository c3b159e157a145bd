/**
 * Kysely on node:sqlite: WAL with synchronous=FULL, set and read back, so that what a receipt acknowledges survives a
 * power cut. One connection writes; Kysely queues on it.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteStatement } from 'kysely';

/** Prepared statements kept; multi-row inserts make a new text for each count of rows. */
const MOST_PREPARED = 500;

export class NodeSqliteDialect extends SqliteDialect {
  constructor(path: string, { readOnly = false } = {}) {
    super({ database: async () => openHandle(path, readOnly) });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** SQLite rolls back DDL like anything else, so a migration that is cut off leaves nothing behind. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function openHandle(path: string, readOnly: boolean) {
  const handle = new DatabaseSync(path, { readOnly });
  if (!readOnly) handle.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;');
  // Lists of a large fleet are read from memory: 64 MB of pages, of 2 MB by default.
  handle.exec('PRAGMA busy_timeout=1000; PRAGMA cache_size=-65536;');
  const synchronous = handle.prepare('PRAGMA synchronous').get()?.['synchronous'];
  if (!readOnly && synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}, not FULL`);
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => handle.close(),
    prepare(text: string): SqliteStatement {
      const known = prepared.get(text);
      if (known) return known;
      const [oldest] = prepared.keys();
      if (prepared.size >= MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
      const made = statement(handle.prepare(text));
      prepared.set(text, made);
      return made;
    },
  };
}

function statement(prepared: StatementSync): SqliteStatement {
  // Without it node:sqlite throws on an integer above 2^53 − 1; with it every integer arrives as bigint.
  prepared.setReadBigInts(true);
  return {
    reader: prepared.columns().length > 0,
    all: (parameters) => prepared.all(...parameters.map(bindable)).map(plainRow),
    run: (parameters) => prepared.run(...parameters.map(bindable)),
    *iterate(parameters) {
      for (const row of prepared.iterate(...parameters.map(bindable))) yield plainRow(row);
    },
  };
}

/** node:sqlite takes a leading Date or object for named parameters, in silence: anything but plain values is refused. */
function bindable(value: unknown): SQLInputValue {
  switch (typeof value) {
    case 'string':
    case 'bigint':
    case 'number':
      return value;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      throw new TypeError('only text, numbers, bytes and null can be bound');
  }
}

function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const key in row) {
    const value = row[key];
    if (typeof value === 'bigint') row[key] = exactInteger(value);
  }
  return row;
}

/** A number where it is exact, else the bigint itself. */
export function exactInteger(value: bigint): number | bigint {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}
