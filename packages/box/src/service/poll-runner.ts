/** The hourly round: every monitored machine once, at the place where it was when the round began. */
import { PARTS, type Part } from '@rsb/contract';
import { type Log, unreachable } from '@rsb/runtime';
import type { PollParts } from '../schedule/index.ts';
import type { Devices } from '../store/devices.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import { eachBounded } from './bounded.ts';
import type { DeviceReader } from './device-reader.ts';
import { stackOf } from './stack.ts';

export interface PollRunner {
  /** A round that is still running takes the new one's parts after it. */
  start(parts: PollParts): void;
  stop(): Promise<void>;
}

const READS_AT_ONCE = 32;

/** Identity is always asked: it costs little, and a machine that took another's address is noticed before it is counted. */
function partsOf(what: PollParts): readonly Part[] {
  switch (what) {
    case 'counters':
      return ['identity', 'counters'];
    case 'state':
      return ['identity', 'supplies', 'status', 'alerts'];
    case 'both':
      return PARTS;
    default:
      return unreachable(what);
  }
}

export function createPollRunner(deps: {
  readonly log: Log;
  readonly devices: Devices;
  /** The ranges in which something may be asked now. */
  readonly ranges: () => readonly ActiveRange[];
  readonly reader: DeviceReader;
  readonly onStored: () => void;
}): PollRunner {
  const { log, devices, ranges, reader, onStored } = deps;
  const abort = new AbortController();
  let running: Promise<void> | null = null;
  let next: PollParts | null = null;

  const round = async (what: PollParts) => {
    const permitted = ranges();
    const places = new Map<string, { readonly address: string; readonly port: number }>();
    for (const { address, port, monitored, displacedBy } of devices.all()) {
      if (!monitored || displacedBy !== null || !rangeOf(permitted, address)) continue;
      places.set(`${address} ${port}`, { address, port });
    }
    const { signal } = abort;
    await eachBounded(
      places.values(),
      READS_AT_ONCE,
      async (place) => {
        try {
          await reader.read({ ...place, parts: partsOf(what), way: 'poll', signal });
        } catch (error) {
          // One machine whose answer cannot be stored must not cost the others theirs.
          log.error('a poll failed', { address: place.address, error: stackOf(error) });
        }
      },
      signal,
    );
  };

  const work = async (first: PollParts) => {
    try {
      for (let what: PollParts | null = first; what !== null && !abort.signal.aborted; ) {
        next = null;
        await round(what);
        onStored();
        what = next;
      }
    } catch (error) {
      log.error('polls failed', { error: stackOf(error) });
    } finally {
      running = null;
    }
  };

  return {
    start(parts) {
      if (running) next = next === null || next === parts ? parts : 'both';
      else running = work(parts);
    },
    async stop() {
      abort.abort(new Error('the box stops'));
      await running;
    },
  };
}
