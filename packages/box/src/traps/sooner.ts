/** Which machine is to be read sooner because it sent a trap: known ones alone, each now and then, few at a time. */
import { type Clock, minutes } from '@rsb/runtime';

/** However many traps one machine sends. */
const BETWEEN_LOOKS = minutes(10);
/** Waiting to be read; a storm from more machines than that is told by the next round anyway. */
const MOST_WAITING = 64;
const READS_AT_ONCE = 4;

export interface Sooner {
  /** A notification came from this address. */
  heard(address: string): void;
  stop(): Promise<void>;
  readonly counts: { readonly heard: number; readonly looks: number };
}

export function createSooner(deps: {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Whether a machine that may be asked now is known there. */
  readonly isKnown: (address: string) => boolean;
  readonly look: (address: string) => Promise<void>;
}): Sooner {
  const { clock, isKnown, look } = deps;
  const counts = { heard: 0, looks: 0 };
  /** When each was looked at last, oldest first. */
  const looked = new Map<string, number>();
  const waiting: string[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  const isEarly = (address: string, now: number) => {
    const at = looked.get(address);
    return at !== undefined && now - at < BETWEEN_LOOKS;
  };

  const next = () => {
    while (!stopped && running.size < READS_AT_ONCE) {
      const address = waiting.shift();
      if (address === undefined) return;
      counts.looks += 1;
      const reading: Promise<void> = look(address).finally(() => {
        running.delete(reading);
        next();
      });
      running.add(reading);
    }
  };

  return {
    counts,
    heard(address) {
      counts.heard += 1;
      const now = clock.monotonic();
      if (stopped || isEarly(address, now) || waiting.length >= MOST_WAITING || !isKnown(address)) return;
      for (const [oldest, at] of looked) {
        if (now - at < BETWEEN_LOOKS) break;
        looked.delete(oldest);
      }
      looked.delete(address);
      looked.set(address, now);
      waiting.push(address);
      next();
    },
    async stop() {
      stopped = true;
      waiting.length = 0;
      await Promise.allSettled(running);
    },
  };
}
