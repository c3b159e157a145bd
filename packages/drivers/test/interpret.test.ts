/** From answers to readings: several machines behind one address, what is missing and why, and the device's own sums. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { PARTS, type Part } from '@rsb/contract';
import { oid } from '@rsb/snmp/oid';
import { vendorCounts } from '../src/blocks/vendor-counters.ts';
import { answersOf, type DriverDefinition, type FailedObject, interpret, interpretInDetail } from '../src/index.ts';
import { GENERIC } from '../src/registry.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  HR_PRINTER_STATUS,
  IF_MAC,
  LIFE,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  SUPPLY,
  SYS_DESCR,
  SYS_NAME,
  SYS_OBJECT_ID,
  supplyRows,
  varbinds,
} from './support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const read = (
  told: Told,
  {
    parts = PARTS,
    failed = [],
    driver = GENERIC,
  }: { parts?: readonly Part[]; failed?: readonly FailedObject[]; driver?: DriverDefinition } = {},
) =>
  interpret({
    driver,
    answers: answersOf(varbinds(...told), { asked: [oid('1.3.6.1')], failed }),
    asked: parts,
    address: '127.0.0.1',
    port: 16161,
    takenAt: '2026-11-24T08:00:00Z',
  });

test('a print server with two machines gives two readings, each with its own rows', () => {
  const readings = read([
    ...[1, 2].flatMap(
      (unit): Told => [
        [`${HR_DEVICE_TYPE}.${unit}`, PRINTER_DEVICE],
        [`${HR_DEVICE_DESCR}.${unit}`, `Jet ${unit}00`],
        [`${SERIAL}.${unit}`, `SER00${unit}`],
        [`${LIFE}.${unit}.1`, BigInt(unit * 1000)],
        [`${HR_PRINTER_STATUS}.${unit}`, unit + 2],
        ...supplyRows([{ type: 3, description: 'Black Toner', level: unit * 10, capacity: 100 }], unit),
      ],
    ),
    [`${HR_DEVICE_TYPE}.3`, { oid: '1.3.6.1.2.1.25.3.1.4' }],
  ]);
  assert.deepEqual(
    readings.map((reading) => [
      reading.unit.hrDeviceIndex,
      reading.identity?.model,
      reading.identity?.serialNumber,
      reading.counters?.life,
      reading.status?.state,
      reading.supplies?.map(({ index, percent }) => `${index}=${percent}`).join(),
    ]),
    [
      [1, 'Jet 100', 'SER001', 1000, 'idle', '1.1=10'],
      [2, 'Jet 200', 'SER002', 2000, 'printing', '2.1=20'],
    ],
  );
});

test('several markers of one machine are one reading: life is the first', () => {
  const [reading, ...more] = read([
    [`${LIFE}.1.1`, 100n],
    [`${LIFE}.1.2`, 900n],
  ]);
  assert.deepEqual([reading?.counters?.life, more.length], [100, 0]);
});

test('a device that indexes its printer rows by 0 is one machine all the same', () => {
  const [reading] = read([
    [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
    [`${HR_DEVICE_DESCR}.1`, 'Inkjet 950'],
    [`${SUPPLY}.6.0.1`, 'Black Ink'],
    [`${LIFE}.0.1`, 77n],
  ]);
  assert.deepEqual(
    [reading?.unit.hrDeviceIndex, reading?.identity?.model, reading?.counters?.life, reading?.supplies?.length],
    [0, 'Inkjet 950', 77, 1],
  );
});

test('a device that names thousands of machines is cut short', () => {
  assert.equal(read(Array.from({ length: 500 }, (_, unit) => [`${LIFE}.${unit}.1`, 1n])).length, 16);
});

test('only what was asked is in a reading', () => {
  const told: Told = [
    [SYS_DESCR, 'Acme Jet 5'],
    [`${LIFE}.1.1`, 5n],
  ];
  const [reading] = read(told, { parts: ['counters'] });
  assert.ok(reading);
  const parts = PARTS.filter((part) => part in reading);
  assert.deepEqual(parts, ['counters']);
  assert.deepEqual([reading.kind, reading.asked], [null, ['counters']]);
  assert.deepEqual(Object.keys(reading.provenance ?? {}), ['counters.life']);
  assert.deepEqual(reading.completeness, { state: 'complete', missing: [], reasons: {} });
});

test('what is not told is missing, with the reason', () => {
  const [reading] = read([[SYS_DESCR, 'Acme Jet 5']]);
  assert.equal(reading?.completeness.state, 'partial');
  for (const path of [
    'identity.serialNumber',
    'identity.macAddress',
    'identity.hostName',
    'counters.life',
    'supplies',
  ]) {
    assert.ok(reading?.completeness.missing.includes(path), path);
    assert.equal(reading?.completeness.reasons[path], 'notTold', path);
  }
  assert.ok(!reading?.completeness.missing.includes('identity.model'));
});

test('an empty answer is an answer: no location is not a missing location', () => {
  const [reading] = read([[SYS_NAME, '']]);
  assert.equal(reading?.identity?.hostName, null);
  assert.ok(!reading?.completeness.missing.includes('identity.hostName'));
  assert.ok(reading?.completeness.missing.includes('identity.location'));
});

test('what failed is missing at its place, also where a list came in part', () => {
  const failed = [
    { object: oid(`${SUPPLY}.9`), code: 'answerTruncated' },
    { object: oid(`${LIFE}.1.1`), code: 'noAnswer' },
    { object: oid('1.3.6.1.2.1.43.18.1.1.8'), code: 'partRefused' },
  ] as const;
  const [reading] = read(supplyRows([{ type: 3, description: 'Black Toner', capacity: 100 }]), { failed });
  assert.equal(reading?.supplies?.length, 1);
  assert.equal(reading?.completeness.reasons['supplies'], 'answerTruncated');
  assert.equal(reading?.completeness.reasons['counters.life'], 'noAnswer');
  assert.equal(reading?.completeness.reasons['alerts'], 'partRefused');
  assert.equal(reading?.completeness.reasons['identity.model'], 'notTold');
});

const ACME = '1.3.6.1.4.1.99999.1';
const reported = (...fills: readonly ('total.all' | 'total.mono' | 'total.color' | 'duplex')[]): DriverDefinition => ({
  ...GENERIC,
  name: 'acme',
  blocks: [
    ...GENERIC.blocks,
    vendorCounts(
      'acmeCounts',
      fills.map((path, index) => ({
        oid: `${ACME}.${index + 1}`,
        fills: `counters.${path}` as const,
        name: path,
        evidence: 'reported' as const,
        source: 'reported by one project',
      })),
    ),
  ],
});

test('weak counts are used only where the own sums of the device confirm them', () => {
  const driver = reported('total.all', 'total.mono', 'total.color', 'duplex');
  const counts = (all: number, mono: number, color: number, duplex: number): Told => [
    [`${ACME}.1.0`, all],
    [`${ACME}.2.0`, mono],
    [`${ACME}.3.0`, color],
    [`${ACME}.4.0`, duplex],
  ];
  const [good] = read(counts(100, 60, 40, 7), { driver, parts: ['counters'] });
  assert.deepEqual(good?.counters?.total, { all: 100, mono: 60, color: 40 });
  assert.equal(good?.provenance?.['counters.total.mono']?.check, 'mono + color = all');
  assert.equal(good?.counters?.duplex, null, 'nothing confirms the duplex count');
  assert.equal(good?.completeness.reasons['counters.duplex'], 'checkFailed');
  const [bad] = read(counts(100, 60, 41, 7), { driver, parts: ['counters'] });
  assert.deepEqual(bad?.counters?.total, { all: null, mono: null, color: null });
  assert.equal(bad?.counters?.billing, null);
});

test('weak mono that is all, on a machine that tells no color', () => {
  const counts = (mono: number, color: number | null): Told => [
    [`${ACME}.1.0`, 100],
    [`${ACME}.2.0`, mono],
    ...(color === null ? [] : [[`${ACME}.3.0`, color] as const]),
  ];
  const driver = reported('total.all', 'total.mono', 'total.color');
  const total = (mono: number, color: number | null) =>
    read(counts(mono, color), { driver, parts: ['counters'] })[0]?.counters?.total;
  assert.deepEqual(total(100, null), { all: 100, mono: 100, color: null });
  assert.deepEqual(total(99, null), { all: null, mono: null, color: null });
  assert.deepEqual(total(100, 5), { all: null, mono: null, color: null });
});

test('a weak total that equals the life count is confirmed by it', () => {
  const told: Told = [
    [`${ACME}.1.0`, 100],
    [`${LIFE}.1.1`, 100n],
  ];
  const [reading] = read(told, { driver: reported('total.all'), parts: ['counters'] });
  assert.deepEqual([reading?.counters?.total.all, reading?.counters?.billing], [100, 'total']);
});

test('a serial number that is the MAC address, or padding, is none', () => {
  for (const serial of [
    '0017C8945F14',
    '00:17:c8:94:5f:14',
    '0000000',
    'XXXXXXX',
    '   ',
    'N/A',
    'serial_number',
    '-',
  ]) {
    const [reading] = read([
      [`${SERIAL}.1`, serial],
      [`${IF_MAC}.1`, { hex: '0017c8945f14' }],
    ]);
    assert.equal(reading?.identity?.serialNumber, null, serial);
    assert.ok(reading?.completeness.missing.includes('identity.serialNumber'), serial);
  }
  const [reading] = read([[`${SERIAL}.1`, ' S/N: ABC123 \u0000']]);
  assert.equal(reading?.identity?.serialNumber, 'ABC123');
});

test('a block with a mistake costs its own part, not the reading', () => {
  const driver: DriverDefinition = {
    ...GENERIC,
    blocks: [
      {
        name: 'broken',
        asks: [{ oid: oid(ACME), name: 'x', purpose: 'x', part: 'counters', evidence: 'mib', source: 'x' }],
        read() {
          throw new Error('a mistake');
        },
      },
      ...GENERIC.blocks,
    ],
  };
  const [detail] = interpretInDetail({
    driver,
    answers: answersOf(varbinds([`${LIFE}.1.1`, 5n])),
    asked: ['counters'],
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.equal(detail?.reading.counters?.life, 5);
  assert.deepEqual(detail?.reading.completeness.reasons, { counters: 'answerMalformed' });
  assert.equal(detail?.draft.failedBlocks.length, 1);
});

test('claims that were passed over and values that were rejected are kept for the explanation', () => {
  const [detail] = interpretInDetail({
    driver: GENERIC,
    answers: answersOf(
      varbinds(
        [SYS_DESCR, 'Acme Jet 5 Printer'],
        [SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.99999' }],
        [`${HR_DEVICE_DESCR}.1`, 'Jet 5 deluxe'],
        [`${SERIAL}.1`, 'XXXXXXX'],
      ),
    ),
    asked: ['identity'],
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.equal(detail?.reading.identity?.model, 'Jet 5 deluxe');
  assert.deepEqual(
    detail?.draft.passedOver.map(({ value }) => value),
    ['Acme Jet 5'],
  );
  assert.deepEqual(
    detail?.draft.rejections.map(({ path, value }) => [path, value]),
    [['identity.serialNumber', 'XXXXXXX']],
  );
});
