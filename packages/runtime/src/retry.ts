/** When to try again: a pure value, so that a schedule can be tested without waiting for it. */
import { type Millis, millis } from './clock.ts';
import type { Random } from './random.ts';

export interface RetrySchedule {
  readonly initial: Millis;
  readonly factor: number;
  readonly longest: Millis;
  /** Share of the delay that is drawn at random, 0 to 1, so that a hundred boxes do not come back at once. */
  readonly jitter: number;
}

/** Delay before try number `attempt` (1 = the first retry). */
export function retryDelay(schedule: RetrySchedule, attempt: number, random: Random): Millis {
  const full = Math.min(schedule.longest, schedule.initial * schedule.factor ** Math.max(0, attempt - 1));
  const spread = full * schedule.jitter;
  return millis(Math.round(full - spread + (random.below(1_000_001) / 1_000_000) * spread));
}
