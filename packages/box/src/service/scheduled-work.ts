/** What the schedule sets going: scans of the ranges that may be asked now, and later of the others; polls; the box's state. */
import type { Clock, Log, Random } from '@rsb/runtime';
import type { Sessions } from '../people/index.ts';
import { drawPollMinute, type ScheduledWork, scanDelayOf } from '../schedule/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Facts } from '../store/facts.ts';
import { type ActiveRange, isPermitted } from './active-ranges.ts';
import type { OwedCounters } from './owed-counters.ts';
import type { PollRunner } from './poll-runner.ts';
import type { ScanRunner } from './scan-runner.ts';

export interface ScheduledWorkDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly facts: Facts;
  readonly settings: Settings;
  readonly sessions: Sessions;
  readonly ranges: () => readonly ActiveRange[];
  readonly scan: Pick<ScanRunner, 'start'>;
  readonly polls: Pick<PollRunner, 'start'>;
  readonly owedCounters: () => OwedCounters;
  readonly tellBoxState: () => void;
}

export function createScheduledWork(deps: ScheduledWorkDeps): ScheduledWork {
  const { clock, random, log, facts, settings, sessions, ranges, scan, polls, owedCounters, tellBoxState } = deps;
  const permittedRanges = () => ranges().filter((range) => isPermitted(range, settings.document.zone, clock.now()));

  /** Ranges whose hours did not permit today's scan when it was due. */
  const owed = new Set<string>();
  const scanOwed = () => {
    const due = permittedRanges().filter(({ name }) => owed.has(name));
    if (due.length > 0 && scan.start(due)) for (const { name } of due) owed.delete(name);
  };

  const pollMinute = (): number => {
    const stored = facts.find('pollMinute');
    if (stored !== null) return Number(stored);
    const drawn = drawPollMinute(settings.document.times.scan, (limit) => random.below(limit));
    facts.save('pollMinute', String(drawn));
    return drawn;
  };

  return {
    plan: () => ({
      times: settings.document.times,
      zone: settings.document.zone,
      pollMinute: pollMinute(),
      scanDelay: scanDelayOf(pollMinute()),
      active: ranges().length > 0,
    }),
    scan() {
      const permitted = permittedRanges();
      if (permitted.length > 0 && !scan.start(permitted)) log.info('the daily scan finds one running');
      owed.clear();
      for (const { name } of ranges()) if (!permitted.some((range) => range.name === name)) owed.add(name);
    },
    poll: (parts) => polls.start(parts),
    boxState() {
      scanOwed();
      if (owedCounters().isWorthRound()) polls.start('owed');
      sessions.forgetExpired();
      tellBoxState();
    },
  };
}
