/** What people said to the questions: each answer counts its pages in the interval that was held back. */
import { instant, isoInstant } from '@rsb/runtime';
import type { Counted } from './counting.ts';
import { type DecideLine, type DecideWhy, USAGE_COUNTS } from './lines.ts';
import type { CountValue } from './observation.ts';
import { minus, plus } from './quantity.ts';
import type { Step } from './series.ts';
import type { Timed } from './timed.ts';

export const ANSWERS = ['nothing', 'difference', 'sinceReset'] as const;
export type Answer = (typeof ANSWERS)[number];

/** By `questionKey`. */
export type Answers = ReadonlyMap<string, Answer>;
export const NO_ANSWERS: Answers = new Map();

/**
 * A question is known again by what is asked and the reading it ends with, however often the history is read; that of two
 * machines, which goes on, by the reading it begins with.
 */
export const questionKey = ({ why, from, to }: Pick<DecideLine, 'why' | 'from' | 'to'>): string =>
  `${why}@${why === 'twoMachines' ? from : to}`;

/** What may be asked of a step; undefined where it is no question. */
export function whyOf({ kind }: Step): DecideWhy | undefined {
  switch (kind) {
    case 'fallen':
      return 'fell';
    case 'jumped':
      return 'rose';
    case 'rollover':
      return 'rollover';
    case 'risen':
    case 'wrapped':
    case 'restarted':
    case 'rebased':
      return undefined;
  }
}

/** While a history ended with it, a count that began again at zero was a question too: what was said then holds. */
const whyAskedOnce = ({ kind }: Step): DecideWhy | undefined => (kind === 'restarted' ? 'fell' : undefined);

/** Pages that an answer counts; null where it is none to this step. */
export function pagesOf({ kind, before, after, modulus }: Step, answer: Answer): CountValue | null {
  switch (answer) {
    case 'nothing':
      return 0;
    case 'difference':
      // A count that rose a little while the others fell is doubtful with them.
      if (kind === 'jumped' || (kind === 'fallen' && isRise(before, after))) return minus(after, before);
      return kind === 'rollover' ? minus(plus(after, modulus ?? 0), before) : null;
    case 'sinceReset':
      return kind === 'jumped' || isRise(before, after) ? null : after;
  }
}

const isRise = (before: CountValue, after: CountValue): boolean => Number(minus(after, before)) > 0;

/** Moments of the readings with which an answered question ends. */
export const answeredMoments = (answers: Answers): ReadonlySet<number> =>
  new Set([...answers.keys()].map((key) => Date.parse(key.slice(key.indexOf('@') + 1))));

/** All that is doubtful of one reading is one question: the first of these that holds of any of its counts is asked. */
const ASKED_FIRST: readonly DecideWhy[] = ['fell', 'rollover', 'rose'];

/** What is asked of the counts that are doubtful with one reading. */
export function askedOf(doubtful: readonly Step[]): DecideWhy | undefined {
  return ASKED_FIRST.find((why) => doubtful.some((step) => whyOf(step) === why));
}

export function applyAnswers(counted: Counted, readings: readonly Timed[], answers: Answers): Counted {
  if (answers.size === 0) return counted;
  const doubtful = Map.groupBy(USAGE_COUNTS.flatMap((count) => counted.steps[count]).filter(whyOf), ({ to }) => to);
  const answered = (step: Step): Step => {
    const own = whyOf(step) ?? whyAskedOnce(step);
    if (!own) return step;
    const asked = askedOf(doubtful.get(step.to) ?? []) ?? own;
    const [from, to] = [step.from, step.to].map((position) => isoInstant(instant(readings[position]?.at ?? 0)));
    const key = (why: DecideWhy) => questionKey({ why, from: from ?? '', to: to ?? '' });
    const given = answers.get(key(asked)) ?? answers.get(key(own));
    // Whoever says what a reset counter counts has said nothing of one that leapt up with it: that one counts nothing.
    return given === undefined ? step : { ...step, pages: pagesOf(step, given) ?? 0, answered: true };
  };
  const steps = { ...counted.steps };
  for (const count of USAGE_COUNTS) steps[count] = steps[count].map(answered);
  return { ...counted, steps };
}
