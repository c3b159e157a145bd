/** Object identifiers: what is one, how they are ordered, and how they look on the wire. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { childOf, compareOid, instanceOf, isWithin, type Oid, oid, parseOid } from '../src/oid.ts';
import { compareOctets, decodeBelow, decodeOid, encodeOid, isOidContent, octetsBeginWith } from '../src/oid-octets.ts';
import { fromHex, toHex } from './hex.ts';

const arcs = (text: string): number[] => text.split('.').map(Number);

/** The order written down plainly, to hold the quick ones against. */
function plainOrder(a: string, b: string): number {
  const [left, right] = [arcs(a), arcs(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}

const anyArc = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 4_294_967_295),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);
const anyRoot = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 39 })),
  fc.tuple(fc.constant(2), anyArc),
);
const anyOid: fc.Arbitrary<Oid> = fc
  .tuple(anyRoot, fc.array(anyArc, { maxLength: 30 }))
  .map(([root, rest]) => oid([...root, ...rest].join('.')));
/** Names that share a beginning, as those of one table do. */
const siblings: fc.Arbitrary<[Oid, Oid]> = fc
  .tuple(anyOid, fc.array(anyArc, { maxLength: 3 }), fc.array(anyArc, { maxLength: 3 }))
  .map(([base, a, b]) => [oid([base, ...a].join('.')), oid([base, ...b].join('.'))]);

const WIRE: readonly [name: string, octets: string][] = [
  ['1.3.6.1.2.1.1.1.0', '2b 06 01 02 01 01 01 00'],
  ['1.3.6.1.4.1.1347.43.5.1.1.28.1', '2b 06 01 04 01 8a43 2b 05 01 01 1c 01'],
  ['0.0', '00'],
  ['0.39', '27'],
  ['1.0', '28'],
  ['1.39', '4f'],
  ['2.0', '50'],
  ['2.39', '77'],
  ['2.47', '7f'],
  ['2.48', '81 00'],
  ['2.999.3', '88 37 03'],
  ['1.3.127', '2b 7f'],
  ['1.3.128', '2b 81 00'],
  ['1.3.16383', '2b ff 7f'],
  ['1.3.16384', '2b 81 80 00'],
  ['1.3.2147483648', '2b 88 80 80 80 00'],
  ['1.3.4294967295', '2b 8f ff ff ff 7f'],
  ['2.4294967295', '90 80 80 80 4f'],
];

const NOT_ON_THE_WIRE: readonly [octets: string, why: string][] = [
  ['2b 06 80 01', 'an arc padded with 80'],
  ['80 2b', 'the first arc padded'],
  ['2b 06 81', 'cut within an arc'],
  ['2b 90 80 80 80 00', 'an arc of 2^32'],
  ['2b 81 80 80 80 80 00', 'an arc of six octets'],
  ['2b ff ff ff ff ff ff ff ff ff 7f', 'a negative index as 64 bits'],
  [`2b ${'01 '.repeat(127)}`, '129 arcs'],
];

const NO_OID = [
  '',
  '1',
  '1.',
  '.1',
  '3.1',
  '1.40',
  '0.40',
  '1.3.06',
  '1.3.-1',
  '1.3.x',
  '1.3 ',
  '1.3.4294967296',
  '1..3',
];

describe('object identifiers', () => {
  for (const [name, octets] of WIRE) {
    it(`${name} is ${octets}`, () => {
      const bytes = fromHex(octets);
      assert.equal(toHex(encodeOid(oid(name))), toHex(bytes));
      assert.equal(decodeOid(bytes, 0, bytes.length), name);
      assert.equal(isOidContent(bytes, 0, bytes.length), true);
    });
  }

  for (const [octets, why] of NOT_ON_THE_WIRE) {
    it(`is no name: ${why}`, () => {
      const bytes = fromHex(octets);
      assert.equal(decodeOid(bytes, 0, bytes.length), undefined);
      assert.equal(isOidContent(bytes, 0, bytes.length), false);
    });
  }

  it('takes 128 arcs and no more', () => {
    const longest = ['1.3', ...Array.from({ length: 126 }, () => '4294967295')].join('.');
    assert.equal(parseOid(`${longest}.1`), undefined);
    const bytes = encodeOid(oid(longest));
    assert.equal(decodeOid(bytes, 0, bytes.length), longest);
    const longer = new Uint8Array([...bytes, 1]);
    assert.equal(decodeOid(longer, 0, longer.length), undefined);
    const base = oid('1.3');
    assert.equal(decodeBelow(base, encodeOid(base).length, longer, 0, longer.length), undefined);
  });

  for (const text of NO_OID) it(`refuses "${text}"`, () => assert.equal(parseOid(text), undefined));

  it('takes a leading dot away', () => assert.equal(parseOid('.1.3.6'), '1.3.6'));
  it('reads an empty name as zeroDotZero, which agents send so', () => {
    assert.equal(decodeOid(new Uint8Array(0), 0, 0), '0.0');
  });

  it('comes back from the wire as it went', () => {
    fc.assert(
      fc.property(anyOid, (name) => {
        const bytes = encodeOid(name);
        assert.equal(decodeOid(bytes, 0, bytes.length), name);
        assert.equal(isOidContent(bytes, 0, bytes.length), true);
      }),
    );
  });

  it('orders text and octets as numbers', () => {
    fc.assert(
      fc.property(fc.oneof(siblings, fc.tuple(anyOid, anyOid)), ([a, b]) => {
        const [left, right] = [encodeOid(a), encodeOid(b)];
        const wanted = plainOrder(a, b);
        assert.equal(Math.sign(compareOid(a, b)), wanted, `${a} ${b} as text`);
        assert.equal(Math.sign(compareOctets(left, right, 0, right.length)), wanted, `${a} ${b} as octets`);
      }),
    );
  });

  it('knows what is below, in text and octets', () => {
    fc.assert(
      fc.property(siblings, ([a, b]) => {
        const below = plainOrder(a, b) === 0 || b.startsWith(`${a}.`);
        assert.equal(isWithin(a, b), below);
        const octets = encodeOid(b);
        assert.equal(octetsBeginWith(encodeOid(a), octets, 0, octets.length), below);
        if (below) assert.equal(decodeBelow(a, encodeOid(a).length, octets, 0, octets.length), b);
      }),
    );
  });

  it('never fails on any octets, and agrees with itself on what is a name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const name = decodeOid(bytes, 0, bytes.length);
        if (name === undefined) return;
        assert.equal(toHex(encodeOid(name)), toHex(bytes));
        assert.equal(parseOid(name), name);
        assert.equal(isOidContent(bytes, 0, bytes.length), true);
      }),
    );
  });

  it('tells the instance of a column', () => {
    const column = oid('1.3.6.1.2.1.43.11.1.1.9');
    assert.equal(instanceOf(column, childOf(column, '1.2')), '1.2');
    assert.equal(instanceOf(column, column), undefined);
    assert.equal(instanceOf(column, oid('1.3.6.1.2.1.43.11.1.1.91.1')), undefined);
  });
});
