import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countValueOf } from '../../src/processing/observation.ts';
import { HOUR, linesOf, MONDAY, reading, summary, toner } from './office-history.ts';

const DEVICE = 'E153M930272';

/** Readings at odd moments, with pages that a machine can print meanwhile. */
const clean = fc
  .array(fc.record({ minutes: fc.integer({ min: 5, max: 6000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      from: fc.integer({ min: 0, max: 5_000_000 }),
      rate: fc.integer({ min: 0, max: 30 }),
    }),
  )
  .map(({ steps, from, rate }) => {
    let at = MONDAY;
    let all = from;
    return [
      { at, all },
      ...steps.map(({ minutes, share }) => {
        at += minutes * 60_000;
        all += Math.floor(Math.min(minutes, 60) * rate * share);
        return { at, all };
      }),
    ];
  });

/** Anything a counter may say, and a clock that is set back by up to `back` minutes now and then. */
const wildBy = (back: number) =>
  fc.array(
    fc.record({
      minutes: fc.integer({ min: -back, max: 6000 }),
      all: fc.oneof(
        fc.integer({ min: -(2 ** 31), max: 2 ** 33 }),
        fc.constantFrom(0, -1, -2, null, 65_535, 999_999, 4_294_967_295, '123456789012345678901', 'x', 1.5),
      ),
      driver: fc.constantFrom(1, 1, 1, 2),
      address: fc.constantFrom('10.0.0.1', '10.0.0.1', '10.0.0.2'),
      percent: fc.option(fc.integer({ min: 0, max: 100 })),
    }),
    { maxLength: 80 },
  );
const wild = wildBy(600);

const wildReadings = (steps: typeof wild extends fc.Arbitrary<infer T> ? T : never, isNumbered = false) => {
  let takenAt = MONDAY;
  return steps.map(({ minutes, all, driver, address, percent }, seq) => {
    takenAt += minutes * 60_000;
    return reading({
      takenAt,
      ...(isNumbered && { id: { box: 'box-1', epoch: 'epoch-1', seq } }),
      all,
      address,
      driver: ['ricoh', driver],
      mono: all,
      supplies: [toner(percent)],
    });
  });
};

test('a clean history is counted to the page, whatever its rhythm and zone', () => {
  fc.assert(
    fc.property(
      clean,
      fc.constantFrom('UTC', 'Europe/Paris', 'Pacific/Auckland', 'America/St_Johns'),
      (history, zone) => {
        const lines = linesOf(
          history.map(({ at, all }) => reading({ takenAt: at, all })),
          zone,
        );
        const told = summary(lines);
        assert.equal(told.pages[DEVICE]?.['all'] ?? 0, (history.at(-1)?.all ?? 0) - (history[0]?.all ?? 0));
        assert.deepEqual(told.questions, []);
        assert.ok(!told.events.some((kind) => kind.startsWith('counter')), told.events.join());
      },
    ),
  );
});

test('pages of a day lie between what its neighbours can have seen', () => {
  fc.assert(
    fc.property(clean, (history) => {
      const lines = linesOf(history.map(({ at, all }) => reading({ takenAt: at, all })));
      const days = lines.filter((line) => line.line === 'usage');
      let counted = 0;
      for (const { day, all } of days) {
        counted += Number(all);
        const end = Date.parse(`${day}T00:00:00Z`) + 24 * HOUR;
        const before = history.findLast(({ at }) => at < end)?.all ?? 0;
        const after = history.find(({ at }) => at >= end)?.all ?? before;
        const sum = counted + (history[0]?.all ?? 0);
        assert.ok(sum >= before && sum <= after, `${day}: ${before} ≤ ${sum} ≤ ${after}`);
      }
      assert.equal(new Set(days.map(({ day }) => day)).size, days.length);
    }),
  );
});

for (const [what, steps, isNumbered] of [
  ['with a right clock', wildBy(0), false],
  ['with any clock, numbered by the box', wild, true],
] as const)
  test(`order and repeats of the input change nothing: ${what}`, () => {
    fc.assert(
      fc.property(
        steps.chain((some) => {
          const readings = wildReadings(some, isNumbered);
          return fc.record({
            readings: fc.constant(readings),
            shuffled: fc.shuffledSubarray(readings, { minLength: readings.length, maxLength: readings.length }),
            repeated: fc.subarray(readings),
          });
        }),
        ({ readings, shuffled, repeated }) => {
          const expected = linesOf(readings);
          assert.deepEqual(linesOf(shuffled), expected);
          assert.deepEqual(linesOf([...shuffled, ...repeated]), expected);
        },
      ),
    );
  });

test('a single wrong reading between right ones costs no page', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 118 }),
      fc.constantFrom('zero', 'tenfold', 'tenth', 'back', 'wild'),
      fc.integer({ min: 0, max: 2 ** 32 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 120, maxLength: 120 }),
      (where, fault, noise, rises) => {
        let all = 83_203;
        const right = rises.map((rise) => {
          all += rise;
          return all;
        });
        const told = right.map((value, index) => {
          if (index !== where) return value;
          if (fault === 'zero') return 0;
          if (fault === 'tenfold') return value * 10;
          if (fault === 'tenth') return Math.floor(value / 10);
          return fault === 'back' ? value - 50 : noise;
        });
        const got = summary(
          linesOf(told.map((value, index) => reading({ takenAt: MONDAY + index * HOUR, all: value }))),
        );
        assert.equal(got.pages[DEVICE]?.['all'], (right.at(-1) ?? 0) - (right[0] ?? 0));
        assert.deepEqual(got.questions, []);
      },
    ),
  );
});

test('whatever the counters say, no page is negative and nothing is thrown', () => {
  fc.assert(
    fc.property(wild, (steps) => {
      for (const line of linesOf(wildReadings(steps))) {
        if (line.line !== 'usage') continue;
        for (const count of [line.all, line.mono])
          assert.ok(count === null || BigInt(count) >= 0n, JSON.stringify(line));
      }
    }),
  );
});

test('whatever JSON is given, nothing is thrown', () => {
  const parts = [
    'takenAt',
    'address',
    'identity',
    'counters',
    'total',
    'supplies',
    'driver',
    'id',
    'unit',
    'serialNumber',
  ];
  const anything = fc.letrec((tie) => ({
    any: fc.oneof(fc.jsonValue(), tie('object')),
    object: fc.dictionary(fc.constantFrom(...parts), tie('any'), { maxKeys: 6 }),
  })).any;
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, anything), { maxLength: 10 }), (values) => {
      linesOf(
        values.map(([value, other]) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? {
                takenAt: '2026-11-02T08:00:00Z',
                address: '10.0.0.1',
                ...value,
                supplies: [other],
                counters: { total: other },
              }
            : value,
        ),
      );
    }),
  );
});

test('SNMP states are no counts, overflowed INTEGERs are unsigned', () => {
  const told = [-1, -2, -3, -100, -4, -(2 ** 31), 5, '5', '007', '9007199254740993', 1.5, Number.NaN, '', null, true];
  assert.deepEqual(told.map(countValueOf), [
    null,
    null,
    null,
    null,
    2 ** 32 - 4,
    2 ** 31,
    5,
    5,
    7,
    9007199254740993n,
    null,
    null,
    null,
    null,
    null,
  ]);
});
