/** The machine's own clock. The only place that touches Date.now, performance.now and setTimeout. */
import { performance } from 'node:perf_hooks';
import { type Clock, instant, type Millis, millis, sleepOn, type Timer } from './clock.ts';

/** setTimeout fires at once beyond 2^31 − 1 ms, so longer waits go in steps. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export function systemClock(): Clock {
  const after = (name: string, delay: Millis, run: () => void): Timer => {
    if (delay > LONGEST_TIMEOUT) return inSteps(name, delay, run);
    const handle = setTimeout(run, Math.max(0, delay));
    return { name, cancel: () => clearTimeout(handle) };
  };
  const inSteps = (name: string, delay: Millis, run: () => void): Timer => {
    let left: number = delay;
    let handle: NodeJS.Timeout;
    const arm = () => {
      const step = Math.min(left, LONGEST_TIMEOUT);
      left -= step;
      handle = setTimeout(() => (left > 0 ? arm() : run()), step);
    };
    arm();
    return { name, cancel: () => clearTimeout(handle) };
  };
  return {
    now: () => instant(Date.now()),
    monotonic: () => millis(performance.now()),
    after,
    sleep: (name, delay, signal) => sleepOn({ after }, name, delay, signal),
  };
}
