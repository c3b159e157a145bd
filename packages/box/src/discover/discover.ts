/**
 * Finds printers in ranges: ping, then SNMP only to what answered, then one identifying GET. Of everything that is no
 * printer only the count is kept. Where packets are lost, what stayed silent is asked once more.
 *
 *   addresses ─▶ ping (budget) ─▶ identifying GET (budget) ─▶ printer? ─▶ found
 */
import { Readable } from 'node:stream';
import type { Millis } from '@rsb/runtime';
import type {
  DiscoverCounts,
  DiscoverDeps,
  DiscoverOptions,
  DiscoverRange,
  Discovery,
  Found,
  Swept,
} from './discovery.ts';
import { createSlots } from './slots.ts';
import { sweepRange } from './sweep-range.ts';

/** Ranges side by side; more would only divide the same budget. */
const RANGES_AT_ONCE = 8;
const MOST_AT_ONCE = 256;

/** As many as keep the rate busy while silent addresses are waited for, with a margin. */
const atOnce = (rate: number): number => (rate === 0 ? MOST_AT_ONCE : Math.min(MOST_AT_ONCE, Math.max(16, 2 * rate)));

export function discover(deps: DiscoverDeps, ranges: readonly DiscoverRange[], options: DiscoverOptions): Discovery {
  const counts: DiscoverCounts = {
    addresses: ranges.reduce((sum, { range }) => sum + range.count, 0),
    done: 0,
    alive: 0,
    snmp: 0,
    printers: 0,
    ignored: 0,
    answersPingOnly: 0,
  };
  const loads = ranges.map(({ name }) => ({ range: name, packets: 0, bytes: 0 }));
  const swept: Swept[] = ranges.map(() => ({ finding: null, heard: false }));
  const startedAt = deps.clock.monotonic();
  let endedAt: Millis | undefined;
  let complete = false;

  async function* find(): AsyncGenerator<Found> {
    const results = new Readable({ objectMode: true, read: () => {} });
    const abort = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
    const asking = createSlots(options.mostAtOnce ?? atOnce(options.packetsPerSecond));
    const sweeping = createSlots(RANGES_AT_ONCE);
    const sweeps = Promise.all(
      ranges.map(async (range, index) => {
        await sweeping.take();
        try {
          const load = loads[index];
          const tell = (found: Found) => results.push(found);
          if (load) swept[index] = await sweepRange(deps, range, { options, counts, load, asking, signal, tell });
        } finally {
          sweeping.release();
        }
      }),
    ).then(
      () => results.push(null),
      (error: Error) => results.destroy(error),
    );
    try {
      for await (const found of results) yield found as Found;
      complete = !signal.aborted;
    } finally {
      abort.abort(new Error('the scan was left'));
      await sweeps;
      endedAt = deps.clock.monotonic();
    }
  }

  return {
    found: { [Symbol.asyncIterator]: find },
    summary: () => ({
      ...counts,
      packets: loads.reduce((sum, { packets }) => sum + packets, 0),
      bytes: loads.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: ((endedAt ?? deps.clock.monotonic()) - startedAt) / 1000,
      complete,
      ranges: loads.map((load, index) => ({ ...load, ...(swept[index] ?? { finding: null, heard: false }) })),
    }),
  };
}
