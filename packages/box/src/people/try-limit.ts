/** How often an address may be wrong about a password or a set-up code. */
import type { Clock } from '@rsb/runtime';

export interface TryLimit {
  /** Takes a try. A number: no try is left, and in so many seconds there is one again. */
  take(address: string): { giveBack(): void } | number;
}

const WINDOW = 60_000;
const TRIES_PER_ADDRESS = 5;
/** Of all addresses together: each try costs a password hash, and an attacker may own many addresses. */
const TRIES_TOGETHER = 60;

export function createTryLimit(clock: Pick<Clock, 'monotonic'>): TryLimit {
  let tries: { readonly address: string; readonly at: number }[] = [];
  return {
    take(address) {
      const now = clock.monotonic();
      tries = tries.filter(({ at }) => at > now - WINDOW);
      const own = tries.filter((entry) => entry.address === address);
      const full = own.length >= TRIES_PER_ADDRESS ? own : tries.length >= TRIES_TOGETHER ? tries : null;
      if (full) return Math.max(1, Math.ceil(((full[0]?.at ?? now) + WINDOW - now) / 1000));
      const taken = { address, at: now };
      tries.push(taken);
      return {
        giveBack() {
          tries = tries.filter((entry) => entry !== taken);
        },
      };
    },
  };
}
