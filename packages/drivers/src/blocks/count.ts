/** Exact counts: overflowed and 64-bit counters, and sums that stay exact. */
import type { Counter } from '@rsb/contract';
import type { SnmpValue } from '@rsb/snmp';

/** A negative INTEGER down to here is one of the MIBs' states (−1, −2, −3) or a vendor's code (−100), never an overflow. */
const LOWEST_STATE = -1000;
const TWO_TO_32 = 2 ** 32;

/** The count that a value tells; null where it tells none. */
export function countOf(value: SnmpValue | undefined): Counter | null {
  switch (value?.type) {
    case 'counter32':
    case 'gauge32':
      return value.value;
    case 'integer':
      if (value.value >= 0) return value.value;
      // A Counter32 that a device encodes as INTEGER turns negative at 2^31.
      return value.value < LOWEST_STATE ? value.value + TWO_TO_32 : null;
    case 'counter64':
      return counterOf(value.value);
    default:
      return null;
  }
}

/** A whole number that may be negative, e.g. a level or an enumeration. */
export function integerOf(value: SnmpValue | undefined): number | null {
  switch (value?.type) {
    case 'integer':
    case 'gauge32':
    case 'counter32':
      return value.value;
    default:
      return null;
  }
}

/** A number where it is exact, else its decimal digits. */
export function counterOf(value: bigint): Counter {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

export function addCounts(counts: readonly Counter[]): Counter {
  return counterOf(counts.reduce<bigint>((sum, count) => sum + BigInt(count), 0n));
}
