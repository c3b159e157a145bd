/** How fast and in what portions reports go: what each answer means for the next one. */
import { ERRORS, LONGEST_REPORT_ITEMS } from '@rsb/contract';
import { type Millis, millis, minutes, type Random, type RetrySchedule, retryDelay, seconds } from '@rsb/runtime';
import type { LineFailure } from './answer.ts';

/** Central or the line is down: soon at first, then a few times an hour. */
const DOWN: RetrySchedule = { initial: seconds(5), factor: 2, longest: minutes(15), jitter: 0.5 };
/** Central refuses this box, or all that it sends: nothing mends itself within seconds. */
const REFUSED: RetrySchedule = { initial: minutes(15), factor: 1, longest: minutes(15), jitter: 0.1 };
/** Central asks to keep everything: new items must not wait long behind those. */
const KEPT: RetrySchedule = { initial: seconds(5), factor: 2, longest: minutes(1), jitter: 0.5 };

/** Of JSON before compression, the report's own head left out of 1 MiB. */
export const MOST_REPORT_BYTES = (1 << 20) - 256;
/** So many items refused one by one, none taken between: then it is not the items. */
const MOST_SINGLE_REFUSALS = 3;

export interface Pace {
  mostItems(): number;
  /** Something was settled: go on at once, with more. */
  taken(): null;
  /** Central keeps all for later. */
  kept(): Millis;
  /** `delay` null: go on at once. `hold`: let these items wait. `known`: people should know. */
  failed(
    items: number,
    failure: LineFailure,
  ): { readonly delay: Millis | null; readonly hold: boolean; readonly known: boolean };
  /** The box's own store failed. */
  broken(): Millis;
}

export function createPace(random: Random): Pace {
  let most = LONGEST_REPORT_ITEMS;
  let failures = 0;
  let keeps = 0;
  let singles = 0;
  const down = () => {
    failures += 1;
    return retryDelay(DOWN, failures, random);
  };
  return {
    mostItems: () => most,
    taken() {
      most = Math.min(LONGEST_REPORT_ITEMS, most * 2);
      failures = 0;
      keeps = 0;
      singles = 0;
      return null;
    },
    kept() {
      failures = 0;
      keeps += 1;
      return retryDelay(KEPT, keeps, random);
    },
    failed(items, failure) {
      if (isAboutContent(failure)) {
        if (items > 1) {
          // Half of it finds in nine steps the one item that spoils the report.
          most = Math.floor(items / 2);
          return { delay: null, hold: false, known: false };
        }
        singles += 1;
        const enough = singles >= MOST_SINGLE_REFUSALS;
        return { delay: enough ? retryDelay(REFUSED, 1, random) : null, hold: true, known: true };
      }
      const delay = isRefusal(failure) ? retryDelay(REFUSED, 1, random) : down();
      return { delay: millis(Math.max(delay, failure.retryAfter ?? 0)), hold: false, known: true };
    },
    broken: down,
  };
}

/** The report was too large or not understood: a smaller one may pass. A digest that differs was damaged on its way. */
function isAboutContent({ status, fault }: LineFailure): boolean {
  return [400, 413, 422].includes(status ?? 0) && fault.code !== 'digestMismatch';
}

/** 408, 425 and 429 ask for another try (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4); other 4xx ask for a person. */
function isRefusal({ status, fault }: LineFailure): boolean {
  if (ERRORS[fault.code].retry === false) return true;
  return (
    status !== null &&
    status >= 400 &&
    status < 500 &&
    ![408, 425, 429].includes(status) &&
    fault.code !== 'digestMismatch'
  );
}
