/**
 * What is kept of a device's settled past, so that its life is not read again for each new reading: the last readings
 * before the cut, and the little that is known from before those.
 */
import type { CountingPast } from './counting.ts';
import type { UsageCount } from './lines.ts';
import type { CountValue, Observation } from './observation.ts';
import type { SuppliesPast } from './replacements.ts';

export interface Checkpoint {
  /** Readings from this moment on are not settled. */
  readonly at: number;
  /** The latest reading that the cut was judged by: an earlier one that comes late makes it void. */
  readonly until: number;
  /** The last readings before `at`: what comes after is judged with them in view. */
  readonly context: readonly Observation[];
  readonly past: DevicePast;
  /** Pages of days that readings after `at` may still add to; days before the first of them are settled. */
  readonly usage: readonly (readonly [
    day: number,
    counts: DayCounts,
    hours: readonly (readonly [number, DayCounts])[],
  ])[];
  readonly openDay: number;
}

export interface DevicePast extends CountingPast {
  readonly home: string | null;
  readonly firmwareTold: string | null;
  readonly supplies: SuppliesPast['steps'];
}

export type DayCounts = Readonly<Record<UsageCount, CountValue | null>>;

/** JSON knows no bigint: one stands as an object with its digits. */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  return JSON.stringify(checkpoint, (_key, value: unknown) =>
    typeof value === 'bigint' ? { bigint: value.toString() } : value,
  );
}

/** The text is central's own, from its store. */
export function decodeCheckpoint(text: string): Checkpoint {
  const checkpoint: Checkpoint = text.includes('{"bigint":') ? JSON.parse(text, asBigint) : JSON.parse(text);
  const lists = new Map<string, Observation['supplies']>();
  const context = checkpoint.context.map((seen) => {
    if (seen.supplies === null) return seen;
    // Equal lists of supplies are one list, as they come from an observer.
    const content = JSON.stringify(seen.supplies);
    const known = lists.get(content);
    if (known) return { ...seen, supplies: known };
    lists.set(content, seen.supplies);
    return seen;
  });
  return { ...checkpoint, context };
}

const asBigint = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'bigint' in value && typeof value.bigint === 'string'
    ? BigInt(value.bigint)
    : value;

/** The newest checkpoint that readings from `since` on leave valid; null: from the beginning. `checkpoints` in time. */
export function validCheckpoint<C extends Pick<Checkpoint, 'until'>>(
  checkpoints: readonly C[],
  since: number,
): C | null {
  return checkpoints.findLast(({ until }) => until < since) ?? null;
}
