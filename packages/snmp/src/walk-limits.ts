/** What a walk may be asked to do, and how much a device may make of it. */
import { millis } from '@rsb/runtime';
import type { AskOptions, Cost, WalkLimits } from './engine.ts';
import type { Oid } from './oid.ts';

export interface WalkOptions extends AskOptions {
  readonly limits?: Partial<WalkLimits>;
  readonly expectedRows?: number;
  /** Columns of tables of which a row is known. */
  readonly hasRows?: readonly Oid[];
  /** Instances of these columns that are likely to be there: what follows them is asked at once. */
  readonly likelyRows?: readonly Oid[];
  /** Without GETBULK. */
  readonly byNext?: boolean;
}

export const DEFAULT_WALK_LIMITS: WalkLimits = {
  varbinds: 5000,
  requests: 200,
  bytes: 1024 * 1024,
  time: millis(60_000),
};

/** Which limit is reached, in words; null where none is. */
export function beyondLimits(
  limits: WalkLimits,
  cost: Readonly<Cost>,
  varbinds: number,
  waited: number,
): string | null {
  if (varbinds >= limits.varbinds) return `more than ${limits.varbinds} varbinds`;
  if (cost.requests >= limits.requests) return `more than ${limits.requests} requests`;
  if (cost.bytes >= limits.bytes) return `more than ${limits.bytes} bytes`;
  if (waited >= limits.time) return `more than ${limits.time} ms`;
  return null;
}
