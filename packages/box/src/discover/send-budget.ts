/**
 * The rate limit of everything that the box sends: one for the whole box, one for each range, echoes and SNMP together.
 * A packet leaves when both its range and the box have room for it; within a range first come, first served.
 */
import type { Clock, Timer } from '@rsb/runtime';
import { millis } from '@rsb/runtime';
import type { SendGate } from '@rsb/snmp';
import type { AddressRange } from '../range/index.ts';

export interface BudgetRange {
  readonly range: AddressRange;
  /** 0 = no limit of its own. */
  readonly packetsPerSecond: number;
}

export interface BudgetLimits {
  /** For the whole box; 0 = no limit. */
  readonly packetsPerSecond: number;
  readonly ranges: readonly BudgetRange[];
}

export interface SendBudget extends SendGate {
  /** New limits hold for what already waits, too. */
  set(limits: BudgetLimits): void;
  readonly limits: BudgetLimits;
}

/**
 * Milliseconds that may be caught up: of a late timer, and for a range of its waiting for the box. A pause is never
 * caught up, so there is no burst after it.
 */
const MOST_LATENESS = 50;

/**
 * Sends in one turn of the event loop, also without a limit: the answers to more of them would overflow the socket's
 * receive buffer before the next turn reads it (of 64 a turn a third was lost, of 32 none).
 */
const MOST_A_TURN = 32;

/** Packets leave at even distances: the next not before `due`. */
interface Pace {
  readonly rate: number;
  due: number;
}

interface Waiter {
  readonly address: string;
  readonly order: number;
  readonly arrivedAt: number;
  readonly leave: () => void;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
}

interface Lane {
  readonly range: AddressRange | null;
  readonly pace: Pace;
  waiting: Waiter[];
}

export function createSendBudget(clock: Clock, first: BudgetLimits): SendBudget {
  let limits = first;
  let box: Pace = { rate: first.packetsPerSecond, due: clock.monotonic() };
  let lanes = lanesOf(first);
  let order = 0;
  let timer: Timer | undefined;
  let sentThisTurn = 0;

  /** One lane for each range, the last for addresses in none. */
  function lanesOf({ ranges }: BudgetLimits): readonly Lane[] {
    const due = clock.monotonic();
    return [
      ...ranges.map(({ range, packetsPerSecond: rate }) => ({ range, pace: { rate, due }, waiting: [] })),
      { range: null, pace: { rate: 0, due }, waiting: [] },
    ];
  }

  function spend(pace: Pace, now: number, late: number): void {
    if (pace.rate > 0) pace.due = Math.max(pace.due, now - late) + 1000 / pace.rate;
  }

  function countInTurn(): void {
    sentThisTurn += 1;
    if (sentThisTurn > 1) return;
    clock.after('next turn', millis(0), () => {
      sentThisTurn = 0;
      pump();
    });
  }

  /** `late`: milliseconds since the moment for which this was planned. */
  function pump(late = 0): void {
    timer?.cancel();
    timer = undefined;
    while (sentThisTurn < MOST_A_TURN) {
      const now = clock.monotonic();
      let ready: Lane | undefined;
      let soonest = Number.POSITIVE_INFINITY;
      for (const lane of lanes) {
        const head = lane.waiting[0];
        if (!head) continue;
        const wait = untilDue(lane.pace, now);
        if (wait > 0) soonest = Math.min(soonest, wait);
        else if (!ready || head.order < (ready.waiting[0]?.order ?? 0)) ready = lane;
      }
      if (ready) {
        const wait = untilDue(box, now);
        if (wait === 0) {
          const waiter = ready.waiting.shift();
          countInTurn();
          spend(box, now, late);
          // A packet that was there when its range was due waited for the box.
          const waited = waiter && waiter.arrivedAt <= ready.pace.due ? MOST_LATENESS : late;
          spend(ready.pace, now, waited);
          waiter?.signal?.removeEventListener('abort', waiter.onAbort);
          waiter?.leave();
          continue;
        }
        soonest = wait;
      }
      if (soonest === Number.POSITIVE_INFINITY) return;
      const planned = now + soonest;
      timer = clock.after('room to send', millis(soonest), () =>
        pump(Math.min(MOST_LATENESS, Math.max(0, clock.monotonic() - planned))),
      );
      return;
    }
  }

  const laneOf = (address: string): Lane | undefined => lanes.find(({ range }) => range === null || range.has(address));

  return {
    get limits() {
      return limits;
    },
    set(next) {
      const waiting = lanes.flatMap((lane) => lane.waiting).sort((a, b) => a.order - b.order);
      limits = next;
      box = { rate: next.packetsPerSecond, due: clock.monotonic() };
      lanes = lanesOf(next);
      for (const waiter of waiting) laneOf(waiter.address)?.waiting.push(waiter);
      pump();
    },
    beforeSend(address, _bytes, signal) {
      const lane = laneOf(address);
      if (!lane) return Promise.resolve();
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const waiter: Waiter = {
          address,
          order: order++,
          arrivedAt: clock.monotonic(),
          leave: resolve,
          signal,
          onAbort: () => {
            for (const { waiting } of lanes) {
              const place = waiting.indexOf(waiter);
              if (place >= 0) waiting.splice(place, 1);
            }
            reject(signal?.reason);
            pump();
          },
        };
        signal?.addEventListener('abort', waiter.onAbort, { once: true });
        lane.waiting.push(waiter);
        pump();
      });
    },
  };
}

/** Milliseconds until a packet may leave; 0 = now. */
const untilDue = ({ rate, due }: Pace, now: number): number => (rate === 0 ? 0 : Math.max(0, due - now));
