/** What the change of tables makes of what was stored before it, the same on both engines. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { silentLog } from '@rsb/runtime';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../src/store/migrations/index.ts';
import { openStore } from '../src/store/open.ts';
import { NodeSqliteDialect } from '../src/store/sqlite-dialect.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { newFolder, okay } from './running-central.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RECEIVED = Date.UTC(2026, 2, 10, 12);

async function emptyStore(engine: EngineForTest, t: TestContext) {
  const { databaseUrl } = await engine.place();
  if (databaseUrl === undefined) {
    const file = join(newFolder(t), 'old.sqlite');
    const db = new Kysely<unknown>({ dialect: new NodeSqliteDialect(file) });
    return { place: { file }, kind: 'sqlite', db, close: () => db.destroy() } as const;
  }
  const { db, reader } = okay(await openStore({ url: databaseUrl }, silentLog()));
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const close = async () => {
    await reader.destroy();
    await db.destroy();
  };
  return { place: { url: databaseUrl }, kind: 'postgres', db: db as Kysely<unknown>, close } as const;
}

overEngines((test) => {
  test('items from before days were worked out get their moment, their month and their work', async (engine, t) => {
    const { place, kind, db, close } = await emptyStore(engine, t);
    const migrateUntil = async (last: string) => {
      const all = Object.entries(migrations(kind)).filter(([name]) => name <= last);
      const { error } = await new Migrator({
        db,
        provider: { getMigrations: async () => Object.fromEntries(all) },
      }).migrateToLatest();
      assert.equal(error, undefined);
    };
    await migrateUntil('0001-first-tables');
    await sql`insert into customer (id, name, created_at) values (7, 'Old', 0)`.execute(db);
    await sql`insert into device (customer_id, id, agent, local_id, address, readings, first_heard, last_heard, epoch_no, seq, at)
      values (7, 3, '100000001', 'a', '127.0.0.3', 4, 0, ${RECEIVED}, 1, 4, ${RECEIVED})`.execute(db);
    const taken = (at: number) => ({ kind: 'reading', body: { reading: { takenAt: new Date(at).toISOString() } } });
    const items: readonly { readonly said: unknown; readonly device: number | null; readonly at: number }[] = [
      { said: taken(RECEIVED - 40 * DAY), device: 3, at: RECEIVED - 40 * DAY },
      { said: taken(RECEIVED - HOUR), device: 3, at: RECEIVED - HOUR },
      // A clock that was never set, and one that runs far ahead: when it came is known.
      { said: taken(0), device: 3, at: RECEIVED },
      { said: taken(RECEIVED + 2 * DAY), device: 3, at: RECEIVED },
      {
        said: { kind: 'scan', at: new Date(RECEIVED - 2 * HOUR).toISOString() },
        device: null,
        at: RECEIVED - 2 * HOUR,
      },
      // More than are read at once.
      ...Array.from({ length: 510 }, () => ({ said: { kind: 'scan' }, device: null, at: RECEIVED })),
    ];
    const rows = items.map(({ said, device }, index) => {
      const text = Buffer.from(JSON.stringify(said));
      const [packing, raw] = index % 2 ? ['zstd', zstdCompressSync(text)] : ['none', text];
      return sql`(7, 1, ${index + 1}, 'reading', '', ${RECEIVED}, ${device}, ${packing}, ${raw})`;
    });
    await sql`insert into item (customer_id, epoch_no, seq, kind, digest, received_at, device_id, packing, raw)
      values ${sql.join(rows)}`.execute(db);
    await migrateUntil('0002-worked-through');

    const moments = await sql<{ at: number }>`select at from item order by seq`.execute(db);
    assert.deepEqual(
      moments.rows.map(({ at }) => Number(at)),
      items.map(({ at }) => at),
    );
    const jobs = await sql<{ kind: string; subject: string; due_at: number }>`select kind, subject, due_at from job
      order by kind, subject`.execute(db);
    assert.deepEqual(
      jobs.rows.map((row) => [row.kind, row.subject, Number(row.due_at)]),
      [
        ['closeMonth', '0:1:202603', Date.UTC(2026, 3, 8)],
        ['closeMonth', '3:1:202601', Date.UTC(2026, 1, 8)],
        ['closeMonth', '3:1:202603', Date.UTC(2026, 3, 8)],
        ['device', '3', 0],
      ],
    );
    const work = await sql<Record<string, unknown>>`select * from device_work`.execute(db);
    assert.deepEqual(
      work.rows.map((row) => Object.values(row).map(Number)),
      [[7, 3, RECEIVED + DAY]],
    );
    for (const table of ['counter_point', 'supply_point'])
      await assert.rejects(sql`select * from ${sql.table(table)}`.execute(db));
    await close();

    const { db: newest, reader } = okay(await openStore(place, silentLog()));
    const kept = await newest
      .selectFrom('item')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirst();
    assert.equal(Number(kept?.count), items.length, 'the later changes go over them too');
    await reader.destroy();
    await newest.destroy();
  });

  test('steps of alerts say in columns what the first line of their note said', async (engine, t) => {
    const { kind, db, close } = await emptyStore(engine, t);
    const before = Object.entries(migrations(kind)).filter(([name]) => name < '0017');
    const migrate = async (known: typeof before) => {
      const provider = { getMigrations: async () => Object.fromEntries(known) };
      const { error } = await new Migrator({ db, provider }).migrateToLatest();
      assert.equal(error, undefined);
    };
    await migrate(before);
    const steps = [
      ['opened', null, null],
      ['assigned', 'admin', 'jo\ncall first'],
      ['assigned', 'admin', '\nleft the house'],
      ['assigned', 'admin', 'jo'],
      ['snoozed', 'admin', '1790000000000\nafter the holidays\nof August'],
      ['snoozed', 'admin', '1790000000000'],
      ['acknowledged', 'admin', '12 of them'],
      ['resolved', null, 'partOf'],
      ['resolved', 'admin', 'done by hand'],
    ] as const;
    for (const [no, [step, by, note]] of steps.entries())
      await sql`insert into alert_step (customer_id, alert_id, no, at, step, by, note)
        values (7, 1, ${no}, 0, ${step}, ${by}, ${note})`.execute(db);
    await migrate(Object.entries(migrations(kind)));
    const { rows } = await sql<Record<string, unknown>>`select given_to, until, reason, note from alert_step
      order by no`.execute(db);
    assert.deepEqual(
      rows.map(({ given_to, until, reason, note }) => [given_to, until === null ? null : Number(until), reason, note]),
      [
        [null, null, null, null],
        ['jo', null, null, 'call first'],
        [null, null, null, 'left the house'],
        ['jo', null, null, null],
        [null, 1790000000000, null, 'after the holidays\nof August'],
        [null, 1790000000000, null, null],
        [null, null, null, '12 of them'],
        [null, null, 'partOf', null],
        [null, null, null, 'done by hand'],
      ],
    );
    await close();
  });
});
