/** The quick reader of answers as asked: what it tells is what the thorough one tells, and all else it leaves to that. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeResponse, encodeResponse, LONGEST_RESPONSE } from '../src/message.ts';
import { type Oid, oid } from '../src/oid.ts';
import { encodeOid } from '../src/oid-octets.ts';
import { decodeResponseFrame } from '../src/response.ts';
import type { SnmpValue, Varbind } from '../src/value.ts';
import { varbindsInOrder } from '../src/varbinds-in-order.ts';

const TABLE = '1.3.6.1.2.1.43.11.1.1.9.1';
const VARBINDS: readonly Varbind[] = [
  { oid: oid(`${TABLE}.1`), value: { type: 'integer', value: -3 } },
  { oid: oid(`${TABLE}.2`), value: { type: 'octets', value: Uint8Array.of(0x4b, 0x31) } },
  { oid: oid(`${TABLE}.300`), value: { type: 'noSuchInstance' } },
];

const answer = (varbinds: readonly Varbind[], errorStatus = 0) =>
  encodeResponse({ version: 'v2c', community: 'public', requestId: 7, errorStatus, errorIndex: 0, varbinds });

function quick(bytes: Uint8Array, oids: readonly Oid[]): readonly Varbind[] | null {
  const frame = decodeResponseFrame(bytes);
  const names = oids.map((name) => ({ oid: name, octets: encodeOid(name) }));
  return frame.ok ? varbindsInOrder(frame.value, names) : null;
}

function thorough(bytes: Uint8Array): readonly unknown[] {
  const response = decodeResponse(bytes);
  assert.ok(response.ok);
  return response.value.varbinds;
}

const namesOf = (varbinds: readonly Varbind[]) => varbinds.map((each) => each.oid);
const long = new Uint8Array(130);

const LEFT: readonly [why: string, bytes: Uint8Array, asked: readonly Oid[]][] = [
  ['an error', answer(VARBINDS, 2), namesOf(VARBINDS)],
  ['one missing', answer(VARBINDS.slice(1)), namesOf(VARBINDS)],
  ['one more', answer(VARBINDS), namesOf(VARBINDS.slice(0, 2))],
  ['another order', answer(VARBINDS.toReversed()), namesOf(VARBINDS)],
  ['a long value', answer([{ oid: oid(TABLE), value: { type: 'octets', value: long } }]), [oid(TABLE)]],
  ['a type that nobody knows', unknownType(), namesOf(VARBINDS)],
  ['a giant', new Uint8Array([...answer(VARBINDS), ...new Uint8Array(LONGEST_RESPONSE)]), namesOf(VARBINDS)],
];

function unknownType(): Uint8Array {
  const bytes = answer(VARBINDS);
  bytes[bytes.length - 2] = 0x45;
  return bytes;
}

const anyValue: fc.Arbitrary<SnmpValue> = fc.oneof(
  fc.record({ type: fc.constant('integer' as const), value: fc.integer() }),
  fc.record({ type: fc.constantFrom('counter32' as const, 'gauge32' as const), value: fc.nat(0xffff_ffff) }),
  fc.record({ type: fc.constant('octets' as const), value: fc.uint8Array({ maxLength: 140 }) }),
  fc.record({ type: fc.constant('counter64' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({ type: fc.constantFrom('null' as const, 'noSuchObject' as const, 'endOfMibView' as const) }),
);
const anyVarbinds: fc.Arbitrary<readonly Varbind[]> = fc.array(
  fc.record({ oid: fc.nat(0xffff_ffff).map((row) => oid(`${TABLE}.${row}`)), value: anyValue }),
  { minLength: 1, maxLength: 12 },
);

const isShort = ({ value }: Varbind) =>
  !('value' in value) || !(value.value instanceof Uint8Array) || value.value.length < 90;

describe('an answer as asked', () => {
  it('is told', () => assert.deepEqual(quick(answer(VARBINDS), namesOf(VARBINDS)), VARBINDS));

  it('is left to the thorough reader where anything is unusual', async (t) => {
    for (const [why, bytes, asked] of LEFT) await t.test(why, () => assert.equal(quick(bytes, asked), null));
  });

  it('is told as by the thorough reader, whatever it says', () => {
    let told = 0;
    fc.assert(
      fc.property(anyVarbinds, (varbinds) => {
        const bytes = answer(varbinds);
        const read = quick(bytes, namesOf(varbinds));
        if (varbinds.every(isShort)) assert.notEqual(read, null);
        if (read === null) return;
        told += 1;
        assert.deepEqual(read, thorough(bytes));
      }),
      { numRuns: 300 },
    );
    assert.ok(told > 30, `${told} of 300`);
  });

  it('spoiled, is told as by the thorough reader or not at all', () => {
    let told = 0;
    const spoils = fc.array(fc.record({ at: fc.nat(400), octet: fc.nat(255) }), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(anyVarbinds, spoils, fc.nat(6), (varbinds, changes, cut) => {
        const sound = answer(varbinds);
        const bytes = sound.slice(0, sound.length - (cut === 6 ? 1 : 0));
        for (const { at, octet } of changes) bytes[at % bytes.length] = octet;
        const read = quick(bytes, namesOf(varbinds));
        if (read === null) return;
        told += 1;
        assert.deepEqual(read, thorough(bytes));
      }),
      { numRuns: 2000 },
    );
    assert.ok(told > 30, `${told} of 2000`);
  });
});
