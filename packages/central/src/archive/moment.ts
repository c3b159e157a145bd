/** Where a reading stands in time. A box's clock is not trusted; its numbering is. */
import type { Place } from '../store/customer-items.ts';

/** Nothing was read by this product before; a clock that says so was not set (PROCESSING: before 2015). */
const EARLIEST = Date.UTC(2015, 0, 1);
export const DAY = 24 * 60 * 60 * 1000;

/** A reading's moment on the time line: what the box says, or when it arrived where that cannot be. */
export function placeInTime(takenAt: string, receivedAt: number): number {
  const said = Date.parse(takenAt);
  return said >= EARLIEST && said <= receivedAt + DAY ? said : receivedAt;
}

export interface Standing extends Place {
  readonly at: number;
}

/**
 * Whether `candidate` comes after `current`: by epoch and seq where one box sent both; two boxes' readings of one device
 * have only time in common.
 */
export function isNewer(
  candidate: Standing,
  current: Standing,
  agentOf: (epochNo: number) => string | undefined,
): boolean {
  if (agentOf(candidate.epochNo) !== agentOf(current.epochNo) && candidate.at !== current.at) {
    return candidate.at > current.at;
  }
  if (candidate.epochNo !== current.epochNo) return candidate.epochNo > current.epochNo;
  return candidate.seq > current.seq;
}

/** The month of a moment in UTC, as 202611: how the archive is divided. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}

export function monthBounds(month: number): { readonly start: number; readonly end: number } {
  const [year, index] = [Math.floor(month / 100), (month % 100) - 1];
  return { start: Date.UTC(year, index, 1), end: Date.UTC(year, index + 1, 1) };
}
