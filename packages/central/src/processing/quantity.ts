/** Exact arithmetic on counter values: numbers where they are exact, bigints beyond. */
import type { Pages } from './lines.ts';
import type { CountValue } from './observation.ts';

export const exact = (value: bigint): CountValue =>
  value >= -BigInt(Number.MAX_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

export function minus(after: CountValue, before: CountValue): CountValue {
  if (typeof after === 'number' && typeof before === 'number') return after - before;
  return exact(BigInt(after) - BigInt(before));
}

export function plus(one: CountValue, other: CountValue): CountValue {
  if (typeof one === 'number' && typeof other === 'number') {
    const sum = one + other;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return exact(BigInt(one) + BigInt(other));
}

export const difference = (before: CountValue, after: CountValue): number => Number(minus(after, before));

export const printed = (value: CountValue): Pages => (typeof value === 'number' ? value : value.toString());
