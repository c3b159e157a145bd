/** Brother: binary records, levels and supplies. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { PARTS } from '@rsb/contract';
import fc from 'fast-check';
import { answersOf } from '../../src/answers.ts';
import { interpretInDetail } from '../../src/index.ts';
import { brother } from '../../src/vendors/brother/driver.ts';
import { decodeRecords, unsignedOf } from '../../src/vendors/brother/records.ts';
import { type SupplyRow, supplyRows, varbinds } from '../support/varbinds.ts';

import {
  encode,
  laserRows,
  MAINTENANCE,
  MARK_TECH,
  NEXT_CARE,
  type Pair,
  type Records,
  read,
  supplies,
} from './brother-machines.ts';

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
