/** What left the building, as a reader of the page sees it: each payload with its receipt, found again, exported, bounded. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import type { AskedObjectList, LoadView, SentList, SentPayload, SentSummary, WaitingList } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { hours, instant, manualClock, systemRandom } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createSentPayloads, sentCsv } from '../src/disclosure/index.ts';
import { openDatabase, type SqlValue } from '../src/store/database.ts';
import { migrate } from '../src/store/migrations.ts';
import { type Reader, startSiteBox, startTestBox, waitFor } from './box-at-work.ts';
import { site } from './line-site.ts';
import { startTestCentral } from './real-central.ts';

const machines = seedSite({ gear: false }).slice(0, 3);
const START = instant(Date.UTC(2026, 10, 24, 8));

const list = (reader: Reader, query = '') => reader.ask<SentList>('GET', `/sent${query}`);

test('before anything left the page says so, and shows what waits', async (t) => {
  const { box } = await startSiteBox(t, machines);
  await box.scan();
  const summary = await box.reader.ask<SentSummary>('GET', '/sent/summary');
  assert.deepEqual([summary.url, summary.kept.payloads, summary.today.payloads], [null, 0, 0]);
  assert.deepEqual(summary.keep, { days: 90, megabytes: 200 });
  assert.equal(summary.waiting.items, box.items().length);
  assert.equal(summary.waiting.kinds.reading, 3);
  const { items, next } = await box.reader.ask<WaitingList>('GET', '/sent/waiting?limit=2');
  assert.equal(items.length, 2);
  const older = await box.reader.ask<WaitingList>('GET', `/sent/waiting?limit=200&before=${next}`);
  assert.equal(items.length + older.items.length, summary.waiting.items, 'pages lose nothing');
});

test('each report that left is shown as it was sent, with a receipt that proves it', async (t) => {
  const { url, code } = await startTestCentral(t);
  const { box } = await startSiteBox(t, machines);
  await box.reader.ask('POST', '/enrolment', { url, code });
  await box.scan();
  const sent = await waitFor(async () => {
    const { waiting } = await box.reader.ask<SentSummary>('GET', '/sent/summary');
    return waiting.items === 0 ? list(box.reader) : undefined;
  });
  const items = sent.payloads.reduce((sum, payload) => sum + payload.items, 0);
  assert.equal(items, box.items().length, 'every item left in exactly one payload');
  const summary = await box.reader.ask<SentSummary>('GET', '/sent/summary');
  assert.equal(summary.kept.payloads, sent.payloads.length);
  assert.equal(summary.today.items, items);

  const names = new Set<string>();
  for (const { id, bytes, url: to } of sent.payloads) {
    const { payload, text, receipt, contentDigest } = await box.reader.ask<SentPayload>('GET', `/sent/${id}`);
    const report = JSON.parse(text) as { readonly items: readonly { epoch: string; seq: number }[] };
    for (const { epoch, seq } of report.items) names.add(`${epoch} ${seq}`);
    assert.equal(report.items.length, payload.items);
    assert.deepEqual([receipt.isValid, receipt.isPinnedKey], [true, true]);
    assert.equal(receipt.results.length, payload.items, 'a result for each item');
    assert.match(contentDigest, /^sha-256=:/);
    assert.match(receipt.keyFingerprint, /^sha-256 [0-9a-f]{64}$/);
    assert.ok(bytes > 0 && payload.jsonBytes === Buffer.byteLength(text));
    assert.equal(to, `${url}/api/v1/reports`);
    const file = await fetch(`${box.url}/api/v1/sent/${id}/payload.json`);
    assert.match(file.headers.get('content-disposition') ?? '', /^attachment/);
    assert.equal(await file.text(), text, 'the file is what was sent');
  }
  assert.equal(names.size, items, 'no item left twice');

  const serial = machines[0]?.mib && (await box.devices())[0]?.serialNumber;
  assert.ok(serial);
  const found = await list(box.reader, `?search=${serial.toLowerCase()}`);
  assert.ok(found.payloads.length > 0 && found.total === found.payloads.length);
  assert.equal((await list(box.reader, '?search=no-such-thing')).total, 0);
  const csv = await fetch(`${box.url}/api/v1/sent/export.csv?search=${serial}`);
  assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
  assert.equal((await csv.text()).trimEnd().split('\r\n').length, found.payloads.length + 1);
  assert.equal((await box.reader.call('GET', '/sent/999999')).status, 404);

  const { objects, allowed } = await box.reader.ask<AskedObjectList>('GET', '/objects');
  assert.equal(allowed, allowedObjects().length);
  assert.ok(objects.length > 10);
  for (const { object, name, source, machines: of, times } of objects) {
    assert.ok(
      allowedObjects().some((entry) => entry === object),
      object,
    );
    assert.ok(name !== '' && source !== '', `${object} says what it is and by whose word`);
    assert.ok(of >= 1 && of <= 3 && times >= of, object);
  }
  const load = await box.reader.ask<LoadView>('GET', '/load');
  assert.ok(load.days.length > 0, 'what it cost is measured');
  await box.restart();
  assert.deepEqual((await list(box.reader)).payloads, sent.payloads, 'all of it survives a restart');
});

test('a receipt and its payload are stored together or not at all', async (t) => {
  const { db, payloads, outbox, central, uploader, shown, append, drained, failing } = await site(t);
  append(2);
  const run = db.run;
  let failed = 0;
  Object.assign(db, {
    run: (sql: string, ...values: SqlValue[]) => {
      if (sql.startsWith('INSERT INTO sent_payload') && failed === 0) {
        failed += 1;
        throw new Error('disk full');
      }
      return run(sql, ...values);
    },
  });
  const broken = shown(failing('internal'));
  uploader.poke();
  await broken;
  assert.equal(outbox.counts().waiting, 2, 'nothing counts as delivered without its payload');
  const done = shown(drained);
  uploader.retryNow();
  await done;
  assert.equal(central.stored.size, 2, 'central has each once');
  const kept = await payloads.list({ limit: 10 });
  assert.deepEqual(
    kept.payloads.map(({ items, results }) => [items, results]),
    [[2, { duplicate: 2 }]],
  );
});

test('a report that left and brought no receipt is counted at the one that did', async (t) => {
  const { payloads, central, uploader, shown, append, drained, failing, nextTry } = await site(t);
  append(2);
  central.script.push(({ request }) => request.socket.destroy());
  const cut = shown(failing('lineBroken'));
  uploader.poke();
  await cut;
  const done = shown(drained);
  await nextTry();
  await done;
  const [sent] = (await payloads.list({ limit: 10 })).payloads;
  assert.deepEqual([sent?.items, sent?.triesBefore], [2, 1]);
});

/** A store with payloads of one day each, of a size that zstd cannot shrink. */
async function storeOf(days: number, bytes: number) {
  const db = openDatabase(':memory:');
  migrate(db);
  const clock = manualClock(START);
  const payloads = createSentPayloads(db, clock);
  const keys = generateKeyPairSync('ed25519');
  const centralKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  for (let day = 0; day < days; day += 1) {
    const random = Buffer.from(systemRandom().bytes(bytes)).toString('base64');
    const json = JSON.stringify({
      epoch: 'e',
      seq: day + 1,
      body: { device: `Maker =cmd|${day}`, text: random, day: `Tag ${day}` },
    });
    const text = `{"items":[${json}]}`;
    payloads.append({
      sentAt: clock.now(),
      url: 'http://127.0.0.1/api/v1/reports',
      body: zstdCompressSync(text),
      jsonBytes: text.length,
      items: [{ epoch: 'e', seq: day + 1, kind: '=HYPERLINK("http://evil.example")', digest: '', json }],
      centralKey,
      triesBefore: 0,
      receipt: { box: '411223312', results: [], signature: '' },
    });
    clock.jump(instant(clock.now() + hours(24)));
  }
  return { db, clock, payloads };
}

test('what was sent is kept for the days and up to the size that are set, the oldest goes first', async () => {
  const { payloads } = await storeOf(30, 150_000);
  assert.equal(payloads.kept().payloads, 30);
  assert.equal(payloads.prune({ days: 3650, megabytes: 10_000 }), 0);
  assert.equal(payloads.prune({ days: 20, megabytes: 10_000 }), 10);
  const { bytes } = payloads.kept();
  assert.ok(bytes > 2_900_000);
  assert.ok(payloads.prune({ days: 20, megabytes: 2 }) > 0);
  const left = payloads.kept();
  assert.ok(left.bytes <= 2_000_000 && left.bytes > 1_500_000, String(left.bytes));
  const page = await payloads.list({ limit: 100 });
  assert.equal(page.payloads[0]?.id, 30, 'the newest is there');
  assert.equal(page.total, left.payloads);
});

test('a search finds in every payload, by page, whatever the letter case', async () => {
  const { payloads } = await storeOf(40, 100);
  const first = await payloads.list({ search: 'tag 3', limit: 4 });
  assert.equal(first.total, 11, 'Tag 3 and Tag 30 to 39');
  assert.equal(first.payloads.length, 4);
  assert.ok(first.next !== null);
  const found = [...first.payloads];
  for (let next: number | null = first.next; next !== null; ) {
    const page: Awaited<ReturnType<typeof payloads.list>> = await payloads.list({
      search: 'tag 3',
      limit: 4,
      before: next,
    });
    found.push(...page.payloads);
    next = page.next;
  }
  assert.equal(found.length, 11);
  assert.equal(new Set(found.map(({ id }) => id)).size, 11);
});

test('the exported list holds no formula that a spreadsheet would run', async () => {
  const { payloads } = await storeOf(1, 10);
  const page = await payloads.list({ limit: 10 });
  const hostile = page.payloads.map((payload) => ({ ...payload, url: '=cmd|/c calc' }));
  const csv = sentCsv(hostile);
  assert.match(csv, /'=cmd/);
  assert.doesNotMatch(csv, /(^|,)"?=/m);
});

test('a receipt that was changed here is called so', async () => {
  const { db, payloads } = await storeOf(1, 10);
  const id = (await payloads.list({ limit: 1 })).payloads[0]?.id ?? 0;
  assert.equal(payloads.find(id, null)?.receipt.isValid, false, 'its signature is empty');
  assert.equal(payloads.find(id + 1, null), null);
  const digest = createHash('sha256')
    .update((db.one('SELECT body FROM sent_payload')?.['body'] as Uint8Array) ?? new Uint8Array())
    .digest('base64');
  assert.equal(payloads.find(id, null)?.contentDigest, `sha-256=:${digest}:`);
});

test('how long it is kept is the customer’s own setting, and is written down', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const bad = await box.reader.call('PUT', '/disclosure', { keepSent: { days: 0, megabytes: 5 } });
  assert.equal(bad.status, 400);
  const saved = await box.reader.ask<SentSummary>('PUT', '/disclosure', { keepSent: { days: 30, megabytes: 50 } });
  assert.deepEqual(saved.keep, { days: 30, megabytes: 50 });
  const { changes } = await box.reader.ask<{ changes: readonly { path: string; new: string }[] }>('GET', '/changes');
  assert.ok(changes.some((change) => change.path === '/keepSent/days' && change.new === '30'));
  // A page of an older version saves without knowing of it.
  await box.settings(({ keepSent: _kept, withhold: _withheld, metrics: _metrics, ...rest }) => rest);
  assert.deepEqual((await box.reader.ask<SentSummary>('GET', '/sent/summary')).keep, { days: 30, megabytes: 50 });
});
