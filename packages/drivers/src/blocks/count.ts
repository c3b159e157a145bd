/** Exact counts: overflowed and 64-bit counters, and sums that stay exact. */
import type { Counter } from '@rsb/contract';
import type { SnmpValue } from '@rsb/snmp';

/** The MIBs' states, and a vendor's code for a supply near its end; any other negative INTEGER is a Counter32 that has turned. */
const STATES: ReadonlySet<number> = new Set([-1, -2, -3, -100]);
/** In a type without a sign only these three are states: what stands below may be a counter just before it wraps. */
const UNSIGNED_STATES = 3;
const LOWEST_INTEGER32 = -(2 ** 31);
const TWO_TO_32 = 2 ** 32;
const TWO_TO_64 = 2n ** 64n;
/** Some firmware tells numbers as text; what is longer is no count of pages. */
const DIGITS = /^-?\d{1,15}$/;

/** The number of a value that a device may have meant as signed: a state in a type without a sign stands at its very end. */
function numberOf(value: SnmpValue | undefined): Counter | null {
  switch (value?.type) {
    case 'integer':
      return value.value;
    case 'counter32':
    case 'gauge32':
      return value.value >= TWO_TO_32 - UNSIGNED_STATES ? value.value - TWO_TO_32 : value.value;
    case 'counter64':
      return counterOf(value.value >= TWO_TO_64 - BigInt(UNSIGNED_STATES) ? value.value - TWO_TO_64 : value.value);
    case 'octets': {
      const text = Buffer.from(value.value).toString('latin1').replace(/\0+$/, '').trim();
      return DIGITS.test(text) ? Number(text) : null;
    }
    default:
      return null;
  }
}

/** The count that a value tells; null where it tells none. */
export function countOf(value: SnmpValue | undefined): Counter | null {
  const number = numberOf(value);
  if (typeof number !== 'number' || number >= 0) return number;
  // A Counter32 that a device encodes as INTEGER turns negative at 2^31.
  const hasTurned = value?.type === 'integer' && number >= LOWEST_INTEGER32 && !STATES.has(number);
  return hasTurned ? number + TWO_TO_32 : null;
}

/** A whole number that may be negative, e.g. a level or an enumeration. */
export function integerOf(value: SnmpValue | undefined): number | null {
  const number = numberOf(value);
  return typeof number === 'number' ? number : null;
}

/** A number where it is exact, else its decimal digits. */
export function counterOf(value: bigint): Counter {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

export function addCounts(counts: readonly Counter[]): Counter {
  return counterOf(counts.reduce<bigint>((sum, count) => sum + BigInt(count), 0n));
}
