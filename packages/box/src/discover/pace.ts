/** The even distances at which packets leave, of the box as a whole or of one range, and the kilobytes of its hour. */
import type { HourAllowance, Packet } from './hour-allowance.ts';

/**
 * No second, wherever it begins, sees more packets than allowed, also where lateness is caught up in it. With room for
 * what the system and the line take longer for one packet than for the next.
 */
const ANY_SECOND = 1005;

/** Packets leave at even distances: the next not before `due`. */
export interface Pace {
  readonly rate: number;
  due: number;
  /** By when the last ones had left, as many as a second may see. */
  readonly recent: number[];
  /** Of them, those of this turn of the loop: they leave at its end. */
  leaving: number;
  /** Null where kilobytes are not limited. */
  readonly allowance: HourAllowance | null;
}

export const newPace = (rate: number, now: number, allowance: HourAllowance | null): Pace => ({
  rate,
  due: now,
  recent: [],
  leaving: 0,
  allowance,
});

/** `late`: milliseconds that may be caught up. */
export function spend(pace: Pace, now: number, late: number): void {
  const { rate, recent } = pace;
  if (rate <= 0) return;
  pace.due = Math.max(pace.due, now - late) + 1000 / rate;
  recent.push(now);
  if (recent.length > mostInSecond(rate)) recent.shift();
  pace.leaving += 1;
}

/** A busy machine may have let time pass between the leave to go and the going. */
export function noteLeft(pace: Pace, now: number): void {
  const { recent } = pace;
  recent.fill(now, Math.max(0, recent.length - pace.leaving));
  pace.leaving = 0;
}

const mostInSecond = (rate: number): number => Math.max(1, Math.floor(rate));

/** Milliseconds until a packet may leave; 0 = now. */
export function untilDue({ rate, due, recent, allowance }: Pace, packet: Packet, now: number): number {
  const [oldest] = recent;
  const isFull = oldest !== undefined && recent.length === mostInSecond(rate);
  const paced = rate === 0 ? 0 : Math.max(0, due - now, isFull ? oldest + ANY_SECOND - now : 0);
  return Math.max(paced, allowance?.untilRoom(packet, now) ?? 0);
}
