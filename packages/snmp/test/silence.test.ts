/** What a silence teaches: a device that was away is asked as before, one that drops large requests is asked for less. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { millis } from '@rsb/runtime';
import type { Request } from '../src/message.ts';
import { type Answer, honestAnswer, inMemory, table, targetAt } from './agent.ts';
import { driven, underTest } from './engine-under-test.ts';

const OBJECTS = table(['1.3.6.1.2.1.43.11.1.1.9.1'], 12);
const NAMES = OBJECTS.map((each) => each.oid);
const PATIENCE = { timeout: millis(200), retries: 1 };
const TARGET = targetAt('127.0.0.1', 161);
const honest = honestAnswer(OBJECTS);

/** An engine whose device answers as `behaves` says at the time; each poll tells its requests by their size. */
function polled(initially: Answer) {
  let behaves = initially;
  let asked: Request[] = [];
  const answer: Answer = (request, bytes) => {
    asked.push(request);
    return behaves(request, bytes);
  };
  const { engine, clock } = underTest({ openSocket: inMemory(answer) });
  return {
    engine,
    now(answering: Answer) {
      behaves = answering;
    },
    async poll() {
      asked = [];
      const got = await driven(clock, engine.get(TARGET, NAMES, { patience: PATIENCE }));
      return { told: got.varbinds.length, sizes: asked.map(({ oids }) => oids.length) };
    },
  };
}

const silent: Answer = () => [];
const droppingLarge: Answer = (request, bytes) => (request.oids.length > 6 ? [] : honest(request, bytes));
const ALL = { told: NAMES.length, sizes: [NAMES.length] };

describe('after a silence', () => {
  it('a device that was away for a night is asked for all at once again', async () => {
    const device = polled(honest);
    assert.deepEqual(await device.poll(), ALL);
    device.now(silent);
    for (let hour = 0; hour < 14; hour += 1) {
      const { told, sizes } = await device.poll();
      assert.equal(told, 0);
      // Two tries, and one object alone to see whether it is there.
      assert.deepEqual(sizes, [12, 12, 1]);
    }
    device.now(honest);
    assert.deepEqual(await device.poll(), ALL);
    await device.engine.close();
  });

  it('a device that wakes up right after the wait is asked for all at once the next time', async () => {
    const device = polled(honest);
    await device.poll();
    device.now((request, bytes) => (request.oids.length === 12 ? [] : honest(request, bytes)));
    assert.equal((await device.poll()).told, 12);
    device.now(honest);
    assert.deepEqual(await device.poll(), ALL);
    await device.engine.close();
  });

  it('a device that drops large requests is asked for less from the third time on, and in time for all again', async () => {
    const device = polled(honest);
    await device.poll();
    device.now(droppingLarge);
    for (let time = 0; time < 2; time += 1) assert.equal((await device.poll()).told, 12);
    for (let time = 0; time < 50; time += 1) assert.deepEqual(await device.poll(), { told: 12, sizes: [6, 6] });
    device.now(honest);
    let polls = 0;
    for (; polls < 200 && (await device.poll()).sizes.length > 1; polls += 1);
    assert.ok(polls > 10 && polls < 200, `${polls} polls in parts`);
    assert.deepEqual(await device.poll(), ALL);
    await device.engine.close();
  });

  it('an answer under another community teaches nothing', async () => {
    const device = polled(honest);
    await device.poll();
    device.now((request, bytes) => honest({ ...request, community: 'private' }, bytes));
    for (let time = 0; time < 5; time += 1) assert.equal((await device.poll()).told, 0);
    device.now(honest);
    assert.deepEqual(await device.poll(), ALL);
    await device.engine.close();
  });
});
