/** Cuts a stream of addresses into batches that one run of a program can take. */

import { isIP } from 'node:net';
import type { Clock, Millis } from '@rsb/runtime';

export interface BatchLimits {
  readonly most: number;
  /** A batch goes out at this age, full or not, so that a slow source is not waited for. */
  readonly age: Millis;
}

/** Each batch is of one family: their packets differ in size. */
export async function* batchesOf(
  addresses: AsyncIterable<string> | Iterable<string>,
  limits: BatchLimits,
  clock: Clock,
): AsyncGenerator<readonly string[]> {
  const source = iterate(addresses);
  let batch: string[] = [];
  let overdue: Promise<'overdue'> | undefined;
  let timer: { cancel(): void } | undefined;
  let next = source.next();
  try {
    for (;;) {
      const step = overdue ? await Promise.race([next, overdue]) : await next;
      if (step === 'overdue') {
        // A source that fails meanwhile is told of at the next turn.
        next.catch(() => {});
        yield take();
        continue;
      }
      if (step.done) break;
      if (batch[0] !== undefined && isIP(batch[0]) !== isIP(step.value)) yield take();
      batch.push(step.value);
      if (batch.length >= limits.most) yield take();
      else if (!overdue) {
        overdue = new Promise((resolve) => {
          timer = clock.after('batch of echoes is old enough', limits.age, () => resolve('overdue'));
        });
      }
      next = source.next();
    }
    if (batch.length > 0) yield take();
  } finally {
    timer?.cancel();
    next.catch(() => {});
    await source.return(undefined);
  }

  function take(): string[] {
    timer?.cancel();
    overdue = undefined;
    const full = batch;
    batch = [];
    return full;
  }
}

async function* iterate(addresses: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* addresses;
}
