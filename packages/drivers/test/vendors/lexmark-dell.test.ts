/** Lexmark's tree, under its own root and under Dell's: versions, serial numbers, counts by type and unit, supplies. */
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
  SERIAL,
  type Short,
  SYS_DESCR,
  SYS_OBJECT_ID,
  supplyRows,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const LEXMARK = '1.3.6.1.4.1.641';
const DELL = '1.3.6.1.4.1.674.10898.100';
const USAGE = '1.3.6.1.4.1.253.8.53.13.2.1.6.1.20';

function read(driver: 'lexmark' | 'dell', ...told: Told): Reading {
  const id = driver === 'lexmark' ? `${LEXMARK}.2.71107164` : '1.3.6.1.4.1.674.10898.2.100.1';
  const { identification, interpretations } = replay(varbinds([SYS_OBJECT_ID, { oid: id }], ...told));
  assert.equal(identification.driver?.name, driver, identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only.reading;
}

const deviceRow = (text: string): Told => [
  [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
  [`${HR_DEVICE_DESCR}.1`, text],
];
const life = (count: bigint): Told => [
  [`${MARKER_UNIT}.1.1`, 7],
  [`${LIFE}.1.1`, count],
];

interface Identified {
  readonly name: string;
  readonly told: Told;
  readonly is: readonly [manufacturer: string, model: string, serial: string | null, firmware: string | null];
}

const IDENTITIES: readonly Identified[] = [
  {
    name: 'the adapter’s code is no version of the machine',
    told: [[SYS_DESCR, 'Lexmark MX611dhe version NH61.SB.N632 kernel 3.0.0 All-N-1']],
    is: ['Lexmark', 'MX611dhe', null, null],
  },
  {
    name: 'a newer machine tells its own version there',
    told: [[SYS_DESCR, 'Lexmark MX622ade version MXTGM.052.024 kernel 4.11.12-yocto-standard-abc All-N-1']],
    is: ['Lexmark', 'MX622ade', null, 'MXTGM.052.024'],
  },
  {
    name: 'model, serial number and version in the device row',
    told: [
      [SYS_DESCR, 'Lexmark MS510dn version NH5.PRL.N417'],
      ...deviceRow('Lexmark MS510dn 451445LM1F0L6 LW40.PRL.P417'),
    ],
    is: ['Lexmark', 'MS510dn', '451445LM1F0L6', 'LW40.PRL.P417'],
  },
  {
    name: 'a device row without a serial number',
    told: [...deviceRow('Lexmark C543 LL.AS.P101'), [`${SERIAL}.1`, '5038001234567']],
    is: ['Lexmark', 'C543', '5038001234567', 'LL.AS.P101'],
  },
  {
    name: 'a device row whose model could be a serial number',
    told: deviceRow('Lexmark MS510 LW40.PRL.P417'),
    is: ['Lexmark', 'MS510', null, 'LW40.PRL.P417'],
  },
  {
    name: 'the private tree alone',
    told: [
      [SYS_DESCR, 'Lexmark X654de version NR.APS.N632 kernel 2.6.18.5 All-N-1'],
      [`${LEXMARK}.2.1.2.1.2.1`, 'Lexmark X654de'],
      [`${LEXMARK}.2.1.2.1.4.1`, 'LR.MN.P840-0'],
      [`${LEXMARK}.2.1.2.1.6.1`, '7930XYZ'],
    ],
    is: ['Lexmark', 'X654de', '7930XYZ', 'LR.MN.P840-0'],
  },
  {
    name: 'another brand on the case',
    told: [
      [SYS_DESCR, 'TOSHIBA e-STUDIO385P version NH63.GM.N639 kernel 3.0.0 All-N-1'],
      [`${LEXMARK}.6.2.3.1.5.1`, 'T123456789'],
    ],
    is: ['Toshiba', 'e-STUDIO385P', 'T123456789', null],
  },
];

test('who the machine is', async (t) => {
  for (const { name, told, is } of IDENTITIES) {
    await t.test(name, () => {
      const { identity } = read('lexmark', ...told);
      assert.deepEqual([identity?.manufacturer, identity?.model, identity?.serialNumber, identity?.firmware], is);
    });
  }
});

const KINDS: readonly (readonly [string, string])[] = [
  ['MX521ade', 'mfp'],
  ['CX725de', 'mfp'],
  ['MB2546adwe', 'mfp'],
  ['XC4150', 'mfp'],
  ['X738de', 'mfp'],
  ['MS826de', 'printer'],
  ['CS820de', 'printer'],
  ['B2236dw', 'printer'],
  ['C4150', 'printer'],
  ['T652dn', 'printer'],
];

test('MFP by its name', async (t) => {
  for (const [model, kind] of KINDS)
    await t.test(model, () => assert.equal(read('lexmark', [SYS_DESCR, `Lexmark ${model} version NS.N1`]).kind, kind));
});

const SIDES = 4;
const SHEETS = 5;

const pages = (root: string, rows: readonly (readonly [type: number, unit: number | null, count: bigint])[]): Told =>
  rows.flatMap(([type, unit, count], index) => [
    [`${root}.6.4.2.1.1.2.1.${index + 1}`, type] as const,
    ...(unit === null ? [] : [[`${root}.6.4.2.1.1.3.1.${index + 1}`, unit] as const]),
    [`${root}.6.4.2.1.1.4.1.${index + 1}`, count] as const,
  ]);

const COLOR_MFP = [
  [1, SIDES, 1010n],
  [2, SIDES, 1000n],
  [2, SHEETS, 700n],
  [3, SIDES, 600n],
  [4, SIDES, 400n],
  [16, SIDES, 800n],
  [17, SIDES, 500n],
  [18, SIDES, 300n],
  [32, SIDES, 190n],
  [33, SIDES, 95n],
  [34, SIDES, 95n],
  [48, SIDES, 10n],
  [130, SIDES, 600n],
] as const;

test('counts by type, in sides; rows in sheets are another base', () => {
  for (const [driver, root] of [
    ['lexmark', LEXMARK],
    ['dell', DELL],
  ] as const) {
    const { counters, kind } = read(driver, ...life(1000n), ...pages(root, COLOR_MFP));
    assert.ok(counters);
    assert.deepEqual(counters.total, { all: 1000, mono: 600, color: 400 });
    assert.deepEqual(counters.print, { all: 800, mono: 500, color: 300 });
    assert.deepEqual(counters.copy, { all: 190, mono: 95, color: 95 });
    assert.deepEqual(counters.fax, { all: 10, mono: null, color: null });
    assert.deepEqual([counters.vendorLife, counters.billing, counters.duplex], [1000, 'total', null]);
    assert.deepEqual(counters.other, [{ name: 'Clicks, mono', value: 600, unit: 'count' }]);
    assert.equal(kind, 'mfp');
  }
});

test('the order of rows means nothing, and a unit that is not told leaves two rows of one type unread', () => {
  const turned = read('lexmark', ...pages(LEXMARK, [...COLOR_MFP].reverse())).counters;
  assert.deepEqual(turned?.total, { all: 1000, mono: 600, color: 400 });
  const untold = read(
    'lexmark',
    ...pages(LEXMARK, [
      [2, null, 1000n],
      [2, null, 700n],
      [3, null, 600n],
    ]),
  ).counters;
  assert.deepEqual(untold?.total, { all: null, mono: 600, color: null });
});

test('splits that their wholes deny are not used', () => {
  const { counters, completeness } = read(
    'lexmark',
    ...pages(LEXMARK, [
      [2, SIDES, 1000n],
      [3, SIDES, 600n],
      [4, SIDES, 401n],
      [16, SIDES, 900n],
      [32, SIDES, 200n],
    ]),
  );
  assert.deepEqual(counters?.total, { all: 1000, mono: null, color: null });
  assert.deepEqual([counters?.print.all, counters?.copy.all], [null, null]);
  for (const path of ['counters.total.mono', 'counters.print.all'])
    assert.equal(completeness.reasons[path], 'checkFailed', path);
});

const sizes = (rows: readonly (readonly [size: number, mono: bigint, color: bigint])[]): Told =>
  rows.flatMap(([size, mono, color], index) => [
    [`${LEXMARK}.6.4.2.2.1.2.1.${index + 1}`, size] as const,
    [`${LEXMARK}.6.4.2.2.1.6.1.${index + 1}`, mono] as const,
    [`${LEXMARK}.6.4.2.2.1.7.1.${index + 1}`, color] as const,
  ]);

test('large pages by size, in mono and color', () => {
  const rows = [
    [68, 500n, 350n],
    [67, 60n, 40n],
    [14, 40n, 10n],
  ] as const;
  const right = read('lexmark', ...pages(LEXMARK, [[2, SIDES, 1000n]]), ...sizes(rows));
  assert.equal(right.counters?.largeFormat, 150);
  assert.equal(right.provenance?.['counters.largeFormat']?.check, 'sizes = total');
  const denied = read('lexmark', ...pages(LEXMARK, [[2, SIDES, 999n]]), ...sizes(rows));
  assert.equal(denied.counters?.largeFormat, null);
  assert.equal(denied.completeness.reasons['counters.largeFormat'], 'checkFailed');
});

test('all kinds of scans are the scans', () => {
  const { counters, kind } = read(
    'lexmark',
    [SYS_DESCR, 'Lexmark MX521de version MXNGM.052.024'],
    [`${LEXMARK}.6.4.3.1.1.4.1.1`, 40n],
    [`${LEXMARK}.6.4.3.1.1.4.1.2`, 2n],
    [`${LEXMARK}.6.4.3.1.1.4.1.3`, 8n],
  );
  assert.deepEqual(counters?.scan, { all: 50, mono: null, color: null });
  assert.equal(kind, 'mfp');
});

test('the undocumented counts of older machines only where they add up', () => {
  const old = (all: number, mono: number, color: number) =>
    read('lexmark', [`${LEXMARK}.2.1.5.1.0`, all], [`${LEXMARK}.2.1.5.2.0`, mono], [`${LEXMARK}.2.1.5.3.0`, color])
      .counters?.total;
  assert.deepEqual(old(10, 7, 3), { all: 10, mono: 7, color: 3 });
  assert.deepEqual(old(10, 7, 4), { all: null, mono: null, color: null });
});

const own = (column: number, row: number, value: Short) => [`${LEXMARK}.6.4.4.1.1.${column}.1.${row}`, value] as const;

test('its own table of supplies adds numbers, and levels where the standard has none', () => {
  const { supplies } = read(
    'lexmark',
    ...supplyRows([
      { type: 3, description: 'Black Toner', unit: 7, capacity: 25_000, level: 10_000 },
      { type: 3, description: 'Cyan Toner', capacity: -2, level: -3 },
      { type: 9, description: 'Imaging Kit', capacity: -2, level: -2 },
      { type: 4, description: 'Waste Toner Bottle', supplyClass: 4, capacity: -2, level: -3 },
    ]),
    own(3, 1, 6),
    own(4, 1, 'black'),
    own(6, 1, 'CAB1234567'),
    own(7, 1, '62D2H00'),
    own(14, 1, 25_000),
    own(16, 1, 9_000n),
    own(3, 2, 6),
    own(4, 2, 'cyan'),
    own(14, 2, 3000),
    own(16, 2, 600n),
    own(3, 3, 7),
    own(4, 3, 'none'),
    own(12, 3, 4),
    own(3, 4, 10),
    own(14, 4, 100),
    own(16, 4, 90n),
  );
  assert.deepEqual(
    supplies?.map(({ type, color, percent, state, partNumber, serialNumber }) => [
      type,
      color,
      percent,
      state,
      partNumber,
      serialNumber,
    ]),
    [
      ['toner', 'black', 40, 'ok', '62D2H00', 'CAB1234567'],
      ['toner', 'cyan', 20, 'ok', null, null],
      ['drum', null, null, 'low', null, null],
      ['waste', null, null, 'someRemaining', null, null],
    ],
  );
});

test('its own table stands in where the standard one is not told', () => {
  const { supplies } = read(
    'lexmark',
    [SYS_DESCR, 'Lexmark CS820de version CSTPP.052.024'],
    own(3, 1, 6),
    own(4, 1, 'magenta'),
    own(5, 1, 'Magenta Cartridge'),
    own(14, 1, 8000),
    own(16, 1, 400n),
    own(3, 2, 9),
    own(4, 2, 'none'),
    own(5, 2, 'Fuser'),
    own(14, 2, 200_000),
    own(16, 2, 100_000n),
  );
  assert.deepEqual(
    supplies?.map(({ type, color, percent, state, description }) => [type, color, percent, state, description]),
    [
      ['toner', 'magenta', 5, 'low', 'Magenta Cartridge'],
      ['fuser', null, 50, 'ok', 'Fuser'],
    ],
  );
});

const DELLS: readonly Identified[] = [
  {
    name: 'a service tag with a suffix',
    told: [
      [SYS_DESCR, 'Dell B5460dn version NH6.DN.N219 kernel 2.6.28'],
      [`${SERIAL}.1`, '7XQ1R92-132-13'],
    ],
    is: ['Dell', 'B5460dn', '7XQ1R92', null],
  },
  {
    name: 'the tag in the device row',
    told: deviceRow('Dell B3465dnf 5YRQ5R1 LW41.TR.P420'),
    is: ['Dell', 'B3465dnf', '5YRQ5R1', 'LW41.TR.P420'],
  },
  {
    name: 'the tag with a suffix in the private tree',
    told: [
      [`${DELL}.2.1.2.1.3.1`, 'COMMAND SET:;MODEL:Dell S5830dn'],
      [`${DELL}.2.1.2.1.6.1`, '7XQ1R92-132-13'],
    ],
    is: ['Dell', 'S5830dn', '7XQ1R92', null],
  },
  {
    name: 'another serial number is left as it is',
    told: [
      [SYS_DESCR, 'Dell C3765dnf Color MFP; Net 12.01, Controller 201204251120, Engine 03.00'],
      [`${SERIAL}.1`, 'CN-0ABC12'],
    ],
    is: ['Dell', 'C3765dnf Color MFP', 'CN-0ABC12', '201204251120'],
  },
  {
    name: 'a tree of the engine’s maker',
    told: [[SYS_DESCR, 'Dell 2335dn MFP;V2.70.02.91 NOV-26-2010;Engine 1.10.20;NIC V4.00;S/N 86ABCD1']],
    is: ['Dell', '2335dn MFP', '86ABCD1', 'V2.70.02.91 NOV-26-2010'],
  },
];

test('Dell: the service tag is the serial number, on whosever engine', async (t) => {
  for (const { name, told, is } of DELLS) {
    await t.test(name, () => {
      const { identity } = read('dell', ...told);
      assert.deepEqual([identity?.manufacturer, identity?.model, identity?.serialNumber, identity?.firmware], is);
    });
  }
});

const DELL_KINDS: readonly (readonly [string, string])[] = [
  ['Dell Color Laser 3110cn; Net 8.0, Controller 200601', 'printer'],
  ['Dell MFP Laser 3115cn; Net 9.26, Controller 200709110910', 'mfp'],
  ['Dell C1765nfw Color MFP; Net 11', 'mfp'],
  ['Dell B1265dnf Laser; V1.0', 'mfp'],
  ['Dell Color MFP H625cdw; Net 1.0, Controller 201512', 'mfp'],
  ['Dell C2660dn Color Laser; Net 1.0, Controller 201512', 'printer'],
  ['Dell S2830dn version NH1.N1', 'printer'],
];

test('Dell: MFP by its name', async (t) => {
  for (const [text, kind] of DELL_KINDS)
    await t.test(text, () => assert.equal(read('dell', [SYS_DESCR, text]).kind, kind));
});

test('Dell: the totals of the engine’s maker only where they add up', () => {
  const usage = (all: number, mono: number, color: number) =>
    read(
      'dell',
      [SYS_DESCR, 'Dell 5130cdn Color Laser; Net 9.17, Controller 201002101540'],
      ...life(9n),
      [`${USAGE}.1`, all],
      [`${USAGE}.34`, mono],
      [`${USAGE}.33`, color],
    ).counters?.total;
  assert.deepEqual(usage(500, 300, 200), { all: 500, mono: 300, color: 200 });
  assert.deepEqual(usage(500, 300, 201), { all: null, mono: null, color: null });
});

test('Dell’s servers and switches are no printers', () => {
  for (const id of ['1.3.6.1.4.1.674.10892.2', '1.3.6.1.4.1.674.10895.3054', '1.3.6.1.4.1.674.11000.2000.100.4.1.1']) {
    const { identification } = replay(
      varbinds([SYS_OBJECT_ID, { oid: id }], [SYS_DESCR, 'Dell Out-of-band SNMP Agent for Remote Access Controller']),
    );
    assert.equal(identification.verdict, 'notPrinter', id);
  }
});

test('tables without measure and names without end are cut', () => {
  const many = <T>(value: (row: number) => T): readonly T[] => Array.from({ length: 3000 }, (_, row) => value(row + 1));
  const long = Array.from({ length: 100 }, () => '4294967295').join('.');
  const reading = read(
    'lexmark',
    ...pages(
      LEXMARK,
      many((row) => [row % 140, row % 2 === 0 ? SIDES : null, BigInt(row)] as const),
    ),
    ...sizes(many((row) => [67, BigInt(row), 1n] as const)),
    ...many((row) => own(3, row, 6)),
    ...many((row) => own(16, row, 5n)),
    [`${LEXMARK}.6.4.4.1.1.3.${long}`, 6],
    [`${LEXMARK}.6.4.4.1.1.16.${long}`, 6n],
  );
  const parsed = parseReading(JSON.parse(JSON.stringify(reading)));
  assert.ok(parsed.ok, JSON.stringify(parsed));
});
