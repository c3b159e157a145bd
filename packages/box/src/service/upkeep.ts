/** Hourly housekeeping of what is kept for looking back: nothing of it may fill the disk. */
import { type Clock, type Log, minutes, type Timer } from '@rsb/runtime';
import type { AskedObjects, SentPayloads } from '../disclosure/index.ts';
import type { BeforeEnrolment } from '../outbox/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Devices } from '../store/devices.ts';

export interface Upkeep {
  /** Now, and every quarter of an hour from now on. */
  start(): void;
  stop(): void;
  storeAsked(): void;
}

const EVERY = minutes(15);

export function createUpkeep(deps: {
  readonly asked: AskedObjects;
  readonly payloads: SentPayloads;
  readonly beforeEnrolment: BeforeEnrolment;
  readonly isEnrolled: () => boolean;
  readonly settings: Settings;
  readonly devices: Devices;
  readonly clock: Clock;
  readonly log: Log;
}): Upkeep {
  const { asked, payloads, beforeEnrolment, isEnrolled, settings, devices, clock, log } = deps;
  let timer: Timer | null = null;

  const storeAsked = () => {
    const byAddress = Map.groupBy(devices.all(), ({ address }) => address);
    asked.store((address) => (byAddress.get(address) ?? []).map(({ id }) => id));
  };
  const run = () => {
    try {
      storeAsked();
      const gone = payloads.prune(settings.document.keepSent);
      if (gone > 0) log.info('payloads kept long enough', { gone });
      if (!isEnrolled()) {
        const dropped = beforeEnrolment.bound();
        if (dropped > 0) log.warn('items of the time before enrolment went to keep the disk free', { dropped });
      }
    } catch (error) {
      // A full disk: what was counted stays in memory until the next time.
      log.error('upkeep failed', { error: error instanceof Error ? error.message : String(error) });
    }
    timer = clock.after('upkeep', EVERY, run);
  };
  return {
    start: run,
    stop() {
      timer?.cancel();
      storeAsked();
    },
    storeAsked,
  };
}
