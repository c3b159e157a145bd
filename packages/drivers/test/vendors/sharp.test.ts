/** Sharp machines that no capture shows: rows by their names on other models, walks without names, levels without a capacity. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { replay } from '../support/replay.ts';
import {
  LIFE,
  MARKER_UNIT,
  type Short,
  type SupplyRow,
  SYS_DESCR,
  SYS_OBJECT_ID,
  supplyRows,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const TABLE = '1.3.6.1.4.1.2385.1.1.19.2.1';

function readInDetail(...told: Told) {
  const { identification, interpretations } = replay(
    varbinds([SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.2385.3.1.99' }], ...told),
  );
  assert.equal(identification.driver?.name, 'sharp', identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only;
}
const read = (...told: Told) => readInDetail(...told).reading;

const machine: Told = [[SYS_DESCR, 'SHARP BP-50C31']];
const life = (count: number): Told => [
  [`${MARKER_UNIT}.1.1`, 7],
  [`${LIFE}.1.1`, BigInt(count)],
];
type Rows = Readonly<Record<string, readonly [count: number, name: string]>>;
const rows = (told: Rows): Told =>
  Object.entries(told).flatMap(([row, [count, name]]) => [
    [`${TABLE}.3.${row}`, BigInt(count)] as const,
    [`${TABLE}.4.${row}`, name] as const,
  ]);
const unnamed = (told: Rows): Told => rows(told).filter(([name]) => name.startsWith(`${TABLE}.3.`));

const split = (all: number | null, mono: number | null, color: number | null) => ({ all, mono, color });

const COLOR: Rows = {
  '1.4.60': [700, 'Prints'],
  '1.4.61': [450, 'Black & White Print Count'],
  '1.4.63': [250, 'Full Color Print Count'],
  '4.4.60': [290, 'Copies'],
  '4.4.61': [150, 'Black & White Copy Count'],
  '4.4.63': [130, 'Full Color Copy Count'],
  '4.4.64': [6, 'Two Color Copy Count'],
  '4.4.80': [4, 'Single Color Copy Count'],
  '5.4.61': [610, 'Black & White Total Count'],
  '5.4.63': [380, 'Full Color Total Count'],
  '5.4.64': [6, 'Two Color Total Count'],
  '5.4.80': [4, 'Single Color Total Count'],
  '5.5.61': [10, 'Black & White Other Count'],
};

test('colors of all kinds are added, and the total with them', () => {
  const { reading, draft } = readInDetail(...machine, ...life(1000), ...rows(COLOR));
  const { counters } = reading;
  assert.deepEqual(
    [counters?.total, counters?.print, counters?.copy, counters?.fax],
    [split(1000, 610, 390), split(700, 450, 250), split(290, 150, 140), split(null, null, null)],
  );
  assert.deepEqual(counters?.other, [{ name: 'Black & White Other Count', value: 10, unit: 'impressions' }]);
  assert.equal(draft.counts.get('counters.total.mono')?.source.check, 'mono + color = life count');
});

test('scans go by their names, not by their rows', () => {
  const { counters } = read(
    ...machine,
    ...rows({
      '8.4.50': [90, 'Scan to E-mail/FTP'],
      '8.4.51': [60, 'Black & White Scanner Count'],
      '8.4.53': [30, 'Full Color Scanner Count'],
      '9.4.50': [10, 'Scan to HDD'],
      '9.4.51': [8, 'Black & White Scan to HDD Count'],
      '9.4.53': [2, 'Full Color Scan to HDD Count'],
      '10.4.50': [5, 'Fax Send'],
    }),
  );
  assert.deepEqual([counters?.scan, counters?.fax.all], [split(100, 68, 32), null]);
  assert.deepEqual(counters?.other, [{ name: 'Fax Send', value: 5, unit: 'count' }]);
});

test('a duplex count that says neither sides nor sheets stays under its name', () => {
  const { counters } = read(...machine, ...rows({ '1.4.75': [400, 'Duplex'] }));
  assert.deepEqual([counters?.duplex, counters?.other], [null, [{ name: 'Duplex', value: 400, unit: 'count' }]]);
});

test('rows without names are used where the sums close, and not where they do not', () => {
  const { counters } = read(...machine, ...life(1000), ...unnamed(COLOR));
  assert.deepEqual(
    [counters?.total, counters?.print, counters?.copy],
    [split(1000, 610, 390), split(700, 450, 250), split(290, 150, 140)],
  );
  const doubtful = read(
    ...machine,
    ...life(1234),
    ...unnamed({ '5.4.61': [610, ''], '5.4.63': [380, ''], '1.4.60': [700, ''] }),
  );
  assert.deepEqual([doubtful.counters?.total, doubtful.counters?.print.all], [split(null, null, null), null]);
  assert.equal(doubtful.completeness.reasons['counters.print.all'], 'checkFailed');
});

test('halves that do not add up to their whole are not used', () => {
  const { counters, completeness } = read(...machine, ...rows({ ...COLOR, '1.4.60': [800, 'Prints'] }));
  assert.deepEqual(counters?.print, split(800, null, null));
  assert.equal(completeness.reasons['counters.print.mono'], 'checkFailed');
});

test('a mono machine has no color to tell but zeros', () => {
  const { counters } = read(
    [SYS_DESCR, 'SHARP MX-M266NV'],
    ...life(500),
    ...rows({
      '5.4.61': [500, 'Black & White Total Count'],
      '5.4.63': [0, 'Full Color Total Count'],
      '1.4.60': [300, 'Prints'],
    }),
  );
  assert.deepEqual([counters?.total, counters?.print.all], [split(500, 500, 0), 300]);
});

test('a level without a capacity is a percentage; a version of the MIB is no firmware', () => {
  const parts: readonly SupplyRow[] = [
    { type: 9, description: 'Photoconductive Drum', capacity: -2, level: 64 },
    { type: 4, supplyClass: 4, description: 'Waste Toner', capacity: -2, level: 100 },
    { type: 15, description: 'Fusing Unit', capacity: -2, level: -2 },
  ];
  const { supplies, identity } = read(...machine, ['1.3.6.1.4.1.2385.2.1.1.2.1.2.1', '1.04'], ...supplyRows(parts));
  assert.deepEqual(
    supplies?.map(({ type, percent, state }) => [type, percent, state]),
    [
      ['drum', 64, 'ok'],
      ['waste', 100, 'ok'],
      ['fuser', null, 'unknown'],
    ],
  );
  assert.equal(identity?.firmware, null);
});

test('kinds by name', () => {
  const KINDS: readonly (readonly [string, string])[] = [
    ['SHARP MX-3570N', 'mfp'],
    ['SHARP MX-M266NV', 'mfp'],
    ['SHARP BP-70C45', 'mfp'],
    ['SHARP MX-C380P', 'printer'],
    ['SHARP BP-B540PR', 'printer'],
    ['SHARP AR-P27', 'printer'],
  ];
  for (const [name, kind] of KINDS) assert.equal(read([SYS_DESCR, name]).kind, kind, name);
});
