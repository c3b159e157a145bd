/**
 * Drives the daily scan and the polls. A timer only wakes it; what is due is decided by the wall clock and by what the
 * store remembers, so that clock jumps, sleeps and restarts neither repeat nor forget a scan.
 */
import { type Clock, type Instant, type Log, millis, minutes, type Timer } from '@rsb/runtime';
import { dayOf, type NextRuns, nextRuns, type Plan, pollSlot, scanInstant } from './next-runs.ts';

export type PollParts = 'counters' | 'state' | 'both';

/** What survives a restart. */
export interface ScheduleMemory {
  isScanned(day: string): boolean;
  /** Before the scan starts: a power cut in the middle must not make it start over and over. */
  rememberScan(day: string): void;
  /** Since when scans are wanted with the present times; null while there is nothing to scan. */
  scanWantedSince(): Instant | null;
  saveScanWantedSince(at: Instant | null): void;
  lastSlot(what: 'counters' | 'state' | 'boxState'): number | null;
  saveSlot(what: 'counters' | 'state' | 'boxState', slot: number): void;
}

export interface ScheduledWork {
  /** The settings as they are now; `active` is false while no range is on: then nothing is sent. */
  plan(): Plan & { readonly active: boolean };
  scan(): void;
  poll(parts: PollParts): void;
  /** Hourly, also without a range. */
  boxState(): void;
}

export interface Schedule {
  start(): void;
  stop(): void;
  /** To be called when settings were saved: what happens next follows them at once. */
  settingsChanged(timesChanged: boolean): void;
  /** Null while nothing is due ever. */
  next(): NextRuns | null;
}

/** How often the wall clock is looked at, for it may have been set. */
const LOOK_INTERVAL = minutes(1);
/** A day counts as scanned for so long; after that its name came back because the clock was set back by days. */
const SCAN_MEMORY = 47 * 60 * minutes(1);
const BOX_STATE_INTERVAL = 60;

export function createSchedule(deps: {
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: ScheduleMemory;
  readonly work: ScheduledWork;
}): Schedule {
  const { clock, log, memory, work } = deps;
  let timer: Timer | null = null;
  let running = false;
  let lastScanMonotonic: number | null = null;
  let previousLook: Instant | null = null;
  const lastPoll: { counters: number | null; state: number | null } = { counters: null, state: null };

  const isScanned = (day: string): boolean => {
    const longAgo = lastScanMonotonic !== null && clock.monotonic() - lastScanMonotonic > SCAN_MEMORY;
    return memory.isScanned(day) && !longAgo;
  };

  const scanIfDue = (plan: Plan, now: Instant) => {
    const day = dayOf(plan.zone, now);
    const due = scanInstant(plan, day);
    if (now < due || isScanned(day.toString())) return;
    // Missed while the box was off: made up for, unless the time had passed before anybody wanted it. A clock that
    // starts in 1970 looks like that too, and gets no scan at every boot.
    const passedJustNow = previousLook !== null && previousLook < due;
    if (!passedJustNow && due < (memory.scanWantedSince() ?? due)) return;
    memory.rememberScan(day.toString());
    lastScanMonotonic = clock.monotonic();
    work.scan();
  };

  /** Due once an interval, and never twice within half of one, however the wall clock jumps. */
  const isPollDue = (what: 'counters' | 'state', plan: Plan, now: Instant): boolean => {
    const interval = plan.times[what];
    const slot = pollSlot(interval, plan.pollMinute, now);
    const last = lastPoll[what];
    if (memory.lastSlot(what) === slot) return false;
    if (last !== null && clock.monotonic() - last < (interval * minutes(1)) / 2) return false;
    memory.saveSlot(what, slot);
    lastPoll[what] = clock.monotonic();
    return true;
  };

  const pollIfDue = (plan: Plan, now: Instant) => {
    const counters = isPollDue('counters', plan, now);
    const state = isPollDue('state', plan, now);
    if (counters || state) work.poll(counters && state ? 'both' : counters ? 'counters' : 'state');
  };

  const boxStateIfDue = (plan: Plan, now: Instant) => {
    const slot = pollSlot(BOX_STATE_INTERVAL, plan.pollMinute, now);
    if (memory.lastSlot('boxState') === slot) return;
    memory.saveSlot('boxState', slot);
    work.boxState();
  };

  /** The interval that runs already is not made up for: the first poll comes with the next one. */
  const beginSlots = (plan: Plan, now: Instant) => {
    for (const what of ['counters', 'state'] as const) {
      memory.saveSlot(what, pollSlot(plan.times[what], plan.pollMinute, now));
    }
  };

  const beginWhatIsDue = (plan: ReturnType<ScheduledWork['plan']>, now: Instant) => {
    if (plan.active) {
      if (memory.scanWantedSince() === null) {
        memory.saveScanWantedSince(now);
        beginSlots(plan, now);
      }
      scanIfDue(plan, now);
      pollIfDue(plan, now);
    } else if (memory.scanWantedSince() !== null) {
      memory.saveScanWantedSince(null);
    }
    boxStateIfDue(plan, now);
  };

  const look = () => {
    timer?.cancel();
    timer = null;
    if (!running) return;
    const now = clock.now();
    let next = LOOK_INTERVAL;
    try {
      const plan = work.plan();
      beginWhatIsDue(plan, now);
      next = untilNextLook(plan, now);
    } catch (error) {
      // The store failed (disk full, damaged): the next look may find it mended.
      log.error('the schedule failed', { error: error instanceof Error ? error.message : String(error) });
    }
    previousLook = now;
    timer = clock.after('schedule', next, look);
  };

  const untilNextLook = (plan: Plan, now: Instant) => {
    const next = nextRuns(plan, now);
    const soonest = Math.min(next.scan, next.counters, next.state) - now;
    return millis(Math.max(1, Math.min(LOOK_INTERVAL, soonest)));
  };

  return {
    start() {
      running = true;
      look();
    },
    stop() {
      running = false;
      timer?.cancel();
      timer = null;
    },
    settingsChanged(timesChanged) {
      if (timesChanged && memory.scanWantedSince() !== null) {
        const now = clock.now();
        memory.saveScanWantedSince(now);
        beginSlots(work.plan(), now);
      }
      look();
    },
    next() {
      const plan = work.plan();
      if (!plan.active) return null;
      const next = nextRuns(plan, clock.now());
      const day = dayOf(plan.zone, next.scan);
      // Set to a later hour after today's scan: the next one is tomorrow's.
      return isScanned(day.toString()) ? { ...next, scan: scanInstant(plan, day.add({ days: 1 })) } : next;
    },
  };
}
