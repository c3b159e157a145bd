/**
 * How long answers of a range take and how many tries are lost, learned from everything that is asked there, echoes and
 * SNMP alike: a site behind a slow line is slow and not dead.
 */
import { type Millis, millis } from '@rsb/runtime';

export interface LineQuality {
  /** Smoothed; null while nothing was measured. */
  readonly roundTrip: Millis | null;
  /** Part of the tries, to machines that answered in the end, which got no answer; null while too few were made. */
  readonly loss: number | null;
  /** Whether tries were lost lately. */
  readonly isLossy: boolean;
  /** In which nearly every answer comes; null while nothing was measured. */
  readonly usualWait: Millis | null;
}

export interface RoundTrips extends LineQuality {
  /** `lost`: tries before the one that was answered. */
  learn(roundTrip: Millis, lost: number): void;
}

const LONGEST = 10_000;
/** Tries below which a share of losses says nothing. */
const ENOUGH = 20;
/** Older tries count for less: the quality of a line changes over the day. */
const MOST_COUNTED = 2000;
/** Fewer losses than one in so many tries are what any network has. */
const LOSSY = 1 / 500;

export function createRoundTrips(): RoundTrips {
  let smoothed: number | null = null;
  let variation = 0;
  let answered = 0;
  let lost = 0;
  return {
    get roundTrip() {
      return smoothed === null ? null : millis(smoothed);
    },
    get loss() {
      return answered + lost < ENOUGH ? null : lost / (answered + lost);
    },
    get isLossy() {
      return lost > 0 && lost / (answered + lost) >= LOSSY;
    },
    get usualWait() {
      return smoothed === null ? null : millis(Math.min(LONGEST, smoothed + 4 * variation));
    },
    /** RFC 6298 §2. Each try has an id of its own, so it is known which one was answered. */
    learn(roundTrip, lostBefore) {
      if (smoothed === null) {
        smoothed = roundTrip;
        variation = roundTrip / 2;
      } else {
        variation = 0.75 * variation + 0.25 * Math.abs(smoothed - roundTrip);
        smoothed = 0.875 * smoothed + 0.125 * roundTrip;
      }
      answered += 1;
      lost += lostBefore;
      if (answered + lost <= MOST_COUNTED) return;
      answered /= 2;
      lost /= 2;
    },
  };
}

/** A wait that holds on any line, made longer where the line is seen to be slow. */
export const waitOn = (line: LineQuality | undefined, shortest: Millis): Millis =>
  millis(Math.max(shortest, line?.usualWait ?? 0));
