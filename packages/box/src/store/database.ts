/**
 * The box's SQLite, behind one thin adapter. WAL with synchronous=FULL, set and read back: what is committed survives a
 * power cut. node:sqlite binds wrongly in silence when the first parameter is a Date or an object, so both are refused.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';

export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Record<string, SqlValue>;

export interface Database {
  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly lastId: number };
  one(sql: string, ...values: SqlValue[]): Row | undefined;
  all(sql: string, ...values: SqlValue[]): Row[];
  /** Several statements without parameters, for the schema. */
  script(sql: string): void;
  /** Runs `work` in one IMMEDIATE transaction; a nested call joins the outer one. Rolls back when it throws. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export function openDatabase(path: string): Database {
  const handle = new DatabaseSync(path);
  handle.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;');
  const synchronous = handle.prepare('PRAGMA synchronous').get()?.['synchronous'];
  if (synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}, not FULL`);
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = handle.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  let depth = 0;
  return {
    run(sql, ...values) {
      const result = statement(sql).run(...values.map(bindable));
      return { changes: Number(result.changes), lastId: Number(result.lastInsertRowid) };
    },
    one: (sql, ...values) => statement(sql).get(...values.map(bindable)) as Row | undefined,
    all: (sql, ...values) => statement(sql).all(...values.map(bindable)) as Row[],
    script: (sql) => handle.exec(sql),
    transaction(work) {
      if (depth > 0) return work();
      handle.exec('BEGIN IMMEDIATE');
      depth += 1;
      try {
        const result = work();
        handle.exec('COMMIT');
        return result;
      } catch (error) {
        // On a full disk SQLite has rolled back by itself, and what failed is to be told, not that nothing is left to undo.
        if (handle.isTransaction) handle.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => handle.close(),
  };
}

function bindable(value: SqlValue): SqlValue {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  throw new TypeError('only text, numbers, bytes and null can be bound');
}
