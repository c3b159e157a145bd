/** The outbox alone: names without holes, nothing lost or doubled by any order of appends, receipts and crashes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseItemHead, type ReceiptLine } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import { instant, manualClock, minutes, seededRandom } from '@rsb/runtime';
import fc from 'fast-check';
import { createOutbox, type ItemName, type Outbox, type OutboxItem, outboxSchema } from '../src/outbox/index.ts';
import { type Database, openDatabase } from '../src/store/database.ts';

const ALL = { maxItems: 500, maxBytes: 1 << 20 };
const line = (item: OutboxItem, result: ReceiptLine['result'], code: string | null = null): ReceiptLine => ({
  epoch: item.epoch,
  seq: item.seq,
  digest: item.digest,
  result,
  code,
});

function opened(seed = 1) {
  const db = openDatabase(':memory:');
  db.script(outboxSchema);
  const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));
  return { db, clock, outbox: createOutbox(db, { clock, random: seededRandom(seed) }) };
}

test('items are named from 1 without holes, also where a transaction is rolled back', () => {
  const { db, outbox } = opened();
  outbox.append('boxState', { n: 1 });
  assert.throws(() =>
    db.transaction(() => {
      outbox.append('boxState', { n: 'lost with its transaction' });
      throw new Error('power cut');
    }),
  );
  db.transaction(() => {
    outbox.append('boxState', { n: 2 });
    outbox.append('boxState', { n: 3 });
  });
  const items = outbox.batch(ALL);
  assert.deepEqual(
    items.map((item) => item.seq),
    [1, 2, 3],
  );
  assert.equal(new Set(items.map((item) => item.epoch)).size, 1);
});

test('an item travels as the contract says, with the digest of its body', () => {
  const { outbox } = opened();
  const body = { z: 'Ü\u0000\ud800', a: [1, null, { nested: true, __proto__: null }], big: '18446744073709551615' };
  outbox.append('deviceNote', body);
  const [item] = outbox.batch(ALL);
  assert.ok(item);
  const parsed = parseItemHead(JSON.parse(item.json));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  assert.equal(parsed.value.at, '2026-11-24T08:00:00Z');
  assert.equal(digestOf(parsed.value.body), item.digest);
  assert.equal(parsed.value.digest, digestOf(body));
});

test('a batch is bounded by items and by bytes; an item larger than the limit travels alone', () => {
  const { outbox } = opened();
  for (const size of [10, 5000, 10, 10]) outbox.append('boxState', { text: 'x'.repeat(size) });
  const seqs = (limits: { maxItems: number; maxBytes: number }) => outbox.batch(limits).map((item) => item.seq);
  assert.deepEqual(seqs({ maxItems: 3, maxBytes: 1 << 20 }), [1, 2, 3]);
  assert.deepEqual(seqs({ maxItems: 500, maxBytes: 1000 }), [1]);
  const [first] = outbox.batch({ maxItems: 1, maxBytes: 1000 });
  assert.ok(first);
  outbox.applyReceipt([line(first, 'stored')]);
  assert.deepEqual(seqs({ maxItems: 500, maxBytes: 1000 }), [2]);
});

test('bytes of a batch hold the JSON that is sent', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { minLength: 1, maxLength: 20 }), (texts) => {
      const { db, outbox } = opened();
      for (const text of texts) outbox.append('deviceEvent', { text });
      const batch = outbox.batch({ maxItems: 500, maxBytes: 2000 });
      const bytes = batch.reduce((sum, item) => sum + Buffer.byteLength(item.json) + 1, 0);
      assert.ok(batch.length === 1 || bytes <= 2000, `${batch.length} items, ${bytes} bytes`);
      db.close();
    }),
    { numRuns: 30 },
  );
});

test('stored and duplicate leave the queue, quarantined is put aside with its code, keep waits', async () => {
  const { outbox, clock } = opened();
  for (let n = 1; n <= 4; n += 1) outbox.append('boxState', { n });
  const [stored, duplicate, poisoned, kept] = outbox.batch(ALL);
  assert.ok(stored && duplicate && poisoned && kept);
  const effect = outbox.applyReceipt([
    line(stored, 'stored'),
    line(duplicate, 'duplicate'),
    line(poisoned, 'quarantined', 'itemInvalid'),
    line(kept, 'keep', 'storeBusy'),
  ]);
  assert.deepEqual(effect, { delivered: 2, quarantined: 1, kept: 1, ignored: [] });
  assert.deepEqual(outbox.counts(), { waiting: 1, quarantined: 1 });
  assert.deepEqual(outbox.batch(ALL), [], 'the kept item waits');
  const due = outbox.nextDue();
  assert.ok(due !== null && due > 0);
  await clock.advance(due);
  assert.deepEqual(
    outbox.batch(ALL).map((item) => item.seq),
    [kept.seq],
  );
  const aside = outbox.entries({ state: 'quarantined', limit: 10 });
  assert.deepEqual(
    aside.map(({ seq, code, body }) => ({ seq, code, body })),
    [{ seq: 3, code: 'itemInvalid', body: '{"n":3}' }],
  );
});

test('an item that is always kept does not stop the ones behind it', () => {
  const { outbox } = opened();
  for (let n = 1; n <= 10; n += 1) outbox.append('boxState', { n });
  const sent: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const [item] = outbox.batch({ maxItems: 1, maxBytes: 1000 });
    assert.ok(item);
    sent.push(item.seq);
    outbox.applyReceipt([line(item, item.seq === 1 ? 'keep' : 'stored')]);
    if (sent.length === 10) break;
  }
  assert.deepEqual(sent, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(outbox.counts(), { waiting: 1, quarantined: 0 });
});

test('lines of another digest, of unknown items and of settled ones change nothing and are told', () => {
  const { outbox } = opened();
  outbox.append('boxState', { n: 1 });
  outbox.append('boxState', { n: 2 });
  const [first, second] = outbox.batch(ALL);
  assert.ok(first && second);
  outbox.applyReceipt([line(second, 'stored')]);
  const effect = outbox.applyReceipt([
    { ...line(first, 'stored'), digest: digestOf({ n: 99 }) },
    { ...line(first, 'stored'), seq: 77 },
    { ...line(first, 'stored'), epoch: 'f'.repeat(16) },
    line(second, 'quarantined', 'itemInvalid'),
  ]);
  assert.deepEqual(
    effect.ignored.map(({ why }) => why),
    ['otherDigest', 'unknown', 'unknown', 'settled'],
  );
  assert.deepEqual(outbox.counts(), { waiting: 1, quarantined: 0 });
});

test('what left can be shown with its receipt, until it is forgotten', async () => {
  const { outbox, clock } = opened();
  const names = [1, 2, 3].map((n) => outbox.append('boxState', { n }));
  outbox.applyReceipt(outbox.batch({ maxItems: 2, maxBytes: 1 << 20 }).map((item) => line(item, 'stored')));
  assert.equal(outbox.arrived(names), 2);
  assert.deepEqual(
    outbox.entries({ limit: 10 }).map(({ seq, state, result }) => [seq, state, result]),
    [
      [3, 'waiting', null],
      [2, 'delivered', 'stored'],
      [1, 'delivered', 'stored'],
    ],
  );
  await clock.advance(minutes(10));
  assert.equal(outbox.forgetDelivered(minutes(11)), 0);
  assert.equal(outbox.forgetDelivered(minutes(9)), 2);
  assert.deepEqual(outbox.counts(), { waiting: 1, quarantined: 0 }, 'what waits is never forgotten');
});

test('a restored copy takes new names; what waited keeps its own', () => {
  const { outbox } = opened();
  const before = outbox.append('boxState', { n: 1 });
  const epoch = outbox.newEpoch();
  const after = outbox.append('boxState', { n: 2 });
  assert.notEqual(epoch, before.epoch);
  assert.deepEqual(after, { epoch, seq: 1 });
  assert.deepEqual(
    outbox.batch(ALL).map(({ epoch, seq }) => ({ epoch, seq })),
    [before, after],
  );
});

test('a name that central holds with other content begins a new epoch, and the item is sent under a new name, once', () => {
  const { outbox } = opened();
  const first = outbox.append('boxState', { n: 1 });
  outbox.append('boxState', { n: 2 });
  const conflict = () =>
    outbox.applyReceipt(outbox.batch(ALL).map((item) => line(item, 'quarantined', 'itemConflict')));
  conflict();
  const renamed = outbox.batch(ALL);
  assert.deepEqual(
    renamed.map(({ seq, json }) => [seq, JSON.parse(json).body]),
    [
      [1, { n: 1 }],
      [2, { n: 2 }],
    ],
  );
  assert.notEqual(renamed[0]?.epoch, first.epoch);
  conflict();
  assert.deepEqual(outbox.batch(ALL), [], 'a central that always answers so is not fed for ever');
  assert.deepEqual(outbox.counts(), { waiting: 0, quarantined: 4 });
});

test('a body that lost its digest travels as text, so that the report stays readable', () => {
  const { db, outbox } = opened();
  outbox.append('boxState', { n: 1 });
  db.run('UPDATE outbox_item SET body = \'{"n":\' WHERE seq = 1');
  const [item] = outbox.batch(ALL);
  assert.ok(item);
  const parsed = parseItemHead(JSON.parse(item.json));
  assert.ok(parsed.ok);
  assert.equal(parsed.value.body, '{"n":');
  assert.notEqual(digestOf(parsed.value.body), item.digest);
});

test('a process killed at any moment leaves each stored thing with its items, named without holes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-outbox-'));
  const path = join(folder, 'box.sqlite');
  const kills = 4;
  for (let kill = 0; kill < kills; kill += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'outbox-appender.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const db = openDatabase(path);
  const outbox = createOutbox(db, { clock: manualClock(instant(0)), random: seededRandom(1) });
  const things = db.all('SELECT n FROM thing ORDER BY n').map(({ n }) => n);
  assert.ok(things.length >= kills, `${things.length} things`);
  const entries = outbox.entries({ limit: 1_000_000 }).toReversed();
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    entries.map((_, index) => index + 1),
  );
  assert.equal(new Set(entries.map(({ epoch }) => epoch)).size, 1);
  for (const kind of ['boxState', 'deviceEvent']) {
    const told = entries.filter((entry) => entry.kind === kind).map(({ body }) => JSON.parse(body).n);
    assert.deepEqual(told, things);
  }
  db.close();
  rmSync(folder, { recursive: true });
});

type Step =
  | { readonly do: 'append'; readonly count: number }
  | { readonly do: 'rollback' }
  | { readonly do: 'send'; readonly maxItems: number; readonly answer: 'all' | 'none' | 'half' | 'keep' | 'poison' }
  | { readonly do: 'lateReceipt' }
  | { readonly do: 'crash' }
  | { readonly do: 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('rollback' as const) }),
  fc.record({
    do: fc.constant('send' as const),
    maxItems: fc.integer({ min: 1, max: 8 }),
    answer: fc.constantFrom('all', 'none', 'half', 'keep', 'poison'),
  }),
  fc.record({ do: fc.constant('lateReceipt' as const) }),
  fc.record({ do: fc.constant('crash' as const) }),
  fc.record({ do: fc.constant('wait' as const) }),
);

test('whatever the order of appends, tries, receipts and crashes: central ends with every item once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-outbox-'));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer(), async (steps, seed) => {
      run += 1;
      const path = join(folder, `${run}.sqlite`);
      const clock = manualClock(instant(0));
      const random = seededRandom(seed);
      const open = (): { db: Database; outbox: Outbox } => {
        const db = openDatabase(path);
        db.script('PRAGMA synchronous=OFF');
        db.script(outboxSchema);
        return { db, outbox: createOutbox(db, { clock, random }) };
      };
      let box = open();
      let made = 0;
      const appended: string[] = [];
      const central = new Map<string, string>();
      const aside = new Set<string>();
      const receipts: ReceiptLine[][] = [];
      const nameOf = ({ epoch, seq }: ItemName) => `${epoch}/${seq}`;
      const takeAt = (item: OutboxItem): ReceiptLine => {
        const known = central.get(nameOf(item));
        if (known !== undefined) assert.equal(known, item.json, 'an item is the same at every try');
        central.set(nameOf(item), item.json);
        return line(item, known === undefined ? 'stored' : 'duplicate');
      };
      const send = (maxItems: number, answer: Extract<Step, { do: 'send' }>['answer']) => {
        const batch = box.outbox.batch({ maxItems, maxBytes: 1 << 20 });
        const lines = batch.map((item, index): ReceiptLine => {
          if (answer === 'keep') return line(item, 'keep', 'storeBusy');
          if (answer === 'poison' && index === 0 && !central.has(nameOf(item))) {
            aside.add(nameOf(item));
            return line(item, 'quarantined', 'itemInvalid');
          }
          return takeAt(item);
        });
        if (answer === 'half') box.outbox.applyReceipt(lines.slice(0, Math.ceil(lines.length / 2)));
        else if (answer !== 'none') box.outbox.applyReceipt(lines);
        receipts.push(lines);
        return batch.length;
      };
      for (const now of steps) {
        switch (now.do) {
          case 'append':
            box.db.transaction(() => {
              for (let n = 0; n < now.count; n += 1) {
                made += 1;
                appended.push(nameOf(box.outbox.append('boxState', { made })));
              }
            });
            break;
          case 'rollback':
            assert.throws(() =>
              box.db.transaction(() => {
                box.outbox.append('boxState', { never: true });
                throw new Error('cut');
              }),
            );
            break;
          case 'send':
            send(now.maxItems, now.answer);
            break;
          case 'lateReceipt':
            box.outbox.applyReceipt(receipts[random.below(receipts.length + 1)] ?? []);
            break;
          case 'crash':
            box.db.close();
            box = open();
            break;
          case 'wait':
            await clock.advance(minutes(20));
            break;
        }
      }
      for (let round = 0; round < 1000 && box.outbox.counts().waiting > 0; round += 1) {
        await clock.advance(minutes(20));
        assert.ok(send(8, 'all') > 0, 'what waits can be sent once its delay is over');
      }
      assert.equal(box.outbox.counts().waiting, 0);
      const arrived = [...central.keys(), ...[...aside].filter((name) => !central.has(name))];
      assert.deepEqual(arrived.sort(), [...appended].sort());
      assert.equal(new Set([...central.values()].map((json) => JSON.parse(json).body.made)).size, central.size);
      assert.deepEqual(
        appended.map((name) => Number(name.split('/')[1])),
        appended.map((_, index) => index + 1),
        'no hole',
      );
      box.db.close();
    }),
    { numRuns: 60 },
  );
  rmSync(folder, { recursive: true });
});
