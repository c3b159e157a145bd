import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTurns } from '../src/read/turns.ts';

test('the first goes at once, the others one a turn of the loop, in their order', async () => {
  const turns = createTurns();
  const done: string[] = [];
  const work = async (name: string) => {
    await turns();
    done.push(name);
  };
  const all = ['a', 'b', 'c'].map(work);
  await Promise.resolve();
  assert.deepEqual(done, ['a']);
  // Whoever serves pages in between has a turn each time.
  const seen: number[] = [];
  while (done.length < 3) {
    await nextTurn();
    seen.push(done.length);
  }
  await Promise.all(all);
  assert.deepEqual(done, ['a', 'b', 'c']);
  assert.ok(seen.includes(1) || seen.includes(2), 'there were turns between them');
  await nextTurn();
  await nextTurn();
  await work('d');
  assert.equal(done.at(-1), 'd');
});
