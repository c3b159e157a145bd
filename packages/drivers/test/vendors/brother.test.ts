/** Brother's binary records and tables, from the facts of its MIB: what no capture shows, and what devices get wrong. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { PARTS, type Reading } from '@rsb/contract';
import { instanceOf, oid } from '@rsb/snmp/oid';
import fc from 'fast-check';
import { answersOf } from '../../src/answers.ts';
import { type Interpretation, interpretInDetail } from '../../src/index.ts';
import { brother } from '../../src/vendors/brother/driver.ts';
import { decodeRecords, unsignedOf } from '../../src/vendors/brother/records.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  PRINTER_DEVICE,
  type Short,
  type SupplyRow,
  SYS_DESCR,
  supplyRows,
  varbinds,
} from '../support/varbinds.ts';

const B = '1.3.6.1.4.1.2435.2.3.9.4.2.1.5';
const MAINTENANCE = `${B}.5.8.0`;
const COUNTERS = `${B}.5.10.0`;
const NEXT_CARE = `${B}.5.11.0`;
const MARK_TECH = '1.3.6.1.2.1.43.10.2.1.2.1.1';

type Pair = readonly [string, Short];
/** Record id to value: a number takes four octets, octets stand as they are. */
type Records = readonly (readonly [number, number | readonly number[]])[];

function encode(records: Records, end: readonly number[] = [0xff]): { readonly hex: string } {
  const octets = records.flatMap(([id, value]) => {
    const bytes = typeof value === 'number' ? [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff) : value;
    return [id, 1, bytes.length, ...bytes];
  });
  return { hex: Buffer.from([...octets, ...end]).toString('hex') };
}

function detail(model: string, ...told: readonly Pair[]): Interpretation {
  const answers = answersOf(
    varbinds([`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE], [`${HR_DEVICE_DESCR}.1`, `Brother ${model} series`], ...told),
  );
  const [only, ...more] = interpretInDetail({
    driver: brother,
    answers,
    asked: PARTS,
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.ok(only !== undefined && more.length === 0);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only;
}

const read = (model: string, ...told: readonly Pair[]): Reading => detail(model, ...told).reading;

/** Supplies in short: type, color, percent and state. */
const supplies = (model: string, ...told: readonly Pair[]): readonly string[] =>
  (read(model, ...told).supplies ?? []).map(({ type, color, percent, state }) =>
    [type, color ?? '-', percent ?? '-', state].join(' '),
  );

const laserRows: readonly SupplyRow[] = [
  { type: 3, description: 'Black Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 3, description: 'Cyan Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 3, description: 'Magenta Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 3, description: 'Yellow Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 4, description: 'Waste Toner Box', unit: 13, capacity: -2, level: -3, supplyClass: 4 },
  { type: 1, description: 'Belt Unit', unit: 7, capacity: 50_000, level: 41_160, supplyClass: 3 },
  { type: 9, description: 'Drum Unit', unit: 7, capacity: 15_000, level: 10_061, supplyClass: 3 },
];

test('records step by their own length, whatever it is, and end at FF or at the end of the octets', () => {
  const record = fc.tuple(fc.integer({ min: 0, max: 0xfe }), fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }));
  const records = fc.uniqueArray(record, { selector: ([id]) => id, maxLength: 40 });
  const plain = (octets: Uint8Array) => [...decodeRecords(octets)].map(([id, value]) => [id, [...value]]);
  fc.assert(
    fc.property(records, fc.boolean(), fc.nat(), (list, closed, cut) => {
      const octets = Uint8Array.from(Buffer.from(encode(list, closed ? [0xff] : []).hex, 'hex'));
      assert.deepEqual(plain(octets), list);
      // Cut anywhere, what is left is the beginning of the same records, none of them changed.
      const short = plain(octets.subarray(0, cut % (octets.length + 1)));
      assert.deepEqual(short, list.slice(0, short.length));
    }),
  );
});

test('values are big-endian and stay exact to 64 bits', () => {
  const cases: readonly (readonly [readonly number[], number | string])[] = [
    [[0x23, 0xf0], 9200],
    [[0xff, 0xff, 0xff, 0xff], 4_294_967_295],
    [[0, 0, 0, 1, 0, 0, 0, 0], 4_294_967_296],
    [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], '18446744073709551615'],
  ];
  for (const [octets, value] of cases) assert.equal(unsignedOf(Uint8Array.from(octets)), value);
});

test('octets that are no records are none', () => {
  for (const hex of [
    '',
    'ff',
    '6f',
    '6f01',
    '6f0104',
    '6f0104000000',
    '6f020400001e14',
    '6f0100',
    '6f0109000000000000000001',
  ])
    assert.equal(decodeRecords(Buffer.from(hex, 'hex')).size, 0, hex);
  assert.deepEqual([...decodeRecords(Buffer.from('31010101ff6f0104000026ac', 'hex')).keys()], [0x31], 'FF ends them');
  assert.deepEqual(
    [...(decodeRecords(Buffer.from('310101013101010232010101', 'hex')).get(0x31) ?? [])],
    [1],
    'the first counts',
  );
});

test('each form of a level', () => {
  const cases: readonly (readonly [string, Records, readonly string[]])[] = [
    ['four octets are hundredths of a percent', [[0x6f, 9100]], ['toner black 91 ok']],
    ['two octets are twentieths', [[0xa1, [4, 20]]], ['toner black 20 ok']],
    ['nothing left', [[0x6f, 0]], ['toner black 0 empty']],
    ['more than all of it is no level', [[0x6f, 10_500]], ['toner black - unknown']],
    ['more than its twentieths is no level', [[0xa1, [21, 20]]], ['toner black - unknown']],
    ['of a whole of nothing', [[0xa1, [0, 0]]], ['toner black - unknown']],
    [
      'whole percent, rounded up, is passed over',
      [
        [0x81, 100],
        [0x6f, 9100],
      ],
      ['toner black 91 ok'],
    ],
    ['whole percent alone', [[0x82, 40]], ['toner cyan 40 ok']],
    [
      'a state alone',
      [
        [0x31, 1],
        [0x32, 2],
        [0x33, 7],
      ],
      ['toner black - ok', 'toner cyan - low', 'toner magenta - unknown'],
    ],
    ['a drum', [[0x41, 9700]], ['drum - 97 ok']],
    ['a drum of one octet is a state', [[0x41, [3]]], ['drum - - unknown']],
    [
      'that a drum record explains',
      [
        [0x41, [3]],
        [0x63, [1]],
      ],
      ['drum - - ok'],
    ],
    ['or says to replace', [[0x63, 3]], ['drum - - empty']],
    [
      'four drums',
      [
        [0x80, 6800],
        [0x79, 500],
        [0x7a, 0],
        [0x7b, 10_000],
      ],
      ['drum black 68 ok', 'drum cyan 5 low', 'drum magenta 0 empty', 'drum yellow 100 ok'],
    ],
    [
      'parts',
      [
        [0x69, 8300],
        [0x6a, 9100],
        [0x6b, 9000],
        [0x6c, 100],
        [0x6d, 9200],
      ],
      ['transfer - 83 ok', 'fuser - 91 ok', 'other - 90 ok', 'maintenance - 92 ok', 'maintenance - 1 low'],
    ],
    [
      'thresholds and states without a subject are no supplies',
      [
        [0x86, 16],
        [0x87, 16],
        [0x35, 1],
        [0x54, 1],
        [0x55, 1],
        [0x76, 1],
        [0x7f, 1],
        [0x85, 30],
      ],
      [],
    ],
  ];
  for (const [name, records, want] of cases) {
    assert.deepEqual(supplies('HL-5240', [MAINTENANCE, encode(records)]), want, name);
  }
});

test('pages left and pages used tell a drum whose percent is not told', () => {
  const maintenance = encode([[0x11, 1603]]);
  assert.deepEqual(supplies('HL-5240', [MAINTENANCE, maintenance], [NEXT_CARE, encode([[0x82, 10_397]])]), [
    'drum - 87 ok',
  ]);
  assert.deepEqual(supplies('HL-5240', [MAINTENANCE, maintenance]), [], 'pages used alone say nothing of what is left');
  assert.deepEqual(supplies('HL-5240', [NEXT_CARE, encode([[0x82, 7809]])]), [], 'nor pages left without a whole');
});

test('toner or ink is told by the rows, the marking technology, the parts, and last the name', () => {
  const level = [MAINTENANCE, encode([[0x6f, 5000]])] as const;
  const inkRow = supplyRows([{ type: 5, description: 'Black', unit: 13, capacity: -2, level: -3, supplyClass: 3 }]);
  const cases: readonly (readonly [string, readonly Pair[], string])[] = [
    ['MFC-L2710DW', [level], 'toner'],
    ['DCP-1610W', [level], 'toner'],
    ['MFC-9840CDW', [level], 'toner'],
    ['MFC-J5330DW', [level], 'ink'],
    ['DCP-T520W', [level], 'ink'],
    ['HL-T4000DW', [level], 'ink'],
    ['DCP-385C', [level], 'ink'],
    ['MFC-6890CDW', [level], 'ink'],
    ['MFC-J1010DW', [level, [MARK_TECH, 4]], 'toner'],
    ['HL-5240', [level, [MARK_TECH, 12]], 'ink'],
    ['HL-5240', [level, ...inkRow], 'ink'],
    [
      'MFC-J1010DW',
      [
        [
          MAINTENANCE,
          encode([
            [0x6f, 5000],
            [0x41, 5000],
          ]),
        ],
      ],
      'toner',
    ],
  ];
  for (const [model, told, want] of cases) assert.equal(read(model, ...told).supplies?.[0]?.type, want, model);
});

test('a nameless machine of several colors without drums or belt is an inkjet', () => {
  const type = (records: Records) => {
    const answers = answersOf(varbinds([MAINTENANCE, encode(records)]));
    const input = {
      driver: brother,
      answers,
      asked: PARTS,
      address: '127.0.0.1',
      port: 161,
      takenAt: '2026-11-24T08:00:00Z',
    };
    return interpretInDetail(input)[0]?.reading.supplies?.[0]?.type;
  };
  assert.equal(
    type([
      [0x6f, 5000],
      [0x70, 5000],
    ]),
    'ink',
  );
  assert.equal(
    type([
      [0x6f, 5000],
      [0x70, 5000],
      [0x69, 5000],
    ]),
    'toner',
  );
  assert.equal(type([[0x6f, 5000]]), 'toner');
});

test('a row of the standard table and its record are one supply; parts that only the records know are added', () => {
  const records = encode([
    [0x6f, 9100],
    [0x70, 6100],
    [0x71, 5900],
    [0x72, 2000],
    [0x81, 100],
    [0x82, 70],
    [0x69, 8300],
    [0x41, 6800],
    [0x6a, 9100],
    [0x6d, 9200],
  ]);
  assert.deepEqual(supplies('HL-L8260CDW', ...supplyRows(laserRows), [MAINTENANCE, records]), [
    'toner black 91 ok',
    'toner cyan 61 ok',
    'toner magenta 59 ok',
    'toner yellow 20 ok',
    'waste - - someRemaining',
    'transfer - 82 ok',
    'drum - 67 ok',
    'fuser - 91 ok',
    'maintenance - 92 ok',
  ]);
});

test('a level of the standard table that the record denies gives way, pages that agree stay', () => {
  const [belt] =
    read('HL-L8260CDW', ...supplyRows(laserRows.slice(5)), [
      MAINTENANCE,
      encode([
        [0x69, 8300],
        [0x41, 2000],
      ]),
    ]).supplies ?? [];
  assert.deepEqual([belt?.level, belt?.capacity, belt?.unit], [41_160, 50_000, 'impressions']);
  const [, drum] =
    read('HL-L8260CDW', ...supplyRows(laserRows.slice(5)), [MAINTENANCE, encode([[0x41, 2000]])]).supplies ?? [];
  assert.deepEqual([drum?.percent, drum?.level, drum?.capacity, drum?.unit], [20, 20, 100, 'percent']);
  const code = supplyRows([
    { type: 3, description: 'Black Toner Cartridge', unit: 13, capacity: 100, level: 0, supplyClass: 3 },
  ]);
  assert.deepEqual(
    supplies('HL-5350DN', ...code, [MAINTENANCE, encode([[0x6f, 8000]])]),
    ['toner black 80 ok'],
    'a code of 0 is no emptiness',
  );
});

test('states of the records say more than "some remaining" only where they are bad news', () => {
  const rows = supplyRows(laserRows.slice(0, 2));
  assert.deepEqual(
    supplies('HL-L8260CDW', ...rows, [
      MAINTENANCE,
      encode([
        [0x31, 1],
        [0x32, 2],
      ]),
    ]),
    ['toner black - someRemaining', 'toner cyan - low'],
  );
});

test('four drums take the place of the one row that stands for them', () => {
  const drums = encode([
    [0x80, 6800],
    [0x79, 6700],
    [0x7a, 6600],
    [0x7b, 6500],
  ]);
  assert.deepEqual(supplies('DCP-9020CDW', ...supplyRows(laserRows.slice(6)), [MAINTENANCE, drums]), [
    'drum black 68 ok',
    'drum cyan 67 ok',
    'drum magenta 66 ok',
    'drum yellow 65 ok',
  ]);
});

test('of a cartridge that stands twice in the table, the row with contents gets the level', () => {
  const twice: readonly SupplyRow[] = [0, -3].map((level) => ({
    type: 3,
    description: 'Black Toner Cartridge',
    capacity: -2,
    level,
  }));
  assert.deepEqual(supplies('HL-5370DW', ...supplyRows(twice), [MAINTENANCE, encode([[0x6f, 4000]])]), [
    'toner black - unknown',
    'toner black 40 ok',
  ]);
});

test('paper feeding kits are maintenance, with and without a record', () => {
  const rows = supplyRows([
    { type: 1, description: 'PF Kit MP', unit: 7, capacity: 50_000, level: 49_000, supplyClass: 3 },
    { type: 1, description: 'PF Kit 1', unit: 7, capacity: 100_000, level: 1_000, supplyClass: 3 },
    { type: 1, description: 'Laser Unit', unit: 7, capacity: 100_000, level: 50_000, supplyClass: 3 },
  ]);
  const want = ['maintenance - 98 ok', 'maintenance - 1 low', 'other - 50 ok'];
  assert.deepEqual(supplies('HL-L6400DW', ...rows), want);
  assert.deepEqual(
    supplies('HL-L6400DW', ...rows, [
      MAINTENANCE,
      encode([
        [0x6c, 9800],
        [0x6d, 100],
        [0x6b, 5000],
      ]),
    ]),
    want,
  );
});

test('the counter records are read by id, in whatever order, and hold themselves to account', () => {
  const good = read('MFC-L8650CDW', [
    COUNTERS,
    encode([
      [0x02, 5072],
      [0x16, 13_443],
      [0x00, 8698],
      [0x07, 1200],
      [0x06, 3000],
      [0x01, 3626],
      [0x08, 1800],
      [0x12, 8000],
    ]),
  ]).counters;
  assert.deepEqual(good?.total, { all: 8698, mono: 3626, color: 5072 });
  assert.deepEqual([good?.vendorLife, good?.duplex, good?.billing], [8698, 3000, 'total']);

  const split = read('MFC-L8650CDW', [
    COUNTERS,
    encode([
      [0x00, 8698],
      [0x01, 3626],
      [0x02, 5000],
    ]),
  ]);
  assert.deepEqual(split.counters?.total, { all: 8698, mono: null, color: null });
  assert.equal(split.completeness.reasons['counters.total.color'], 'checkFailed');

  for (const bad of [
    [
      [0x00, 100],
      [0x06, 60],
      [0x07, 20],
      [0x08, 30],
    ],
    [
      [0x00, 100],
      [0x06, 160],
    ],
  ] as const) {
    const duplex = read('MFC-L8650CDW', [COUNTERS, encode(bad)]);
    assert.equal(duplex.counters?.duplex, null);
    assert.equal(duplex.completeness.reasons['counters.duplex'], 'checkFailed');
  }
});

test('mono and color without a total are added up; images of a color are no pages', () => {
  const { counters, provenance } = read('MFC-J680DW', [
    COUNTERS,
    encode([
      [0x01, 461],
      [0x02, 491],
    ]),
  ]);
  assert.deepEqual(counters?.total, { all: 952, mono: 461, color: 491 });
  assert.equal(provenance?.['counters.total.all']?.how, 'sum');
  assert.deepEqual(
    read('HL-L3210CW', [
      COUNTERS,
      encode([
        [0x12, 50],
        [0x16, 200],
      ]),
    ]).counters?.total,
    { all: null, mono: null, color: null },
  );
});

const functionTable = (rows: readonly (readonly [id: number, pages: number])[]): readonly Pair[] =>
  rows.flatMap(([id, pages], index) => [
    [`${B}.5.52.21.1.2.${index + 11}`, id] as const,
    [`${B}.5.52.21.1.3.${index + 11}`, BigInt(pages)] as const,
  ]);
const total = (pages: number): Pair => [COUNTERS, encode([[0x00, pages]])];
const BY_FUNCTION = [
  [3, 30],
  [9, 10],
  [4, 20],
  [1, 60],
  [7, 55],
  [5, 5],
  [2, 8],
  [91, 2],
] as const;

test('pages by function are joined by their ids and used where they add up to the total', () => {
  const { counters, provenance } = read('MFC-L8690CDW', total(100), ...functionTable(BY_FUNCTION));
  assert.deepEqual(counters?.print, { all: 60, mono: 55, color: 5 });
  assert.deepEqual(counters?.copy, { all: 30, mono: 10, color: 20 });
  assert.deepEqual(counters?.fax, { all: 8, mono: null, color: null });
  assert.equal(provenance?.['counters.copy.color']?.check, 'functions = total');
});

test('functions that do not add up to the total are not used, and the reason is told', () => {
  const { reading, draft } = detail('MFC-L8690CDW', total(101), ...functionTable(BY_FUNCTION));
  assert.deepEqual(reading.counters?.print, { all: null, mono: null, color: null });
  assert.equal(reading.completeness.reasons['counters.print.all'], 'checkFailed');
  assert.ok(draft.rejections.some(({ path, value }) => path === 'counters.print.all' && value === '60'));
  const halves = read(
    'MFC-L8690CDW',
    total(60),
    ...functionTable([
      [1, 60],
      [7, 50],
      [5, 5],
    ]),
  );
  assert.deepEqual(halves.counters?.print, { all: 60, mono: null, color: null });
});

test('an older machine without records is held to its standard life count', () => {
  const { counters } = read('MFC-8890DW', [`${LIFE}.1.1`, 100n], ...functionTable(BY_FUNCTION));
  assert.deepEqual([counters?.print.all, counters?.total.all, counters?.billing], [60, null, 'life']);
});

test('large format is the A3 and ledger rows, where all sizes are the total', () => {
  const sizes = (rows: readonly (readonly [number, number])[]): readonly Pair[] =>
    rows.flatMap(([id, pages], index) => [
      [`${B}.5.52.1.1.2.${index + 1}`, id] as const,
      [`${B}.5.52.1.1.3.${index + 1}`, BigInt(pages)] as const,
    ]);
  const rows = [
    [26, 70],
    [27, 20],
    [890, 5],
    [2, 5],
  ] as const;
  assert.equal(read('MFC-J6945DW', total(100), ...sizes(rows)).counters?.largeFormat, 25);
  const other = read('MFC-J6945DW', total(120), ...sizes(rows));
  assert.equal(other.counters?.largeFormat, null);
  assert.equal(other.completeness.reasons['counters.largeFormat'], 'checkFailed');
  assert.equal(
    read('MFC-J4540DW', total(70), ...sizes([[26, 70]])).counters?.largeFormat,
    null,
    'no such row, no count',
  );
});

test('scans are the sum of feeder, glass and two-sided feeder', () => {
  const scans = [1, 2, 3, 9].flatMap((type, index): readonly Pair[] => [
    [`${B}.5.54.2.2.1.2.${index + 1}`, type],
    [`${B}.5.54.2.2.1.3.${index + 1}`, 10n],
  ]);
  assert.equal(read('MFC-L2710DW', ...scans).counters?.scan.all, 30);
});

test('what kind of machine it is', () => {
  const cases: readonly (readonly [string, readonly Pair[], string])[] = [
    ['HL-L5100DN', [], 'printer'],
    ['MFC-L2710DW', [], 'mfp'],
    ['DCP-L2540DN', [], 'mfp'],
    ['FAX-2840', [], 'mfp'],
    ['QL-820NWB', [], 'labelPrinter'],
    ['TD-4550DNWB', [], 'labelPrinter'],
    [
      'HL-L2390DW',
      [
        total(100),
        ...functionTable([
          [1, 60],
          [3, 40],
        ]),
      ],
      'mfp',
    ],
    [
      'HL-L5100DN',
      [
        total(60),
        ...functionTable([
          [1, 60],
          [3, 0],
        ]),
      ],
      'printer',
    ],
  ];
  for (const [model, told, want] of cases) assert.equal(read(model, ...told).kind, want, model);
});

test('the machine is named by itself, not by its network card', () => {
  const { identity } = read(
    'HL-5370DW',
    [SYS_DESCR, 'Brother NC-6800h, Firmware Ver.1.01  (08.12.12),MID 84UB05'],
    [`${B}.5.1.0`, 'B9J154306      '],
    [`${B}.5.17.0`, 'U1307022128VER.J'],
    ['1.3.6.1.4.1.2435.2.4.3.1240.1.1.0', 'BRN001BA90BA752'],
  );
  assert.deepEqual(
    [identity?.manufacturer, identity?.model, identity?.serialNumber, identity?.firmware, identity?.hostName],
    ['Brother', 'HL-5370DW', 'B9J154306', 'U1307022128VER.J', 'BRN001BA90BA752'],
  );
  const bare = answersOf(varbinds(['1.3.6.1.4.1.2435.2.4.3.2435.5.13.3.0', 'Brother HL-5370DW series [001ba90ba752]']));
  const [only] = interpretInDetail({
    driver: brother,
    answers: bare,
    asked: PARTS,
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.equal(only?.reading.identity?.model, 'HL-5370DW');
});

test('a placeholder is no serial number', () => {
  const { reading, draft } = detail('DCP-7070DW', [`${B}.5.1.0`, '000000000']);
  assert.equal(reading.identity?.serialNumber, null);
  assert.equal(draft.rejections.length, 1);
});

test('nothing is asked of consoles, jobs, lock lists or settings', () => {
  const asked = brother.blocks.flatMap(({ asks }) => asks.map((object) => object.oid));
  const own = asked.filter((name) => name.startsWith('1.3.6.1.4.1.2435.'));
  assert.ok(own.length >= 10);
  for (const forbidden of [`${B}.4`, `${B}.1`, '1.3.6.1.2.1.43.16']) {
    assert.deepEqual(
      asked.filter((name) => name === forbidden || instanceOf(oid(forbidden), name) !== undefined),
      [],
    );
  }
});
