/** Health as a page and for machines: self-test, log, metrics, and the description of the API. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS, type HealthView, type LogList, type SelfTest, type SentSummary } from '@rsb/contract';
import { instant, manualClock, silentLog } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createClockOffset, createLogMemory } from '../src/health/index.ts';
import { startSiteBox, startTestBox } from './box-at-work.ts';
import { startTestCentral } from './real-central.ts';

const START = instant(Date.UTC(2026, 10, 24, 8));

test('health tells of line, clock, storage, versions and work', async (t) => {
  const { url, code } = await startTestCentral(t);
  const { box } = await startSiteBox(t, seedSite({ gear: false }).slice(0, 2));
  await box.reader.ask('POST', '/enrolment', { url, code });
  await box.scan();
  const health = await box.stranger().ask<HealthView>('GET', '/health');
  assert.equal(health.central.url, url);
  assert.ok(health.storage.freeBytes !== null && health.storage.freeBytes > 0);
  assert.ok((health.storage.storeBytes ?? 0) > 10_000);
  assert.match(health.versions.node, /^\d+\./);
  assert.match(health.versions.sqlite ?? '', /^3\./);
  assert.deepEqual([health.machines.known, health.machines.monitored], [2, 2]);
  assert.equal(health.lastScan?.printers, 2);
  assert.ok(Math.abs(health.clock.offset ?? 99) <= 2, 'both clocks are this machine’s');
});

test('the self-test is for who signed in, in the reader’s language, and names each check once', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  assert.equal((await box.stranger().call('POST', '/health/test')).status, 401);
  const test_ = await box.reader.ask<SelfTest>('POST', '/health/test', undefined, { 'accept-language': 'de' });
  assert.deepEqual(
    test_.findings.map(({ check }) => check),
    [...CHECKS],
  );
  assert.match(test_.findings.find(({ check }) => check === 'port')?.text ?? '', /Diese Box antwortet/);
});

test('the log keeps the last lines, by level, newest first, and no secret of the first start', async (t) => {
  const memory = createLogMemory({ now: () => START }, 3);
  const log = memory.around(silentLog()).with({ part: 'x' });
  for (const event of ['a', 'b', 'c', 'd']) log.info(event, { n: 1, none: undefined });
  log.error('e', { text: 'y'.repeat(10_000) });
  assert.deepEqual(
    memory.lines('info', 10).map(({ event }) => event),
    ['e', 'd', 'c'],
  );
  assert.deepEqual(memory.lines('info', 10)[1]?.fields, { part: 'x', n: 1 });
  assert.equal(memory.lines('error', 10).length, 1);
  assert.equal(String(memory.lines('error', 1)[0]?.fields['text']).length, 500);
  const box = await startTestBox(t);
  const code = box.setupCode ?? '';
  await box.setUp();
  const { lines } = await box.reader.ask<LogList>('GET', '/health/log?level=debug&limit=1000');
  assert.ok(!JSON.stringify(lines).includes(code));
});

test('the clock is held against central’s own date, whole seconds and nonsense', () => {
  const clock = manualClock(START);
  const offset = createClockOffset(clock);
  assert.deepEqual(offset.view(), { offset: null, measuredAt: null });
  offset.note('not a date');
  assert.equal(offset.view().offset, null);
  offset.note('Tue, 24 Nov 2026 07:00:00 GMT');
  assert.ok(Math.abs((offset.view().offset ?? 0) - 3600) <= 1);
  offset.note('Tue, 24 Nov 2026 09:00:00 GMT');
  assert.ok(Math.abs((offset.view().offset ?? 0) + 3600) <= 1);
});

test('metrics are off until switched on; then every told value is there and no unknown one', async (t) => {
  const { box } = await startSiteBox(t, seedSite({ gear: false }).slice(0, 3));
  await box.scan();
  const metrics = () => fetch(`${box.url}/metrics`);
  assert.equal((await metrics()).status, 404);
  await box.reader.ask<SentSummary>('PUT', '/disclosure', { metrics: true });
  const answer = await metrics();
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
  const text = await answer.text();
  let told = 0;
  for (const { id, counters, supplies, status } of await box.devices()) {
    assert.ok(counters && supplies && status);
    const total = counters.value.total.all;
    const line = `rsb_printer_pages_total{device="${id}",function="total",color="all"}`;
    if (total === null) assert.ok(!text.includes(line));
    else assert.ok(text.includes(`${line} ${total}\n`), line);
    for (const { index, percent } of supplies.value) {
      const level = new RegExp(`rsb_printer_supply_level_percent\\{device="${id}",supply="${index}"[^}]*\\} (\\d+)`);
      assert.equal(level.exec(text)?.[1], percent === null ? undefined : String(percent), `${id} ${index}`);
      told += 1;
    }
  }
  assert.ok(told > 3);
  assert.match(text, /^rsb_box_outbox_waiting_items \d+$/m);
  assert.doesNotMatch(text, /NaN|null|undefined/);
  await box.settings((settings) => ({ ...settings, openReading: false }));
  assert.equal((await metrics()).status, 401, 'whoever may not read the pages may not read metrics');
});

test('the description of the API names every route, what it takes and what it answers', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const answer = await fetch(`${box.url}/api/openapi.json`);
  assert.equal(answer.status, 200);
  const document = (await answer.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { summary?: string; responses: Record<string, unknown>; security?: unknown }>>;
  };
  assert.equal(document.openapi, '3.1.0');
  let seen = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const url = path.replaceAll(/\{[^}]+\}/g, '1');
      const head = await fetch(`${box.url}${url}`, { method: method.toUpperCase() });
      await head.body?.cancel();
      assert.notEqual(head.status, 405, `${method} ${path} is there`);
      assert.ok(operation.responses['default'] || path === '/metrics', `${method} ${path} says what a problem is`);
      seen += 1;
    }
  }
  assert.ok(seen >= 30, String(seen));
  assert.ok(document.paths['/metrics'], 'metrics too');
  assert.ok(!document.paths['/*'], 'files are no API');
});
