/** From outbox to central over HTTP: each item arrives once, whatever central, the line or the clock do. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { hours, instant, minutes, seconds } from '@rsb/runtime';
import { AGENT, type Behaviour, lineFor } from './line-central.ts';
import { START } from './line-servers.ts';
import { site } from './line-site.ts';

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
  // Watched for from here on: central may answer while the clock still goes on.
  let isDrained = false;
  void shown(drained).then(() => {
    isDrained = true;
  });
  await clock.advance(minutes(1));
  await second;
  // In small steps: a minute at once would be longer than the line waits for the answer that is on its way.
  for (let step = 0; step < 3000 && !isDrained; step += 1) await clock.advance(seconds(1));
  assert.equal(central.stored.size, 2);
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

test("when the box's own store fails, nothing is lost, and the report goes again once it works", async (t) => {
  const { outbox, central, uploader, shown, append, drained, failing, nextTry } = await site(t);
  append(2);
  const apply = outbox.applyReceipt;
  Object.assign(outbox, {
    applyReceipt: () => {
      Object.assign(outbox, { applyReceipt: apply });
      throw new Error('database or disk is full');
    },
  });
  const told = shown(failing('internal'));
  uploader.poke();
  assert.equal((await told).waiting, 2);
  const done = shown(drained);
  await nextTry();
  await done;
  assert.equal(central.stored.size, 2);
  assert.equal(central.reports.length, 2);
});
