/** The allow-list: an entry and everything below it, and nothing beside it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { allowList } from '../src/allow-list.ts';
import { isWithin, oid } from '../src/oid.ts';

const LIFE_COUNT = oid('1.3.6.1.2.1.43.10.2.1.4');
const PRINTER_NAME = oid('1.3.6.1.2.1.43.5.1.1.16');

const ASKED: readonly [name: string, allowed: boolean, why: string][] = [
  ['1.3.6.1.2.1.43.10.2.1.4', true, 'the entry'],
  ['1.3.6.1.2.1.43.10.2.1.4.1.1', true, 'an instance of it'],
  ['1.3.6.1.2.1.43.10.2.1.4.4294967295', true, 'any instance'],
  ['1.3.6.1.2.1.43.10.2.1', false, 'what is above it'],
  ['1.3.6.1.2.1.43.10.2.1.3.1.1', false, 'the column before'],
  ['1.3.6.1.2.1.43.10.2.1.5.1.1', false, 'the column after'],
  ['1.3.6.1.2.1.43.10.2.1.40.1.1', false, 'a column whose number begins alike'],
  ['1.3.6.1.2.1.43.16.5.1.2.1.1', false, 'the console'],
  ['1.3.6.1.2.1.43.5.1.1.16.1', true, 'an instance of another entry'],
  ['1.3', false, 'the root'],
];

describe('the allow-list', () => {
  const list = allowList([PRINTER_NAME, LIFE_COUNT, PRINTER_NAME]);
  for (const [name, allowed, why] of ASKED) {
    it(`${allowed ? 'allows' : 'refuses'} ${why}`, () => assert.equal(list.allows(oid(name)), allowed));
  }

  it('lists its entries once, in order', () => assert.deepEqual(list.entries, [PRINTER_NAME, LIFE_COUNT]));
  it('allows nothing when empty', () => assert.equal(allowList([]).allows(LIFE_COUNT), false));

  it('allows exactly what is an entry or below one', () => {
    const name = fc
      .array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 })
      .map((arcs) => oid(['1.3', ...arcs].join('.')));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), name, (entries, asked) => {
        const wanted = entries.some((entry) => isWithin(entry, asked));
        assert.equal(allowList(entries).allows(asked), wanted);
      }),
    );
  });
});
