/** An echo sweep by Debian's fping: needs no privilege of ours, since the program brings its own. */

import { Readable } from 'node:stream';
import { type Clock, type Millis, millis, seconds } from '@rsb/runtime';
import { batchesOf } from './batches.ts';
import type { EchoOptions, EchoResult, EchoSweep } from './echo-sweep.ts';
import { FPING_DATA_BYTES, type FpingRun, runFping } from './fping-run.ts';
import { untilAborted } from './until-aborted.ts';

/** A run reads its whole list before it sends, so lists are short and results come soon. */
const BATCH = { most: 256, age: seconds(1) };
/** Runs side by side: those that only wait for the dead of their batch cost nothing. */
const MOST_RUNS = 8;
/** Even without a limit: a burst of more would be lost in the first switch, or in our own receive buffer. */
const SHORTEST_INTERVAL = millis(0.5);

export function fpingSweep({ program, clock }: { readonly program: string; readonly clock: Clock }): EchoSweep {
  const cost = { packets: 0, bytes: 0 };
  const running = new Map<FpingRun, Promise<void>>();

  function start(batch: readonly string[], options: EchoOptions, interval: Millis, results: Readable): FpingRun {
    const { timeout, retries } = options;
    const run = runFping({ program, clock }, { addresses: batch, timeout, retries, interval }, (result) => {
      results.push(result);
    });
    const counted = run.ended.then((spent) => {
      cost.packets += spent.packets;
      cost.bytes += spent.bytes;
      running.delete(run);
    });
    running.set(run, counted);
    return run;
  }

  async function* sweep(addresses: AsyncIterable<string> | Iterable<string>, options: EchoOptions) {
    const interval = millis(options.rate > 0 ? 1000 / options.rate : SHORTEST_INTERVAL);
    const results = new Readable({ objectMode: true, read: () => {} });
    const own = new Set<FpingRun>();
    const abort = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
    const stopRuns = () => {
      for (const run of own) run.stop();
    };
    signal.addEventListener('abort', stopRuns, { once: true });

    const feed = async () => {
      const batches = batchesOf(untilAborted(addresses, signal), BATCH, clock);
      // The next batch fills while this one is sent.
      let filling = batches.next();
      for (let step = await filling; !step.done && !signal.aborted; step = await filling) {
        const batch = step.value;
        filling = batches.next();
        // A source that fails is told of when its turn comes.
        filling.catch(() => {});
        const run = start(batch, options, interval, results);
        own.add(run);
        const ended = run.ended.then(() => own.delete(run));
        // The next run sends only when this one has sent all, so that the rate holds over all of them.
        const sending = millis(batch.length * (options.retries + 1) * interval);
        await Promise.race([ended, clock.sleep('fping sends', sending, signal).catch(() => {})]);
        while (own.size >= MOST_RUNS) await Promise.race([...own].map((other) => other.ended));
      }
      await Promise.all([...own].map((run) => run.ended));
    };
    const fed = feed().then(
      () => results.push(null),
      (error: Error) => results.destroy(error),
    );
    try {
      for await (const result of results) yield result as EchoResult;
    } finally {
      abort.abort();
      await fed;
    }
  }

  return {
    method: 'fping',
    dataBytes: FPING_DATA_BYTES,
    sweep,
    cost,
    async close() {
      for (const run of running.keys()) run.stop();
      await Promise.all(running.values());
    },
  };
}
