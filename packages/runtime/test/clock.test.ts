import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours, instant, isoInstant, manualClock, millis, minutes, systemClock } from '../src/index.ts';

const start = instant(Date.UTC(2026, 2, 28, 8));

test('timers of a driven clock fire at their exact time and in order', async () => {
  const clock = manualClock(start);
  const fired: string[] = [];
  clock.after('second', minutes(20), () => fired.push(`second ${isoInstant(clock.now())}`));
  clock.after('first', minutes(10), () => {
    fired.push(`first ${isoInstant(clock.now())}`);
    clock.after('chained', minutes(5), () => fired.push(`chained ${isoInstant(clock.now())}`));
  });
  await clock.advance(hours(1));
  assert.deepEqual(fired, [
    'first 2026-03-28T08:10:00Z',
    'chained 2026-03-28T08:15:00Z',
    'second 2026-03-28T08:20:00Z',
  ]);
  assert.equal(isoInstant(clock.now()), '2026-03-28T09:00:00Z');
});

test('a jump of the wall clock moves no timer', async () => {
  const clock = manualClock(start);
  let fired = 0;
  clock.after('once', minutes(10), () => {
    fired += 1;
  });
  clock.jump(instant(0));
  await clock.advance(minutes(9));
  assert.equal(fired, 0);
  await clock.advance(minutes(1));
  assert.equal(fired, 1);
});

test('a cancelled timer and an aborted sleep do not fire', async () => {
  const clock = manualClock(start);
  const abort = new AbortController();
  const timer = clock.after('never', minutes(1), () => assert.fail('cancelled'));
  timer.cancel();
  const sleeping = clock.sleep('nap', minutes(1), abort.signal);
  abort.abort(new Error('stopped'));
  await assert.rejects(sleeping, /stopped/);
  await assert.rejects(clock.sleep('late', minutes(1), abort.signal), /stopped/);
  await clock.advance(hours(1));
  assert.deepEqual(clock.waiting(), []);
});

test('the system clock waits beyond the longest setTimeout instead of firing at once', async () => {
  let fired = false;
  const timer = systemClock().after('far', millis(2 ** 31 + 1000), () => {
    fired = true;
  });
  await systemClock().sleep('a turn', millis(5));
  timer.cancel();
  assert.equal(fired, false);
});
