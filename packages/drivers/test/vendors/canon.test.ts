/** Canon machines that no capture shows: numbered and named counters, bases, names of families, inks. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { measureOf } from '../../src/vendors/canon/measures.ts';
import { replay } from '../support/replay.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  MARKER_UNIT,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  SUPPLY,
  type SupplyRow,
  SYS_DESCR,
  SYS_OBJECT_ID,
  supplyRows,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const CANON = '1.3.6.1.4.1.1602.1';
const DEVICE_ID = '1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1';

function readInDetail(...told: Told) {
  const { identification, interpretations } = replay(
    varbinds([SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.1602.4.7' }], ...told),
  );
  assert.equal(identification.driver?.name, 'canon', identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only;
}
const read = (...told: Told) => readInDetail(...told).reading;

const machine = (name: string): Told => [[SYS_DESCR, `Canon ${name} /P`]];
const numbered = (counts: Readonly<Record<number, number>>, table = '1.3'): Told =>
  Object.entries(counts).map(([number, count]) => [`${CANON}.11.${table}.1.4.${number}`, count] as const);
const named = (counts: Readonly<Record<string, number>>): Told =>
  Object.entries(counts).flatMap(([label, count], index) => [
    [`${CANON}.11.2.1.1.2.${index + 1}`, label] as const,
    [`${CANON}.11.2.1.1.3.${index + 1}`, BigInt(count)] as const,
  ]);
const life = (count: number): Told => [
  [`${MARKER_UNIT}.1.1`, 7],
  [`${LIFE}.1.1`, BigInt(count)],
];

const split = (all: number | null, mono: number | null, color: number | null) => ({ all, mono, color });

test('a full set of numbered counters is read in base 1', () => {
  const { counters, kind, completeness } = read(
    ...machine('iR-ADV C5535'),
    ...life(1000),
    ...numbered({
      101: 1000,
      102: 1100,
      103: 100,
      104: 900,
      108: 600,
      109: 660,
      105: 390,
      118: 10,
      124: 440,
      125: 400,
    }),
    ...numbered({ 201: 300, 202: 330, 221: 200, 232: 100, 301: 690, 302: 760, 313: 395, 324: 295 }),
    ...numbered({ 114: 420, 501: 2000, 502: 2100, 505: 1500, 509: 500, 701: 10, 709: 10 }),
  );
  assert.equal(kind, 'mfp');
  assert.deepEqual(
    [counters?.total, counters?.copy, counters?.print, counters?.scan, counters?.fax],
    [split(1000, 600, 400), split(300, 200, 100), split(690, 395, 295), split(2000, 1500, 500), split(10, 10, null)],
  );
  assert.deepEqual(
    [counters?.vendorLife, counters?.duplex, counters?.largeFormat, counters?.billing],
    [1000, 420, 100, 'total'],
  );
  assert.deepEqual(
    completeness.missing.filter((path) => path.startsWith('counters')),
    [],
  );
});

const TOTALS: readonly (readonly [name: string, told: Told, total: object, large: number | null])[] = [
  [
    'sizes alone make both halves',
    numbered({ 101: 1000, 112: 40, 113: 560, 122: 60, 123: 340 }),
    split(1000, 600, 400),
    100,
  ],
  ['halves make the total', numbered({ 108: 600, 125: 400 }), split(1000, 600, 400), null],
  ['the mirrored table says the same', numbered({ 101: 1000, 108: 1000 }, '1.4'), split(1000, 1000, null), null],
  [
    'full and single color are all color',
    numbered({ 101: 1000, 108: 600, 105: 390, 118: 10 }),
    split(1000, 600, 400),
    null,
  ],
  [
    'full color is all color where that closes',
    numbered({ 101: 1000, 108: 600, 105: 400 }),
    split(1000, 600, 400),
    null,
  ],
  [
    'full color is not all color where it does not',
    numbered({ 101: 1000, 108: 600, 105: 390 }),
    split(1000, 600, null),
    null,
  ],
  ['base 2 alone', numbered({ 102: 1100, 109: 660, 124: 440 }), split(1100, 660, 440), null],
  ['bases are not mixed', numbered({ 101: 1000, 109: 660, 124: 440 }), split(1000, null, null), null],
  [
    'without large pages both bases are one',
    numbered({ 101: 1000, 103: 0, 109: 600, 124: 400 }),
    split(1000, 600, 400),
    0,
  ],
  ['halves that do not close are not used', numbered({ 101: 1000, 108: 600, 125: 300 }), split(1000, null, null), null],
  ['copies and prints that are all pages', numbered({ 101: 1000, 406: 600, 410: 400 }), split(1000, 600, 400), null],
  ['copies and prints that are not', numbered({ 101: 1000, 406: 600, 410: 300 }), split(1000, null, null), null],
  [
    'the colors of copies and prints that are all color',
    numbered({ 101: 1000, 108: 600, 229: 10, 230: 40, 321: 20, 322: 330 }),
    split(1000, 600, 400),
    null,
  ],
  [
    'the colors of copies and prints that are not',
    numbered({ 101: 1000, 108: 600, 229: 10, 230: 40, 321: 20, 322: 300 }),
    split(1000, 600, null),
    null,
  ],
  ['more large pages than pages', numbered({ 101: 1000, 103: 2000 }), split(1000, null, null), null],
  [
    'a small machine, confirmed by its life count',
    [...life(1000), ...numbered({ 1000: 1000 })],
    split(1000, null, null),
    null,
  ],
  ['a small machine that nothing confirms', [...life(999), ...numbered({ 1000: 1000 })], split(null, null, null), null],
  [
    'named rows',
    named({
      'Total 1': 1000,
      'Total (Black/Large)': 40,
      'Total (Black/Small)': 560,
      'Total (Full Color + Single Color/Large)': 60,
      'Total (Full Color + Single Color/Small)': 340,
    }),
    split(1000, 600, 400),
    100,
  ],
];

test('total, mono and color come from whatever tells them', async (t) => {
  for (const [name, told, total, large] of TOTALS) {
    await t.test(name, () => {
      const { counters } = read(...machine('iR-ADV C3520'), ...told);
      assert.deepEqual([counters?.total, counters?.largeFormat], [total, large]);
    });
  }
});

test('what the counts deny is missed with its reason, and both names of a row are its source', () => {
  const { reading, draft } = readInDetail(
    ...machine('MF743C/745C'),
    ...named({
      'Total 1': 1000,
      'Total (Black 1)': 600,
      'Total (Full Color + Single Color 1)': 300,
      'Print (Total 1)': 900,
    }),
  );
  assert.equal(reading.completeness.reasons['counters.total.mono'], 'checkFailed');
  assert.equal(draft.counts.get('counters.total.all')?.source.how, 'join');
  assert.equal(reading.counters?.print.all, 900);
});

test('labels are read as they stand, and a word too many is another set', () => {
  const LABELS: readonly (readonly [string, string | null])[] = [
    ['Total 1', 'total.all.1'],
    ['Total 2', 'total.all.2'],
    ['Total (Large)', 'total.all.large'],
    ['Total (Black 1)', 'total.black.1'],
    ['Total (Black/Small)', 'total.black.small'],
    ['Total (Full Color + Single Color/Large)', 'total.color.large'],
    ['Total (Full Color + Single Color 1)', 'total.color.1'],
    ['Total (Single Color 2)', 'total.single.2'],
    ['Total (2-Sided)', 'total.duplex.1'],
    ['2-Sided', 'total.duplex.1'],
    ['Copy (Total 1)', 'copy.all.1'],
    ['Copy (Full Color/Small)', 'copy.full.small'],
    ['Copy + Print (Black 2)', 'copyAndPrint.black.2'],
    ['Print (Total 2)', 'print.all.2'],
    ['Received Print (Total 1)', 'received.all.1'],
    ['Black Scan (Total 1)', 'scan.black.1'],
    ['Color Scan (Total 1)', 'scan.color.1'],
    ['Impression (Total 1)', 'print.all.1'],
    ['Total (Black & White 1)', 'total.black.1'],
    ['Total (FullColor+SingleColor/Small)', 'total.color.small'],
    ['Copy (2 Color/Large)', 'copy.two.large'],
    ['总数1', 'total.all.1'],
    ['复印(全彩色+单彩色/大)', 'copy.color.large'],
    ['黑白扫描(总数1)', 'scan.black.1'],
    ['报告打印(总数1)', null],
    ['Copy Scan (Total 1)', null],
    ['Report Print (Total 1)', null],
    ['Total A1', null],
    ['Total A (Black 1)', null],
    ['PDL Print (Total 1)', null],
    ['Remote Copy (Full Color 1)', null],
    ['Black', null],
    ['', null],
  ];
  for (const [label, measure] of LABELS) assert.equal(measureOf(label), measure, label);
});

test('a counter of another set is kept under its name', () => {
  const { counters } = read(...machine('MF445dw'), ...named({ 'Total 1': 10, 'Total A1': 7 }));
  assert.deepEqual(counters?.other, [{ name: 'Total A1', value: 7, unit: 'count' }]);
});

test('the exact name goes before a family of names', () => {
  const MODELS: readonly (readonly [Told, string])[] = [
    [[...machine('MF642C/643C/644C'), [DEVICE_ID, 'MFG:Canon;MDL:MF643C;CLS:PRINTER;']], 'MF643C'],
    [[...machine('MF642C/643C/644C'), [DEVICE_ID, 'MFG:Canon;MDL:MF640C Series;CLS:PRINTER;']], 'MF642C/643C/644C'],
    [[...machine('iR-ADV C5535'), [`${CANON}.1.1.1.0`, 'iR-ADV C5535 III']], 'iR-ADV C5535 III'],
    [
      [...machine('LBP226'), [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE], [`${HR_DEVICE_DESCR}.1`, 'Canon LBP226dw']],
      'LBP226dw',
    ],
  ];
  for (const [told, model] of MODELS) {
    const { identity } = read(...told);
    assert.deepEqual([identity?.manufacturer, identity?.model], ['Canon', model]);
  }
});

test("serial number and version by the maker's own objects", () => {
  const newer = read(
    ...machine('iR-ADV C5535'),
    [`${SERIAL}.1`, 'BOARD1234'],
    [`${CANON}.2.1.8.1.3.1.1`, 'XYZ01234'],
    [`${CANON}.1.1.4.0`, '58.11'],
  ).identity;
  assert.deepEqual([newer?.serialNumber, newer?.firmware], ['XYZ01234', '58.11']);
  const older = read(...machine('iR3045'), [`${CANON}.2.1.4.0`, 'TPL01234']).identity;
  assert.equal(older?.serialNumber, 'TPL01234');
});

test('kinds by name and by counters; a laser beam printer stays one', () => {
  const KINDS: readonly (readonly [string, string, Told?])[] = [
    ['iR2520', 'mfp'],
    ['iR-ADV 4245', 'mfp'],
    ['iR C1225', 'mfp'],
    ['imageFORCE C5150', 'mfp'],
    ['MF642C/643C/644C', 'mfp'],
    ['D1180/MF6680', 'mfp'],
    ['GX7000 series', 'mfp'],
    ['GX5500 series', 'printer'],
    ['G3090 series', 'mfp'],
    ['LBP6670', 'printer'],
    ['LBP6670', 'printer', named({ 'Copy (Total 1)': 0 })],
    ['TM-300', 'printer'],
    ['imagePRESS C10000', 'printer'],
    ['imagePRESS C270', 'mfp', numbered({ 201: 12 })],
  ];
  for (const [name, kind, told = []] of KINDS) assert.equal(read(...machine(name), ...told).kind, kind, name);
});

test('inks by their codes, a waste tank by the space left', () => {
  const rows: readonly SupplyRow[] = [
    ...['MBK', 'BK', 'C', 'M', 'Y'].map(
      (code): SupplyRow => ({
        type: 6,
        supplyClass: 3,
        description: `PFI-120${code}`,
        unit: 15,
        capacity: 1300,
        level: 650,
      }),
    ),
    { type: 8, supplyClass: 4, description: 'Maintenance Cartridge', unit: 15, capacity: 4000, level: 3000 },
  ];
  const { supplies } = read(...machine('TM-300'), ...supplyRows(rows));
  assert.deepEqual(
    supplies?.map(({ type, color, percent }) => [type, color, percent]),
    [
      ['ink', 'matteBlack', 50],
      ['ink', 'black', 50],
      ['ink', 'cyan', 50],
      ['ink', 'magenta', 50],
      ['ink', 'yellow', 50],
      ['waste', null, 75],
    ],
  );
});

test("an inkjet's cartridges are ink where they tell no type", () => {
  const { supplies } = read(...machine('GX7000 series'), [`${SUPPLY}.6.1.1`, 'Black'], [`${SUPPLY}.9.1.1`, -2]);
  assert.deepEqual([supplies?.[0]?.type, supplies?.[0]?.color, supplies?.[0]?.state], ['ink', 'black', 'unknown']);
});
