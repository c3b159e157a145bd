/** Machines of Toshiba TEC, OKI, Pantum, Panasonic, Olivetti and Riso that no capture shows. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Reading } from '@rsb/contract';
import { pairThatAddsUp } from '../../src/vendors/oki/counters.ts';
import { replay } from '../support/replay.ts';
import { HR_DEVICE_DESCR, LIFE, type Short, SUPPLY, SYS_DESCR, SYS_OBJECT_ID, varbinds } from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const at = (arcs: string) => `1.3.6.1.4.1.${arcs}`;
const device = (arcs: string, description: string): Told => [
  [SYS_OBJECT_ID, { oid: at(arcs) }],
  [SYS_DESCR, description],
];

function read(driver: string, ...told: Told): Reading {
  const { identification, interpretations } = replay(varbinds(...told));
  assert.equal(identification.driver?.name, driver, identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only.reading;
}

interface Described {
  readonly driver: string;
  readonly arcs: string;
  readonly text: string;
  readonly model: string | null;
  readonly kind: string;
  readonly firmware?: string;
}

const DESCRIPTIONS: readonly Described[] = [
  { driver: 'toshiba', arcs: '1129.2.3.49.1', text: 'TOSHIBA e-STUDIO3515AC', model: 'e-STUDIO3515AC', kind: 'mfp' },
  { driver: 'toshiba', arcs: '1129.2.3.45.1', text: 'TOSHIBA e-STUDIO 385P', model: 'e-STUDIO 385P', kind: 'printer' },
  { driver: 'toshiba', arcs: '1129.2.3.45.1', text: 'TOSHIBA e-STUDIO305CP', model: 'e-STUDIO305CP', kind: 'printer' },
  { driver: 'toshiba', arcs: '1129.1.2.1', text: 'TOSHIBA TEC B-FV4T', model: 'B-FV4T', kind: 'labelPrinter' },
  { driver: 'toshiba', arcs: '1.2.3', text: 'TOSHIBA TEC BV410D', model: 'BV410D', kind: 'labelPrinter' },
  {
    driver: 'oki',
    arcs: '2001.1.1.1.1',
    text: 'OKI OkiLAN 8450e Rev.02.06 10/100BASE Ethernet PrintServer: Attached to C5900 Rev.02.53 : (C)2004 Oki Data Corporation',
    model: 'C5900',
    kind: 'printer',
    firmware: '02.53',
  },
  {
    driver: 'oki',
    arcs: '2001.1.1.1.1',
    text: 'OKI OkiLAN 9450g Rev.00.69: Attached to ES8453 MFP Rev.01.02',
    model: 'ES8453 MFP',
    kind: 'mfp',
    firmware: '01.02',
  },
  {
    driver: 'oki',
    arcs: '2001.1.1.1.1',
    text: 'OKI OkiLAN 9450g: Attached to ES7470 : (C)',
    model: 'ES7470',
    kind: 'mfp',
  },
  {
    driver: 'oki',
    arcs: '2001.1.1.1.1',
    text: 'OKI OkiLAN 9450g: Attached to ES8433',
    model: 'ES8433',
    kind: 'printer',
  },
  { driver: 'oki', arcs: '2001.1.1.1.1', text: 'OKI OkiLAN 9450g Rev.00.69 PrintServer', model: null, kind: 'printer' },
  { driver: 'oki', arcs: '2001.1.1.1.1', text: 'OKI DATA CORP MB472', model: 'MB472', kind: 'mfp' },
  { driver: 'oki', arcs: '1.2.3', text: 'OKI C332', model: 'C332', kind: 'printer' },
  { driver: 'pantum', arcs: '40093.1.1', text: 'Pantum P3010DW series', model: 'P3010DW', kind: 'printer' },
  {
    driver: 'pantum',
    arcs: '40093.1.1',
    text: 'MFG:Pantum;MDL:M6550NW series;CLS:PRINTER;',
    model: 'M6550NW',
    kind: 'mfp',
  },
  { driver: 'pantum', arcs: '1.2.3', text: 'MFG:Pantum;MDL:CP1100DW series;', model: 'CP1100DW', kind: 'printer' },
  { driver: 'panasonic', arcs: '258.405', text: 'Panasonic KX-MB2061', model: 'KX-MB2061', kind: 'mfp' },
  { driver: 'panasonic', arcs: '258.405', text: 'Panasonic DP-8060', model: 'DP-8060', kind: 'mfp' },
  { driver: 'panasonic', arcs: '258.405', text: 'Panasonic KX-P7110', model: 'KX-P7110', kind: 'printer' },
  { driver: 'olivetti', arcs: '1.2.3', text: 'Olivetti d-Color MF254', model: 'd-Color MF254', kind: 'mfp' },
  { driver: 'olivetti', arcs: '1.2.3', text: 'Olivetti PG L2535', model: 'PG L2535', kind: 'printer' },
  { driver: 'riso', arcs: '24807.1', text: 'RISO ComColor 7150', model: 'ComColor 7150', kind: 'printer' },
];

test('descriptions alone tell model, version and kind', async (t) => {
  for (const { driver, arcs, text, model, kind, firmware = null } of DESCRIPTIONS) {
    await t.test(text, () => {
      const { identity, kind: got } = read(driver, ...device(arcs, text));
      assert.deepEqual([identity?.model, identity?.firmware, got], [model, firmware, kind]);
    });
  }
});

test('a server of Olivetti is no printer, and the engine of its printers is not their brand', () => {
  assert.equal(replay(varbinds(...device('279.1', 'Olivetti LSX server'))).identification.verdict, 'notPrinter');
  for (const [driver, arcs] of [
    ['kyocera', '1347.41'],
    ['konica', '18334.1.1.1.2.1'],
  ] as const) {
    const { identity } = read(driver, ...device(arcs, 'Olivetti d-Color MF254'), [
      `${HR_DEVICE_DESCR}.1`,
      'd-Color MF254',
    ]);
    assert.deepEqual([identity?.manufacturer, identity?.model], ['Olivetti', 'd-Color MF254'], driver);
  }
});

test('a camera of the same enterprise number is no printer', () => {
  for (const text of ['Panasonic WV-S1131 Network Camera', 'Panasonic PT-RZ970 Projector']) {
    assert.equal(replay(varbinds(...device('258.1', text))).identification.verdict, 'notPrinter', text);
  }
});

const CELLS = at('1129.2.3.50.1.3.21.6.1');
const cells = (id: number, full: number, twin: number, black: number, all: number): Told =>
  [full, twin, black, all].map((count, index) => [`${CELLS}.${id}.1.${index + 1}`, count] as const);

test("Toshiba's cells are used where color and black are the total, on OKI's machines with its controller too", () => {
  const told = [
    ...cells(2, 4000, 100, 9000, 13100),
    ...cells(3, 3000, 100, 6000, 9100),
    ...cells(4, 1000, 0, 3000, 4000),
  ];
  for (const reading of [
    read('toshiba', ...device('1129.2.3.49.1', 'TOSHIBA e-STUDIO3515AC'), ...told),
    read('oki', ...device('2001.1.1.1.1', 'OKI OkiLAN: Attached to MC780'), ...told),
  ]) {
    const { total, print, copy } = reading.counters ?? {};
    assert.deepEqual(
      { total, print, copy },
      {
        total: { all: 13100, mono: 9000, color: 4100 },
        print: { all: 9100, mono: 6000, color: 3100 },
        copy: { all: 4000, mono: 3000, color: 1000 },
      },
    );
    assert.equal(reading.provenance?.['counters.total.all']?.evidence, 'reported');
    assert.equal(reading.kind, 'mfp');
  }
  const odd = read('toshiba', ...device('1129.2.3.49.1', 'TOSHIBA e-STUDIO3515AC'), ...cells(2, 1, 2, 3, 99));
  assert.deepEqual(odd.counters?.total, { all: null, mono: null, color: null });
  assert.equal(odd.completeness.reasons['counters.total.all'], 'checkFailed');
  const mono = read('toshiba', ...device('1129.2.3.49.1', 'TOSHIBA e-STUDIO2518A'), ...cells(2, 0, 0, 500, 500));
  assert.deepEqual(mono.counters?.total, { all: 500, mono: 500, color: 0 });
});

test("Toshiba's own objects fill what the standard ones leave open", () => {
  const mfp = read(
    'toshiba',
    [SYS_OBJECT_ID, { oid: at('1129.2.3.49.1') }],
    [at('1129.2.3.50.1.2.3.1.3.1.1'), 'TOSHIBA e-STUDIO4515AC'],
    [at('1129.2.3.50.1.2.4.1.62.1.1'), 'T190SF0W1610'],
  ).identity;
  assert.deepEqual([mfp?.model, mfp?.firmware], ['e-STUDIO4515AC', 'T190SF0W1610']);
  const label = read(
    'toshiba',
    ...device('1129.1.2.1', 'TOSHIBA TEC B-EX4T1'),
    [at('1129.1.2.1.1.1.1.1.0'), '2303A000123'],
    [at('1129.1.2.1.1.1.2.1.0'), 'B-EX4T1-GS12'],
    [at('1129.1.2.1.1.1.2.2.0'), 'V1.5A'],
  );
  const { manufacturer, model, serialNumber, firmware } = label.identity ?? {};
  assert.deepEqual([manufacturer, model, serialNumber, firmware], ['Toshiba', 'B-EX4T1', '2303A000123', 'V1.5A']);
});

const OKI = at('2001.1.1.1.1.11.1.10');

test("OKI's own objects: serial number, and a pair of counts that is the life count", () => {
  const machine = device('2001.1.1.1.1', 'OKI OkiLAN 9450g: Attached to C711');
  const counts = (mono: number, color: number): Told => [
    [`${OKI}.170.1.7.1`, mono],
    [`${OKI}.170.1.6.1`, color],
  ];
  const told: Told = [
    [`${OKI}.45.0`, 'AK3B012345A0'],
    [`${OKI}.40.2.0`, 'OKI-7'],
    [`${LIFE}.1.1`, 900n],
  ];
  const sure = read('oki', ...machine, ...told, ...counts(700, 200));
  assert.deepEqual([sure.identity?.serialNumber, sure.identity?.assetNumber], ['AK3B012345A0', 'OKI-7']);
  assert.deepEqual(sure.counters?.total, { all: null, mono: 700, color: 200 });
  const unsure = read('oki', ...machine, ...told, ...counts(700, 100));
  assert.deepEqual(unsure.counters?.total, { all: null, mono: null, color: null });
  assert.equal(unsure.completeness.reasons['counters.total.mono'], 'checkFailed');
});

test('of pairs that contradict each other the one that adds up counts, zeros prove nothing', () => {
  const pairs = [
    { mono: 'a', color: 'b' },
    { mono: 'c', color: 'd' },
  ];
  const find = (counts: Readonly<Record<string, number>>, whole: number | null) =>
    pairThatAddsUp(pairs, (instance) => counts[instance] ?? null, whole)?.pair.mono ?? null;
  assert.equal(find({ a: 1, b: 2, c: 3, d: 4 }, 7), 'c');
  assert.equal(find({ a: 1, b: 2, c: 3, d: 4 }, 3), 'a');
  assert.equal(find({ a: 7, b: 0 }, 7), null);
  assert.equal(find({ a: 1, b: 2 }, null), null);
  assert.equal(find({}, 0), null);
});

test('Pantum tells serial number and counts with and without the last zero', () => {
  const machine = device('40093.1.1', 'MFG:Pantum;MDL:BM5100ADW series;');
  for (const end of ['', '.0']) {
    const { identity, counters, kind } = read(
      'pantum',
      ...machine,
      [`${at('40093.10.1.1.4')}${end}`, 'CK9A012345'],
      [`${at('40093.1.1.1.1')}${end}`, '1.2.16'],
      [`${at('40093.10.3.1.1')}${end}`, 1500],
      [`${at('40093.1.1.3.12')}${end}`, 1100],
      [`${at('40093.1.1.3.9')}${end}`, 400],
    );
    assert.deepEqual([identity?.serialNumber, identity?.firmware, kind], ['CK9A012345', '1.2.16', 'mfp']);
    assert.deepEqual([counters?.total.all, counters?.print.all, counters?.copy.all], [1500, 1100, 400]);
  }
  const odd = read('pantum', ...machine, [at('40093.10.3.1.1'), 1500], [at('40093.1.1.3.12'), 1100]);
  assert.deepEqual([odd.counters?.total.all, odd.counters?.print.all], [null, null]);
});

test('Pantum: the 1284 id in a column of object identifiers, and supplies whose index is cut', () => {
  const { identity, supplies } = read(
    'pantum',
    [SYS_OBJECT_ID, { oid: at('40093.1.1') }],
    ['1.3.6.1.2.1.25.3.2.1.4.1', 'MFG:Pantum;CMD:PCL;MDL:P3300DW series;CLS:PRINTER;SN:CF1234567;'],
    [`${SUPPLY}.5.1`, 3],
    [`${SUPPLY}.6.1`, 'Toner'],
    [`${SUPPLY}.8.1`, 100],
    [`${SUPPLY}.9.1`, 40],
  );
  assert.deepEqual([identity?.model, identity?.serialNumber], ['P3300DW', 'CF1234567']);
  assert.deepEqual(
    supplies?.map(({ type, color, percent }) => [type, color, percent]),
    [['toner', 'black', 40]],
  );
});
