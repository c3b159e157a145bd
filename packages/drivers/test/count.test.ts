/** Counts stay exact: overflow, 64 bits and states that are no counts. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Counter } from '@rsb/contract';
import type { SnmpValue } from '@rsb/snmp';
import fc from 'fast-check';
import { addCounts, counterOf, countOf } from '../src/blocks/count.ts';

const CASES: readonly (readonly [string, SnmpValue | undefined, Counter | null])[] = [
  ['Counter32', { type: 'counter32', value: 76_498 }, 76_498],
  ['INTEGER', { type: 'integer', value: 7342 }, 7342],
  ['Gauge32', { type: 'gauge32', value: 0 }, 0],
  ['an overflowed Counter32 as INTEGER', { type: 'integer', value: -1_294_967_296 }, 3_000_000_000],
  ['-1, no restriction', { type: 'integer', value: -1 }, null],
  ['-2, unknown', { type: 'integer', value: -2 }, null],
  ['-3, some remaining', { type: 'integer', value: -3 }, null],
  ['-100, a vendor code', { type: 'integer', value: -100 }, null],
  ['an overflowed Counter32 that is about to wrap', { type: 'integer', value: -101 }, 4_294_967_195],
  ['the last that is no state', { type: 'integer', value: -4 }, 4_294_967_292],
  ['the lowest of 32 bits', { type: 'integer', value: -2_147_483_648 }, 2_147_483_648],
  ['below 32 bits, no count of anything', { type: 'integer', value: -5_000_000_000 }, null],
  ['Counter64 in range', { type: 'counter64', value: 9_007_199_254_740_991n }, 9_007_199_254_740_991],
  ['Counter64 beyond', { type: 'counter64', value: 9_007_199_254_740_993n }, '9007199254740993'],
  ['-1 in a type without a sign', { type: 'counter32', value: 4_294_967_295 }, null],
  ['-3 in a type without a sign', { type: 'gauge32', value: 4_294_967_293 }, null],
  ['a counter just before it wraps', { type: 'counter32', value: 4_294_967_292 }, 4_294_967_292],
  ['-2 in 64 bits without a sign', { type: 'counter64', value: 2n ** 64n - 2n }, null],
  ['digits', { type: 'octets', value: Buffer.from('76498') }, 76_498],
  ['digits with an end like in C', { type: 'octets', value: Buffer.from('76498\0') }, 76_498],
  ['a state as digits', { type: 'octets', value: Buffer.from('-2') }, null],
  ['a text', { type: 'octets', value: Buffer.from('76,498 pages') }, null],
  ['octets', { type: 'octets', value: Uint8Array.of(0x01, 0x02) }, null],
  ['nothing', { type: 'octets', value: new Uint8Array() }, null],
  ['not told', undefined, null],
];

test('what a value counts', async (t) => {
  for (const [name, value, count] of CASES) await t.test(name, () => assert.equal(countOf(value), count));
});

test('sums are exact at any size', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 20 }), (values) => {
      const sum = addCounts(values.map(counterOf));
      assert.equal(
        BigInt(sum),
        values.reduce((total, value) => total + value, 0n),
      );
    }),
  );
});
