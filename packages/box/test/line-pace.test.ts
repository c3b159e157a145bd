/** How the uploader goes on after central's refusals and outages: in smaller portions, later, never at full speed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours, instant, type Millis, minutes, seconds } from '@rsb/runtime';
import type { Behaviour } from './line-central.ts';
import { closedPort, START } from './line-servers.ts';
import { site } from './line-site.ts';

test('413 halves the report until it fits; one item that never fits waits and lets the others pass', async (t) => {
  const { central, uploader, shown, append } = await site(t);
  append(9);
  const limited: Behaviour = ({ items, store, receipt, problem }) => {
    if (items.length > 3 || items.some(({ seq }) => seq === 5)) problem(413, 'bodyTooLarge');
    else receipt(store());
  };
  for (let n = 0; n < 30; n += 1) central.script.push(limited);
  const done = shown(({ waiting, state }) => waiting === 1 && state === 'reached');
  uploader.poke();
  await done;
  assert.deepEqual(
    [...central.stored.values()].map(({ seq }) => seq),
    [1, 2, 3, 4, 6, 7, 8, 9],
  );
  assert.ok(central.reports.length <= 16, `${central.reports.length} reports`);
});

test('a report that central does not understand is narrowed down to the item; that one is kept, not dropped', async (t) => {
  const { outbox, central, uploader, shown, append } = await site(t);
  append(40);
  const strict: Behaviour = ({ items, store, receipt, problem }) =>
    items.some(({ seq }) => seq === 17) ? problem(400, 'reportInvalid') : receipt(store());
  for (let n = 0; n < 60; n += 1) central.script.push(strict);
  const done = shown(({ waiting, state }) => waiting === 1 && state === 'reached');
  uploader.poke();
  await done;
  assert.equal(central.stored.size, 39);
  assert.deepEqual(
    outbox.entries({ state: 'waiting', limit: 5 }).map(({ seq, holds }) => [seq, holds]),
    [[17, 1]],
  );
  assert.ok(central.reports.length < 30, `${central.reports.length} reports`);
});

test('a central that understands nothing at all is not asked at full speed', async (t) => {
  const { clock, central, uploader, shown, append, failing } = await site(t);
  append(2000);
  for (let n = 0; n < 2000; n += 1) central.script.push(({ problem }) => problem(400, 'reportInvalid'));
  const told = shown(failing('reportInvalid'));
  uploader.poke();
  await told;
  for (let n = 0; n < 60; n += 1) {
    uploader.poke();
    await clock.advance(minutes(1));
  }
  assert.ok(central.reports.length <= 25, `${central.reports.length} reports in an hour`);
  assert.equal(uploader.status().waiting, 2000);
});

test('an hour without central: few tries, further and further apart, then all arrives', async (t) => {
  const { clock, set, uploader, shown, append, drained, lineTo, nextTry, failing } = await site(t);
  const good = set.line;
  const port = await closedPort();
  set.line = lineTo(`http://127.0.0.1:${port}`);
  append(2);
  const waits: number[] = [];
  let told = shown(failing('lineRefused'));
  uploader.poke();
  while (clock.monotonic() < hours(1)) {
    const status = await told;
    assert.deepEqual(status.fault, { code: 'lineRefused', params: { host: '127.0.0.1', port } });
    assert.equal(status.since, START);
    uploader.poke();
    told = shown(failing('lineRefused'));
    waits.push(await nextTry());
  }
  assert.ok(waits.length >= 8 && waits.length <= 25, `${waits.length} tries`);
  assert.ok((waits[0] ?? 0) <= seconds(5));
  assert.ok(Math.max(...waits) <= minutes(15) && Math.max(...waits) >= minutes(7));
  await told;
  const done = shown(drained);
  set.line = good;
  uploader.poke();
  await done;
});

const refusals: readonly (readonly [status: number, code: string, known: string])[] = [
  [401, 'boxUnknown', 'boxUnknown'],
  [401, 'signatureInvalid', 'signatureInvalid'],
  [403, 'boxRevoked', 'boxRevoked'],
  [404, 'notFound', 'notFound'],
  [415, 'unsupportedMedia', 'unsupportedMedia'],
  [404, 'somethingElse', 'centralAnswerUnexpected'],
];
for (const [httpStatus, code, known] of refusals) {
  test(`refused with ${httpStatus} ${code}: asked again after a quarter of an hour, nothing is dropped`, async (t) => {
    const { central, uploader, shown, append, drained, failing, nextTry } = await site(t);
    append(2);
    central.script.push(({ problem }) => problem(httpStatus, code));
    const told = shown(failing(known));
    uploader.poke();
    assert.equal((await told).waiting, 2);
    uploader.poke();
    const done = shown(drained);
    const waited = await nextTry();
    assert.ok(waited >= minutes(13) && waited <= minutes(15), `${waited} ms`);
    await done;
  });
}

const busy: readonly (readonly [
  name: string,
  status: number,
  headers: Record<string, string>,
  least: Millis,
  most: Millis,
])[] = [
  ['429 without a time', 429, {}, seconds(2), seconds(6)],
  ['429 with seconds', 429, { 'retry-after': '120' }, seconds(120), seconds(121)],
  ['503 with an absurd time', 503, { 'retry-after': '99999999999' }, hours(1), seconds(3601)],
  ['503 with nonsense', 503, { 'retry-after': 'soon' }, seconds(2), seconds(6)],
  ['500', 500, {}, seconds(2), seconds(6)],
];
for (const [name, httpStatus, headers, least, most] of busy) {
  test(`${name}: tried again in its time`, async (t) => {
    const { central, uploader, shown, append, drained, failing, nextTry } = await site(t);
    append(1);
    central.script.push(({ problem }) => problem(httpStatus, 'storeBusy', headers));
    const told = shown(failing('storeBusy'));
    uploader.poke();
    await told;
    const done = shown(drained);
    const waited = await nextTry();
    assert.ok(waited >= least && waited <= most, `${waited} ms`);
    await done;
  });
}

test("a date to come back is held against central's clock, not the box's", async (t) => {
  const { clock, central, uploader, shown, append, failing, nextTry } = await site(t);
  clock.jump(instant(Date.UTC(1970, 0, 2)));
  append(1);
  central.script.push(({ problem }) =>
    problem(503, 'storeBusy', {
      date: 'Tue, 24 Nov 2026 08:00:00 GMT',
      'retry-after': 'Tue, 24 Nov 2026 08:05:00 GMT',
    }),
  );
  const told = shown(failing('storeBusy'));
  uploader.poke();
  await told;
  const waited = await nextTry();
  assert.ok(waited >= minutes(5) && waited <= seconds(301), `${waited} ms`);
});
