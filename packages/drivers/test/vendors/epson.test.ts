/** Epson's counters, versions and functions: what few captures show, and where devices differ. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { PARTS, type Reading } from '@rsb/contract';
import { instanceOf, oid } from '@rsb/snmp/oid';
import { answersOf } from '../../src/answers.ts';
import { colorIn } from '../../src/blocks/supply-words.ts';
import { type Interpretation, interpretInDetail } from '../../src/index.ts';
import { epson } from '../../src/vendors/epson/driver.ts';
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

const E = '1.3.6.1.4.1.1248.1.2.2';
const CARD = '1.3.6.1.4.1.1248.1.1.3.1';
const HR_DEVICE_ID = '1.3.6.1.2.1.25.3.2.1.4';

type Pair = readonly [string, Short];

function detail(...told: readonly Pair[]): Interpretation {
  const [only, ...more] = interpretInDetail({
    driver: epson,
    answers: answersOf(varbinds([`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE], ...told)),
    asked: PARTS,
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.ok(only !== undefined && more.length === 0);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only;
}
const read = (...told: readonly Pair[]): Reading => detail(...told).reading;

const life = (count: number): Pair => [`${LIFE}.1.1`, BigInt(count)];
const mono = (count: number): Pair => [`${E}.27.1.1.3.1.1`, BigInt(count)];
const color = (count: number): Pair => [`${E}.27.1.1.4.1.1`, BigInt(count)];
const impressions = (count: number): Pair => [`${E}.27.1.1.30.1.1`, BigInt(count)];

type FunctionRow = readonly [id: number, all: number, color?: number];
const functions = (...rows: readonly FunctionRow[]): readonly Pair[] =>
  rows.flatMap(([id, all, inColor], index): readonly Pair[] => {
    const row = `1.1.${index + 1}`;
    return [
      [`${E}.27.6.1.2.${row}`, id],
      [`${E}.27.6.1.4.${row}`, BigInt(all)],
      ...(inColor === undefined ? [] : [[`${E}.27.6.1.5.${row}`, BigInt(inColor)] as const]),
    ];
  });

type SizeRow = readonly [name: string, all?: number, color?: number];
const sizes = (...rows: readonly SizeRow[]): readonly Pair[] =>
  rows.flatMap(([name, all, inColor], index): readonly Pair[] => {
    const row = `1.${index + 1}`;
    return [
      [`${E}.6.1.1.2.${row}`, name],
      ...(all === undefined ? [] : [[`${E}.6.1.1.4.${row}`, all] as const]),
      ...(inColor === undefined ? [] : [[`${E}.6.1.1.5.${row}`, BigInt(inColor)] as const]),
    ];
  });

/** 1,000 sides of which 100 are A3: 600 mono and 400 in color, 40 of the A3 in color. */
const TABLES = [
  ...functions([1, 700, 350], [2, 290, 45], [0, 10, 5]),
  ...sizes(['A3/Ledger', 100, 40], ['A4/Letter', 900, 360], ['A3']),
];

test('a machine that counts A3 once: mono and color as told, confirmed by life, functions and sizes', () => {
  const { counters, provenance } = read(life(1000), mono(600), color(400), ...TABLES);
  assert.deepEqual(counters?.total, { all: 1000, mono: 600, color: 400 });
  assert.deepEqual(counters?.print, { all: 700, mono: 350, color: 350 });
  assert.deepEqual(counters?.copy, { all: 290, mono: 245, color: 45 });
  assert.deepEqual([counters?.largeFormat, counters?.billing], [100, 'total']);
  const check = (path: string) => provenance?.[path]?.check;
  assert.deepEqual(
    [check('counters.total.mono'), check('counters.copy.color'), check('counters.largeFormat')],
    ['mono + color = life count', 'functions = total', 'sizes = total'],
  );
});

test('a machine that counts A3 twice in life, mono and color: everything is told on the base that counts it once', () => {
  const told = [life(1100), mono(660), color(440), ...TABLES];
  const newer = read(...told, impressions(1000));
  assert.deepEqual(newer.counters?.total, { all: 1000, mono: 600, color: 400 });
  assert.deepEqual([newer.counters?.life, newer.counters?.print.all, newer.counters?.largeFormat], [1100, 700, 100]);
  // Without the impressions object the tables and their A3 row show it.
  assert.deepEqual(read(...told).counters?.total, { all: 1000, mono: 600, color: 400 });
});

test('impressions that no table explains leave mono and color untold, with the reason', () => {
  const { reading, draft } = detail(life(1100), mono(660), color(440), impressions(990), ...TABLES);
  assert.deepEqual(reading.counters?.total, { all: 990, mono: null, color: null });
  assert.equal(reading.completeness.reasons['counters.total.mono'], 'checkFailed');
  assert.ok(draft.rejections.some(({ path, value }) => path === 'counters.total.mono' && value === '660'));
  const monochrome = read(life(1100), mono(1100), color(0), impressions(1000));
  assert.deepEqual(monochrome.counters?.total, { all: 1000, mono: 1000, color: 0 }, 'without color all is mono');
});

test('a page printed between two answers changes nothing', () => {
  const { counters } = read(life(1001), mono(601), color(400), ...TABLES);
  assert.deepEqual(counters?.total, { all: 1001, mono: 601, color: 400 });
  assert.deepEqual([counters?.print.all, counters?.largeFormat], [700, 100]);
});

test('a machine without mono and color objects is split by the table that adds up to its life count', () => {
  const bySize = sizes(['A4/Letter', 9, 2], ['A5', 0, 0], ['Custom']);
  assert.deepEqual(read(life(9), ...bySize).counters?.total, { all: 9, mono: 7, color: 2 });
  const other = read(life(12), ...bySize);
  assert.deepEqual(other.counters?.total, { all: null, mono: null, color: null });
  assert.equal(other.completeness.reasons['counters.total.color'], 'checkFailed');
  assert.deepEqual(
    read(...bySize).counters?.total,
    { all: null, mono: null, color: null },
    'nothing to hold it against',
  );
  const half = sizes(['A4/Letter', 9, 2], ['A5', 0]);
  assert.deepEqual(read(life(9), ...half).counters?.total.color, null, 'a row without color');
});

test('a function is what its column says, not its row number; what has no word of its own keeps a name', () => {
  const { counters, kind } = read(life(8344), mono(8344), color(0), ...functions([1, 8319], [0, 25]));
  assert.deepEqual(counters?.print, { all: 8319, mono: null, color: null });
  assert.deepEqual([counters?.copy.all, kind], [null, 'printer'], 'row 2 is no copier');
  assert.deepEqual(counters?.other, [{ name: 'Other pages', value: 25, unit: 'impressions' }]);
  const fresh = read(...functions([3, 4], [9, 2], [2, 0]));
  assert.deepEqual([fresh.counters?.fax.all, fresh.counters?.copy.all, fresh.kind], [4, 0, 'mfp']);
  assert.deepEqual(fresh.counters?.other, [{ name: 'Pages of function 9', value: 2, unit: 'impressions' }]);
});

test('one-sided pages are no two-sided ones', () => {
  const { counters } = read(
    [`${E}.27.1.1.10.1.1`, 214_054n],
    [`${E}.27.1.1.11.1.1`, 93_327n],
    [`${E}.27.1.1.12.1.1`, 3n],
  );
  assert.equal(counters?.duplex, null);
  assert.deepEqual(
    counters?.other.map(({ name, value }) => `${name} ${value}`),
    ['One-sided pages 214054', 'One-sided color pages 93327', 'Blank pages 3'],
  );
});

test('a label printer tells how long its media were, in millimetres only where it says so', () => {
  const used = (unit: number): readonly Pair[] => [
    [`${E}.27.5.1.3.1.1`, unit],
    [`${E}.27.5.1.4.1.1`, 450_086],
  ];
  assert.deepEqual(read(...used(14)).counters?.other, [
    { name: 'Length of media', value: 450_086, unit: 'millimetres' },
  ]);
  assert.deepEqual(read(...used(17)).counters?.other, []);
});

const versions = (entry: string, rows: readonly (readonly [string, string])[]): readonly Pair[] =>
  rows.flatMap(([name, version], index): readonly Pair[] => [
    [`${entry}.2.1.${index + 1}`, version],
    [`${entry}.3.1.${index + 1}`, name],
  ]);

test("firmware is the machine's, by name, whatever the order of rows; never the network's, a cassette's or a date", () => {
  const own = (rows: readonly (readonly [string, string])[]) => versions(`${E}.2.1.1`, rows);
  const others = [
    ['Network FW', '46.38'],
    ['Serial No', 'X59F000014'],
    ['Option Cassette1 FW', 'CW13I7'],
    ['PCL', '20240827'],
  ] as const;
  const cases: readonly (readonly [readonly Pair[], string | null])[] = [
    [own([...others, ['FW Package', '46.38.GA08P9.FY15'], ['Printer FW', 'GA08P9']]), 'GA08P9'],
    [own([['Main FW', 'XA10P9'], ...others]), 'XA10P9'],
    [own([...others, ['FW Package', '46.38.GA08P9.FY15']]), '46.38.GA08P9.FY15'],
    [own(others), null],
    [
      [
        [`${CARD}.21.1.1.2.1`, 'A1.0720'],
        [`${CARD}.21.1.1.3.1`, 'Wlan Card FW'],
        [`${CARD}.21.1.1.2.2`, '05.14.XA10P9'],
        [`${CARD}.21.1.1.3.2`, 'Firmware'],
      ],
      '05.14.XA10P9',
    ],
    [
      [
        [SYS_DESCR, 'EPSON Built-in 11b/g/n Print Server'],
        ['1.3.6.1.2.1.2.2.1.2.1', 'EEPS2 Hard Ver.1.00 Firm Ver.0.78'],
      ],
      null,
    ],
  ];
  for (const [told, want] of cases) assert.equal(read(...told).identity?.firmware, want);
});

test("model and serial number are the machine's own; the id of the print system mangles the serial number", () => {
  const { identity } = read(
    [`${HR_DEVICE_DESCR}.1`, 'EPSON WF-M5799 Series'],
    [`${E}.1.1.1.1.1`, 'MFG:EPSON;MDL:WF-M5799 Series;CLS:PRINTER;SN:5833424A3030343141;'],
    [`${E}.1.1.1.2.1`, 'WF-M5799'],
    [`${CARD}.1.73.0`, 'EPSONA2609F'],
  );
  assert.deepEqual(
    [identity?.manufacturer, identity?.model, identity?.serialNumber, identity?.hostName],
    ['Epson', 'WF-M5799', null, 'EPSONA2609F'],
  );
  const own = read([`${E}.1.1.1.5.1`, 'X3BJ004141'], [`${CARD}.3.8.0`, 'WF-M5799 Series']);
  assert.deepEqual([own.identity?.serialNumber, own.identity?.model], ['X3BJ004141', 'WF-M5799']);
});

test('what kind of machine it is', () => {
  const model = (name: string): Pair => [`${HR_DEVICE_DESCR}.1`, `EPSON ${name}`];
  const row = (row: number, number: number): Pair => [
    `${HR_DEVICE_ID}.${row}`,
    { oid: `1.3.6.1.4.1.1248.1.${number}.1.1.65` },
  ];
  const id = (text: string): Pair => [`${E}.1.1.1.1.1`, `MFG:EPSON;MDL:X1;CLS:PRINTER;${text}`];
  const spelled = (word: string): Pair => [
    SYS_OBJECT_ID,
    { oid: `1.3.6.1.4.1.1248.1.1.2.1.3.7.${[...word].map((letter) => letter.charCodeAt(0)).join('.')}` },
  ];
  const cases: readonly (readonly [string, readonly Pair[], string])[] = [
    ['printer and panel', [model('WF-M5299'), row(1, 2), row(2, 8)], 'printer'],
    ['scanner', [model('WF-M5799'), row(1, 2), row(2, 8), row(3, 4)], 'mfp'],
    ['fax', [model('WF-M5799'), row(1, 2), row(2, 7)], 'mfp'],
    ['the 1284 id has a fax', [model('WF-M5799'), id('FID:FXA,DPA,AFN;')], 'mfp'],
    ['the 1284 id has none', [model('ST-M1000'), id('FID:FXN,DPA,AFN;')], 'printer'],
    ['a language of labels', [model('X1'), id('CMD:ESCLABEL;')], 'labelPrinter'],
    ['a name of labels', [model('CW-C4000')], 'labelPrinter'],
    ['an older one', [model('TM-C3500')], 'labelPrinter'],
    ['receipts are no labels', [model('TM-T88VI')], 'printer'],
    ['copier by name', [spelled('AL-CX11')], 'mfp'],
    ['laser printer by name', [spelled('AL-C2800')], 'printer'],
  ];
  for (const [name, told, want] of cases) assert.equal(read(...told).kind, want, name);
  assert.equal(read(spelled('AL-CX11')).identity?.model, 'AL-CX11');
  assert.equal(read(spelled('EEPS2')).identity?.model, null, 'the network card');
});

test('light black is a gray, photo and matte black are blacks of their own', () => {
  const cases = [
    ['Light Black Ink Cartridge', 'gray'],
    ['Light Light Black', 'gray'],
    ['Photo Black', 'photoBlack'],
    ['Matte Black', 'matteBlack'],
    ['Vivid Light Magenta', 'lightMagenta'],
    ['Black', 'black'],
  ] as const;
  for (const [text, want] of cases) assert.equal(colorIn(text), want, text);
});

test('the status packet, which names the current job, and the control object are not asked', () => {
  const asked = epson.blocks.flatMap(({ asks }) => asks.map((object) => object.oid));
  assert.ok(asked.filter((name) => name.startsWith('1.3.6.1.4.1.1248.')).length >= 15);
  for (const forbidden of [`${E}.1.1.1.4`, `${E}.44`]) {
    assert.deepEqual(
      asked.filter((name) => name === forbidden || instanceOf(oid(forbidden), name) !== undefined),
      [],
    );
    assert.deepEqual(
      asked.filter((name) => instanceOf(name, oid(forbidden)) !== undefined),
      [],
      'nor a branch above',
    );
  }
});
