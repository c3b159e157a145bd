/** A pause of its own for each device: after a request or an answer the next request to it waits, so that it can do its work. */
import { type Clock, type Millis, millis } from '@rsb/runtime';

export interface DevicePauses {
  /** 0 = none. */
  pause: Millis;
  /** Resolves when the next request may go to the device; rejects with the signal's reason. */
  before(address: string, signal: AbortSignal | undefined): Promise<void> | null;
  /** A request went to it, or it answered one. */
  passed(address: string): void;
}

export function createDevicePauses(clock: Clock): DevicePauses {
  /** When a packet last passed, oldest first; what is older than the pause is forgotten with the next. */
  const last = new Map<string, number>();
  const pauses: DevicePauses = {
    pause: millis(0),
    passed(address) {
      if (pauses.pause === 0) return;
      const now = clock.monotonic();
      last.delete(address);
      last.set(address, now);
      for (const [oldest, at] of last) {
        if (now - at < pauses.pause) break;
        last.delete(oldest);
      }
    },
    before(address, signal) {
      const wait = untilOver(address);
      return wait > 0 ? waitFor(address, wait, signal) : null;
    },
  };
  const untilOver = (address: string) => {
    const at = pauses.pause === 0 ? undefined : last.get(address);
    return at === undefined ? 0 : at + pauses.pause - clock.monotonic();
  };
  const waitFor = async (address: string, first: number, signal: AbortSignal | undefined) => {
    // An answer that came late begins the pause anew.
    for (let wait = first; wait > 0; wait = untilOver(address)) {
      await clock.sleep('a device has its pause', millis(wait), signal);
    }
  };
  return pauses;
}
