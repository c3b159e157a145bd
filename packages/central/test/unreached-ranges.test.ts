/** In which of the ranges that a box does not reach a machine stands, by all the ways in which a range may be written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unreachedAt, unreachedRanges } from '../src/fleet/unreached-ranges.ts';

const CASES: readonly (readonly [range: string, address: string, held: boolean])[] = [
  ['192.168.7.0/24', '192.168.7.20', true],
  ['192.168.7.0/24', '192.168.70.20', false],
  ['192.168.7.0/255.255.255.128', '192.168.7.127', true],
  ['192.168.7.0/255.255.255.128', '192.168.7.128', false],
  ['10.1.0.5', '10.1.0.5', true],
  ['10.1.0.5', '10.1.0.50', false],
  ['10.1.0.5-10.1.1.9', '10.1.1.9', true],
  ['10.1.0.5–9', '10.1.0.9', true],
  ['10.1.0.5 - 9', '10.1.0.10', false],
  ['10.1.*.*', '10.1.200.3', true],
  ['10.1.*', '10.1.200.3', false],
  ['10.2.0.0/24, 10.3.0.0/24', '10.3.0.4', true],
  ['10.3.0.0/24, ! 10.3.0.4', '10.3.0.4', false],
  ['10.3.0.0/24, !10.3.0.4', '10.3.0.5', true],
  ['2001:db8::/64', '2001:db8::17', true],
  ['2001:db8::/64', '10.3.0.5', false],
  ['10.3.0.0/24', '', false],
  ['range-7f3c', '10.3.0.5', false],
  ['10.3.0.0/99', '10.3.0.5', false],
  ['10.3.0.9-10.3.0.1', '10.3.0.5', false],
  ['nonsense, 10.3.0.5', '10.3.0.5', true],
  ['', '10.3.0.5', false],
];

test('a machine stands in a range however it is written; what is not understood holds nobody', () => {
  for (const [range, address, held] of CASES) {
    const told = { range, reason: 'noWay', since: '2026-11-24T07:00:00Z' } as const;
    const lastAt = Date.parse('2026-11-24T06:30:00Z');
    const found = unreachedAt([{ ...told, range: '203.0.113.0/24' }, told], { address, lastAt });
    assert.deepEqual(found, held ? { ...told, certain: true } : null, range);
  }
  assert.deepEqual(unreachedRanges(null), []);
});

test('without addresses a machine may stand in any range that it was not read since; its name tells nobody anything', () => {
  const lost = { range: 'range-0123456789abcdef01234567', reason: 'allSilent', since: '2026-11-24T07:00:00Z' } as const;
  const at = (time: string, address = '') => unreachedAt([lost], { address, lastAt: Date.parse(time) });
  const possible = { range: null, reason: 'allSilent', since: lost.since, certain: false };
  assert.deepEqual(at('2026-11-24T06:59:00Z'), possible);
  assert.deepEqual(at('2026-11-24T06:59:00Z', '10.3.0.5'), possible, 'an address from before they were withheld');
  assert.equal(at('2026-11-24T07:01:00Z'), null, 'read since: it stands elsewhere');
});
