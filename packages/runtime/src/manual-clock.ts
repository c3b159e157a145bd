/** A clock that a test drives: nothing happens until `advance`, then every timer fires at its exact time, in order. */
import { type Clock, type Instant, instant, type Millis, millis, sleepOn, type Timer } from './clock.ts';

export interface ManualClock extends Clock {
  /** Moves both clocks forward and fires what is due, letting promises settle between two timers. */
  advance(by: Millis): Promise<void>;
  /** Moves the wall clock alone, as an operator or NTP would. */
  jump(to: Instant): void;
  /** Names of the timers that wait, soonest first. */
  waiting(): string[];
}

interface Entry {
  name: string;
  due: number;
  order: number;
  run: () => void;
}

/** `settle` is awaited between timers; the default lets microtasks and immediate I/O callbacks run. */
export function manualClock(start: Instant, settle: () => Promise<void> = settleImmediates): ManualClock {
  let wall: number = start;
  let mono = 0;
  let order = 0;
  const entries = new Set<Entry>();
  const next = () => [...entries].sort((a, b) => a.due - b.due || a.order - b.order)[0];
  const after = (name: string, delay: Millis, run: () => void): Timer => {
    const entry: Entry = { name, due: mono + Math.max(0, delay), order: order++, run };
    entries.add(entry);
    return { name, cancel: () => entries.delete(entry) };
  };
  return {
    now: () => instant(wall),
    monotonic: () => millis(mono),
    after,
    sleep: (name, delay, signal) => sleepOn({ after }, name, delay, signal),
    async advance(by) {
      const end = mono + by;
      await settle();
      for (let entry = next(); entry && entry.due <= end; entry = next()) {
        entries.delete(entry);
        wall += entry.due - mono;
        mono = entry.due;
        entry.run();
        await settle();
      }
      wall += end - mono;
      mono = end;
      await settle();
    },
    jump: (to) => {
      wall = to;
    },
    waiting: () => [...entries].sort((a, b) => a.due - b.due || a.order - b.order).map((entry) => entry.name),
  };
}

async function settleImmediates(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
