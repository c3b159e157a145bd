/** The hourly round: every monitored machine once, at the place where it was when the round began. */
import { PARTS, type Part } from '@rsb/contract';
import { type Log, unreachable } from '@rsb/runtime';
import type { PollParts } from '../schedule/index.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import { eachBounded } from './bounded.ts';
import type { DeviceReader } from './device-reader.ts';
import type { Reach, Round } from './reach.ts';
import { stackOf } from './stack.ts';

/**
 * `owed`: of machines whose counters are overdue, as they were silent when their turn came. `missed`: of ranges that were
 * not reached, whole.
 */
export type Asked = PollParts | 'owed' | 'missed';

export interface PollRunner {
  /** A round that is still running takes the new one's parts after it. */
  start(asked: Asked): void;
  stop(): Promise<void>;
}

const READS_AT_ONCE = 32;
/** Machines of a range that was not reached which are asked first; where they are silent the others are spared. */
const SCOUTS = 2;

interface PollPlace {
  readonly address: string;
  readonly port: number;
  readonly parts: readonly Part[];
}

/** Identity is always asked: it costs little, and a machine that took another's address is noticed before it is counted. */
export function partsOf(what: Asked, owesCounters: boolean): readonly Part[] {
  switch (what) {
    case 'counters':
      return ['identity', 'counters'];
    case 'state':
      // One that slept when its counters were due tells them as soon as it is seen awake.
      return owesCounters ? PARTS : ['identity', 'supplies', 'status', 'alerts'];
    case 'both':
    case 'owed':
    case 'missed':
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
  readonly reach: Pick<Reach, 'round' | 'isUnreached'>;
  readonly owesCounters: (device: string) => boolean;
  /** Whether it sleeps as it does at this hour, and is not to be woken. */
  readonly isLeftAlone: (device: string) => boolean;
  readonly onStored: () => void;
  /** A round has ended. */
  readonly onEnded: () => void;
}): PollRunner {
  const { log, devices, ranges, reader, reach, owesCounters, isLeftAlone, onStored, onEnded } = deps;
  const abort = new AbortController();
  let running: Promise<void> | null = null;
  let next: Asked | null = null;

  /** Those that answered last time first: what a silent or slow one costs in time is not at their expense. */
  const placesOf = (what: Asked) => {
    const permitted = ranges();
    const due = devices.all().filter(({ id, address, monitored, displacedBy }) => {
      if (!monitored || displacedBy !== null || !rangeOf(permitted, address)) return false;
      if (what === 'missed' && !reach.isUnreached(address)) return false;
      return !isLeftAlone(id) && (what !== 'owed' || owesCounters(id));
    });
    const places = new Map<string, PollPlace>();
    for (const { id, address, port } of due.toSorted((a, b) => troubleOf(a) - troubleOf(b))) {
      const key = `${address} ${port}`;
      const parts = partsOf(what, owesCounters(id));
      places.set(key, { address, port, parts: (places.get(key)?.parts.length ?? 0) > parts.length ? PARTS : parts });
    }
    return places.values();
  };

  const readAll = (places: Iterable<PollPlace>, judged: Round, brief = false) =>
    eachBounded(
      places,
      READS_AT_ONCE,
      async (place) => {
        try {
          await reader.read({ ...place, way: 'poll', signal: abort.signal, round: judged, brief });
        } catch (error) {
          // One machine whose answer cannot be stored must not cost the others theirs.
          log.error('a poll failed', { address: place.address, error: stackOf(error) });
        }
      },
      abort.signal,
    );

  /** A range that was not reached costs a packet for each scout, until one of them answers. */
  const readUnreached = async (places: readonly PollPlace[], judged: Round) => {
    const scouts = places.slice(0, SCOUTS);
    await readAll(scouts, judged, true);
    if (scouts.some(({ address }) => reach.isUnreached(address))) return;
    await readAll(places.slice(SCOUTS), judged);
  };

  const round = async (what: Asked) => {
    const reached: PollPlace[] = [];
    const unreached = new Map<string, PollPlace[]>();
    const permitted = ranges();
    for (const place of placesOf(what)) {
      const range = reach.isUnreached(place.address) ? rangeOf(permitted, place.address)?.name : undefined;
      if (range === undefined) reached.push(place);
      else unreached.set(range, [...(unreached.get(range) ?? []), place]);
    }
    const judged = reach.round();
    await Promise.all([
      readAll(reached, judged),
      ...[...unreached.values()].map((places) => readUnreached(places, judged)),
    ]);
    if (!abort.signal.aborted) judged.conclude();
  };

  const work = async (first: Asked) => {
    try {
      for (let what: Asked | null = first; what !== null && !abort.signal.aborted; ) {
        next = null;
        await round(what);
        onStored();
        onEnded();
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

function together(one: Asked, other: Asked): Asked {
  if (one === other || isPartial(other)) return one;
  return isPartial(one) ? other : 'both';
}

/** What the next full round takes along. */
const isPartial = (asked: Asked): asked is 'owed' | 'missed' => asked === 'owed' || asked === 'missed';

/** Whose turn comes last. */
function troubleOf({ completeness }: DeviceRecord): number {
  switch (completeness?.state) {
    case 'complete':
      return 0;
    case 'partial':
      return Object.values(completeness.reasons).some((reason) => reason !== 'notTold' && reason !== 'notAsked')
        ? 2
        : 1;
    default:
      return 3;
  }
}
