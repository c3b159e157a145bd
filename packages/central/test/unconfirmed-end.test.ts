/** A counter that leaps with the last reading of all: it waits for the next one, is asked about once its machine is silent, and closes itself. */
import assert from 'node:assert/strict';
import type { DeviceHistoryEvent, DeviceQuestion, DeviceUsage } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import type { DeviceId } from '../src/store/identifiers.ts';
import { workDemand } from '../src/work/demands.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { counters, readingItem } from './sample-items.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Hourly readings, the last of them 50 hours ago: longer than a machine may be silent. */
const COUNT = 36;
const AGO = 50;
const FIRST = 83_203;
const pagesOf = (hour: number) => (hour % 24 > 7 && hour % 24 < 18 ? 10 + (hour % 7) : 0);
const pagesUntil = (hour: number) => {
  let sum = 0;
  for (let each = 1; each <= hour; each += 1) sum += pagesOf(each);
  return sum;
};

async function newMachine(engine: EngineForTest, name: string) {
  const { central, person, newCustomer, newBox } = await engine.central();
  const customer = await newCustomer(name);
  const box = await newBox(customer);
  const store = central.work.database.forCustomer(Number(customer) as never);
  const now = central.work.clock.now();
  const first = Math.floor(now / HOUR) * HOUR - (AGO + COUNT - 1) * HOUR;
  const last = first + (COUNT - 1) * HOUR;
  const device = async (): Promise<DeviceId> => {
    const [only, ...others] = await store.devices.list(box.agent);
    assert.ok(only && others.length === 0);
    return only.id;
  };
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await person.call(
      'GET',
      `/api/v1/customers/${customer}/devices/${await device()}/${path}`,
    );
    assert.equal(status, 200, JSON.stringify(body));
    return body as T;
  };
  const work = () => central.work.worker.runUntil(central.work.clock.now() + MINUTE);
  return {
    box,
    work,
    /** A reading of an hour since the first; `all` is what it tells beyond what was printed. */
    reading: (hour: number, beyond = 0, seq = hour + 1) => {
      const all = FIRST + pagesUntil(hour) + beyond;
      const takenAt = isoInstant(instant(first + hour * HOUR));
      return readingItem(seq, { takenAt, counters: counters(all) });
    },
    /** As if the box had been heard until then, and its machine was looked at again. */
    async passTo(at: number) {
      await store.boxes.saveHeard(box.agent, at);
      const id = await device();
      await store.jobs.demand([workDemand(id, last + 1, central.work.clock.now())]);
      await work();
    },
    first,
    last,
    now,
    questions: () => get<DeviceQuestion[]>('questions'),
    pages: async () =>
      (await get<DeviceUsage>(`usage?from=${isoInstant(instant(first - 24 * HOUR))}`)).points.reduce(
        (sum, { pages }) => sum + Number(pages.all ?? 0),
        0,
      ),
    events: async () =>
      (await get<DeviceHistoryEvent[]>(`events?from=${isoInstant(instant(first - 24 * HOUR))}`))
        .map(({ kind }) => kind)
        .sort(),
    answer: async (key: string, answer: string) => {
      const path = `/api/v1/customers/${customer}/devices/${await device()}/questions/${encodeURIComponent(key)}`;
      const { status } = await person.call('PUT', path, { answer, reason: 'Seen on site' });
      assert.equal(status, 200);
      await work();
    },
  };
}

const held = pagesUntil(COUNT - 2);

overEngines((test, on) => {
  for (const { name, beyond, why } of [
    { name: 'leaps', beyond: 200_000, why: 'rose' },
    { name: 'falls to near zero', beyond: -FIRST - held + 3, why: 'fell' },
  ] as const) {
    // What is found in a history is the same on both engines; one story shows that both keep it.
    if (on === 'PostgreSQL' && name !== 'leaps') continue;
    test(`a counter that ${name} with the last reading is asked about once, when its machine is silent`, async (engine) => {
      const machine = await newMachine(engine, `End ${name}`);
      const { box, work, questions, pages, events, reading, passTo, last, now } = machine;
      const late = 22;
      const items = Array.from({ length: COUNT }, (_, hour) => reading(hour, hour === COUNT - 1 ? beyond : 0));
      await box.report(items.filter((_, hour) => hour !== late && hour !== COUNT - 2));
      await passTo(last + 47 * HOUR);
      assert.deepEqual(await questions(), [], 'the next reading may explain it');
      const before = pagesUntil(COUNT - 3);
      assert.equal(await pages(), before);
      await passTo(now);
      const [asked, ...more] = await questions();
      assert.ok(asked && more.length === 0);
      assert.deepEqual([asked.why, Date.parse(asked.to), asked.answered], [why, last, null]);
      assert.deepEqual(await events(), ['new', 'silent']);
      assert.equal(await pages(), before);
      // Repeats say nothing new; what comes late shortens the doubtful interval of the same question.
      await box.report(items.slice(-10, -2));
      await work();
      await box.report([items[late], items[COUNT - 2]].filter((item) => item !== undefined));
      await work();
      const [same, ...others] = await questions();
      assert.ok(same && others.length === 0);
      assert.deepEqual([same.key, Date.parse(same.from)], [asked.key, last - HOUR]);
      assert.equal(await pages(), held);

      await box.report([reading(COUNT + AGO - 2)]);
      await work();
      assert.deepEqual(await questions(), [], 'a single wrong reading between right ones');
      assert.equal(await pages(), pagesUntil(COUNT + AGO - 2), 'it is bridged');
      const told = ['back', 'new', 'questionClosed', 'silent'];
      assert.deepEqual(await events(), told);
      await box.report([reading(COUNT + AGO - 1)]);
      await work();
      assert.deepEqual(await events(), told, 'it is told once, and stays told');
    });
  }

  if (on === 'PostgreSQL') return;

  test('a leap that stays is the same question, open or answered', async (engine) => {
    const machine = await newMachine(engine, 'End stays');
    const { box, work, questions, pages, reading, answer, last } = machine;
    await box.report(Array.from({ length: COUNT }, (_, hour) => reading(hour, hour === COUNT - 1 ? 200_000 : 0)));
    await work();
    const [asked] = await questions();
    assert.ok(asked);
    const leap = 200_000 + pagesOf(COUNT - 1);
    const since = (hour: number) => pagesUntil(hour) - pagesUntil(COUNT - 1);
    await box.report([reading(COUNT + AGO - 3, 200_000)]);
    await work();
    const open = await questions();
    assert.deepEqual(
      open.map(({ key, answered }) => [key, answered]),
      [[asked.key, null]],
    );
    assert.equal(Date.parse(asked.to), last);
    assert.equal(await pages(), held + since(COUNT + AGO - 3));
    await answer(asked.key, 'difference');
    assert.equal(await pages(), held + leap + since(COUNT + AGO - 3));
    await box.report([reading(COUNT + AGO - 2, 200_000)]);
    await work();
    assert.equal(await pages(), held + leap + since(COUNT + AGO - 2));
    assert.equal((await questions()).length, 1);
  });

  test('what a person said of the last reading holds, until a reading shows that it was wrong', async (engine) => {
    for (const { beyond, given, counts, stays } of [
      { beyond: -FIRST - held + 30, given: 'nothing', counts: 0, stays: true },
      { beyond: -FIRST - held + 30, given: 'sinceReset', counts: 30 + pagesOf(COUNT - 1), stays: true },
      { beyond: 200_000, given: 'difference', counts: 200_000 + pagesOf(COUNT - 1), stays: false },
    ]) {
      const machine = await newMachine(engine, `End ${given}`);
      const { box, work, questions, pages, events, reading, answer } = machine;
      await box.report(Array.from({ length: COUNT }, (_, hour) => reading(hour, hour === COUNT - 1 ? beyond : 0)));
      await work();
      const [asked] = await questions();
      assert.ok(asked);
      await answer(asked.key, given);
      assert.equal(await pages(), held + counts, given);
      const next = COUNT + AGO - 2;
      await box.report([reading(next, stays ? beyond : 0)]);
      await work();
      const since = pagesUntil(next) - pagesUntil(COUNT - 1);
      assert.equal(await pages(), stays ? held + counts + since : pagesUntil(next), given);
      assert.deepEqual(
        (await questions()).map(({ key, answered }) => [key, answered?.answer]),
        [[asked.key, given]],
      );
      assert.ok(!(await events()).includes('questionClosed'), 'a person closed it');
    }
  });
});
