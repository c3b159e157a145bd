/** From outbox to central over HTTP: each item arrives once, whatever central, the line or the clock do. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import {
  type Clock,
  hours,
  instant,
  type Millis,
  manualClock,
  millis,
  minutes,
  seconds,
  seededRandom,
  silentLog,
} from '@rsb/runtime';
import { createUploader, type Line, loadIdentity, openLine, type UploadStatus } from '../src/line/index.ts';
import { createOutbox, outboxSchema } from '../src/outbox/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { AGENT, type Behaviour, lineFor, serveCentral } from './line-central.ts';
import { closedPort, START } from './line-servers.ts';

async function site(t: TestContext) {
  const clock = manualClock(START);
  const random = seededRandom(7);
  const waits: Millis[] = [];
  const after: Clock['after'] = (name, delay, run) => {
    if (name === 'next report') waits.push(delay);
    return clock.after(name, delay, run);
  };
  const db = openDatabase(':memory:');
  db.script(outboxSchema);
  const outbox = createOutbox(db, { clock, random });
  const identity = loadIdentity({ load: () => null, save: () => {} });
  const central = await serveCentral(t, () => createPublicKey(identity.publicKey));
  const lineTo = (url: string): Line => {
    const opened = openLine({ url, clock });
    assert.ok(opened.ok);
    t.after(() => opened.value.close());
    return opened.value;
  };
  const set = {
    line: lineTo(central.url) as Line | null,
    agent: AGENT as string | null,
    centralKey: central.key as string | null,
  };
  const watchers = new Set<() => void>();
  const uploader = createUploader({
    outbox,
    line: () => set.line,
    identity: () => (set.agent === null ? null : { agent: set.agent, privateKey: identity.privateKey }),
    pinnedCentralKey: () => set.centralKey,
    clock: { ...clock, after },
    random,
    log: silentLog(),
    onChange: () => {
      for (const watcher of watchers) watcher();
    },
  });
  t.after(async () => {
    await uploader.stop();
    db.close();
  });
  /** Resolves once a status is shown that fits. */
  const shown = (fits: (status: UploadStatus) => boolean): Promise<UploadStatus> =>
    new Promise((resolve) => {
      const look = () => {
        const status = uploader.status();
        if (!fits(status)) return;
        watchers.delete(look);
        resolve(status);
      };
      watchers.add(look);
    });
  const append = (count: number, text = '') => {
    for (let n = 0; n < count; n += 1) outbox.append('boxState', { n, text });
  };
  /** Lets the clock go on to the next try, and answers how long that took. */
  const nextTry = async (): Promise<Millis> => {
    await clock.advance(millis(0));
    const wait = waits.at(-1) ?? millis(0);
    await clock.advance(wait);
    return wait;
  };
  const drained = (status: UploadStatus) => status.waiting === 0 && status.state === 'reached';
  const failing = (code: string) => (status: UploadStatus) => status.fault?.code === code;
  return { clock, outbox, central, set, uploader, shown, append, nextTry, drained, failing, lineTo };
}

const cutAfterCommit: Behaviour = ({ store, request }) => {
  store();
  request.socket.destroy();
};

test('items arrive in their order, are receipted, and leave the outbox', async (t) => {
  const { outbox, central, uploader, shown, append, drained } = await site(t);
  assert.equal(uploader.status().state, 'waiting');
  assert.equal(uploader.status().lastReached, null);
  append(3);
  const done = shown(drained);
  uploader.poke();
  const status = await done;
  assert.deepEqual(
    { ...status },
    { state: 'reached', since: START, lastReached: START, fault: null, waiting: 0, quarantined: 0 },
  );
  assert.deepEqual(
    [...central.stored.values()].map(({ seq, body }) => [seq, body]),
    [
      [1, { n: 0, text: '' }],
      [2, { n: 1, text: '' }],
      [3, { n: 2, text: '' }],
    ],
  );
  assert.deepEqual(central.reports, [{ items: 3, sentAt: '2026-11-24T08:00:00Z' }]);
  assert.deepEqual(central.problems, []);
  assert.equal(outbox.entries({ state: 'delivered', limit: 10 }).length, 3);
});

test('a backlog goes in reports of at most 500 items and 1 MiB', async (t) => {
  const { central, uploader, shown, append, drained } = await site(t);
  append(700);
  append(3, 'x'.repeat(700_000));
  const done = shown(drained);
  uploader.poke();
  await done;
  assert.deepEqual(
    central.reports.map(({ items }) => items),
    [500, 201, 1, 1],
  );
  assert.equal(central.stored.size, 703);
  assert.deepEqual(central.problems, []);
});

test('what is stored while a report is under way goes with the next one', async (t) => {
  const { central, uploader, shown, append, drained } = await site(t);
  append(1);
  central.script.push(({ store, receipt }) => {
    append(2);
    uploader.poke();
    receipt(store());
  });
  const done = shown(drained);
  uploader.poke();
  await done;
  assert.deepEqual(
    central.reports.map(({ items }) => items),
    [1, 2],
  );
});

test('central dies between commit and answer: the item is sent again, is a duplicate, and leaves', async (t) => {
  const { outbox, central, uploader, shown, append, drained, failing, nextTry } = await site(t);
  append(2);
  central.script.push(cutAfterCommit);
  const cut = shown(failing('lineBroken'));
  uploader.poke();
  const status = await cut;
  assert.equal(status.state, 'notReached');
  assert.equal(status.waiting, 2);
  const done = shown(drained);
  await nextTry();
  await done;
  assert.equal(central.stored.size, 2);
  assert.deepEqual(
    outbox.entries({ limit: 5 }).map(({ state, result }) => [state, result]),
    [
      ['delivered', 'duplicate'],
      ['delivered', 'duplicate'],
    ],
  );
});

const stranger = generateKeyPairSync('ed25519').privateKey;
const badReceipts: readonly (readonly [name: string, code: string, behaviour: Behaviour])[] = [
  ['signed by another key', 'receiptInvalid', ({ store, receipt }) => receipt(store(), { key: stranger })],
  ['for another box', 'receiptInvalid', ({ store, receipt }) => receipt(store(), { box: '999999999' })],
  ['with no signature', 'receiptInvalid', ({ store, receipt }) => receipt(store(), { signature: '' })],
  [
    'with a signature that is no base64',
    'receiptInvalid',
    ({ store, receipt }) => receipt(store(), { signature: '%%' }),
  ],
  ['that names nothing', 'receiptInvalid', ({ receipt }) => receipt([])],
  [
    'of another digest',
    'receiptInvalid',
    ({ items, receipt }) => receipt(items.map((item) => ({ ...lineFor(item), digest: `sha-256=${'0'.repeat(64)}` }))),
  ],
  [
    'of items that were never sent',
    'receiptInvalid',
    ({ items, receipt }) => receipt(items.map((item) => ({ ...lineFor(item), seq: item.seq + 100 }))),
  ],
  [
    'that a page replaces',
    'lineCaptivePortal',
    ({ response }) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'),
  ],
  [
    'that other JSON replaces',
    'lineCaptivePortal',
    ({ response }) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'),
  ],
];
for (const [name, code, behaviour] of badReceipts) {
  test(`a receipt ${name} empties nothing (${code}); the right one later does`, async (t) => {
    const { central, uploader, shown, append, drained, failing, nextTry } = await site(t);
    append(3);
    central.script.push(behaviour);
    const refused = shown(failing(code));
    uploader.poke();
    assert.equal((await refused).waiting, 3);
    const done = shown(drained);
    await nextTry();
    await done;
    assert.equal(central.stored.size, 3);
  });
}

test('an item that central puts aside, or keeps, does not stop the others', async (t) => {
  const { outbox, central, uploader, shown, append } = await site(t);
  append(5);
  central.script.push(({ store, receipt }) =>
    receipt(
      store().map((line) => {
        if (line.seq === 1) return { ...line, result: 'quarantined', code: 'itemInvalid' };
        return line.seq === 2 ? { ...line, result: 'keep', code: 'storeBusy' } : line;
      }),
    ),
  );
  const done = shown(({ waiting, quarantined }) => waiting === 1 && quarantined === 1);
  uploader.poke();
  assert.equal((await done).state, 'reached');
  const kept = outbox.entries({ state: 'waiting', limit: 5 });
  assert.deepEqual(
    kept.map(({ seq, code }) => [seq, code]),
    [[2, 'storeBusy']],
  );
});

test('a kept item comes again by itself, and new ones are not held up by it', async (t) => {
  const { clock, central, uploader, shown, append, drained } = await site(t);
  append(1);
  central.script.push(({ items, receipt }) =>
    receipt(items.map((item) => ({ ...lineFor(item), result: 'keep', code: 'storeBusy' }))),
  );
  const kept = shown(({ state }) => state === 'reached');
  uploader.poke();
  await kept;
  append(1);
  const second = shown(({ waiting }) => waiting === 1);
  await clock.advance(minutes(1));
  await second;
  const done = shown(drained);
  await clock.advance(minutes(1));
  await done;
  assert.equal(central.stored.size, 2);
});

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

test('a clock that stands in 1970, or jumps, changes neither what arrives nor its order', async (t) => {
  const { clock, central, uploader, shown, append, drained } = await site(t);
  for (const at of [0, Date.UTC(2099, 0, 1), Date.UTC(2026, 0, 1)]) {
    clock.jump(instant(at + 1000));
    append(1);
    const done = shown(drained);
    uploader.poke();
    await done;
  }
  assert.deepEqual(
    [...central.stored.values()].map(({ seq, at }) => [seq, at]),
    [
      [1, '1970-01-01T00:00:01Z'],
      [2, '2099-01-01T00:00:01Z'],
      [3, '2026-01-01T00:00:01Z'],
    ],
  );
  assert.deepEqual(central.problems, []);
});

test('without a central, or not enrolled, all waits and the state says so; afterwards it goes at once', async (t) => {
  const { set, uploader, shown, append, drained } = await site(t);
  const { line } = set;
  append(1);
  set.line = null;
  set.agent = null;
  uploader.poke();
  assert.equal(uploader.status().state, 'notSet');
  set.line = line;
  uploader.poke();
  assert.equal(uploader.status().state, 'notEnrolled');
  assert.equal(uploader.status().waiting, 1);
  set.agent = AGENT;
  const done = shown(drained);
  uploader.poke();
  await done;
});

test('somebody who asks for a try now need not wait', async (t) => {
  const { central, uploader, shown, append, drained, failing } = await site(t);
  append(1);
  central.script.push(({ problem }) => problem(403, 'boxRevoked'));
  const told = shown(failing('boxRevoked'));
  uploader.poke();
  await told;
  const done = shown(drained);
  uploader.retryNow();
  await done;
});

test('settings changed while a report hangs: the next try goes the new way without waiting', async (t) => {
  const { clock, central, set, uploader, shown, append, drained, lineTo } = await site(t);
  append(1);
  const old = set.line;
  const { promise: hanging, resolve: onHanging } = Promise.withResolvers<void>();
  central.script.push(() => onHanging());
  const done = shown(drained);
  uploader.poke();
  await hanging;
  set.line = lineTo(central.url);
  uploader.poke();
  await old?.close();
  await done;
  assert.ok(!clock.waiting().includes('next report'));
});

test('stopping waits for the receipt that is under way, and for no longer than a few seconds', async (t) => {
  const { clock, central, outbox, uploader, append } = await site(t);
  append(1);
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<() => void>();
  central.script.push(({ store, receipt }) => onAsked(() => receipt(store())));
  uploader.poke();
  const answer = await asked;
  const stopped = uploader.stop();
  answer();
  await stopped;
  assert.deepEqual(outbox.counts(), { waiting: 0, quarantined: 0 });
  uploader.poke();
  assert.deepEqual(clock.waiting(), []);
});

test('stopping does not wait for a central that hangs', async (t) => {
  const { clock, central, outbox, uploader, append } = await site(t);
  append(1);
  const { promise: hanging, resolve: onHanging } = Promise.withResolvers<void>();
  central.script.push(() => onHanging());
  uploader.poke();
  await hanging;
  const stopped = uploader.stop();
  await clock.advance(seconds(5));
  await stopped;
  assert.deepEqual(outbox.counts(), { waiting: 1, quarantined: 0 });
  assert.deepEqual(clock.waiting(), []);
});

test('what was delivered is forgotten after its time, what waits never', async (t) => {
  const { clock, outbox, uploader, shown, append, drained } = await site(t);
  append(2);
  let done = shown(drained);
  uploader.poke();
  await done;
  await clock.advance(hours(24 * 15));
  append(1);
  done = shown(drained);
  uploader.poke();
  await done;
  await uploader.stop();
  assert.deepEqual(
    outbox.entries({ limit: 10 }).map(({ seq }) => seq),
    [3],
  );
});
