/** Slows down guessing: so many failures in a window for each caller, then a wait that is said. */
import { isIPv6 } from 'node:net';
import type { Clock, Millis } from '@rsb/runtime';

/** Callers remembered at once; the oldest go first, so that a flood of addresses costs no memory. */
const MOST_CALLERS = 10_000;

export interface Attempts {
  /** Seconds until the caller may try again, 0 where it may now. */
  wait(caller: string): number;
  failed(caller: string): void;
  succeeded(caller: string): void;
}

export function attempts(clock: Clock, most: number, window: Millis): Attempts {
  const failures = new Map<string, number[]>();
  const recent = (caller: string): number[] => {
    const since = clock.monotonic() - window;
    return (failures.get(callerKey(caller)) ?? []).filter((at) => at > since);
  };
  return {
    wait(caller) {
      const times = recent(caller);
      const first = times.at(-most);
      return first === undefined ? 0 : Math.max(1, Math.ceil((first + window - clock.monotonic()) / 1000));
    },
    failed(caller) {
      const key = callerKey(caller);
      const times = [...recent(caller), clock.monotonic()].slice(-most);
      failures.delete(key);
      failures.set(key, times);
      const [oldest] = failures.keys();
      if (failures.size > MOST_CALLERS && oldest !== undefined) failures.delete(oldest);
    },
    succeeded(caller) {
      failures.delete(callerKey(caller));
    },
  };
}

/** One IPv6 host owns a whole /64, so that is one caller. */
function callerKey(address: string): string {
  if (!isIPv6(address) || address.startsWith('::')) return address;
  return address.split(':').slice(0, 4).join(':');
}
