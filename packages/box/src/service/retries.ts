/** Ranges that were not reached are tried again soon, and ever later, until the next round of reads comes anyway. */
import { type Clock, minutes, type Timer } from '@rsb/runtime';
import type { FoundRange } from '../store/range-findings.ts';

export interface Retries {
  /** To be called whenever which ranges are reached may have changed, and after each try. */
  update(): void;
  stop(): void;
}

/** Minutes between tries. A try costs a packet or two for each range; after the last the hourly reads go on trying. */
const WAITS = [1, 2, 4, 8, 15, 30] as const;

export function createRetries(deps: {
  readonly clock: Clock;
  readonly unreached: () => readonly FoundRange[];
  readonly retry: () => void;
}): Retries {
  const { clock, unreached, retry } = deps;
  let timer: Timer | null = null;
  let tried = 0;
  let before = new Set<string>();

  const stop = () => {
    timer?.cancel();
    timer = null;
  };
  return {
    stop,
    update() {
      const now = new Set(unreached().map(({ range }) => range));
      if ([...now].some((range) => !before.has(range))) {
        stop();
        tried = 0;
      }
      before = now;
      if (now.size === 0) return stop();
      const wait = WAITS[tried];
      if (timer !== null || wait === undefined) return;
      timer = clock.after('ranges are tried again', minutes(wait), () => {
        timer = null;
        tried += 1;
        retry();
      });
    },
  };
}
