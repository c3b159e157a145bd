/** Readings that arrived become days, events and questions; a month that is closed keeps every byte and every promise. */
import assert from 'node:assert/strict';
import type { DeviceHistoryEvent, DeviceQuestion, DeviceUsage, UsageExplanation } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import { CLOSE_MONTH } from '../src/archive/close-month.ts';
import { latestReadings, readingsFrom } from '../src/archive/raw-archive.ts';
import type { CustomerStore } from '../src/store/database.ts';
import type { DeviceId } from '../src/store/identifiers.ts';
import type { BoxPeer } from './box-peer.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { counters, readingItem } from './sample-items.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Item = ReturnType<typeof readingItem>;

/** A customer with a box, and what a test asks of central about it. */
async function newSite(engine: EngineForTest, name: string) {
  const { central, person, newCustomer, newBox } = await engine.central();
  const customer = await newCustomer(name);
  const box = await newBox(customer);
  const store = central.work.database.forCustomer(Number(customer) as never);
  const now = Math.floor(central.work.clock.now() / HOUR) * HOUR;
  return {
    central,
    person,
    customer,
    box,
    store,
    now,
    newBox: () => newBox(customer),
    /** Does what is due, closing of months apart. */
    work: () => central.work.worker.runUntil(central.work.clock.now() + 60_000),
    /** A week and more later: months that ended are closed. */
    close: () => central.work.worker.runUntil(central.work.clock.now() + 8 * DAY, [CLOSE_MONTH]),
    async device(): Promise<DeviceId> {
      const [device, ...others] = await store.devices.list(box.agent);
      assert.ok(device && others.length === 0);
      return device.id;
    },
    async get<T>(device: DeviceId, path: string): Promise<T> {
      const { status, body } = await person.call('GET', `/api/v1/customers/${customer}/devices/${device}/${path}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body as T;
    },
  };
}

const hourly = (from: number, count: number, pagesAt: (hour: number) => number, firstSeq = 1): Item[] => {
  let all = 83_203;
  return Array.from({ length: count }, (_, hour) => {
    all += pagesAt(hour);
    const takenAt = isoInstant(instant(from + hour * HOUR));
    return readingItem(firstSeq + hour, { takenAt, counters: counters(all, all - 4000, 4000) });
  });
};

async function send(box: BoxPeer, items: readonly Item[]): Promise<Record<string, number>> {
  const results: Record<string, number> = {};
  for (let from = 0; from < items.length; from += 500) {
    for (const { result } of await box.report(items.slice(from, from + 500)))
      results[result] = (results[result] ?? 0) + 1;
  }
  return results;
}

const sumOf = ({ points }: DeviceUsage) => points.reduce((sum, { pages }) => sum + Number(pages.all ?? 0), 0);
const pagesOf = (hour: number) => (hour % 24 > 7 && hour % 24 < 18 ? 10 + (hour % 7) : 0);
const totalOf = (count: number) => {
  let sum = 0;
  for (let hour = 1; hour < count; hour += 1) sum += pagesOf(hour);
  return sum;
};

async function exported(store: CustomerStore, device: DeviceId): Promise<string[]> {
  const lines: string[] = [];
  for await (const { raw } of readingsFrom(store, device, 0)) lines.push(Buffer.from(raw).toString());
  return lines;
}

overEngines((test) => {
  test('pages by hour, day and month are the same pages, and each says which readings it comes from', async (engine) => {
    const { box, work, device, get, now } = await newSite(engine, 'Usage');
    const count = 24 * 20;
    await send(box, hourly(now - count * HOUR, count, pagesOf));
    await work();
    const id = await device();
    const span = `from=${isoInstant(instant(now - 45 * DAY))}&to=${isoInstant(instant(now))}`;
    const daily = await get<DeviceUsage>(id, `usage?step=day&${span}`);
    assert.equal(sumOf(daily), totalOf(count));
    assert.ok(daily.points.length >= 20);
    assert.ok(
      daily.points.every(({ pages }) => pages.print === null),
      'what is not told is not zero',
    );
    assert.equal(sumOf(await get<DeviceUsage>(id, `usage?step=month&${span}`)), totalOf(count));
    const hours = await get<DeviceUsage>(id, `usage?step=hour&${span}`);
    assert.equal(sumOf(hours), totalOf(count));
    const { time, pages } = daily.points.at(-3) ?? { time: '', pages: { all: null } };
    const { steps } = await get<UsageExplanation>(id, `usage/${time}`);
    const explained = steps.filter((step) => step.count === 'all');
    assert.equal(
      explained.reduce((sum, step) => sum + Number(step.pages), 0),
      pages.all,
    );
    assert.ok(explained.length > 0);
    for (const { from, to, pages: own } of explained) {
      assert.equal(to.seq, from.seq + 1);
      assert.equal(Number(to.value) - Number(from.value), own);
    }
  });

  test('late and repeated reports change nothing but fill their gap', async (engine) => {
    const { box, work, device, get, now } = await newSite(engine, 'Late');
    const count = 24 * 34;
    const items = hourly(now - count * HOUR, count, pagesOf);
    const gap = { from: 700, to: 760 };
    await send(
      box,
      items.filter((_, index) => index < gap.from || index >= gap.to),
    );
    await work();
    const id = await device();
    const usage = () => get<DeviceUsage>(id, `usage?from=${isoInstant(instant(now - 200 * DAY))}`);
    const before = await usage();
    assert.equal(sumOf(before), totalOf(count));
    assert.deepEqual(await send(box, items.slice(0, 300)), { duplicate: 300 });
    await work();
    assert.deepEqual(await usage(), before);
    assert.deepEqual(await send(box, items.slice(gap.from, gap.to)), { stored: gap.to - gap.from });
    await work();
    const after = await usage();
    assert.equal(sumOf(after), totalOf(count));
    assert.notDeepEqual(after, before, 'the days of the gap have their own pages now');
    const events = await get<DeviceHistoryEvent[]>(id, `events?from=${isoInstant(instant(now - 200 * DAY))}`);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['new'],
    );
  });

  test('a question holds its interval back until a person answers, and the answer is kept and can be taken back', async (engine) => {
    const { box, work, device, get, now, person, customer } = await newSite(engine, 'Question');
    const count = 24 * 45;
    const jump = 24 * 20 + 12;
    const items = hourly(now - count * HOUR, count, (hour) => pagesOf(hour) + (hour === jump ? 200_000 : 0));
    await send(box, items.slice(0, -2));
    await work();
    const id = await device();
    const usage = () => get<DeviceUsage>(id, `usage?from=${isoInstant(instant(now - 200 * DAY))}`);
    const [asked, ...more] = await get<DeviceQuestion[]>(id, 'questions');
    assert.ok(asked && more.length === 0);
    assert.equal(asked.why, 'rose');
    assert.deepEqual(
      asked.answers.map(({ answer, pages }) => [answer, pages['all']]),
      [
        ['nothing', 0],
        ['difference', 200_000 + pagesOf(jump)],
      ],
    );
    const held = totalOf(count - 2) - pagesOf(jump);
    assert.equal(sumOf(await usage()), held);
    const answer = (body: unknown) =>
      person.call(
        'PUT',
        `/api/v1/customers/${customer}/devices/${id}/questions/${encodeURIComponent(asked.key)}`,
        body,
      );
    assert.equal((await answer({ answer: 'sinceReset', reason: '' })).status, 422, 'no answer to this question');
    assert.equal((await answer({ answer: 'difference', reason: 'Board of 2019 came back' })).status, 200);
    await work();
    assert.equal(sumOf(await usage()), held + 200_000 + pagesOf(jump));
    const [kept] = await get<DeviceQuestion[]>(id, 'questions');
    assert.deepEqual(
      { ...kept?.answered, at: '' },
      { answer: 'difference', by: 'admin', reason: 'Board of 2019 came back', at: '' },
    );
    await send(box, items.slice(-2));
    await work();
    assert.equal(sumOf(await usage()), totalOf(count) + 200_000, 'the next readings read the answer too');
    assert.equal((await answer({ answer: null, reason: '' })).status, 200);
    await work();
    assert.equal(sumOf(await usage()), totalOf(count) - pagesOf(jump));
    assert.equal((await get<DeviceQuestion[]>(id, 'questions'))[0]?.answered, null);
  });

  test('closed months keep every byte, every key and every page', async (engine) => {
    const { box, work, close, device, get, now, store } = await newSite(engine, 'Closed');
    const count = 24 * 130 + 1;
    const items = hourly(now - count * HOUR, count, pagesOf).filter((_, hour) => hour % 4 === 0);
    const late = items.slice(300, 310);
    await send(
      box,
      items.filter((_, index) => index < 300 || index >= 310),
    );
    await work();
    const id = await device();
    const span = `from=${isoInstant(instant(now - 200 * DAY))}`;
    const usage = await get<DeviceUsage>(id, `usage?${span}`);
    const raw = await exported(store, id);
    await close();
    const blocks = await store.blocks.keysOf(id, 0);
    assert.ok(blocks.length >= 3, `${blocks.length} months closed`);
    const closed = blocks.reduce((sum, { seqs }) => sum + seqs.length, 0);
    assert.equal((await store.items.places(id)).length + closed, items.length - 10);
    assert.ok(closed > 6 * 60);
    assert.deepEqual(await exported(store, id), raw);
    assert.deepEqual(await get<DeviceUsage>(id, `usage?${span}`), usage);
    const newest = await latestReadings(store, id, { epochNo: 1, seq: 200 }, 3);
    assert.deepEqual(
      newest.map(({ seq }) => seq),
      [197, 193, 189],
    );

    assert.deepEqual(await send(box, items.slice(0, 200)), { duplicate: 200 });
    const other = readingItem(9, { counters: counters(1) });
    assert.deepEqual(await send(box, [other]), { quarantined: 1 }, 'another content under a key of a closed month');
    assert.deepEqual(await send(box, late), { stored: 10 });
    await work();
    assert.equal(sumOf(await get<DeviceUsage>(id, `usage?${span}`)), totalOf(count));
    await close();
    assert.equal((await store.blocks.keysOf(id, 0)).length, blocks.length + 1, 'what came late has a block of its own');
    assert.equal((await exported(store, id)).length, items.length);
    assert.deepEqual(await send(box, late), { duplicate: 10 });
    assert.equal(sumOf(await get<DeviceUsage>(id, `usage?${span}`)), totalOf(count));
    const lines = (await get<string>(id, 'readings.ndjson')).trim().split('\n');
    assert.equal(lines.length, items.length);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).item.seq),
      items.map(({ seq }) => seq),
    );
  });

  test('whatever the order in which a year arrives, the rows are those of the whole', async (engine) => {
    const inOrder = await newSite(engine, 'In order');
    const mixed = await newSite(engine, 'Mixed');
    const count = 24 * 200;
    const items = hourly(inOrder.now - count * HOUR, count, (hour) => pagesOf(hour) + (hour === 3000 ? 90_000 : 0));
    const every = items.filter((_, index) => index % 6 === 0);
    await send(inOrder.box, every);
    await inOrder.work();
    const parts = [every.slice(0, 300), every.slice(500), every.slice(400, 500), every.slice(300, 400)];
    for (const part of parts) {
      await send(mixed.box, part);
      await mixed.work();
      await mixed.close();
    }
    const told = async (site: typeof mixed) => {
      const id = await site.device();
      return {
        days: await site.store.results.days(id, 0, Number.MAX_SAFE_INTEGER),
        events: (await site.store.results.findings(id, 0, Number.MAX_SAFE_INTEGER, 100)).map(({ key }) => key),
        questions: (await site.store.results.questions(id)).map(({ key }) => key),
      };
    };
    const whole = await told(inOrder);
    assert.deepEqual(await told(mixed), whole);
    assert.equal(whole.questions.length, 1);
    assert.ok(whole.days.length >= 200);
  });

  test('a machine that is read by another box keeps its series; one that proves to be the same is joined', async (engine) => {
    const { box, newBox, work, device, get, now, store, customer, person } = await newSite(engine, 'One machine');
    const other = await newBox();
    const items = hourly(now - 96 * HOUR, 96, () => 5);
    await send(box, items.slice(0, 48));
    await work();
    const id = await device();
    // The other box knows the machine by its MAC alone, until its driver learns to read the serial number.
    const bare = (item: Item): Item => {
      const { reading } = item.body as { reading: Parameters<typeof readingItem>[1] };
      return readingItem(
        item.seq,
        { ...reading, identity: { serialNumber: null } },
        '00:26:73:73:d6:60',
        'b'.repeat(16),
      );
    };
    const whole = (item: Item): Item => {
      const { reading } = item.body as { reading: Parameters<typeof readingItem>[1] };
      return readingItem(item.seq, reading, 'Ricoh:E153M930272', 'b'.repeat(16));
    };
    await send(other, items.slice(48, 72).map(bare));
    await send(other, items.slice(72).map(whole));
    await work();
    assert.equal((await store.devices.list(other.agent)).length, 1);
    assert.equal((await store.devices.list(box.agent)).length, 0, 'it is at the other box now');
    const usage = await get<DeviceUsage>(id, `usage?from=${isoInstant(instant(now - 30 * DAY))}`);
    assert.equal(sumOf(usage), 95 * 5);
    assert.equal((await person.call('GET', `/api/v1/customers/${customer}/devices/${id}`)).status, 200);
    assert.equal((await exported(store, id)).length, 96);
  });

  test('another machine at the address begins its own series, and the old one is said to be replaced', async (engine) => {
    const { box, work, get, now, store } = await newSite(engine, 'Replaced');
    const items = hourly(now - 96 * HOUR, 96, () => 5);
    await send(box, items.slice(0, 48));
    await work();
    const [old] = await store.devices.list(box.agent);
    const asNew = items.slice(48).map((item) => {
      const { reading } = item.body as { reading: Parameters<typeof readingItem>[1] };
      const identity = { serialNumber: 'NEW12345', macAddress: '00:26:73:00:00:01' };
      return readingItem(item.seq, { ...reading, identity }, 'Ricoh:NEW12345');
    });
    await send(box, asNew);
    await work();
    const devices = await store.devices.list(box.agent);
    assert.equal(devices.length, 2);
    assert.ok(old);
    const events = await get<DeviceHistoryEvent[]>(old.id, 'events');
    const added = devices.find(({ id }) => id !== old.id)?.id;
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'replaced').map(({ detail }) => detail['by']),
      [String(added)],
    );
    assert.equal(sumOf(await get<DeviceUsage>(old.id, 'usage')), 47 * 5);
    assert.equal(sumOf(await get<DeviceUsage>(added ?? old.id, 'usage')), 47 * 5);
  });
});
