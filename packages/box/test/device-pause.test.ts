/** A device has a pause between two requests, whatever else goes on; others do not wait for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, manualClock, millis } from '@rsb/runtime';
import { createSendBudget } from '../src/discover/index.ts';

const A = '10.0.0.1';
const B = '10.0.0.2';

function budgetWithPause(pause: number) {
  const clock = manualClock(instant(0));
  const budget = createSendBudget(clock, { packetsPerSecond: 0, devicePause: millis(pause), ranges: [] });
  const left: [string, number][] = [];
  const ask = async (address: string, kind: 'snmp' | 'echo' = 'snmp') => {
    await budget.beforeSend(address, 100, undefined, kind);
    left.push([address, clock.monotonic()]);
  };
  return { clock, budget, left, ask };
}

test('after a request and after its answer', async () => {
  const { clock, budget, left, ask } = budgetWithPause(50);
  void ask(A);
  await clock.advance(millis(10));
  budget.answered(A, millis(10), 0);
  void ask(A);
  void ask(B);
  await clock.advance(millis(200));
  assert.deepEqual(left, [
    [A, 0],
    [B, 10],
    [A, 60],
  ]);
});

test('what merely comes from its address holds nothing up, and an echo needs no pause', async () => {
  const { clock, budget, left, ask } = budgetWithPause(50);
  void ask(A);
  await clock.advance(millis(20));
  for (let number = 0; number < 1000; number += 1) budget.received(A, 100);
  void ask(A, 'echo');
  void ask(A);
  await clock.advance(millis(200));
  assert.deepEqual(left, [
    [A, 0],
    [A, 20],
    [A, 50],
  ]);
});

test('none where it is 0, a new one at once, and a wait that is given up leaves nothing behind', async () => {
  const { clock, budget, left, ask } = budgetWithPause(0);
  void ask(A);
  void ask(A);
  await clock.advance(millis(1));
  assert.deepEqual(left, [
    [A, 0],
    [A, 0],
  ]);
  budget.set({ packetsPerSecond: 0, devicePause: millis(100), ranges: [] });
  void ask(A);
  await clock.advance(millis(1));
  const abort = new AbortController();
  const given = assert.rejects(budget.beforeSend(A, 100, abort.signal));
  abort.abort(new Error('enough'));
  await given;
  assert.deepEqual(clock.waiting(), []);
});
