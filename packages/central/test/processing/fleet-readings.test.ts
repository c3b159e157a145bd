/** Packed readings are the readings that were packed, and a fleet of them says what the fleet says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../../src/alerts/facts.ts';
import { packFacts } from '../../src/alerts/packed-facts.ts';
import {
  DEFAULT_SETTINGS,
  type Observation,
  observer,
  packReadings,
  processFleet,
} from '../../src/processing/index.ts';
import { MONDAY, office, type Reading, reading, toner } from './office-history.ts';

const VARIED: readonly Reading[] = [
  reading({ takenAt: MONDAY, all: 5, mono: null, color: 0 }),
  reading({
    takenAt: '1970-01-01T00:01:00Z',
    all: '9007199254740993',
    life: '340282366920938463463374607431768211455',
  }),
  reading({ takenAt: MONDAY + 1, all: 2 ** 53 - 1, id: { box: '411223312', epoch: 'a1', seq: 2 ** 52 } }),
  reading({ takenAt: MONDAY + 2, all: 7, id: { box: '1', epoch: 'a1', seq: 0 }, serial: null, mac: null }),
  reading({ takenAt: MONDAY + 3, firmware: null, identified: false, address: '10.0.0.9' }),
  { ...reading({ takenAt: MONDAY + 4 }), counters: undefined },
  reading({
    takenAt: MONDAY + 5,
    all: 8,
    supplies: [toner(40), toner(null), { type: 'waste', percent: 90, state: 'ok' }],
  }),
  reading({ takenAt: MONDAY + 6, all: 8, supplies: [] }),
  reading({ takenAt: MONDAY + 7, all: 8, supplies: [toner(40), toner(null)] }),
];

function observe(readings: readonly Reading[]): readonly Observation[] {
  const see = observer();
  return readings.map((value, index) => {
    const seen = see(value, index + 1);
    assert.ok(seen.ok && seen.value);
    return seen.value;
  });
}

test('what is packed comes out as it was, one or many, in the order that is asked for', () => {
  // Long enough to fill more than one chunk of a column.
  const seen = observe(Array.from({ length: 9000 }, (_, index) => VARIED[index % VARIED.length] ?? {}));
  const packed = packReadings();
  for (const each of seen) packed.add(each);
  assert.equal(packed.length, seen.length);
  assert.deepEqual(packed.take(seen.map((_, index) => index)), seen);
  assert.deepEqual(packed.take([8999, 3, 5]), [seen[8999], seen[3], seen[5]]);
  assert.deepEqual(
    seen.map((_, index) => packed.sightedAt(index).takenAt),
    seen.map(({ takenAt }) => takenAt),
  );
});

test('a fleet of packed readings says what the fleet says', () => {
  const hours = office({ days: 4 });
  const fleet = hours.flatMap(({ at, all, mono, color }, index) =>
    ['A', 'B', null].map((serial, machine) =>
      reading({
        takenAt: at,
        serial,
        mac: serial === null ? '00:26:73:00:00:09' : null,
        address: `10.0.0.${index > 50 && machine === 0 ? 7 : machine}`,
        all: index === 60 && machine === 1 ? 0 : all * (machine + 1),
        mono,
        color,
        supplies: [toner(100 - (index % 90))],
      }),
    ),
  );
  const seen = observe(fleet);
  const packed = packReadings();
  for (const each of seen) packed.add(each);
  const lines = [...processFleet(packed, DEFAULT_SETTINGS)];
  assert.deepEqual(lines, [...processFleet(seen, DEFAULT_SETTINGS)]);
  assert.deepEqual([...new Set(lines.map(({ device }) => device))].sort(), ['00:26:73:00:00:09', 'A', 'B']);
});

test('facts come out as they were; a place without any has none', () => {
  const facts = [
    {
      status: { state: 'idle', errors: ['lowPaper', 'jammed'] },
      supplies: [toner(3), { type: 'waste', state: 'full' }],
    },
    { status: { state: 'unknown', errors: [] }, supplies: [] },
    {},
    { supplies: [toner(3)], completeness: { missing: ['supplies'] } },
  ].map(factsOf);
  const packed = packFacts();
  for (const [index, each] of facts.entries()) packed.add(3 * index + 1, each);
  assert.deepEqual(
    facts.map((_, index) => packed.at(3 * index + 1)),
    facts,
  );
  assert.deepEqual([packed.at(0), packed.at(2), packed.at(100_000)], [undefined, undefined, undefined]);
});
