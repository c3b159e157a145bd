/** The hourly round: every monitored machine once, at the place where it was when the round began. */
import { PARTS, type Part } from '@rsb/contract';
import { type Log, unreachable } from '@rsb/runtime';
import type { PollParts } from '../schedule/index.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import { eachBounded } from './bounded.ts';
import type { DeviceReader } from './device-reader.ts';
import { stackOf } from './stack.ts';

/** `owed`: of machines whose counters are overdue, as they were silent when their turn came. */
export type Round = PollParts | 'owed';

export interface PollRunner {
  /** A round that is still running takes the new one's parts after it. */
  start(round: Round): void;
  stop(): Promise<void>;
}

const READS_AT_ONCE = 32;

/** Identity is always asked: it costs little, and a machine that took another's address is noticed before it is counted. */
function partsOf(what: Round, owesCounters: boolean): readonly Part[] {
  switch (what) {
    case 'counters':
      return ['identity', 'counters'];
    case 'state':
      // One that slept when its counters were due tells them as soon as it is seen awake.
      return owesCounters ? PARTS : ['identity', 'supplies', 'status', 'alerts'];
    case 'both':
    case 'owed':
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
  readonly owesCounters: (device: string) => boolean;
  /** Whether it sleeps as it does at this hour, and is not to be woken. */
  readonly isLeftAlone: (device: string) => boolean;
  readonly onStored: () => void;
}): PollRunner {
  const { log, devices, ranges, reader, owesCounters, isLeftAlone, onStored } = deps;
  const abort = new AbortController();
  let running: Promise<void> | null = null;
  let next: Round | null = null;

  /** Those that answered last time first: what a silent or slow one costs in time is not at their expense. */
  const placesOf = (what: Round) => {
    const permitted = ranges();
    const due = devices.all().filter(({ id, address, monitored, displacedBy }) => {
      if (!monitored || displacedBy !== null || !rangeOf(permitted, address)) return false;
      return !isLeftAlone(id) && (what !== 'owed' || owesCounters(id));
    });
    const places = new Map<
      string,
      { readonly address: string; readonly port: number; readonly parts: readonly Part[] }
    >();
    for (const { id, address, port } of due.toSorted((a, b) => troubleOf(a) - troubleOf(b))) {
      const key = `${address} ${port}`;
      const parts = partsOf(what, owesCounters(id));
      places.set(key, { address, port, parts: (places.get(key)?.parts.length ?? 0) > parts.length ? PARTS : parts });
    }
    return places.values();
  };

  const round = async (what: Round) => {
    const { signal } = abort;
    await eachBounded(
      placesOf(what),
      READS_AT_ONCE,
      async (place) => {
        try {
          await reader.read({ ...place, way: 'poll', signal });
        } catch (error) {
          // One machine whose answer cannot be stored must not cost the others theirs.
          log.error('a poll failed', { address: place.address, error: stackOf(error) });
        }
      },
      signal,
    );
  };

  const work = async (first: Round) => {
    try {
      for (let what: Round | null = first; what !== null && !abort.signal.aborted; ) {
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
    start(what) {
      if (running) next = next === null ? what : together(next, what);
      else running = work(what);
    },
    async stop() {
      abort.abort(new Error('the box stops'));
      await running;
    },
  };
}

function together(one: Round, other: Round): Round {
  if (one === other || other === 'owed') return one;
  return one === 'owed' ? other : 'both';
}

/** Whose turn comes last. */
function troubleOf({ completeness }: DeviceRecord): number {
  switch (completeness?.state) {
    case 'complete':
      return 0;
    case 'partial':
      return Object.values(completeness.reasons).some((reason) => reason !== 'notTold') ? 2 : 1;
    default:
      return 3;
  }
}
