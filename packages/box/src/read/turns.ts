/**
 * Heavy work one piece a turn of the event loop. A packet of answers of many devices arrives at once; worked through at
 * once, they would keep the pages and the wire waiting for seconds.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Resolves when it is one's turn: at once where nobody had this one. */
export type Turns = () => Promise<void>;

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  const pass = async () => {
    for (;;) {
      await nextTurn();
      const go = waiting.shift();
      if (!go) break;
      go();
    }
    isTaken = false;
  };
  return () => {
    if (isTaken) return new Promise((resolve) => waiting.push(resolve));
    isTaken = true;
    void pass();
    return Promise.resolve();
  };
}
