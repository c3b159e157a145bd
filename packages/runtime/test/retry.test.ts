import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { minutes, retryDelay, seconds, seededRandom } from '../src/index.ts';

const schedule = { initial: seconds(5), factor: 2, longest: minutes(15), jitter: 0 };

test('waits double up to the longest', () => {
  const delays = [1, 2, 3, 8, 9, 100].map((attempt) => retryDelay(schedule, attempt, seededRandom(1)) / 1000);
  assert.deepEqual(delays, [5, 10, 20, 640, 900, 900]);
});

test('with jitter a wait is never longer than without, nor shorter than its share allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer(), (attempt, seed) => {
      const full = retryDelay(schedule, attempt, seededRandom(seed));
      const jittered = retryDelay({ ...schedule, jitter: 0.3 }, attempt, seededRandom(seed));
      assert.ok(jittered <= full && jittered >= full * 0.7 - 1);
    }),
  );
});

test('seeded randomness repeats and stays below its limit', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 48 - 1 }), (seed, limit) => {
      const [a, b] = [seededRandom(seed), seededRandom(seed)];
      for (let turn = 0; turn < 20; turn += 1) {
        const value = a.below(limit);
        assert.equal(value, b.below(limit));
        assert.ok(Number.isInteger(value) && value >= 0 && value < limit);
      }
    }),
  );
});
