/** The store's promises, the same on both engines. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { seededRandom, silentLog, systemRandom } from '@rsb/runtime';
import { sql } from 'kysely';
import { type CentralDatabase, type CustomerStore, centralDatabase } from '../src/store/database.ts';
import { type CustomerId, drawId } from '../src/store/identifiers.ts';
import { type OpenStore, openStore } from '../src/store/open.ts';
import { isRowFailure } from '../src/store/store-failure.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { newFolder, okay } from './running-central.ts';

interface OpenedForTest {
  readonly open: OpenStore;
  readonly database: CentralDatabase;
  newCustomer(name: string): Promise<CustomerStore>;
  reopen(): Promise<CentralDatabase>;
}

async function openFor(engine: EngineForTest, t: TestContext): Promise<OpenedForTest> {
  const { databaseUrl } = await engine.place();
  const place = databaseUrl === undefined ? { file: join(newFolder(t), 'central.sqlite') } : { url: databaseUrl };
  const open = okay(await openStore(place, silentLog()));
  const database = centralDatabase(open);
  t.after(() => database.close());
  return {
    open,
    database,
    async newCustomer(name) {
      const id = drawId(systemRandom()) as CustomerId;
      await database.acrossCustomers.addCustomer({ id, name, created_at: 1 });
      return database.forCustomer(id);
    },
    async reopen() {
      await database.close();
      const again = centralDatabase(okay(await openStore(place, silentLog())));
      t.after(() => again.close());
      return again;
    },
  };
}

const box = (agent: string) => ({ agent, public_key: `key of ${agent}`, enrolled_at: 5, version: '0.1.0' });
const itemRow = (seq: number, digest = `digest ${seq}`) => ({
  epochNo: 1,
  seq,
  kind: 'reading',
  digest,
  receivedAt: 10,
  deviceId: null,
  at: 1,
  raw: Buffer.from(`{"seq":${seq}}`),
});

/** What belongs to no customer. */
const HOUSE_TABLES = [
  ...['account', 'agency', 'agent_owner', 'answered_request', 'api_token', 'code_owner', 'customer', 'dealer'],
  ...['former_owner', 'house_settings', 'invitation', 'passkey', 'session', 'setup'],
  ...['alert_channel', 'alert_rules', 'delivery', 'mail_server', 'saved_view', 'used_challenge'],
];

async function keysOf({ db, engine }: OpenStore): Promise<Map<string, string[]>> {
  const rows =
    engine === 'sqlite'
      ? await sql<{ tbl: string; col: string }>`select m.name as tbl, i.name as col from sqlite_master m,
          pragma_table_info(m.name) i where m.type = 'table' and i.pk > 0 order by m.name, i.pk`.execute(db)
      : await sql<{ tbl: string; col: string }>`select c.relname as tbl, a.attname as col
          from pg_index x join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
          cross join lateral unnest(x.indkey) with ordinality as k(attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
          where x.indisprimary and n.nspname = 'public' order by c.relname, k.place`.execute(db);
  const keys = new Map<string, string[]>();
  for (const { tbl, col } of rows.rows) keys.set(tbl, [...(keys.get(tbl) ?? []), col]);
  return keys;
}

overEngines((test) => {
  test('the key of every table of customer data begins with the customer', async (engine, t) => {
    const { open } = await openFor(engine, t);
    const keys = await keysOf(open);
    const own = [...keys].filter(([table]) => !table.startsWith('kysely_') && !HOUSE_TABLES.includes(table));
    assert.deepEqual(
      own.filter(([, columns]) => columns[0] !== 'customer_id').map(([table]) => table),
      [],
    );
    assert.ok(own.length >= 35, String(own.length));
    assert.equal(
      own.length + HOUSE_TABLES.length,
      [...keys.keys()].filter((name) => !name.startsWith('kysely_')).length,
    );
  });

  test('what was committed is there after closing and opening again', async (engine, t) => {
    const { newCustomer, reopen } = await openFor(engine, t);
    const { id, boxes } = await newCustomer('Kept');
    await boxes.add(box('411223312'));
    const again = await reopen();
    assert.equal((await again.forCustomer(id).boxes.find('411223312'))?.public_key, 'key of 411223312');
    assert.deepEqual(
      (await again.acrossCustomers.listCustomers()).map(({ name, boxes: count }) => ({ name, count })),
      [{ name: 'Kept', count: 1 }],
    );
  });

  test('one customer’s handle finds nothing of another', async (engine, t) => {
    const { newCustomer } = await openFor(engine, t);
    const ours = await newCustomer('Ours');
    const theirs = await newCustomer('Theirs');
    await theirs.boxes.add(box('100000001'));
    await theirs.boxes.addCode({ code_hash: 'hash', created_at: 1, expires_at: 2 });
    await theirs.items.addEpoch(1, '100000001', 'e');
    await theirs.items.add([itemRow(1)]);
    assert.equal(await ours.boxes.find('100000001'), undefined);
    assert.equal(await ours.boxes.revoke('100000001', 9), false);
    assert.equal(await ours.boxes.useCode('hash', '100000001', 9), false);
    assert.equal(await ours.boxes.findCode('hash'), undefined);
    assert.deepEqual(await ours.items.epochs(), []);
    assert.deepEqual(await ours.items.digests(1, [1]), new Map());
    assert.equal((await theirs.boxes.find('100000001'))?.revoked_at, null);
    assert.deepEqual(await theirs.items.digests(1, [1]), new Map([[1, 'digest 1']]));
  });

  test('an agent number that anybody has, or had, is not given again', async (engine, t) => {
    const { newCustomer } = await openFor(engine, t);
    const one = await newCustomer('One');
    const two = await newCustomer('Two');
    assert.equal(await one.boxes.add(box('200000001')), true);
    await one.boxes.revoke('200000001', 9);
    assert.equal(await two.boxes.add(box('200000001')), false);
    assert.equal(await one.boxes.add(box('200000001')), false);
    assert.deepEqual(await two.boxes.list(), []);
  });

  test('a transaction that throws leaves nothing', async (engine, t) => {
    const { newCustomer } = await openFor(engine, t);
    const store = await newCustomer('Rollback');
    const attempt = store.exclusively(async (inside) => {
      await inside.boxes.add(box('300000001'));
      throw new Error('no');
    });
    await assert.rejects(attempt, /^Error: no$/);
    assert.deepEqual(await store.boxes.list(), []);
    assert.equal(await store.boxes.add(box('300000001')), true);
  });

  test('work for one customer runs one after the other', async (engine, t) => {
    const { newCustomer } = await openFor(engine, t);
    const store = await newCustomer('Queue');
    await store.items.addEpoch(1, 'a', 'e');
    const count = 12;
    await Promise.all(
      Array.from({ length: count }, () =>
        store.exclusively(async (inside) => {
          const last = (await inside.items.epochs()).at(-1)?.no ?? 0;
          await inside.items.addEpoch(last + 1, 'a', `e${last + 1}`);
        }),
      ),
    );
    assert.equal((await store.items.epochs()).length, count + 1);
  });

  test('a failure of the row is told from a failure of the moment', async (engine, t) => {
    const { newCustomer, open, database } = await openFor(engine, t);
    const store = await newCustomer('Failures');
    await store.items.addEpoch(1, 'a', 'e');
    await store.items.add([itemRow(1)]);
    const twice = await store.items.add([itemRow(1)]).catch((error: unknown) => error);
    assert.equal(isRowFailure(twice), true);
    const missing = await sql`select * from nowhere`.execute(open.db).catch((error: unknown) => error);
    assert.equal(isRowFailure(missing), false);
    await database.close();
    const closed = await store.items.add([itemRow(2)]).catch((error: unknown) => error);
    assert.equal(isRowFailure(closed), false);
  });

  test('numbers come back as numbers, exact, and bytes as bytes', async (engine, t) => {
    const { newCustomer, open } = await openFor(engine, t);
    const store = await newCustomer('Exact');
    const device = store.devices.draw(seededRandom(1));
    const raw = Buffer.from([0, 255, 1, 128]);
    await store.items.addEpoch(1, 'a', 'e');
    await store.items.add([{ ...itemRow(Number.MAX_SAFE_INTEGER), deviceId: device, raw }]);
    const [read] = await store.items.raw(device, 1, [Number.MAX_SAFE_INTEGER]);
    assert.equal(read?.seq, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(Buffer.from(read?.raw ?? []), raw);
    const { rows } = await sql<{ big: unknown; small: unknown }>`select cast(9223372036854775807 as bigint) as big,
      count(*) as small from item`.execute(open.db);
    assert.deepEqual({ ...rows[0] }, { big: 9223372036854775807n, small: 1 });
  });

  test('many rows go in at once, more than one statement takes', async (engine, t) => {
    const { newCustomer } = await openFor(engine, t);
    const store = await newCustomer('Many');
    await store.items.addEpoch(1, 'a', 'e');
    const seqs = Array.from({ length: 7000 }, (_, index) => index + 1);
    await store.items.add(seqs.map((seq) => itemRow(seq)));
    assert.equal((await store.items.digests(1, seqs)).size, seqs.length);
  });
});
