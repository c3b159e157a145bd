/** All work that is due, as if no time had passed. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { TestCentral } from '../running-central.ts';

export async function settle({ central }: Pick<TestCentral, 'central'>): Promise<void> {
  const { worker, clock, database } = central.work;
  const until = clock.now() + 6000;
  for (let round = 0; round < 5000; round += 1) {
    // Central's own worker may hold a job just now.
    if ((await worker.runUntil(until)) === 0 && ((await database.queue.nextDue()) ?? Number.MAX_SAFE_INTEGER) > until)
      return;
    await setImmediate();
  }
  assert.fail('work that never ends');
}
