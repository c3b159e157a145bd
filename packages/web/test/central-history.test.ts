/** Pages and toner over time: what the charts of one machine show, and what they leave open. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceSeries, DeviceUsage } from '@rsb/contract';
import { pagesOverTime, sumPages } from '../src/charts/page-slots.ts';
import { spread } from '../src/charts/plots/spread.ts';
import { askedFrom, RANGES, rangeFrom, slotsOf } from '../src/charts/ranges.ts';
import { tonerLines } from '../src/charts/toner-lines.ts';
import { pagesByUsage } from '../src/charts/usage-slots.ts';
import { zoneTime } from '../src/charts/zone-time.ts';

type CounterPoint = DeviceSeries['counters'][number];
const NOTHING = { life: null, total: null, mono: null, color: null };
const point = (takenAt: string, values: Partial<CounterPoint>): CounterPoint => ({ takenAt, ...NOTHING, ...values });

function series(parts: Partial<DeviceSeries>): DeviceSeries {
  return {
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-24T12:00:00Z',
    zone: 'UTC',
    counters: [],
    supplies: [],
    ...parts,
  };
}

const utc = zoneTime('UTC');
const NOW = Date.parse('2026-11-24T12:00:00Z');
const week = slotsOf('week', NOW, utc);
const iso = (at: number) => new Date(at).toISOString();

test('days have the length that the zone gives them', () => {
  const cases = [
    { zone: 'Europe/Paris', at: '2026-03-29T12:00:00Z', from: '2026-03-28T23:00:00.000Z', hours: 23 },
    { zone: 'Europe/Paris', at: '2026-10-25T12:00:00Z', from: '2026-10-24T22:00:00.000Z', hours: 25 },
    { zone: 'Europe/Paris', at: '2026-11-23T23:30:00Z', from: '2026-11-23T23:00:00.000Z', hours: 24 },
    { zone: 'America/Santiago', at: '2026-09-06T15:00:00Z', from: '2026-09-06T04:00:00.000Z', hours: 23 },
    { zone: 'Asia/Kolkata', at: '2026-11-23T19:00:00Z', from: '2026-11-23T18:30:00.000Z', hours: 24 },
    { zone: 'Nowhere/Unknown', at: '2026-11-24T12:00:00Z', from: '2026-11-24T00:00:00.000Z', hours: 24 },
  ];
  for (const { zone, at, from, hours } of cases) {
    const time = zoneTime(zone);
    const start = time.startOf(Date.parse(at), 'day');
    assert.equal(iso(start), from, zone);
    assert.equal((time.add(start, 'day', 1) - start) / 3_600_000, hours, `${zone} ${at}`);
  }
  assert.equal(cases.length, 6);
});

test('each range has its slots without a hole, the running one last, and asks for one slot more', () => {
  const counts = { day: 24, week: 7, month: 31, year: 12 };
  for (const zone of ['Europe/Paris', 'UTC', 'Pacific/Chatham']) {
    for (const range of RANGES) {
      const slots = slotsOf(range, NOW, zoneTime(zone));
      assert.equal(slots.length, counts[range]);
      for (const [at, slot] of slots.slice(1).entries()) assert.equal(slot.from, slots[at]?.to, `${zone} ${range}`);
      const last = slots.at(-1);
      assert.ok(last && last.from <= NOW && NOW < last.to, `${zone} ${range}`);
      assert.ok(Date.parse(askedFrom(range, NOW)) < (slots[0]?.from ?? 0), `${zone} ${range}`);
    }
  }
  assert.deepEqual(['week', 'century', null].map(rangeFrom), ['week', 'month', 'month']);
});

test('pages are the steps between readings, each in its day', () => {
  const shown = pagesOverTime(
    series({
      counters: [
        point('2026-11-22T12:00:00Z', { mono: 100, color: 50, total: 150 }),
        point('2026-11-23T12:00:00Z', { mono: 130, color: 60, total: 190 }),
        point('2026-11-23T18:00:00Z', { mono: 135, color: 60, total: 195 }),
        point('2026-11-24T11:00:00Z', { mono: 140, color: 80, total: 220 }),
      ],
    }),
    week,
  );
  assert.equal(shown.by, 'split');
  assert.deepEqual(
    shown.slots.slice(-3).map(({ mono, color, counter }) => [mono, color, counter]),
    [
      [30, 10, 150],
      [5, 0, 195],
      [5, 20, 220],
    ],
  );
  assert.deepEqual(sumPages(shown.slots), { mono: 40, color: 30 });
});

test('days without a reading are open, not zero, and their pages are told apart', () => {
  const shown = pagesOverTime(
    series({
      counters: [
        point('2026-11-18T10:00:00Z', { total: 100 }),
        point('2026-11-18T20:00:00Z', { total: 110 }),
        point('2026-11-23T10:00:00Z', { total: 500 }),
        point('2026-11-24T10:00:00Z', { total: 520 }),
      ],
    }),
    week,
  );
  assert.equal(shown.by, 'total');
  assert.deepEqual(
    shown.slots.map((slot) => slot.mono),
    [10, null, null, null, null, 20, 0],
  );
  assert.deepEqual([shown.unplaced, shown.wentBack], [390, 0]);
});

test('a counter that went back counts nothing', () => {
  const shown = pagesOverTime(
    series({
      counters: [
        point('2026-11-24T08:00:00Z', { life: 48_210 }),
        point('2026-11-24T09:00:00Z', { life: 1204 }),
        point('2026-11-24T10:00:00Z', { life: 1210 }),
      ],
    }),
    week,
  );
  assert.deepEqual([shown.by, shown.slots.at(-1)?.mono, shown.wentBack], ['life', 6, 1]);
});

test('counters beyond 2^53 are exact, and what is not told is drawn by the next count that is', () => {
  const huge = pagesOverTime(
    series({
      counters: [
        point('2026-11-24T08:00:00Z', { life: '9007199254740993' }),
        point('2026-11-24T09:00:00Z', { life: '9007199254740994' }),
      ],
    }),
    week,
  );
  assert.deepEqual([huge.slots.at(-1)?.mono, huge.slots.at(-1)?.counter], [1, '9007199254740994']);
  const cases: readonly (readonly [Partial<CounterPoint>, string | null])[] = [
    [{ mono: 1, color: 2, total: 3, life: 3 }, 'split'],
    [{ mono: 1, total: 3, life: 3 }, 'total'],
    [{ mono: 1, life: 3 }, 'mono'],
    [{ life: 3 }, 'life'],
    [{}, null],
  ];
  for (const [values, by] of cases)
    assert.equal(pagesOverTime(series({ counters: [point('2026-11-24T08:00:00Z', values)] }), week).by, by);
});

test('toner lines break where no reading is and start anew where one was replaced', () => {
  const hourly = (from: number, percents: readonly (number | null)[]) =>
    percents.map((percent, at) => ({ takenAt: iso(from + at * 3_600_000), percent, state: 'ok' }));
  const [black, yellow] = tonerLines(
    series({
      supplies: [
        { supply: 'toner/black', points: hourly(NOW, [9, 8, 100, 99, null, 98]) },
        { supply: 'toner/yellow', points: [...hourly(NOW, [50, 49]), ...hourly(NOW + 86_400_000, [40])] },
        { supply: 'waste', points: hourly(NOW, [88]) },
        { supply: 'neverHeardOf/mauve', points: hourly(NOW, [1]) },
      ],
    }),
  );
  assert.deepEqual(
    black?.runs.map((run) => run.map((each) => each.percent)),
    [[9, 8], [100, 99], [98]],
  );
  assert.deepEqual(
    black?.replaced.map((each) => each.percent),
    [100],
  );
  assert.equal(black?.ink, 'k');
  assert.deepEqual(
    yellow?.runs.map((run) => run.map((each) => each.percent)),
    [[50, 49], [40]],
  );
  assert.equal(yellow?.last?.percent, 40);
  // Far back a reading a day, lately one an hour, with a night in between that is missing.
  const day = 24 * 3_600_000;
  const daily = [90, 89, 88, 87].map((percent, at) => ({ takenAt: iso(NOW - (5 - at) * day), percent, state: 'ok' }));
  const points = [...daily, ...hourly(NOW - day, [86, 85, 84]), ...hourly(NOW - 9 * 3_600_000, [83, 82, 81])];
  const [kept] = tonerLines(series({ supplies: [{ supply: 'toner/black', points }] }));
  assert.deepEqual(
    kept?.runs.map((run) => run.map((each) => each.percent)),
    [
      [90, 89, 88, 87, 86, 85, 84],
      [83, 82, 81],
    ],
  );
});

test('words beside lines keep their distance and stay inside', () => {
  const cases = [
    { wanted: [40, 41, 42], placed: [40, 55, 70] },
    { wanted: [100, 98, 20], placed: [100, 85, 20] },
    { wanted: [], placed: [] },
  ];
  for (const { wanted, placed } of cases) assert.deepEqual(spread(wanted, 15, 0, 100), placed);
});

type Told = DeviceUsage['points'][number]['pages'];
const UNTOLD: Told = { all: null, mono: null, color: null, print: null, copy: null, fax: null, scan: null };
const usageOf = (step: DeviceUsage['step'], zone: string, ...points: readonly [string, Partial<Told>][]) => ({
  step,
  zone,
  points: points.map(([time, pages]) => ({ time, pages: { ...UNTOLD, ...pages } })),
});

test('what central holds back for a person to decide is drawn on no day', () => {
  const readings = series({
    counters: [
      point('2026-11-22T08:00:00Z', { total: 1000, mono: 600, color: 400 }),
      point('2026-11-23T08:00:00Z', { total: 91_000, mono: 90_600, color: 400 }),
    ],
  });
  const usage = usageOf(
    'day',
    'UTC',
    ['2026-11-22', { all: 30, mono: 20, color: 10 }],
    ['2026-11-23', { all: 0, mono: 0, color: 0 }],
  );
  const shown = pagesByUsage(readings, usage, week);
  assert.equal(shown.by, 'split');
  assert.deepEqual(sumPages(shown.slots), { mono: 20, color: 10 });
  assert.deepEqual(
    shown.slots.filter(({ counter }) => counter !== null).map(({ from, counter }) => [iso(from), counter]),
    [
      ['2026-11-22T00:00:00.000Z', 1000],
      ['2026-11-23T00:00:00.000Z', 91_000],
    ],
  );
  assert.equal(shown.slots.filter(({ mono }) => mono === null).length, 5, 'days that central says nothing of');
});

for (const [step, range, zone, time] of [
  ['hour', 'day', 'Asia/Kolkata', '2026-11-24T05:30:00Z'],
  ['day', 'week', 'Asia/Kolkata', '2026-11-24'],
  ['month', 'year', 'America/Sao_Paulo', '2026-11'],
] as const)
  test(`central's pages of a ${step} find their place in ${zone}`, () => {
    const slots = slotsOf(range, NOW, zoneTime(zone));
    const { slots: shown, by } = pagesByUsage(series({ zone }), usageOf(step, zone, [time, { all: 7 }]), slots);
    assert.equal(by, 'total');
    assert.deepEqual(
      shown.filter(({ mono }) => mono !== null).map(({ mono }) => mono),
      [7],
    );
  });
