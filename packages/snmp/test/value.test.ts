/** Values as devices send them: by the book, in odd sizes, and beyond what can be told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BerReader, BerWriter } from '../src/ber.ts';
import { oid } from '../src/oid.ts';
import type { SnmpValue } from '../src/value.ts';
import { decodeValue, encodeValue } from '../src/value-octets.ts';
import { fromHex, toHex } from './hex.ts';

function decode(bytes: Uint8Array): SnmpValue | string {
  const reader = new BerReader(bytes);
  const tag = reader.element();
  assert.equal(reader.fault, null);
  return decodeValue(tag, bytes, reader.offset, reader.contentEnd);
}

function encode(value: SnmpValue): string {
  const writer = new BerWriter(8);
  encodeValue(writer, value);
  return toHex(writer.take());
}

/** Both ways: these are the only right octets of the value. */
const BY_THE_BOOK: readonly [octets: string, value: SnmpValue][] = [
  ['02 01 00', { type: 'integer', value: 0 }],
  ['02 01 7f', { type: 'integer', value: 127 }],
  ['02 02 0080', { type: 'integer', value: 128 }],
  ['02 01 80', { type: 'integer', value: -128 }],
  ['02 02 ff7f', { type: 'integer', value: -129 }],
  ['02 01 fd', { type: 'integer', value: -3 }],
  ['02 04 7fffffff', { type: 'integer', value: 2_147_483_647 }],
  ['02 04 80000000', { type: 'integer', value: -2_147_483_648 }],
  ['04 00', { type: 'octets', value: new Uint8Array(0) }],
  ['04 03 626f78', { type: 'octets', value: fromHex('626f78') }],
  ['05 00', { type: 'null' }],
  ['06 0a 2b06010401bf0803020a', { type: 'oid', value: oid('1.3.6.1.4.1.8072.3.2.10') }],
  ['40 04 7f000001', { type: 'ipAddress', value: fromHex('7f000001') }],
  ['41 01 00', { type: 'counter32', value: 0 }],
  ['41 04 298afa6f', { type: 'counter32', value: 696_973_935 }],
  ['41 05 00ffffffff', { type: 'counter32', value: 4_294_967_295 }],
  ['42 04 00989680', { type: 'gauge32', value: 10_000_000 }],
  ['43 02 0087', { type: 'timeTicks', value: 135 }],
  ['44 07 9f780442f60000', { type: 'opaque', value: fromHex('9f780442f60000') }],
  ['46 01 00', { type: 'counter64', value: 0n }],
  ['46 09 00ffffffffffffffff', { type: 'counter64', value: 18_446_744_073_709_551_615n }],
  ['46 07 20000000000001', { type: 'counter64', value: 9_007_199_254_740_993n }],
  ['80 00', { type: 'noSuchObject' }],
  ['81 00', { type: 'noSuchInstance' }],
  ['82 00', { type: 'endOfMibView' }],
];

/** Read all the same, as the value is in no doubt. */
const AS_DEVICES_SEND: readonly [octets: string, value: SnmpValue, why: string][] = [
  ['02 04 0000002a', { type: 'integer', value: 42 }, 'padded to a word'],
  ['02 08 000000000000002a', { type: 'integer', value: 42 }, 'padded to 64 bits'],
  ['02 04 ffffffff', { type: 'integer', value: -1 }, '−1 as a word'],
  ['02 08 fffffffffffffffe', { type: 'integer', value: -2 }, '−2 as 64 bits'],
  ['02 05 00ffffffff', { type: 'integer', value: 4_294_967_295 }, 'beyond Integer32, said plainly'],
  ['02 81 01 05', { type: 'integer', value: 5 }, 'length in the long form'],
  ['02 82 0001 05', { type: 'integer', value: 5 }, 'length in the long form with a leading zero'],
  ['04 82 0003 626f78', { type: 'octets', value: fromHex('626f78') }, 'long length of a short text'],
  ['41 04 ffffffff', { type: 'counter32', value: 4_294_967_295 }, 'a counter kept in a signed word'],
  ['41 04 fffffffe', { type: 'counter32', value: 4_294_967_294 }, 'a counter kept in a signed word'],
  ['41 04 80000000', { type: 'counter32', value: 2_147_483_648 }, 'a counter kept in a signed word'],
  ['41 08 fffffffffffffffe', { type: 'counter32', value: 4_294_967_294 }, 'the same, widened to 64 bits'],
  ['41 01 ff', { type: 'counter32', value: 4_294_967_295 }, '−1 in its fewest octets, as net-snmp reads it'],
  ['41 04 0000c51c', { type: 'counter32', value: 50_460 }, 'padded'],
  ['42 04 ffffffff', { type: 'gauge32', value: 4_294_967_295 }, 'a gauge kept in a signed word'],
  ['43 08 00000000000003e8', { type: 'timeTicks', value: 1000 }, 'padded to 64 bits'],
  ['46 08 ffffffffffffffff', { type: 'counter64', value: 18_446_744_073_709_551_615n }, 'kept in a signed word'],
  ['46 08 0000000000000001', { type: 'counter64', value: 1n }, 'padded'],
  ['46 0a 0000ffffffffffffffff', { type: 'counter64', value: 18_446_744_073_709_551_615n }, 'padded twice'],
  ['47 01 07', { type: 'gauge32', value: 7 }, 'UInteger32 of RFC 1442'],
  ['06 00', { type: 'oid', value: oid('0.0') }, 'zeroDotZero as nothing'],
];
/** Never a guess. */
const CANNOT_BE_TOLD: readonly [octets: string, problem: string, why: string][] = [
  ['02 00', 'badLength', 'an empty INTEGER'],
  ['02 08 0020000000000001', 'outOfRange', 'an INTEGER beyond 2^53'],
  ['41 00', 'badLength', 'an empty Counter32'],
  ['41 05 0100000000', 'outOfRange', 'a Counter32 of 2^32'],
  ['41 05 ff00000000', 'outOfRange', 'a negative number below −2^31'],
  ['42 08 0123456789abcdef', 'outOfRange', 'a Gauge32 of 64 bits'],
  ['46 00', 'badLength', 'an empty Counter64'],
  ['46 09 01ffffffffffffffff', 'outOfRange', 'a Counter64 of 65 bits'],
  ['46 0a 7fffffffffffffffffff', 'outOfRange', 'a Counter64 of 80 bits'],
  ['40 00', 'badLength', 'an empty IpAddress'],
  ['40 03 7f0001', 'badLength', 'an IpAddress of three octets'],
  ['40 10 00000000000000000000000000000001', 'badLength', 'an IpAddress of sixteen octets'],
  ['05 01 00', 'badLength', 'a NULL with content'],
  ['80 01 00', 'badLength', 'noSuchObject with content'],
  ['81 01 00', 'badLength', 'noSuchInstance with content'],
  ['82 01 00', 'badLength', 'endOfMibView with content'],
  ['06 02 2b80', 'badOid', 'an OBJECT IDENTIFIER cut within an arc'],
  ['03 02 0780', 'unknownType', 'BIT STRING'],
  ['30 00', 'unknownType', 'a SEQUENCE'],
  ['45 01 00', 'unknownType', 'NsapAddress'],
  ['83 00', 'unknownType', 'an exception that no standard knows'],
  ['a2 00', 'unknownType', 'a PDU'],
  ['24 00', 'unknownType', 'a constructed OCTET STRING'],
];

const anyBytes = fc.uint8Array({ maxLength: 300 });
const unsigned32 = fc.integer({ min: 0, max: 0xffff_ffff });
const ofType = <T extends string, V>(type: fc.Arbitrary<T>, value: fc.Arbitrary<V>) =>
  fc.tuple(type, value).map(([drawn, content]) => ({ type: drawn, value: content }));
const anyValue: fc.Arbitrary<SnmpValue> = fc.oneof(
  ofType(fc.constant('integer' as const), fc.integer()),
  ofType(fc.constantFrom('octets' as const, 'opaque' as const), anyBytes),
  ofType(fc.constant('ipAddress' as const), fc.uint8Array({ minLength: 4, maxLength: 4 })),
  ofType(fc.constantFrom('counter32' as const, 'gauge32' as const, 'timeTicks' as const), unsigned32),
  ofType(fc.constant('counter64' as const), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  ofType(fc.constant('oid' as const), fc.constantFrom(oid('1.3.6.1.4.1.367.1.1'), oid('0.0'))),
  fc.constantFrom('null' as const, 'noSuchObject' as const, 'endOfMibView' as const).map((type) => ({ type })),
);

describe('values', () => {
  for (const [octets, value] of BY_THE_BOOK) {
    it(`${octets} is ${value.type} ${'value' in value ? String(value.value) : ''}, both ways`, () => {
      assert.deepEqual(decode(fromHex(octets)), value);
      assert.equal(encode(value), toHex(fromHex(octets)));
    });
  }

  for (const [octets, value, why] of AS_DEVICES_SEND) {
    it(`reads ${octets}: ${why}`, () => assert.deepEqual(decode(fromHex(octets)), value));
  }

  for (const [octets, problem, why] of CANNOT_BE_TOLD) {
    it(`does not guess: ${why}`, () => assert.equal(decode(fromHex(octets)), problem));
  }

  it('comes back from the wire as it went', () => {
    fc.assert(fc.property(anyValue, (value) => assert.deepEqual(decode(fromHex(encode(value))), value)));
  });

  it('is plain bytes, not a view into the datagram', () => {
    const datagram = fromHex('04 03 626f78');
    const value = decode(datagram);
    datagram.fill(0);
    assert.deepEqual(value, { type: 'octets', value: fromHex('626f78') });
  });
});
