/** Samsung machines and HP's on their engines: exact names, and a job table that counts impressions or sheets. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parseReading, type Reading } from '@rsb/contract';
import { replay } from '../support/replay.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  MARKER_UNIT,
  PRINTER_DEVICE,
  type Short,
  SYS_DESCR,
  SYS_OBJECT_ID,
  supplyRows,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const SAMSUNG = '1.3.6.1.4.1.236.11.5';
const JOBS = `${SAMSUNG}.11.53.11.2.1`;
const OBJECT_ID = [SYS_OBJECT_ID, { oid: `${SAMSUNG}.11.62.1` }] as const;
const LASER_MFP =
  'HP Laser MFP 131 133 135-138; V3.82.01.10 DEC-09-2019; Engine V1.00.11; NIC 31.03.60_0.1; S/N BRBSQ2G13Q';

function read(...told: Told): Reading {
  const { identification, interpretations } = replay(varbinds(...told));
  assert.equal(identification.driver?.name, 'samsung', identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only.reading;
}

const life = (count: bigint): Told => [
  [`${MARKER_UNIT}.1.1`, 7],
  [`${LIFE}.1.1`, count],
];

interface Job {
  readonly job: number;
  readonly count: bigint;
  readonly size?: number;
  readonly unit?: number;
  readonly sides?: number;
  readonly color?: number;
}

const jobs = (rows: readonly Job[]): Told =>
  rows.flatMap(({ job, count, size = 5, unit = 7, sides = 1, color = 3 }, index) =>
    [job, size, unit, sides, color, { type: 'counter32', value: Number(count) } as const].map(
      (cell, column) => [`${JOBS}.${column + 2}.1.${index + 1}`, cell] as const,
    ),
  );

const counters = (rows: readonly Job[], ...more: Told) => {
  const reading = read(OBJECT_ID, [SYS_DESCR, 'Samsung X4300LX; V1.00'], ...jobs(rows), ...more);
  assert.ok(reading.counters);
  return { ...reading.counters, reading };
};

test('HP’s name on the case: brand, version and serial number of the machine', () => {
  for (const id of ['1.3.6.1.4.1.11.2.3.9.1', `${SAMSUNG}.1`]) {
    const { identity, kind } = read(
      [SYS_OBJECT_ID, { oid: id }],
      [SYS_DESCR, LASER_MFP],
      [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
      [`${HR_DEVICE_DESCR}.1`, 'HP Laser MFP 131 133 135-138'],
      [`${SAMSUNG}.11.55.5.1.1.0`, 'HP Laser MFP 135w'],
    );
    assert.deepEqual(
      [identity?.manufacturer, identity?.model, identity?.serialNumber, identity?.firmware, kind],
      ['HP', 'Laser MFP 135w', 'BRBSQ2G13Q', 'V3.82.01.10 DEC-09-2019', 'mfp'],
    );
  }
  const { identity } = read([SYS_DESCR, LASER_MFP]);
  assert.deepEqual([identity?.manufacturer, identity?.model], ['HP', 'Laser MFP 131 133 135-138']);
});

const DESCRIPTIONS: readonly (readonly [
  text: string,
  model: string,
  firmware: string | null,
  serial: string | null,
])[] = [
  [
    'Samsung SCX-4x21 Series;V2.02.01.02 JAN-11-2010;OS 1.01;Engine 1.20.75;NIC V4.01.20(SCX-4x21) 02-05-2010;S/N 4621BFAZ901234L.',
    'SCX-4x21',
    'V2.02.01.02 JAN-11-2010',
    '4621BFAZ901234L',
  ],
  [
    'Samsung ML-2850 Series OS 1.03.00.16 01-22-2008;Engine 1.01.06;NIC V4.03.08(ML-285x) 12-14-2007;S/N 4F66BKAQ409111Z',
    'ML-2850',
    '1.03.00.16 01-22-2008',
    '4F66BKAQ409111Z',
  ],
  ['Samsung CLP-620 Series; V1.00; S/N ', 'CLP-620', 'V1.00', null],
  ['Samsung C460 Series', 'C460', null, null],
];

test('descriptions in their several forms', async (t) => {
  for (const [text, model, firmware, serial] of DESCRIPTIONS) {
    await t.test(text, () => {
      const { identity } = read(OBJECT_ID, [SYS_DESCR, text]);
      assert.deepEqual(
        [identity?.manufacturer, identity?.model, identity?.firmware, identity?.serialNumber],
        ['Samsung', model, firmware, serial],
      );
    });
  }
});

test('what the description leaves out stands in the tree', () => {
  const { identity } = read(
    OBJECT_ID,
    [SYS_DESCR, 'Samsung M408x Series'],
    [`${SAMSUNG}.11.55.5.1.1.0`, 'Samsung M4080FX'],
    [`${SAMSUNG}.11.55.5.1.2.0`, 'V11.01.03.04'],
    [`${SAMSUNG}.11.55.5.1.4.0`, '0A1BBJEC700012T'],
  );
  assert.deepEqual(
    [identity?.model, identity?.firmware, identity?.serialNumber],
    ['M4080FX', 'V11.01.03.04', '0A1BBJEC700012T'],
  );
});

const KINDS: readonly (readonly [string, string])[] = [
  ['Samsung SCX-5835FN', 'mfp'],
  ['Samsung CLX-9201', 'mfp'],
  ['Samsung CLP-680', 'printer'],
  ['Samsung ML-3710ND', 'printer'],
  ['Samsung M2070FW', 'mfp'],
  ['Samsung SL-M2875FD', 'mfp'],
  ['Samsung M2020W', 'printer'],
  ['Samsung M4020ND', 'printer'],
  ['Samsung C460W', 'mfp'],
  ['Samsung C1860FW', 'mfp'],
  ['Samsung C1810W', 'printer'],
  ['Samsung K4350LX', 'mfp'],
  ['Samsung MultiXpress X4300LX', 'mfp'],
];

test('MFP by its name', async (t) => {
  for (const [name, kind] of KINDS)
    await t.test(name, () => assert.equal(read(OBJECT_ID, [SYS_DESCR, `${name};V1.00`]).kind, kind));
});

/** As one machine showed it beside its panel: print 68,133, copy 4,143, report 50. */
test('jobs of all paper sizes add up; reports are pages of none of the functions', () => {
  const { total, print, copy, fax, scan, duplex, largeFormat, other, reading } = counters(
    [
      { job: 1, size: 3, count: 81n },
      { job: 1, size: 4, count: 10n },
      { job: 1, size: 5, count: 68_042n },
      { job: 2, size: 5, count: 4143n },
      { job: 6, size: 5, count: 50n },
      { job: 5, size: 1, count: 2331n },
      { job: 11, size: 1, count: 0n },
    ],
    ...life(72_326n),
  );
  assert.deepEqual(total, { all: 72_326, mono: 72_326, color: null });
  assert.deepEqual(print, { all: 68_133, mono: 68_133, color: null });
  assert.deepEqual(copy, { all: 4143, mono: 4143, color: null });
  assert.deepEqual(fax, { all: null, mono: null, color: null });
  assert.equal(scan.all, 2331);
  assert.deepEqual([duplex, largeFormat], [null, null]);
  assert.deepEqual(other, [
    { name: 'Reports', value: 50, unit: 'impressions' },
    { name: 'Digital send', value: 0, unit: 'count' },
  ]);
  assert.equal(reading.kind, 'mfp');
  assert.equal(reading.provenance?.['counters.total.all']?.check, 'jobs = life count');
});

test('color, two-sided and large pages', () => {
  const { total, print, copy, duplex, largeFormat } = counters([
    { job: 1, color: 1, count: 10n },
    { job: 1, color: 2, count: 5n },
    { job: 1, color: 3, sides: 2, count: 20n },
    { job: 2, color: 3, size: 20, count: 7n },
    { job: 2, color: 1, size: 20, sides: 2, count: 4n },
    { job: 3, color: 3, count: 3n },
  ]);
  assert.deepEqual(total, { all: 49, mono: 30, color: 19 });
  assert.deepEqual(print, { all: 35, mono: 20, color: 15 });
  assert.deepEqual(copy, { all: 11, mono: 7, color: 4 });
  assert.deepEqual([duplex, largeFormat], [24, 11]);
});

test('sheets: two-sided ones are two impressions where the life count says so', () => {
  const rows: readonly Job[] = [
    { job: 1, unit: 8, count: 100n },
    { job: 1, unit: 8, sides: 2, count: 30n },
    { job: 1, unit: 8, sides: 3, count: 2n },
  ];
  const doubled = counters(rows, ...life(162n));
  assert.deepEqual([doubled.total.all, doubled.duplex], [162, 60]);
  const plain = counters(rows, ...life(132n));
  assert.deepEqual([plain.total.all, plain.duplex], [132, 30]);
  for (const count of [150n, 0n]) {
    const neither = counters(rows, ...life(count));
    assert.deepEqual([neither.total.all, neither.print.all, neither.duplex], [null, null, null]);
    assert.equal(neither.reading.completeness.reasons['counters.total.all'], 'checkFailed');
  }
  const simplex = counters([{ job: 1, unit: 8, count: 100n }], ...life(117n));
  assert.equal(simplex.total.all, 100, 'one-sided sheets are impressions');
});

test('colors are not split where a row tells none', () => {
  const { total } = counters([
    { job: 1, color: 1, count: 10n },
    { job: 1, color: -2, count: 5n },
  ]);
  assert.deepEqual(total, { all: 15, mono: null, color: null });
});

test('the two scalars of old machines only where the life count explains them', () => {
  const simple = (first: number, color: number | null, total: bigint) =>
    read(
      OBJECT_ID,
      [SYS_DESCR, 'Samsung CLP-620 Series;V1.00'],
      ...life(total),
      [`${SAMSUNG}.11.53.11.1.2.0`, first],
      ...(color === null ? [] : [[`${SAMSUNG}.11.53.11.1.1.0`, color] as const]),
    );
  assert.deepEqual(simple(70, 30, 100n).counters?.total, { all: 100, mono: 70, color: 30 });
  assert.deepEqual(simple(100, null, 100n).counters?.total, { all: 100, mono: null, color: null });
  const other = simple(99, 30, 100n);
  assert.deepEqual(other.counters?.total, { all: null, mono: null, color: null });
  assert.equal(other.completeness.reasons['counters.total.all'], 'checkFailed');
});

test('rollers by their names; pages told as percent are no level', () => {
  const { supplies } = read(
    [SYS_DESCR, LASER_MFP],
    ...supplyRows([
      { type: 3, description: 'Black Toner S/N:CRUM-210729A5BB3', unit: 19, capacity: 100, level: 0 },
      { type: 1, description: 'Transfer Roller', unit: 19, capacity: 100, level: 143_065 },
      { type: 15, description: 'Fuser Life', unit: 19, capacity: 100, level: 143_065 },
      { type: 1, description: 'ADF Rubber Pad', unit: 19, capacity: 100, level: 100 },
    ]),
  );
  assert.deepEqual(
    supplies?.map(({ type, color, percent, state, serialNumber }) => [type, color, percent, state, serialNumber]),
    [
      ['toner', 'black', 0, 'empty', 'CRUM-210729A5BB3'],
      ['transfer', null, null, 'unknown', null],
      ['fuser', null, null, 'unknown', null],
      ['maintenance', null, 100, 'ok', null],
    ],
  );
});

test('a job table without measure is cut', () => {
  const rows = Array.from({ length: 3000 }, (_, row): Job => ({ job: row % 12, count: BigInt(row), sides: row % 4 }));
  const { reading } = counters(rows);
  const parsed = parseReading(JSON.parse(JSON.stringify(reading)));
  assert.ok(parsed.ok, JSON.stringify(parsed));
});
