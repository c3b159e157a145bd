/** At most so many reports at once: beyond that a box hears at once that it should come back, instead of waiting long. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome } from '@rsb/runtime';

export interface Gate {
  readonly full: boolean;
  /** Runs `work` when its turn comes; fails with storeBusy where the queue is full. */
  pass<T>(work: () => Promise<Outcome<T, Fault>>): Promise<Outcome<T, Fault>>;
}

export function createGate(most: { readonly running: number; readonly waiting: number }): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  const isFull = () => running >= most.running && queue.length >= most.waiting;
  return {
    get full() {
      return isFull();
    },
    async pass(work) {
      if (isFull()) return failure(fault('storeBusy'));
      if (running >= most.running) await new Promise<void>((turn) => queue.push(turn));
      else running += 1;
      try {
        return await work();
      } finally {
        // The place goes on to the next in the queue without becoming free between.
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
