/** A person's answer to a question: kept for ever, and an input of the next time that the history is read. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { Answer, DoubtfulCount } from '../processing/index.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';
import { storable } from '../store/storable-text.ts';
import { WORK_DELAY, workDemand } from './demands.ts';

export interface PersonsAnswer {
  readonly answer: Answer;
  readonly by: string;
  readonly reason: string;
}

/** Null takes the answer back: the question is open again. */
export async function answerQuestion(
  outside: CustomerStore,
  device: DeviceRow,
  key: string,
  given: PersonsAnswer | null,
  now: number,
): Promise<Outcome<null, Fault>> {
  return outside.exclusively(async (store) => {
    const question = (await store.results.questions(device.id)).find((each) => each.key === key);
    if (!question) return failure(fault('notFound'));
    const counts: DoubtfulCount[] = JSON.parse(question.counts);
    if (given && !counts.some(({ answers }) => answers.some(({ answer }) => answer === given.answer)))
      return failure(fault('fieldInvalid', { path: 'answer', detail: 'impossible' }, '/answer'));
    const row = given && {
      answer: given.answer,
      answered_by: storable(given.by),
      reason: storable(given.reason),
      answered_at: now,
    };
    await store.results.saveAnswer(device.id, key, row);
    await store.jobs.demand([workDemand(device.id, question.from_at, now - WORK_DELAY)]);
    return success(null);
  });
}
