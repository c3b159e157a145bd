/** When the next echo may leave: by the rate of its sweep, and never too many in one turn of the event loop. */
import { type Clock, millis } from '@rsb/runtime';

/** How far behind its plan a sweep may catch up: timers are late by some milliseconds. */
const MOST_LATENESS = millis(5);

/** Resolves when the caller may send; rejects when `signal` is aborted meanwhile. Places are given in asked order. */
export type Pace = (signal: AbortSignal) => Promise<void>;

/** `rate` a second at most; 0 = no limit. */
export function createPace(clock: Pick<Clock, 'monotonic' | 'sleep'>, rate: number): Pace {
  if (rate <= 0) return async () => {};
  const interval = 1000 / rate;
  let due = clock.monotonic() as number;
  return async (signal) => {
    const now = clock.monotonic();
    const at = Math.max(due, now - MOST_LATENESS);
    due = at + interval;
    if (at > now) await clock.sleep('room for an echo', millis(at - now), signal);
  };
}

/**
 * The loop reads 32 datagrams a turn and socket. Where more are sent in one, replies overflow the socket's buffer on a
 * fast network (measured on loopback: none lost of 65,000 at 32 a turn, a third at 64).
 */
export const MOST_A_TURN = 32;

/** Of all sweeps together. */
export function createTurns(most = MOST_A_TURN): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let left = most;
  let refilling = false;
  const refill = () => {
    refilling = true;
    setImmediate(() => {
      refilling = false;
      left = most;
      for (const go of waiting.splice(0, most)) {
        left -= 1;
        go();
      }
      if (left < most) refill();
    });
  };
  return () => {
    if (left > 0 && waiting.length === 0) {
      left -= 1;
      if (!refilling) refill();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
}
