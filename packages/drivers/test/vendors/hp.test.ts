/** HP machines that no capture shows, made of what the MIB says: names, versions, counts, inks, print servers. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Reading } from '@rsb/contract';
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

const PML = '1.3.6.1.4.1.11.2.3.9.4.2.1';
const GD_STATUS_ID = '1.3.6.1.4.1.11.2.3.9.1.1.7.0';
const JOBS = '1.3.6.1.4.1.236.11.5.11.53.11.2.1';
const CARD = 'HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD149,EEPROM V.33.20,CIDATE 05/18/2010';

function read(...told: Told): Reading {
  const { identification, interpretations } = replay(
    varbinds([SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.11.2.3.9.1' }], ...told),
  );
  assert.equal(identification.driver?.name, 'hp', identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only.reading;
}

const machine = (name: string): Told => [
  [SYS_DESCR, CARD],
  [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
  [`${HR_DEVICE_DESCR}.1`, name],
];
const pml = (number: string, value: Short) => [`${PML}.${number}.0`, value] as const;
/** With the symbol set (Roman-8) in front, as the MIB says of strings. */
const pmlText = (number: string, text: string) => pml(number, { hex: `0115${Buffer.from(text).toString('hex')}` });
const life = (count: bigint): Told => [
  [`${MARKER_UNIT}.1.1`, 7],
  [`${LIFE}.1.1`, count],
];

const MODELS: readonly (readonly [name: string, told: Told, model: string | null])[] = [
  ['the device row', machine('HP Color LaserJet CP4025'), 'Color LaserJet CP4025'],
  ['a device row with a NUL behind', machine('HP LaserJet 600 M602\0'), 'LaserJet 600 M602'],
  [
    'a machine before its series',
    [...machine('HP LaserJet P3010 Series'), [GD_STATUS_ID, 'MFG:Hewlett-Packard;MDL:HP LaserJet P3015;CLS:PRINTER;']],
    'LaserJet P3015',
  ],
  [
    'the series where nothing is closer',
    [...machine('HP LaserJet 4050 Series '), [GD_STATUS_ID, 'MFG:HP;MDL:HP LaserJet 4050 Series ;CLS:PRINTER;']],
    'LaserJet 4050',
  ],
  [
    'DES before a family in MDL',
    [
      [SYS_DESCR, CARD],
      [GD_STATUS_ID, 'MFG:HP;MDL:HP LaserJet MFP M129-M134;CLS:PRINTER;DES:HP LaserJet MFP M130nw;'],
    ],
    'LaserJet MFP M130nw',
  ],
  [
    'no product number of an inkjet',
    [
      [SYS_DESCR, CARD],
      [GD_STATUS_ID, 'MFG:HP;MDL:OfficeJet Pro 8710;CMD:PCL3GUI;CLS:PRINTER;DES:D9L18A;SN:CN63FBT0K9;'],
    ],
    'OfficeJet Pro 8710',
  ],
  ['the PML tree', [[SYS_DESCR, CARD], pmlText('1.3.2', 'HP LaserJet P4515')], 'LaserJet P4515'],
  [
    'a PID that names a line',
    [[SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT,SN:CN1,FN:X,SVCID:1,PID:HP Officejet Pro 8600 N911g']],
    'Officejet Pro 8600 N911g',
  ],
  [
    'no PID that the user wrote',
    [[SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT,SN:CNB1,FN:X,SVCID:1,PID:Front desk laser']],
    null,
  ],
  ['no name of the card', [[SYS_DESCR, CARD]], null],
  ['a description without a card', [[SYS_DESCR, 'HP OfficeJet Pro 9010 series']], 'OfficeJet Pro 9010'],
];

test('the model is the machine, not its card, family, product number or nickname', async (t) => {
  for (const [name, told, model] of MODELS) {
    await t.test(name, () => {
      const { identity } = read(...told);
      assert.deepEqual([identity?.manufacturer, identity?.model], ['HP', model]);
    });
  }
});

test('serial number and version lose the symbol set, and the release goes before the date of the code', () => {
  const both = read(
    ...machine('HP LaserJet M607'),
    pmlText('1.3.3', 'PHBHK12345'),
    pmlText('1.3.5', '20230214'),
    pmlText('1.3.6', '2509515_000481'),
    pmlText('1.3.12', 'A-0815'),
  ).identity;
  assert.deepEqual([both?.serialNumber, both?.firmware, both?.assetNumber], ['PHBHK12345', '2509515_000481', 'A-0815']);
  const older = read(...machine('HP LaserJet 4250'), pml('1.3.5', '20080903 08.160.4')).identity;
  assert.equal(older?.firmware, '20080903 08.160.4');
  assert.equal(read(...machine('HP LaserJet 4250')).identity?.firmware, null, 'EEPROM and JD are the card’s');
});

const KINDS: readonly (readonly [model: string, kind: string])[] = [
  ['HP LaserJet MFP M428fdw', 'mfp'],
  ['HP OfficeJet Pro 9015', 'mfp'],
  ['HP OfficeJet Pro 8210', 'printer'],
  ['Officejet Pro K5400', 'printer'],
  ['HP Officejet Pro X451dw Printer', 'printer'],
  ['HP Officejet Pro X476dw MFP', 'mfp'],
  ['HP PageWide Pro 477dw MFP', 'mfp'],
  ['HP ENVY 4520 series', 'mfp'],
  ['HP Color LaserJet CM2320nf MFP', 'mfp'],
  ['HP Color LaserJet CP2025dn', 'printer'],
  ['HP LaserJet 3055', 'mfp'],
  ['HP LaserJet 500 colorMFP M570dw', 'mfp'],
  ['hp LaserJet 9065mfp', 'mfp'],
  ['HP LaserJet 4200', 'printer'],
  ['HP LaserJet Pro 4001dn', 'printer'],
  ['HP DesignJet T2300 eMFP', 'mfp'],
  ['HP DesignJet T790', 'printer'],
];

test('an MFP by its name or by what it counts', async (t) => {
  for (const [model, kind] of KINDS) await t.test(model, () => assert.equal(read(...machine(model)).kind, kind));
  await t.test('copies', () => assert.equal(read(...machine('HP LaserJet 9040'), pml('2.2.1.63', 0)).kind, 'mfp'));
  await t.test('scans', () => assert.equal(read(...machine('HP LaserJet 9040'), pml('2.2.1.21', 7)).kind, 'mfp'));
  await t.test('no scans', () =>
    assert.equal(read(...machine('HP LaserJet 9040'), pml('2.2.1.21', 0)).kind, 'printer'),
  );
});

test('a card or box with no machine behind it is a print server', () => {
  assert.equal(read([SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT,ROM A.05.03,JETDIRECT EX,JD24']).kind, 'printServer');
  assert.equal(read([SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT']).kind, 'printServer');
  assert.equal(read(...machine('HP LaserJet 4000')).kind, 'printer');
  const box = read([SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT,ROM A,JETDIRECT 300X'], ...life(5n));
  assert.equal(box.kind, 'printer', 'the machine behind the box counts');
});

test('pages in mono and color, two-sided pages, copies, faxes', () => {
  const { counters } = read(
    ...machine('HP Color LaserJet MFP E47528'),
    ...life(9000n),
    pml('4.1.2.5', 9000),
    pml('4.1.2.6', 5600),
    pml('4.1.2.7', 3400),
    pml('4.1.2.22', 1200),
    pml('2.2.1.20', 640),
    pml('2.2.1.21', 55),
    pml('2.2.1.63', 700),
    pml('3.7.1.32', 31),
  );
  assert.ok(counters);
  assert.deepEqual(counters.total, { all: 9000, mono: 5600, color: 3400 });
  assert.deepEqual([counters.life, counters.vendorLife, counters.billing], [9000, 9000, 'total']);
  assert.deepEqual([counters.copy.all, counters.fax.all], [700, 31]);
  assert.equal(counters.duplex, 2400, 'the object counts sheets');
  assert.deepEqual(counters.print, { all: null, mono: null, color: null }, 'no object counts them');
  assert.deepEqual(counters.other, [
    { name: 'Two-sided sheets', value: 1200, unit: 'sheets' },
    { name: 'Scans from the feeder', value: 640, unit: 'count' },
    { name: 'Scans from the glass', value: 55, unit: 'count' },
  ]);
});

test('counts that the total denies are not used, and said to be denied', () => {
  const { counters, completeness } = read(
    ...machine('HP LaserJet MFP M227'),
    pml('4.1.2.5', 1000),
    pml('4.1.2.6', 900),
    pml('4.1.2.7', 101),
    pml('4.1.2.22', 501),
    pml('2.2.1.63', 10_884_743),
  );
  assert.deepEqual(counters?.total, { all: 1000, mono: null, color: null });
  assert.deepEqual([counters?.copy.all, counters?.duplex], [null, null]);
  for (const path of ['counters.total.mono', 'counters.total.color', 'counters.copy.all', 'counters.duplex'])
    assert.equal(completeness.reasons[path], 'checkFailed', path);
});

test('totals of the accounting tree only where they add up', () => {
  const usage = (all: number, color: number, mono: number) =>
    read(...machine('HP PageWide Color 755'), pml('1.16.1.9', all), pml('1.16.1.10', color), pml('1.16.1.11', mono))
      .counters;
  assert.deepEqual(usage(300, 120, 180)?.total, { all: 300, mono: 180, color: 120 });
  assert.deepEqual(usage(300, 120, 179)?.total, { all: null, mono: null, color: null });
});

test('mono and color copies are known by one project only', () => {
  const copies = (mono: number, color: number) =>
    read(...machine('HP Color LaserJet MFP M577'), pml('2.2.1.63', 90), pml('2.2.1.122', mono), pml('2.2.1.123', color))
      .counters?.copy;
  assert.deepEqual(copies(60, 30), { all: 90, mono: 60, color: 30 });
  assert.deepEqual(copies(60, 31), { all: 90, mono: null, color: null });
});

test('an A3 machine on another maker’s engine counts jobs in that maker’s table', () => {
  const row = (index: number, job: number, color: number, count: bigint): Told => [
    [`${JOBS}.2.1.${index}`, job],
    [`${JOBS}.4.1.${index}`, 7],
    [`${JOBS}.6.1.${index}`, color],
    [`${JOBS}.7.1.${index}`, count],
  ];
  const { counters, kind } = read(
    ...machine('HP Color MFP E77822'),
    ...row(1, 1, 3, 100n),
    ...row(2, 1, 1, 40n),
    ...row(3, 2, 3, 60n),
  );
  assert.deepEqual(counters?.total, { all: 200, mono: 160, color: 40 });
  assert.deepEqual(counters?.print, { all: 140, mono: 100, color: 40 });
  assert.equal(counters?.copy.all, 60);
  assert.equal(kind, 'mfp');
});

test('kits, staples, part numbers, trailing NULs', () => {
  const rows: readonly SupplyRow[] = [
    { type: 3, description: 'Black Cartridge HP CF360X\0', unit: 19, capacity: 100, level: 40 },
    { type: 1, description: 'Maintenance Kit HP 110V-F2G76A, 220V-F2G77A', unit: 19, capacity: 100, level: 97 },
    { type: 1, description: 'Document Feeder Kit HP L2725-60002', unit: 19, capacity: 100, level: 88 },
    { type: 20, description: 'Transfer Kit HP CE249A', unit: 19, capacity: 100, level: 9 },
    { type: 4, description: 'Toner Collection Unit HP B5L37A', supplyClass: 4, unit: 19, capacity: 100, level: 0 },
    { type: 32, description: 'Stapler 1', unit: 18, capacity: -2, level: -3 },
  ];
  const { supplies } = read(...machine('HP Color LaserJet MFP M577'), ...supplyRows(rows));
  assert.deepEqual(
    supplies?.map(({ type, color, percent, state, partNumber }) => [type, color, percent, state, partNumber]),
    [
      ['toner', 'black', 40, 'ok', 'CF360X'],
      ['maintenance', null, 97, 'ok', null],
      ['maintenance', null, 88, 'ok', 'L2725-60002'],
      ['transfer', null, 9, 'low', 'CE249A'],
      ['waste', null, 0, 'full', 'B5L37A'],
      ['staples', null, null, 'someRemaining', null],
    ],
  );
});

test('an inkjet has inks, and its print heads are none', () => {
  const rows: readonly SupplyRow[] = [
    { description: 'Matte Black Cartridge HP 727', capacity: 100, level: 60 },
    { description: 'Photo Black Cartridge HP 727', capacity: 100, level: 50 },
    { description: 'Gray Cartridge HP 727', capacity: 100, level: 40 },
    { type: 6, description: 'Cyan Ink Cartridge HP 727', capacity: 100, level: 30 },
    { type: 6, description: 'Printhead HP 727', capacity: -2, level: -3 },
  ];
  const { supplies } = read(...machine('HP DesignJet T920'), ...supplyRows(rows));
  assert.deepEqual(
    supplies?.map(({ type, color }) => [type, color]),
    [
      ['ink', 'matteBlack'],
      ['ink', 'photoBlack'],
      ['ink', 'gray'],
      ['ink', 'cyan'],
      ['other', null],
    ],
  );
});

test('an old inkjet whose Printer-MIB has device 0 and whose rows point at no colorant', () => {
  const { identification, interpretations } = replay(
    varbinds(
      [SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT'],
      [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
      [`${HR_DEVICE_DESCR}.1`, 'HP Business Inkjet 2800'],
      [`${LIFE}.0.1`, 777n],
      ...supplyRows(
        [
          { colorant: 0, type: 5, description: 'Black ink', capacity: 100, level: 70 },
          { colorant: 0, type: 5, description: 'Cyan ink', capacity: 100, level: 10 },
        ],
        0,
      ),
      [`${SUPPLY}.2.0.1`, 1],
      [`${SUPPLY}.2.0.2`, 2],
    ),
  );
  assert.equal(identification.driver?.name, 'hp');
  const reading = interpretations[0]?.reading;
  assert.equal(reading?.identity?.model, 'Business Inkjet 2800');
  assert.equal(reading?.counters?.life, 777);
  assert.deepEqual(
    reading?.supplies?.map(({ type, color, percent, state }) => [type, color, percent, state]),
    [
      ['ink', 'black', 70, 'ok'],
      ['ink', 'cyan', 10, 'low'],
    ],
  );
});

test('a machine is found by as little as an old card’s number, or its description', () => {
  for (const told of [
    [[SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.11.1' }]],
    [[SYS_DESCR, 'HP ETHERNET MULTI-ENVIRONMENT, ROM A.05.03, JETDIRECT, JD33']],
    [[SYS_DESCR, 'HP PageWide Pro 477dw MFP']],
  ] as const) {
    const { identification } = replay(varbinds(...told));
    assert.deepEqual([identification.verdict, identification.driver?.name], ['printer', 'hp']);
  }
});

test('switches of the same maker are no printers', () => {
  const { identification } = replay(
    varbinds(
      [SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.11.2.3.7.11.33' }],
      [SYS_DESCR, 'HP J8697A Switch 5406zl, revision K.15.08'],
      [SERIAL, 'SG1'],
    ),
  );
  assert.equal(identification.verdict, 'notPrinter');
});
