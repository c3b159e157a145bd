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
 * How late a timer may be without costing rate. Only what had to wait may catch up: after a pause there is no burst, so
 * any second holds no more than the rate.
 */
const LATENESS = 50;

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

  function spend(pace: Pace, now: number, waited: boolean): void {
    if (pace.rate === 0) return;
    pace.due = (waited ? Math.max(pace.due, now - LATENESS) : now) + 1000 / pace.rate;
  }

  function countInTurn(): void {
    sentThisTurn += 1;
    if (sentThisTurn > 1) return;
    clock.after('next turn', millis(0), () => {
      sentThisTurn = 0;
      pump();
    });
  }

  function pump(arriving?: Waiter): void {
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
          const waited = waiter !== arriving;
          countInTurn();
          spend(box, now, waited);
          spend(ready.pace, now, waited);
          waiter?.signal?.removeEventListener('abort', waiter.onAbort);
          waiter?.leave();
          continue;
        }
        soonest = wait;
      }
      if (soonest !== Number.POSITIVE_INFINITY) timer = clock.after('room to send', millis(soonest), () => pump());
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
        pump(waiter);
      });
    },
  };
}

/** Milliseconds until a packet may leave; 0 = now. */
const untilDue = ({ rate, due }: Pace, now: number): number => (rate === 0 ? 0 : Math.max(0, due - now));
