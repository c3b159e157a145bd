/** Which machines owe their counters: silent when these were due, they are asked for them until they have told them. */

import { type Plan, type ScheduleMemory, slotStart } from '../schedule/index.ts';
import type { Readings } from '../store/readings.ts';

/** Asked at most this often, in minutes. */
const RETRY_INTERVAL = 60;

export interface OwedCounters {
  isOwed(device: string): boolean;
  /** Whether no poll comes within the hour that would ask for them anyway. */
  isWorthRound(): boolean;
}

export function createOwedCounters(deps: {
  readonly memory: Pick<ScheduleMemory, 'lastSlot'>;
  readonly readings: Pick<Readings, 'lastParts'>;
  readonly plan: () => Plan;
  /** Whether counters are read at all. */
  readonly areRead: () => boolean;
}): OwedCounters {
  const { memory, readings, plan, areRead } = deps;
  return {
    isOwed(device) {
      const slot = memory.lastSlot('counters');
      if (slot === null || !areRead()) return false;
      const { times, pollMinute } = plan();
      const told = readings.lastParts(device).counters?.takenAt;
      return told === undefined || Date.parse(told) < slotStart(slot, times.counters, pollMinute);
    },
    isWorthRound() {
      const { times } = plan();
      return Math.min(times.counters, times.state) > RETRY_INTERVAL;
    },
  };
}
