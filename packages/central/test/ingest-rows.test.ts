/** A row that the database itself refuses, and a database that is gone: neither loses nor blocks anything. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDataFolder, silentLog } from '@rsb/runtime';
import { sql } from 'kysely';
import pg from 'pg';
import { openStore } from '../src/store/open.ts';
import { overEngines } from './engines.ts';
import { newFolder, newTestCentral, okay } from './running-central.ts';
import { counters, readingItem } from './sample-items.ts';

/** Refuses the counter 666, as a constraint that a bug would run into. */
const REFUSAL = {
  sqlite: [
    `create trigger refuse before insert on observation when new.counts like '[666,%'
       begin select raise(abort, 'refused'); end`,
  ],
  postgres: ["alter table observation add constraint refuse check (counts is null or counts not like '[666,%')"],
};

overEngines((test) => {
  test('one row that the database refuses each time is put aside, its neighbours are stored', async (engine, t) => {
    const path = newFolder(t);
    const folder = okay(openDataFolder(path));
    const { databaseUrl } = await engine.place();
    const { newCustomer, newBox, person } = await newTestCentral(engine, { folder, databaseUrl });
    const customer = await newCustomer('Row');
    const box = await newBox(customer);
    const place = databaseUrl === undefined ? { file: join(path, 'central.sqlite') } : { url: databaseUrl };
    const beside = okay(await openStore(place, silentLog()));
    for (const statement of REFUSAL[beside.engine]) await sql.raw(statement).execute(beside.db);
    await beside.db.destroy();

    const items = [readingItem(1), readingItem(2, { counters: counters(666) }), readingItem(3)];
    assert.deepEqual(
      (await box.report(items)).map(({ result, code }) => ({ result, code })),
      [
        { result: 'stored', code: null },
        { result: 'quarantined', code: 'internal' },
        { result: 'stored', code: null },
      ],
    );
    assert.deepEqual(
      (await box.report(items)).map(({ result }) => result),
      ['duplicate', 'quarantined', 'duplicate'],
    );
    const [view] = (await person.call('GET', `/api/v1/customers/${customer}/boxes`)).body as { quarantined: number }[];
    assert.equal(view?.quarantined, 1);
  });

  test('a failure of the moment keeps everything on the box, and later it is stored', async (engine, t) => {
    const path = newFolder(t);
    const folder = okay(openDataFolder(path));
    const { databaseUrl } = await engine.place();
    const { newCustomer, newBox } = await newTestCentral(engine, { folder, databaseUrl });
    const box = await newBox(await newCustomer('Moment'));
    const place = databaseUrl === undefined ? { file: join(path, 'central.sqlite') } : { url: databaseUrl };
    const beside = okay(await openStore(place, silentLog()));
    await sql`alter table observation rename to observation_away`.execute(beside.db);
    const items = [readingItem(1), readingItem(2)];
    const kept = await box.report(items);
    assert.deepEqual(
      kept.map(({ result, code }) => ({ result, code })),
      items.map(() => ({ result: 'keep', code: 'storeBusy' })),
    );
    await sql`alter table observation_away rename to observation`.execute(beside.db);
    await beside.db.destroy();
    assert.deepEqual(
      (await box.report(items)).map(({ result }) => result),
      ['stored', 'stored'],
    );
  });

  test('a database that goes away is said, and central goes on when it is back', async (engine, t) => {
    const path = newFolder(t);
    const folder = okay(openDataFolder(path));
    const { databaseUrl } = await engine.place();
    const { newCustomer, newBox, person } = await newTestCentral(engine, { folder, databaseUrl });
    const box = await newBox(await newCustomer('Away'));
    const back = databaseUrl === undefined ? await lockFile(join(path, 'central.sqlite')) : await shutOut(databaseUrl);
    const answer = await box.send({ items: [readingItem(1)] });
    const busy = answer.body as { code?: string; results?: { result: string; code: string }[] };
    if (answer.status === 200) {
      assert.deepEqual(
        busy.results?.map(({ result, code }) => ({ result, code })),
        [{ result: 'keep', code: 'storeBusy' }],
      );
    } else {
      assert.deepEqual([answer.status, busy.code], [503, 'storeBusy']);
      assert.equal(answer.headers.get('retry-after'), '5');
    }
    await back();
    // A connection that was ended may be noticed only when it is used: the box sends again, as it does after any "keep".
    const results: string[] = [];
    while (results.at(-1) !== 'stored' && results.length < 20) {
      const again = await box.send({ items: [readingItem(1)] });
      const { results: lines = [], code = '' } = again.body as { code?: string; results?: { result: string }[] };
      results.push(lines[0]?.result ?? code);
    }
    assert.equal(results.at(-1), 'stored', results.join());
    assert.deepEqual(
      results.slice(0, -1).filter((result) => result !== 'keep' && result !== 'storeBusy'),
      [],
    );
    assert.equal((await person.call('GET', '/api/v1/customers')).status, 200);
  });
});

/** Another process that writes for longer than central waits. */
async function lockFile(file: string): Promise<() => Promise<void>> {
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  return async () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

/** A server that restarts, seen from its clients: connections end, new ones are refused. */
async function shutOut(databaseUrl: string): Promise<() => Promise<void>> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = new URL(databaseUrl);
  admin.pathname = '/postgres';
  const ask = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await ask(
    `alter database ${name} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  return () => ask(`alter database ${name} allow_connections true`);
}
