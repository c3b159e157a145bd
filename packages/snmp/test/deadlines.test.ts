/** Many waits behind one timer: each ends at its own moment, and only where nobody ended it before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, manualClock, millis } from '@rsb/runtime';
import fc from 'fast-check';
import { type Deadline, Deadlines } from '../src/deadlines.ts';

const step = fc.record({
  what: fc.constantFrom('wait', 'wait', 'end', 'pass'),
  which: fc.nat(11),
  time: fc.nat(50),
});

test('whatever is waited for and ended early: all others end at their moment, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = manualClock(instant(0), async () => {});
      const deadlines = new Deadlines(clock, 'answer');
      const waits = new Map<number, number>();
      const told: [which: number, at: number][] = [];
      const own = Array.from({ length: 12 }, (_, which): Deadline => {
        const end = () => {
          told.push([which, clock.monotonic()]);
          assert.equal(waits.get(which), clock.monotonic());
          waits.delete(which);
        };
        return { at: 0, place: -1, end };
      });
      for (const { what, which, time } of steps) {
        const deadline = own[which];
        assert.ok(deadline);
        if (what === 'pass') {
          await clock.advance(millis(time));
        } else {
          deadlines.cancel(deadline);
          waits.delete(which);
          if (what === 'wait') {
            deadline.at = clock.monotonic() + 1 + time;
            waits.set(which, deadline.at);
            deadlines.add(deadline);
          }
        }
        assert.ok(
          [...waits.values()].every((at) => at > clock.monotonic()),
          'nothing is overdue',
        );
      }
      await clock.advance(millis(100));
      assert.equal(waits.size, 0);
      assert.ok(told.every(([, at], index) => at >= (told[index - 1]?.[1] ?? 0)));
      assert.deepEqual(clock.waiting(), []);
    }),
    { numRuns: 500 },
  );
});
