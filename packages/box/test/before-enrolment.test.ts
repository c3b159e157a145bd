/** A box that nobody takes anything from: its outbox stays bounded, and nothing is lost once it is enrolled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HealthView, SentSummary } from '@rsb/contract';
import { hours, instant, manualClock, seededRandom } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createBeforeEnrolment, createOutbox } from '../src/outbox/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';
import { startSiteBox, waitFor } from './box-at-work.ts';
import { startTestCentral } from './real-central.ts';

const START = instant(Date.UTC(2026, 10, 24, 8));

function store(limits: { age: ReturnType<typeof hours>; bytes: number }) {
  const db = openDatabase(':memory:');
  migrate(db);
  const clock = manualClock(START);
  const outbox = createOutbox(db, { clock, random: seededRandom(3) });
  const facts = createFacts(db);
  return { db, facts, clock, outbox, early: createBeforeEnrolment({ db, facts, clock, limits }) };
}

test('readings that are too old go, what machines are and what people wrote stays', () => {
  const { clock, outbox, early } = store({ age: hours(24 * 10), bytes: 1e9 });
  outbox.append('deviceEvent', { device: 'd', event: 'new', detail: {} });
  outbox.append('plan', { device: 'd' });
  outbox.append('deviceNote', { device: 'd', field: 'serviceId', value: '1', revision: 1 });
  for (let day = 0; day < 20; day += 1) {
    outbox.append('reading', { day });
    clock.jump(instant(clock.now() + hours(24)));
  }
  assert.equal(early.bound(), 10);
  assert.equal(early.bound(), 0);
  assert.equal(early.dropped(), 10);
  assert.deepEqual(outbox.waiting().kinds, { deviceEvent: 1, deviceNote: 1, plan: 1, reading: 10 });
});

test('more than the limit of bytes goes, the oldest first', () => {
  const { outbox, early } = store({ age: hours(24 * 1000), bytes: 20_000 });
  for (let n = 0; n < 50; n += 1) outbox.append('reading', { n, text: 'x'.repeat(800) });
  assert.ok(early.bound() > 0);
  assert.ok(outbox.waiting().bytes <= 20_000);
  const left = outbox.entries({ limit: 100 }).map(({ body }) => (JSON.parse(body) as { n: number }).n);
  assert.equal(left[0], 49, 'the newest is there');
  assert.equal(left.length, 50 - early.dropped());
});

test('at enrolment the numbers begin anew without a hole, and scans still know theirs', () => {
  const { db, facts, outbox, early } = store({ age: hours(24 * 1000), bytes: 20_000 });
  const first = outbox.append('reading', { n: -1, text: '' });
  for (let n = 0; n < 50; n += 1) outbox.append('reading', { n, text: 'x'.repeat(800) });
  const last = outbox.append('reading', { n: 50, text: '' });
  db.run("INSERT INTO scan_run (started_at, finished_at, complete, summary) VALUES (1, 2, 1, '{}')");
  db.run('INSERT INTO scan_item (scan, epoch, seq) VALUES (1, ?, ?)', last.epoch, last.seq);
  early.bound();
  early.close(() => outbox.newEpoch());
  const entries = [...outbox.entries({ limit: 100 })].reverse();
  assert.notEqual(entries[0]?.epoch, first.epoch);
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    entries.map((_, index) => index + 1),
  );
  assert.equal(db.one('SELECT seq FROM scan_item')?.['seq'], entries.length);
  const next = outbox.append('reading', { n: 51 });
  assert.deepEqual(next, { epoch: entries[0]?.epoch, seq: entries.length + 1 });
  facts.save('enrolment', '{}');
  early.close(() => assert.fail('a second enrolment leaves names as they are'));
});

test('where nothing went, enrolment leaves the numbers as they are', () => {
  const { outbox, early } = store({ age: hours(24), bytes: 1e9 });
  outbox.append('reading', { n: 1 });
  early.close(() => assert.fail('not needed'));
  assert.equal(outbox.entries({ limit: 1 })[0]?.seq, 1);
});

test('what waits from before enrolment arrives at central afterwards', async (t) => {
  const { url, code } = await startTestCentral(t);
  const { box } = await startSiteBox(t, seedSite({ gear: false }).slice(0, 2));
  await box.scan();
  const health = await box.reader.ask<HealthView>('GET', '/health');
  assert.deepEqual([health.central.state, health.central.droppedBeforeEnrolment], ['notSet', 0]);
  const waiting = box.items().length;
  assert.equal(health.central.waiting, waiting);
  await box.reader.ask('POST', '/enrolment', { url, code });
  const after = await waitFor(async () => {
    const summary = await box.reader.ask<SentSummary>('GET', '/sent/summary');
    return summary.waiting.items === 0 ? summary : undefined;
  });
  assert.equal(after.waiting.items, 0);
  assert.ok(after.today.items >= waiting);
});
