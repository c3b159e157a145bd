/** Where a reading stands in time. A box's clock is not trusted; its numbering is. */
import type { Place } from '../store/customer-items.ts';

/** Nothing was read by this product before; a clock that says so was not set (PROCESSING: before 2015). */
const EARLIEST = Date.UTC(2015, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

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
