/**
 * The limits of everything that the box sends: packets a second and kilobytes an hour, for the whole box and for each
 * range, echoes and SNMP together. A packet leaves when both its range and the box have room for it; within a range
 * first come, first served. As all packets pass here, they are measured here too.
 */
import { type Clock, type Millis, millis, type Timer } from '@rsb/runtime';
import type { PacketKind, SendGate } from '@rsb/snmp';
import type { AddressRange } from '../range/index.ts';
import { createDevicePauses } from './device-pauses.ts';
import { createHourAllowance, type HourAllowance } from './hour-allowance.ts';
import { newPace, noteLeft, type Pace, spend, untilDue } from './pace.ts';
import { createRoundTrips, type LineQuality, type RoundTrips } from './round-trips.ts';

export interface BudgetRange {
  /** By which it is measured; what was learned of it outlives new limits. */
  readonly name?: string;
  readonly range: AddressRange;
  /** 0 = no limit of its own. */
  readonly packetsPerSecond: number;
  /** Of both directions; null or absent = no limit. */
  readonly kilobytesPerHour?: number | null;
}

export interface BudgetLimits {
  /** For the whole box; 0 = no limit. */
  readonly packetsPerSecond: number;
  readonly kilobytesPerHour?: number | null;
  /** Between two SNMP requests to one device; 0 or left out = none. */
  readonly devicePause?: Millis;
  readonly ranges: readonly BudgetRange[];
}

/** A packet that passed, in either direction. */
export interface Passed {
  /** Null for an address in none. */
  readonly range: string | null;
  readonly direction: 'sent' | 'received';
  readonly kind: PacketKind;
  readonly bytes: number;
}

export interface SendBudget extends SendGate, LineJudge {
  /** New limits hold for what already waits, too. */
  set(limits: BudgetLimits): void;
  readonly limits: BudgetLimits;
  received(address: string, bytes: number, kind?: PacketKind): void;
  answered(address: string, roundTrip: Millis, lost: number): void;
  /** How long what waits in a range has to wait for its kilobytes of an hour; null where it need not. */
  waits(name: string): Millis | null;
}

/** Who knows how good the line to an address is. */
export interface LineJudge {
  quality(address: string): LineQuality;
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

interface Waiter {
  readonly address: string;
  readonly bytes: number;
  readonly kind: PacketKind;
  readonly order: number;
  readonly arrivedAt: number;
  readonly leave: () => void;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
}

interface Lane {
  readonly range: AddressRange | null;
  readonly name: string | null;
  readonly pace: Pace;
  readonly roundTrips: RoundTrips;
  waiting: Waiter[];
}

export function createSendBudget(clock: Clock, first: BudgetLimits, onPassed?: (passed: Passed) => void): SendBudget {
  let limits = first;
  /** Bytes that went before count on when limits change. */
  const allowances = new Map<string, HourAllowance>();
  const learned = new Map<string, RoundTrips>();
  const pauses = createDevicePauses(clock);
  pauses.pause = first.devicePause ?? millis(0);
  let box = paceOf('', first.packetsPerSecond, first.kilobytesPerHour);
  let lanes = lanesOf(first);
  let order = 0;
  let timer: Timer | undefined;
  let sentThisTurn = 0;

  function paceOf(name: string, rate: number, kilobytes: number | null | undefined): Pace {
    const now = clock.monotonic();
    if (kilobytes === null || kilobytes === undefined) return newPace(rate, now, null);
    const allowance = allowances.get(name) ?? createHourAllowance(kilobytes * 1000);
    allowance.bytesPerHour = kilobytes * 1000;
    allowances.set(name, allowance);
    return newPace(rate, now, allowance);
  }

  function learnedOf(name: string): RoundTrips {
    const known = learned.get(name) ?? createRoundTrips();
    learned.set(name, known);
    return known;
  }

  /** One lane for each range, the last for addresses in none. */
  function lanesOf({ ranges }: BudgetLimits): readonly Lane[] {
    return [
      ...ranges.map(({ range, name = range.normalized, packetsPerSecond, kilobytesPerHour }) => ({
        range,
        name,
        pace: paceOf(`range ${name}`, packetsPerSecond, kilobytesPerHour),
        roundTrips: learnedOf(name),
        waiting: [],
      })),
      { range: null, name: null, pace: paceOf('none', 0, null), roundTrips: learnedOf(''), waiting: [] },
    ];
  }

  function countInTurn(): void {
    sentThisTurn += 1;
    if (sentThisTurn > 1) return;
    clock.after('next turn', millis(0), () => {
      sentThisTurn = 0;
      const now = clock.monotonic();
      for (const pace of [box, ...lanes.map((lane) => lane.pace)]) if (pace.leaving > 0) noteLeft(pace, now);
      pump();
    });
  }

  /** `late`: milliseconds since the moment for which this was planned. */
  function pump(late = 0): void {
    timer?.cancel();
    timer = undefined;
    while (sentThisTurn < MOST_A_TURN) {
      const now = clock.monotonic();
      const { lane, soonest } = nextLane(now);
      if (lane) {
        leave(lane, now, late);
        continue;
      }
      if (soonest === Number.POSITIVE_INFINITY) return;
      const planned = now + soonest;
      timer = clock.after('room to send', millis(soonest), () =>
        pump(Math.min(MOST_LATENESS, Math.max(0, clock.monotonic() - planned))),
      );
      return;
    }
  }

  /** Whose first packet may leave now; else how long until one may. */
  function nextLane(now: number): { readonly lane?: Lane; readonly soonest: number } {
    let ready: Lane | undefined;
    let soonest = Number.POSITIVE_INFINITY;
    for (const lane of lanes) {
      const head = lane.waiting[0];
      if (!head) continue;
      const wait = untilDue(lane.pace, head, now);
      if (wait > 0) soonest = Math.min(soonest, wait);
      else if (!ready || head.order < (ready.waiting[0]?.order ?? 0)) ready = lane;
    }
    const head = ready?.waiting[0];
    if (!ready || !head) return { soonest };
    const wait = untilDue(box, head, now);
    return wait === 0 ? { lane: ready, soonest: 0 } : { soonest: wait };
  }

  function leave(lane: Lane, now: number, late: number): void {
    const waiter = lane.waiting.shift();
    if (!waiter) return;
    countInTurn();
    spend(box, now, late);
    // A packet that was there when its range was due waited for the box.
    spend(lane.pace, now, waiter.arrivedAt <= lane.pace.due ? MOST_LATENESS : late);
    box.allowance?.sent(waiter, now);
    lane.pace.allowance?.sent(waiter, now);
    if (waiter.kind === 'snmp') pauses.passed(waiter.address);
    onPassed?.({ range: lane.name, direction: 'sent', kind: waiter.kind, bytes: waiter.bytes });
    waiter.signal?.removeEventListener('abort', waiter.onAbort);
    waiter.leave();
  }

  const laneOf = (address: string): Lane | undefined => lanes.find(({ range }) => range === null || range.has(address));

  return {
    get limits() {
      return limits;
    },
    set(next) {
      const waiting = lanes.flatMap((lane) => lane.waiting).sort((a, b) => a.order - b.order);
      limits = next;
      pauses.pause = next.devicePause ?? millis(0);
      box = paceOf('', next.packetsPerSecond, next.kilobytesPerHour);
      lanes = lanesOf(next);
      for (const waiter of waiting) laneOf(waiter.address)?.waiting.push(waiter);
      pump();
    },
    quality: (address) => laneOf(address)?.roundTrips ?? createRoundTrips(),
    waits(name) {
      const lane = lanes.find((each) => each.name === name);
      const head = lane?.waiting[0];
      if (!lane || !head) return null;
      const now = clock.monotonic();
      const wait = Math.max(...[lane.pace, box].map(({ allowance }) => allowance?.untilRoom(head, now) ?? 0));
      return wait === 0 ? null : millis(wait);
    },
    received(address, bytes, kind = 'snmp') {
      const lane = laneOf(address);
      const now = clock.monotonic();
      const limited = [box, lane?.pace].flatMap((pace) => pace?.allowance ?? []);
      for (const allowance of limited) allowance.received(address, bytes, now);
      onPassed?.({ range: lane?.name ?? null, direction: 'received', kind, bytes });
      // A short answer leaves room that was kept for a long one.
      if (limited.length > 0) pump();
    },
    answered(address, roundTrip, lost) {
      laneOf(address)?.roundTrips.learn(roundTrip, lost);
      // What merely comes from its address may be anybody's, and must not hold up its turn.
      pauses.passed(address);
    },
    beforeSend(address, bytes, signal, kind = 'snmp') {
      const pause = kind === 'snmp' ? pauses.before(address, signal) : null;
      return pause === null
        ? waitForRoom(address, bytes, signal, kind)
        : pause.then(() => waitForRoom(address, bytes, signal, kind));
    },
  };

  function waitForRoom(
    address: string,
    bytes: number,
    signal: AbortSignal | undefined,
    kind: PacketKind,
  ): Promise<void> {
    const lane = laneOf(address);
    if (!lane) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const waiter: Waiter = {
        address,
        bytes,
        kind,
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
  }
}
