/** Writes down what was sent and received, now and then. */
import { type Clock, type Log, minutes, type Timer } from '@rsb/runtime';
import type { LoadMeter } from '../store/load.ts';
import { stackOf } from './stack.ts';

/** What a power cut may cost of the measured load. */
const SAVED_EVERY = minutes(1);

export function createLoadKeeping({ clock, load, log }: { clock: Clock; load: LoadMeter; log: Log }) {
  let timer: Timer | undefined;
  const start = () => {
    try {
      load.save();
    } catch (error) {
      // A full disk: what was measured stays in memory until the next time.
      log.error('load not saved', { error: stackOf(error) });
    }
    timer = clock.after('load is saved', SAVED_EVERY, start);
  };
  return { start, stop: () => timer?.cancel() };
}
