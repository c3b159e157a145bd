/** The engine with a clock that the test drives, seeded ids, and a plain allow-list. */
import { type Clock, instant, type ManualClock, manualClock, millis, seededRandom } from '@rsb/runtime';
import { allowList, createEngine, type EngineOptions, oid, type Patience, type RunningEngine } from '../src/index.ts';

export const ALLOWED = ['1.3.6.1.2.1.1', '1.3.6.1.2.1.2.2', '1.3.6.1.2.1.43', '1.3.6.1.4.1.1347'].map(oid);

/** Short, and never reached: a right answer on the loopback needs no second try. */
export const PATIENT: Patience = { timeout: millis(5000), retries: 1 };

export interface UnderTest {
  readonly engine: RunningEngine;
  readonly clock: ManualClock;
}

export function underTest(options: Partial<EngineOptions> = {}): UnderTest {
  const clock = manualClock(instant(0));
  return { clock, engine: engineOn(clock, options) };
}

export function engineOn(clock: Clock, options: Partial<EngineOptions> = {}): RunningEngine {
  return createEngine({ clock, random: seededRandom(1), allow: allowList(ALLOWED), ...options });
}

/** Lets the loop turn until something is so: for what comes over a real socket and tells nobody. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000 && !isSo(); turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  if (!isSo()) throw new Error('it did not come to pass');
}

/** Lets time pass until a call has ended: for agents in memory, whose answers do not wait for the loop. */
export async function driven<T>(clock: ManualClock, call: Promise<T>): Promise<T> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  call.then(end, end);
  for (let step = 0; step < 2000 && !ended; step += 1) await clock.advance(millis(100));
  if (!ended) throw new Error('the call did not end in 200 seconds');
  return call;
}
