/** Whether a device answers: the box's own knowledge, with since when. A machine that sleeps is not in trouble. */
import type { Presence, Status } from '@rsb/contract';
import { type Instant, instant } from '@rsb/runtime';

export interface PresenceNow {
  readonly presence: Presence['state'];
  readonly presenceSince: Instant;
}

export interface PresenceStep extends PresenceNow {
  readonly event: 'silent' | 'back' | null;
}

export function afterAnswer(before: PresenceNow, status: Status | null, at: Instant): PresenceStep {
  const presence = status?.state === 'sleep' ? 'asleep' : 'answering';
  const event = before.presence === 'silent' ? 'back' : null;
  return before.presence === presence ? { ...before, event } : { presence, presenceSince: at, event };
}

/**
 * `sleepsNow`: it does this at this hour of other days too. One that said it sleeps is given the same patience, but not
 * for ever.
 */
export function afterSilence(
  before: PresenceNow,
  now: { readonly at: Instant; readonly lastSeen: Instant; readonly sleepsNow: boolean },
): PresenceStep {
  const { at, lastSeen, sleepsNow } = now;
  const dozing = before.presence === 'asleep' && at - lastSeen < LONGEST_SLEEP;
  const presence = dozing || (sleepsNow && before.presence !== 'silent') ? 'asleep' : 'silent';
  if (before.presence === presence) return { ...before, event: null };
  return { presence, presenceSince: at, event: presence === 'silent' ? 'silent' : null };
}

/** A weekend and a public holiday. */
const LONGEST_SLEEP = 4 * 24 * 3_600_000;

/** Nights of silence, of those looked at, that make it a habit. */
const HABIT = { nights: 7, enough: 3 };

/**
 * Whether a device was silent at this same moment of at least three of the last seven days and came back each time: many
 * switch their network card off at night and are no trouble.
 */
export function isSilentHabitually(silences: readonly Silence[], at: Instant): boolean {
  let nights = 0;
  for (let day = 1; day <= HABIT.nights; day += 1) {
    const then = at - day * 86_400_000;
    if (silences.some(({ began, ended }) => ended !== null && began <= then && then <= ended)) nights += 1;
  }
  return nights >= HABIT.enough;
}

export interface Silence {
  readonly began: Instant;
  readonly ended: Instant | null;
}

/**
 * Whether a device has gone to sleep as it does every night and is to be left alone: it is silent, and of other days it
 * was so now and for a while after. Its last hour of sleep is asked in, so that an earlier morning is noticed and what
 * is learned does not put itself off from day to day.
 */
export function isLeftAlone(silences: readonly Silence[], at: Instant): boolean {
  if (!silences.some(({ ended }) => ended === null)) return false;
  return isSilentHabitually(silences, at) && isSilentHabitually(silences, instant(at + MORNING));
}

/** More than an hourly poll is away from the next. */
const MORNING = 90 * 60_000;
