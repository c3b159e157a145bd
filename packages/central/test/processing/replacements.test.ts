import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventLine } from '../../src/processing/index.ts';
import { DAY, HOUR, linesOf, MONDAY, reading, toner } from './office-history.ts';

type Level = number | null;
interface SupplyHistory {
  readonly name: string;
  /** Levels, every `step` hours. */
  readonly levels: readonly Level[];
  readonly step?: number;
  /** `[index of the reading, percent before, early]` of each replacement. */
  readonly replaced?: readonly (readonly [number, number | null, boolean])[];
}

const falling = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.round(from + ((to - from) * index) / Math.max(1, count - 1)));
const steady = (level: number, count: number): number[] => Array.from({ length: count }, () => level);
const coarse = (levels: readonly number[], step: number) => levels.map((level) => Math.ceil(level / step) * step);

const HISTORIES: readonly SupplyHistory[] = [
  {
    name: 'empty, then full',
    levels: [...falling(60, 2, 40), ...falling(100, 80, 40)],
    step: 6,
    replaced: [[40, 2, false]],
  },
  {
    name: 'with 23 % left',
    levels: [...falling(60, 23, 40), ...falling(100, 80, 40)],
    step: 6,
    replaced: [[40, 23, true]],
  },
  {
    name: 'with exactly 10 % left is not early',
    levels: [...falling(60, 10, 40), ...falling(100, 80, 40)],
    step: 6,
    replaced: [[40, 10, false]],
  },
  {
    name: 'read once a day',
    levels: [...falling(40, 3, 20), ...falling(100, 70, 20)],
    step: 24,
    replaced: [[20, 3, false]],
  },
  { name: 'read each hour', levels: [...falling(20, 1, 300), ...falling(100, 95, 200)], replaced: [[300, 1, false]] },
  {
    name: 'a used cartridge',
    levels: [...falling(30, 4, 40), ...falling(46, 30, 40)],
    step: 6,
    replaced: [[40, 4, false]],
  },
  {
    name: 'a cartridge with a little left, from another machine',
    levels: [...falling(30, 3, 40), ...falling(18, 10, 60)],
    step: 6,
    replaced: [[40, 3, false]],
  },
  {
    name: 'shaken: 6 % more for two days',
    levels: [...falling(30, 8, 40), ...steady(14, 8), ...falling(7, 2, 40)],
    step: 6,
  },
  {
    name: 'shaken, then replaced',
    levels: [...falling(30, 6, 40), ...steady(11, 7), ...falling(5, 1, 20), ...falling(100, 90, 30)],
    step: 6,
    replaced: [[67, 1, false]],
  },
  { name: 'a jitter of 2', levels: falling(80, 40, 200).map((level, index) => level + ((index * 7) % 5) - 2), step: 6 },
  {
    name: 'a gauge in steps of 20, read twice at its edge',
    levels: [...steady(60, 20), 40, 60, 40, 40, 60, ...steady(40, 40)],
    step: 6,
  },
  {
    name: 'a gauge in steps of 10, read twice at its edge',
    levels: [...steady(60, 20), 50, 50, 60, 60, 50, ...steady(50, 20), 40, 50, ...steady(40, 20)],
    step: 6,
  },
  {
    name: 'a gauge in steps of 20, replaced',
    levels: [...coarse(falling(100, 1, 60), 20), ...coarse(falling(100, 60, 60), 20)],
    step: 12,
    replaced: [[60, 20, true]],
  },
  { name: 'one reading of zero', levels: [...falling(80, 60, 30), 0, ...falling(60, 50, 30)], step: 6 },
  { name: 'one reading of a hundred', levels: [...falling(40, 30, 30), 100, ...falling(30, 20, 30)], step: 6 },
  {
    name: 'a full one put in for a day and taken out',
    levels: [...falling(40, 5, 30), ...steady(100, 4), ...falling(5, 1, 30)],
    step: 6,
  },
  {
    name: 'the cartridge is out for one reading: what it showed before counts',
    levels: [...falling(80, 35, 300), 0, ...falling(100, 95, 100)],
    replaced: [[301, 35, true]],
  },
  {
    name: 'nothing told while it is out',
    levels: [...falling(80, 35, 300), null, null, ...falling(100, 95, 100)],
    replaced: [[302, 35, true]],
  },
  {
    name: 'shows 60, then 100: one replacement',
    levels: [...falling(30, 3, 40), 60, 60, ...falling(100, 80, 60)],
    step: 6,
    replaced: [[40, 3, false]],
  },
  {
    name: 'two in a fortnight',
    levels: [...falling(30, 3, 20), ...falling(100, 4, 28), ...falling(100, 80, 20)],
    step: 6,
    replaced: [
      [20, 3, false],
      [48, 4, false],
    ],
  },
  {
    name: 'shaken, and replaced the next day: told once, when it was',
    levels: [...falling(60, 10, 40), 0, 0, 10, 10, 10, ...falling(100, 80, 40)].map(
      (level) => Math.ceil(level / 10) * 10,
    ),
    step: 6,
    replaced: [[45, 10, false]],
  },
  { name: 'seen only an hour ago: not told yet', levels: [...falling(30, 3, 100), 100] },
];

const replacementsOf = (supplies: readonly (readonly [number, readonly Record<string, unknown>[]])[]) =>
  linesOf(supplies.map(([takenAt, told]) => reading({ takenAt, all: 5000, supplies: told }))).filter(
    (line): line is EventLine => line.line === 'event' && line.kind === 'supplyReplaced',
  );

for (const { name, levels, step = 1, replaced = [] } of HISTORIES) {
  test(`supply: ${name}`, () => {
    const events = replacementsOf(levels.map((level, index) => [MONDAY + index * step * HOUR, [toner(level)]]));
    assert.deepEqual(
      events.map(({ at, detail }) => [
        (Date.parse(at) - MONDAY) / (step * HOUR),
        detail['percentBefore'],
        detail['early'],
        detail['supply'],
      ]),
      replaced.map((each) => [...each, 'toner/black']),
    );
  });
}

test('supply: only states', () => {
  const states = [
    ...steady(0, 20).map(() => 'ok'),
    ...steady(0, 10).map(() => 'low'),
    ...steady(0, 4).map(() => 'empty'),
    ...steady(0, 20).map(() => 'ok'),
  ];
  const events = replacementsOf(
    states.map((state, index) => [MONDAY + index * 6 * HOUR, [toner(null, { state, level: null })]]),
  );
  assert.deepEqual(
    events.map(({ at, detail }) => [at, detail]),
    [
      [
        new Date(MONDAY + 34 * 6 * HOUR).toISOString().replace('.000', ''),
        { supply: 'toner/black', early: false, percentBefore: null },
      ],
    ],
  );
});

test('supply: low for a day, then another cartridge', () => {
  const states = Array.from({ length: 200 }, (_, hour) => (hour >= 100 && hour < 124 ? 'low' : 'ok'));
  const events = replacementsOf(states.map((state, hour) => [MONDAY + hour * HOUR, [toner(null, { state })]]));
  assert.deepEqual(
    events.map(({ at }) => at),
    [new Date(MONDAY + 124 * HOUR).toISOString().replace('.000', '')],
  );
});

test('supply: a new cartridge that tells only that something remains, for ten days, has been there since', () => {
  const levels = [...falling(30, 7, 40), ...steady(0, 10).map(() => null), ...falling(89, 70, 20)];
  const events = replacementsOf(
    levels.map((percent, day) => [
      MONDAY + day * DAY,
      [toner(percent, percent === null ? { state: 'someRemaining', level: -3 } : {})],
    ]),
  );
  assert.deepEqual(
    events.map(({ at, detail }) => [at, detail]),
    [
      [
        new Date(MONDAY + 40 * DAY).toISOString().replace('.000', ''),
        { supply: 'toner/black', early: false, percentBefore: 7 },
      ],
    ],
  );
});

test('supply: of two alike the second is replaced, also where the first is not told for a day', () => {
  const drum = (index: string, percent: number) => toner(percent, { type: 'drum', color: null, index });
  const events = replacementsOf(
    Array.from({ length: 60 }, (_, day) => {
      const second = drum('1.7', day < 30 ? 40 - day : 130 - day);
      return [MONDAY + day * DAY, day === 33 ? [second] : [drum('1.3', 80 - day), second]] as const;
    }),
  );
  assert.deepEqual(
    events.map(({ detail }) => detail),
    [{ supply: 'drum#2', early: true, percentBefore: 11 }],
  );
});

test('supply: an emptied waste container is a replacement', () => {
  const events = replacementsOf(
    Array.from(
      { length: 60 },
      (_, day) =>
        [MONDAY + day * DAY, [toner(day < 30 ? 58 - 2 * day : 160 - 2 * day, { type: 'waste', color: null })]] as const,
    ),
  );
  assert.deepEqual(
    events.map(({ detail }) => detail),
    [{ supply: 'waste', early: false, percentBefore: 0 }],
  );
});

test('supply: another serial number is proof enough for a small rise', () => {
  const events = replacementsOf(
    Array.from(
      { length: 60 },
      (_, day) =>
        [
          MONDAY + day * DAY,
          [toner(day < 30 ? 80 - day : 84 - day, { serialNumber: day < 30 ? 'A1' : 'B2' })],
        ] as const,
    ),
  );
  assert.deepEqual(
    events.map(({ detail }) => detail),
    [{ supply: 'toner/black', early: true, percentBefore: 51 }],
  );
});

test('supply: a driver that measures finer replaces nothing', () => {
  const events = linesOf(
    Array.from({ length: 60 }, (_, day) =>
      reading({
        takenAt: MONDAY + day * DAY,
        driver: ['ricoh', day < 30 ? 1 : 2],
        supplies: [toner(day < 30 ? 40 : 75 - day)],
      }),
    ),
  ).filter((line) => line.line === 'event' && line.kind === 'supplyReplaced');
  assert.deepEqual(events, []);
});
