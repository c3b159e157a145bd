/** The rate limit holds for the box and for each range, whatever waits; driven by a clock, so that counts are exact. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Clock, instant, manualClock, millis, seconds } from '@rsb/runtime';
import fc from 'fast-check';
import { createSendBudget } from '../src/discover/send-budget.ts';
import { parseRange } from '../src/range/index.ts';

function rangeOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) assert.fail(text);
  return parsed.value;
}

/** The moments at which `count` packets to each of `addresses` left, asked for all at once. */
async function departures(
  limits: { box: number; ranges: readonly (readonly [string, number])[] },
  wanted: readonly (readonly [address: string, count: number])[],
  until: number,
) {
  const clock = manualClock(instant(0));
  const budget = createSendBudget(clock, {
    packetsPerSecond: limits.box,
    ranges: limits.ranges.map(([text, packetsPerSecond]) => ({ range: rangeOf(text), packetsPerSecond })),
  });
  const left = new Map<string, number[]>(wanted.map(([address]) => [address, []]));
  for (const [address, count] of wanted) {
    for (let packet = 0; packet < count; packet += 1) {
      void budget.beforeSend(address, 100).then(() => left.get(address)?.push(clock.monotonic()));
    }
  }
  await clock.advance(seconds(until));
  return { left, clock, budget };
}

const within = (moments: readonly number[], from: number, to: number) =>
  moments.filter((moment) => moment >= from && moment < to).length;

/** Most packets in any window of a second; a third of a second is no exact number. */
const peak = (moments: readonly number[]) =>
  Math.max(0, ...moments.map((from) => within(moments, from, from + 1000 - 1e-6)));

describe('the send budget', () => {
  it('lets 25 packets a second go, spread out, not all at the start of each second', async () => {
    const { left } = await departures({ box: 25, ranges: [] }, [['127.0.0.1', 200]], 4);
    const moments = left.get('127.0.0.1') ?? [];
    assert.equal(moments.length, 100);
    assert.equal(peak(moments), 25);
    assert.equal(within(moments, 0, 200), 5);
  });

  it('holds a slow range to its own rate without slowing down the others', async () => {
    const { left } = await departures(
      {
        box: 25,
        ranges: [
          ['127.0.1.0/24', 4],
          ['127.0.2.0/24', 0],
        ],
      },
      [
        ['127.0.1.1', 100],
        ['127.0.2.1', 100],
      ],
      4,
    );
    const slow = left.get('127.0.1.1') ?? [];
    const fast = left.get('127.0.2.1') ?? [];
    assert.equal(peak(slow), 4);
    assert.ok(slow.length >= 16, `${slow.length}`);
    assert.equal(slow.length + fast.length, 100);
  });

  it('keeps a range to its rate also after it had to wait for the box', async () => {
    const { left } = await departures(
      {
        box: 10,
        ranges: [
          ['127.0.1.0/24', 9],
          ['127.0.2.0/24', 9],
        ],
      },
      [
        ['127.0.1.1', 60],
        ['127.0.2.1', 20],
      ],
      10,
    );
    assert.ok(peak(left.get('127.0.1.1') ?? []) <= 10);
    assert.equal(left.get('127.0.2.1')?.length, 20);
  });

  it('sends first what asked first', async () => {
    const clock = manualClock(instant(0));
    const budget = createSendBudget(clock, { packetsPerSecond: 10, ranges: [] });
    const order: number[] = [];
    for (let packet = 0; packet < 20; packet += 1) {
      void budget.beforeSend(`127.0.0.${packet}`, 100).then(() => order.push(packet));
    }
    await clock.advance(seconds(5));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.equal(order.length, 20);
  });

  it('no limit: everything goes without a wait, in portions that a socket can take the answers of', async () => {
    const clock0 = manualClock(instant(0));
    const unlimited = createSendBudget(clock0, { packetsPerSecond: 0, ranges: [] });
    let gone = 0;
    for (let packet = 0; packet < 100; packet += 1) void unlimited.beforeSend('127.0.0.1', 100).then(() => gone++);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(gone, 32);

    const { left, clock } = await departures({ box: 0, ranges: [] }, [['127.0.0.1', 1000]], 0);
    assert.equal(left.get('127.0.0.1')?.length, 1000);
    assert.deepEqual(clock.waiting(), []);
  });

  it('what is aborted leaves the queue and costs nothing', async () => {
    const clock = manualClock(instant(0));
    const budget = createSendBudget(clock, { packetsPerSecond: 1, ranges: [] });
    await budget.beforeSend('127.0.0.1', 100);
    const abort = new AbortController();
    const stopped = new Error('stopped');
    const waiting = budget.beforeSend('127.0.0.1', 100, abort.signal);
    const last = budget.beforeSend('127.0.0.2', 100);
    abort.abort(stopped);
    await assert.rejects(waiting, stopped);
    await clock.advance(millis(1010));
    await last;
    assert.deepEqual(clock.waiting(), []);
    await assert.rejects(budget.beforeSend('127.0.0.1', 100, abort.signal), stopped);
  });

  it('counts from when packets had left, where the machine was busy between the leave to go and the going', async () => {
    const clock = manualClock(instant(0));
    // A timer of the loop comes only once the process runs again.
    const busy: Clock = {
      ...clock,
      after: (name, delay, run) => clock.after(name, name === 'next turn' ? millis(200) : delay, run),
    };
    const budget = createSendBudget(busy, { packetsPerSecond: 4, ranges: [] });
    const granted: number[] = [];
    const left: number[] = [];
    for (let packet = 0; packet < 12; packet += 1) {
      void budget.beforeSend('127.0.0.1', 100).then(() => {
        granted.push(clock.monotonic());
        clock.after('it leaves', millis(199), () => left.push(clock.monotonic()));
      });
    }
    await clock.advance(seconds(10));
    assert.equal(left.length, 12);
    for (let place = 4; place < 12; place += 1) {
      assert.ok((granted[place] ?? 0) - (left[place - 4] ?? 0) >= 1000, `packet ${place}`);
    }
  });

  it('new limits hold for what already waits', async () => {
    const { left, clock, budget } = await departures({ box: 1, ranges: [] }, [['127.0.0.1', 50]], 2);
    assert.ok((left.get('127.0.0.1')?.length ?? 0) <= 3);
    budget.set({ packetsPerSecond: 0, ranges: [] });
    await clock.advance(millis(0));
    assert.equal(left.get('127.0.0.1')?.length, 50);
    assert.equal(budget.limits.packetsPerSecond, 0);
  });

  it('never lets more go than the rates allow, and wastes next to nothing of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 }),
        async (box, rates) => {
          const { left } = await departures(
            { box, ranges: rates.map((rate, index) => [`127.0.${index}.0/24`, rate] as const) },
            rates.map((_, index) => [`127.0.${index}.1`, 200] as const),
            3,
          );
          const all = [...left.values()].flat();
          assert.ok(peak(all) <= box, `box ${peak(all)}`);
          for (const [index, rate] of rates.entries()) {
            if (rate > 0) assert.ok(peak(left.get(`127.0.${index}.1`) ?? []) <= rate + 1);
          }
          const most = rates.includes(0)
            ? box
            : Math.min(
                box,
                rates.reduce((a, b) => a + b, 0),
              );
          // Ranges that together fill the box exactly stand in each other's way a little.
          assert.ok(all.length >= 0.9 * 3 * most - 1, `${all.length} of ${3 * most}`);
        },
      ),
      { numRuns: 40 },
    );
  });
});
