/** A browser's clock that moves when told. */
import type { BrowserClock } from '../../src/api/clock.ts';

export interface ManualClock extends BrowserClock {
  advance(milliseconds: number): void;
}

export function manualClock(): ManualClock {
  let time = 0;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => time,
    monotonic: () => time,
    after: (delay, run) => {
      const entry = { at: time + delay, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance: (milliseconds) => {
      const end = time + milliseconds;
      for (;;) {
        const next = waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((entry) => entry !== next);
        time = next.at;
        next.run();
      }
      time = end;
    },
  };
}
