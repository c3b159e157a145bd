/** Brother: counts by records and tables, kinds, names, and what is never asked. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { PARTS } from '@rsb/contract';
import { instanceOf, oid } from '@rsb/snmp/oid';
import { answersOf } from '../../src/answers.ts';
import { interpretInDetail } from '../../src/index.ts';
import { brother } from '../../src/vendors/brother/driver.ts';
import { LIFE, SYS_DESCR, varbinds } from '../support/varbinds.ts';

import { B, COUNTERS, detail, encode, type Pair, read } from './brother-machines.ts';

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
