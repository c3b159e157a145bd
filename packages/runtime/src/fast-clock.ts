/** A clock that runs N times as fast as the machine's own, from now on: for demonstrations, never for a real box. */
import { type Clock, instant, millis, sleepOn } from './clock.ts';

export function fastClock(base: Clock, speed: number): Clock {
  if (speed === 1) return base;
  const wallStart = base.now();
  const start = base.monotonic();
  const elapsed = () => (base.monotonic() - start) * speed;
  const after: Clock['after'] = (name, delay, run) => base.after(name, millis(delay / speed), run);
  return {
    now: () => instant(wallStart + Math.floor(elapsed())),
    monotonic: () => millis(start + elapsed()),
    after,
    sleep: (name, delay, signal) => sleepOn({ after }, name, delay, signal),
  };
}
