/** What node:sqlite gets wrong in silence, and what a power cut must not take. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Kysely, sql } from 'kysely';
import { NodeSqliteDialect } from '../src/store/sqlite-dialect.ts';
import { newFolder } from './running-central.ts';

test('dates, objects, lists, true and the undefined are refused, not bound as something else', async (t) => {
  const db = new Kysely<unknown>({ dialect: new NodeSqliteDialect(':memory:') });
  t.after(() => db.destroy());
  const values = [new Date(0), { a: 1 }, ['a'], undefined, true];
  let refused = 0;
  for (const value of values) {
    await assert.rejects(sql`select ${value} as v`.execute(db), TypeError);
    refused += 1;
  }
  assert.equal(refused, values.length);
});

test('the journal is a WAL and every commit reaches the disk', async (t) => {
  const db = new Kysely<unknown>({ dialect: new NodeSqliteDialect(join(newFolder(t), 'x.sqlite')) });
  t.after(() => db.destroy());
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
    return Object.values(rows[0] ?? {})[0];
  };
  assert.equal(await pragma('journal_mode'), 'wal');
  assert.equal(await pragma('synchronous'), 2, 'FULL');
  assert.equal(await pragma('foreign_keys'), 1);
});

test('a statement inside a transaction and one beside it do not mix', async (t) => {
  const db = new Kysely<{ a: { b: number } }>({ dialect: new NodeSqliteDialect(':memory:') });
  t.after(() => db.destroy());
  await sql`create table a (b integer)`.execute(db);
  const failing = db.transaction().execute(async (tx) => {
    await tx.insertInto('a').values({ b: 1 }).execute();
    await new Promise((turn) => setImmediate(turn));
    throw new Error('rolled back');
  });
  const beside = db.insertInto('a').values({ b: 2 }).execute();
  await assert.rejects(failing);
  await beside;
  assert.deepEqual(
    (await db.selectFrom('a').selectAll().execute()).map(({ b }) => b),
    [2],
  );
});
