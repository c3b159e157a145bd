/** Konica Minolta and Develop machines that no capture shows: brands and names that contradict, splits of the total, weak counts. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { replay } from '../support/replay.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  PRINTER_DEVICE,
  type Short,
  SYS_DESCR,
  SYS_OBJECT_ID,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const KM = '1.3.6.1.4.1.18334.1.1.1';
const COUNTERS = `${KM}.5.7.2`;
const MODEL = `${KM}.1.6.2.1.0`;
const FIRMWARE = `${KM}.5.5.1.1.3.1`;

function readInDetail(...told: Told) {
  const { identification, interpretations } = replay(varbinds(...told));
  assert.equal(identification.driver?.name, 'konica', identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only;
}
const read = (...told: Told) => readInDetail(...told).reading;

const C300: Told = [[SYS_DESCR, 'KONICA MINOLTA bizhub C300i']];
const counters = (cells: Readonly<Record<string, number>>): Told =>
  Object.entries(cells).map(([cell, count]) => [`${COUNTERS}.${cell}`, count] as const);
const device = (name: string): Told => [
  [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
  [`${HR_DEVICE_DESCR}.1`, name],
];
const arc = (number: string): Told => [[SYS_OBJECT_ID, { oid: `1.3.6.1.4.1.18334.1.${number}` }]];

const NAMES: readonly (readonly [name: string, told: Told, brand: string, model: string])[] = [
  [
    'the model object before a placeholder',
    [...arc('1.1.1.2.1.181.2.4'), ...device('Generic 35C-6'), [MODEL, 'KONICA MINOLTA bizhub C360i']],
    'Konica Minolta',
    'bizhub C360i',
  ],
  [
    'a sister brand that one name tells, in an arc of the maker',
    [...arc('1.1.2.1.181'), [SYS_DESCR, 'KONICA MINOLTA bizhub C250i'], [MODEL, 'Develop ineo+ 250i']],
    'Develop',
    'ineo+ 250i',
  ],
  ['the maker in an arc of the sister', [...arc('2.1.2.1.181'), ...C300], 'Konica Minolta', 'bizhub C300i'],
  ['a plus that got lost', [...arc('2.1.2.1.181'), [SYS_DESCR, 'Develop ineo  308']], 'Develop', 'ineo+ 308'],
  ['an ineo without a plus', [...arc('2.1.2.1.181'), [SYS_DESCR, 'Develop ineo 4020i']], 'Develop', 'ineo 4020i'],
  ['a name without a brand', [...arc('1.1.2.1.181'), [SYS_DESCR, 'ineo+ 3351']], 'Develop', 'ineo+ 3351'],
  [
    'another brand on this engine',
    [...arc('1.1.2.1.9'), [SYS_DESCR, 'Olivetti d-Color MF254']],
    'Olivetti',
    'd-Color MF254',
  ],
  [
    'the arc where no name has a brand',
    [...arc('2.1.2.1.181'), ...device('C554e'), ...C300.slice(1)],
    'Develop',
    'C554e',
  ],
];

test('brand and model are those on the case', async (t) => {
  for (const [name, told, brand, model] of NAMES) {
    await t.test(name, () => {
      const { identity } = read([`${LIFE}.1.1`, 1n], ...told);
      assert.deepEqual([identity?.manufacturer, identity?.model], [brand, model]);
    });
  }
});

test('the first firmware module is the version, unless nothing is fitted there', () => {
  assert.equal(read(...C300, [FIRMWARE, 'AA2J0Y0-F000-G00-35']).identity?.firmware, 'AA2J0Y0-F000-G00-35');
  for (const none of ['-', 'Registered']) assert.equal(read(...C300, [FIRMWARE, none]).identity?.firmware, null);
});

const split = (all: number | null, mono: number | null, color: number | null) => ({ all, mono, color });

test('colors and functions that add up to the total split it', () => {
  const { reading, draft } = readInDetail(
    ...C300,
    ...counters({
      '1.1.0': 1000,
      '2.1.5.1.1': 100,
      '2.1.5.1.2': 500,
      '2.1.5.2.1': 40,
      '2.1.5.2.2': 350,
      '2.1.5.3.1': 4,
      '2.1.5.3.2': 0,
      '2.1.5.4.1': 6,
      '2.1.5.4.2': -1,
    }),
  );
  const { counters: told, kind } = reading;
  assert.equal(kind, 'mfp');
  assert.deepEqual(
    [told?.total, told?.copy, told?.print, told?.vendorLife],
    [split(1000, 600, 400), split(150, 100, 50), split(850, 500, 350), 1000],
  );
  assert.equal(draft.counts.get('counters.total.color')?.source.check, 'functions = total');
});

test('functions that are not all of the total do not split it', () => {
  const { counters: told, completeness } = read(
    ...C300,
    ...counters({ '1.1.0': 1007, '2.1.5.1.1': 100, '2.1.5.1.2': 500, '2.1.5.2.1': 50, '2.1.5.2.2': 350 }),
  );
  assert.deepEqual([told?.total, told?.print], [split(1007, null, null), split(850, 500, 350)]);
  assert.equal(completeness.reasons['counters.total.mono'], 'checkFailed');
});

test('a third function is part of the total, and neither copy nor print', () => {
  const { counters: told } = read(
    ...C300,
    ...counters({ '1.1.0': 700, '2.1.5.1.1': 100, '2.1.5.1.2': 500, '2.1.5.1.3': 100 }),
  );
  assert.deepEqual(
    [told?.total, told?.copy, told?.print],
    [split(700, 700, null), split(null, 100, null), split(null, 500, null)],
  );
});

test('large pages are used where each row has at least as many pages', () => {
  const pages = { '2.1.5.1.1': 100, '2.1.5.1.2': 500 };
  assert.equal(read(...C300, ...counters({ ...pages, '2.1.7.1.1': 10, '2.1.7.1.2': 20 })).counters?.largeFormat, 30);
  for (const large of [{ '2.1.7.1.1': 101 }, { '2.1.7.2.1': 3 }]) {
    const { counters: told, completeness } = read(...C300, ...counters({ ...pages, ...large }));
    assert.deepEqual([told?.largeFormat, completeness.reasons['counters.largeFormat']], [null, 'checkFailed']);
  }
});

test('scans are told; what has no unit stays under its name', () => {
  const { counters: told } = read(...C300, ...counters({ '1.3.0': 70, '1.5.0': 90, '3.1.5.1': 250 }));
  assert.deepEqual([told?.scan.all, told?.duplex], [250, null]);
  assert.deepEqual(told?.other, [
    { name: 'Duplex', value: 70, unit: 'count' },
    { name: 'Originals', value: 90, unit: 'count' },
  ]);
});

test('kinds by name', () => {
  const KINDS: readonly (readonly [string, string])[] = [
    ['KONICA MINOLTA bizhub C250i', 'mfp'],
    ['KONICA MINOLTA bizhub 4050i', 'mfp'],
    ['KONICA MINOLTA bizhub C3100P', 'printer'],
    ['KONICA MINOLTA bizhub 40P', 'printer'],
    ['KONICA MINOLTA bizhub PRESS C1085', 'printer'],
    ['KONICA MINOLTA AccurioPress C3080', 'printer'],
    ['KONICA MINOLTA magicolor 4690MF', 'mfp'],
    ['KONICA MINOLTA magicolor 4650', 'printer'],
    ['Develop ineo+ 250i', 'mfp'],
    ['Develop ineo+ 3100P', 'printer'],
  ];
  for (const [name, kind] of KINDS) assert.equal(read([SYS_DESCR, name]).kind, kind, name);
});
