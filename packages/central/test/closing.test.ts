/** A month that is closed while the machine loses power, and a year of readings that arrives at once. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { instant, isoInstant, manualClock, seededRandom, silentLog } from '@rsb/runtime';
import { CLOSE_MONTH, closeMonth } from '../src/archive/close-month.ts';
import { readingsFrom } from '../src/archive/raw-archive.ts';
import { judgeItem } from '../src/ingest/judge-item.ts';
import { storeReport } from '../src/ingest/store-report.ts';
import type { ClaimedJob } from '../src/store/customer-jobs.ts';
import { type CentralDatabase, type CustomerStore, centralDatabase } from '../src/store/database.ts';
import type { CustomerId } from '../src/store/identifiers.ts';
import { openStore, type StorePlace } from '../src/store/open.ts';
import { workDevice } from '../src/work/work-device.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { type Lifetime, newFolder, okay } from './running-central.ts';
import { counters, readingItem } from './sample-items.ts';

const DAY = 86_400_000;
const AGENT = '411223312';
const START = Date.UTC(2025, 10, 1);

async function openSite(engine: EngineForTest, t: Lifetime) {
  const { databaseUrl } = await engine.place();
  const place: StorePlace = databaseUrl ? { url: databaseUrl } : { file: join(newFolder(t), 'central.sqlite') };
  const database = centralDatabase(okay(await openStore(place, silentLog())));
  t.after(() => database.close());
  const customer = 4711 as CustomerId;
  await database.acrossCustomers.addCustomer({ id: customer, name: 'C', created_at: 0 } as never);
  const store = database.forCustomer(customer);
  await store.boxes.add({ agent: AGENT, public_key: 'none', enrolled_at: 0, version: '0.1.0' });
  return { place, database, store };
}

function reportOf(store: CustomerStore, now: number) {
  const needs = {
    store,
    former: [],
    agent: AGENT,
    clock: manualClock(instant(now)),
    random: seededRandom(1),
    log: silentLog(),
  };
  return async (items: readonly unknown[]) => {
    const judged = items.map((item) => judgeItem({ raw: Buffer.from(JSON.stringify(item)), depth: 8 }));
    const results: Record<string, number> = {};
    for (const { result } of await storeReport(needs, judged)) results[result] = (results[result] ?? 0) + 1;
    return results;
  };
}

const PER_DAY = 8;
const readings = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    readingItem(index + 1, {
      takenAt: isoInstant(instant(START + (index * DAY) / PER_DAY)),
      counters: counters(83_000 + index),
    }),
  );

async function rawOf(store: CustomerStore): Promise<string[]> {
  const [device, ...others] = await store.devices.list(AGENT);
  assert.ok(device && others.length === 0);
  const lines: string[] = [];
  for await (const { raw } of readingsFrom(store, device.id, 0)) lines.push(Buffer.from(raw).toString());
  return lines;
}

const claim = (database: CentralDatabase, now: number, kind: string): Promise<ClaimedJob | undefined> =>
  database.queue.claim(now, { token: `t${now}`, now, until: now + 1000 }, [kind]);

overEngines((test) => {
  test('kill -9 before and after the commit of a closed month: every item is there once, byte for byte', async (engine, t) => {
    const { place, database, store } = await openSite(engine, t);
    const now = START + 60 * DAY;
    const items = readings(PER_DAY * 40);
    const report = reportOf(store, now - 20 * DAY);
    assert.deepEqual(await report(items), { stored: items.length });
    const before = await rawOf(store);
    const killed: (string | null)[] = [];
    for (const moment of ['before', 'after', 'after']) {
      const later = now + killed.length * 10 * DAY;
      const job = await claim(database, later, CLOSE_MONTH);
      assert.ok(job, 'what was cut off is due again once its lease has ended');
      const program = join(import.meta.dirname, 'closing-process.ts');
      const args = [JSON.stringify(place), String(store.id), job.subject, job.token, String(later), moment];
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      killed.push((await once(child, 'exit'))[1] as string | null);
      assert.deepEqual(await rawOf(store), before, moment);
      assert.deepEqual(await report(items.slice(0, 200)), { duplicate: 200 });
    }
    assert.deepEqual(killed, ['SIGKILL', 'SIGKILL', 'SIGKILL']);
    const [device] = await store.devices.list(AGENT);
    assert.ok(device);
    assert.equal((await store.blocks.keysOf(device.id, 0)).length, 2, 'November and December are closed');
    assert.equal((await store.items.places(device.id)).length, 0);
    assert.equal(await claim(database, now + 40 * DAY, CLOSE_MONTH), undefined);
  });

  test('a box that was offline for months sends it all at once: each reading once, each page once', async (engine, t) => {
    const { database, store } = await openSite(engine, t);
    const items = readings(PER_DAY * 150);
    const now = START + 151 * DAY;
    const report = reportOf(store, now);
    let stored = 0;
    // Each report twice, as a line that breaks before the receipt makes a box do.
    for (let from = 0; from < items.length; from += 500) {
      const part = items.slice(from, from + 500);
      stored += (await report(part))['stored'] ?? 0;
      assert.deepEqual(await report(part), { duplicate: part.length });
    }
    assert.equal(stored, items.length);
    const job = await claim(database, now + DAY, 'device');
    assert.ok(job, 'one job for all of it');
    await workDevice(store, job, now);
    let closed = 0;
    for (;;) {
      const month = await claim(database, now + 30 * DAY, CLOSE_MONTH);
      if (!month) break;
      closed += await closeMonth(store, month, now + 30 * DAY);
    }
    assert.equal(closed, items.length);
    assert.equal((await rawOf(store)).length, items.length);
    const [device] = await store.devices.list(AGENT);
    assert.ok(device);
    const days = await store.results.days(device.id, 0, Number.MAX_SAFE_INTEGER);
    assert.equal(days.length, 150);
    assert.equal(
      days.reduce((sum, { all_pages }) => sum + Number(all_pages), 0),
      items.length - 1,
    );
    const observed = await store.series.observations(device.id, 0, Number.MAX_SAFE_INTEGER);
    assert.ok(observed.length < PER_DAY * 125, `${observed.length} observations are kept at hand`);
  });
});
