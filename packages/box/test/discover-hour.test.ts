/** Kilobytes an hour, and what lines teach of themselves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hours, instant, manualClock, millis, seconds } from '@rsb/runtime';
import fc from 'fast-check';
import { waitOn } from '../src/discover/index.ts';
import { createRoundTrips } from '../src/discover/round-trips.ts';
import { createSendBudget, type Passed } from '../src/discover/send-budget.ts';
import { parseRange } from '../src/range/index.ts';

function rangeOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) assert.fail(text);
  return parsed.value;
}

const SITE = { name: 'site', range: rangeOf('10.0.0.0/24'), packetsPerSecond: 0 };
const OTHER = { name: 'other', range: rangeOf('10.0.1.0/24'), packetsPerSecond: 0 };

describe('kilobytes an hour', () => {
  it('no hour holds more, wherever it begins, whatever comes back and how late', async () => {
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: 20 }),
        fc.array(
          fc.record({
            pause: fc.integer({ min: 0, max: 900_000 }),
            bytes: fc.integer({ min: 60, max: 400 }),
            answer: fc.integer({ min: 0, max: 1500 }),
            late: fc.integer({ min: 1, max: 9000 }),
          }),
          { minLength: 20, maxLength: 60 },
        ),
        async (kilobytes, packets) => {
          const clock = manualClock(instant(0));
          const passed: { readonly at: number; readonly bytes: number }[] = [];
          const note = ({ bytes }: Passed) => void passed.push({ at: clock.monotonic(), bytes });
          const limits = { packetsPerSecond: 0, ranges: [{ ...SITE, kilobytesPerHour: kilobytes }] };
          const budget = createSendBudget(clock, limits, note);
          for (const { pause, bytes, answer, late } of packets) {
            void budget.beforeSend('10.0.0.9', bytes).then(() => {
              if (answer > 0) clock.after('an answer', millis(late), () => budget.received('10.0.0.9', answer));
            });
            await clock.advance(millis(pause));
          }
          await clock.advance(hours(60));
          for (const { at } of passed) {
            const inHour = passed.filter((each) => each.at >= at && each.at < at + hours(1));
            const sum = inHour.reduce((total, { bytes }) => total + bytes, 0);
            assert.ok(sum <= kilobytes * 1000, `${sum} of ${kilobytes} kB`);
            looked += 1;
          }
          assert.equal(passed.filter(({ bytes }) => bytes >= 60).length >= packets.length, true, 'all left in the end');
        },
      ),
      { numRuns: 15 },
    );
    assert.ok(looked > 200);
  });

  it('one range’s limit holds up no other, and the box’s holds for all', async () => {
    const clock = manualClock(instant(0));
    const budget = createSendBudget(clock, { packetsPerSecond: 0, ranges: [{ ...SITE, kilobytesPerHour: 2 }, OTHER] });
    const left = { site: 0, other: 0 };
    for (let packet = 0; packet < 20; packet += 1) {
      void budget.beforeSend('10.0.0.9', 100).then(() => {
        left.site += 1;
      });
      void budget.beforeSend('10.0.1.9', 100).then(() => {
        left.other += 1;
      });
    }
    await clock.advance(seconds(30));
    assert.equal(left.other, 20);
    assert.ok(left.site < 10, `${left.site} of the limited range`);
    assert.ok((budget.waits('site') ?? 0) > 0, 'what waits is told');
    assert.equal(budget.waits('other'), null);
    budget.set({ packetsPerSecond: 0, kilobytesPerHour: 1, ranges: [SITE, OTHER] });
    await clock.advance(seconds(30));
    assert.ok(left.site < 20, 'the box’s own limit');
    budget.set({ packetsPerSecond: 0, ranges: [SITE, OTHER] });
    await clock.advance(seconds(1));
    assert.equal(left.site, 20);
  });

  it('the smallest limit still lets a packet go, sooner or later', async () => {
    const clock = manualClock(instant(0));
    const budget = createSendBudget(clock, { packetsPerSecond: 0, ranges: [{ ...SITE, kilobytesPerHour: 1 }] });
    let left = 0;
    for (let packet = 0; packet < 3; packet += 1) {
      void budget.beforeSend('10.0.0.9', 300).then(() => {
        left += 1;
      });
    }
    await clock.advance(hours(4));
    assert.equal(left, 3);
  });
});

describe('what a line teaches', () => {
  it('nothing yet: the shortest wait', () => {
    const line = createRoundTrips();
    assert.deepEqual([line.roundTrip, line.loss, line.isLossy, waitOn(line, millis(1000))], [null, null, false, 1000]);
  });

  it('fast lines are waited for no shorter, slow ones as long as they take', () => {
    const fast = createRoundTrips();
    const slow = createRoundTrips();
    for (let sample = 0; sample < 50; sample += 1) {
      fast.learn(millis(2), 0);
      slow.learn(millis(1500 + (sample % 5) * 200), 0);
    }
    assert.equal(waitOn(fast, millis(1000)), 1000);
    assert.ok(waitOn(slow, millis(1000)) > 2300 && waitOn(slow, millis(1000)) < 4000, `${waitOn(slow, millis(1000))}`);
  });

  it('loss is a share of tries, told once there are enough', () => {
    const line = createRoundTrips();
    for (let answer = 0; answer < 98; answer += 1) line.learn(millis(20), 0);
    assert.equal(line.isLossy, false);
    for (let answer = 0; answer < 2; answer += 1) line.learn(millis(20), 1);
    assert.equal(line.isLossy, true);
    assert.ok(Math.abs((line.loss ?? 0) - 2 / 102) < 1e-9);
    for (let answer = 0; answer < 5000; answer += 1) line.learn(millis(20), 0);
    assert.equal(line.isLossy, false, 'what was long ago is forgotten');
  });
});
