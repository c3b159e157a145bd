/** Ricoh's table as models of several years fill it: names with and without blanks, few rows, rows that mean another thing. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Counters } from '@rsb/contract';
import { answersOf, interpret } from '../src/index.ts';
import { ricoh } from '../src/vendors/ricoh/driver.ts';
import { LIFE, type Short, varbinds } from './support/varbinds.ts';

const TABLE = '1.3.6.1.4.1.367.3.2.1.2.19';

type Row = readonly [type: number | null, name: string | null, value: number];

function read(rows: readonly Row[], ...more: readonly (readonly [string, Short])[]): Counters {
  const told = rows.flatMap(([type, name, value], index): (readonly [string, Short])[] => [
    ...(type === null ? [] : [[`${TABLE}.5.1.2.${index + 1}`, type] as const]),
    ...(name === null ? [] : [[`${TABLE}.5.1.5.${index + 1}`, name] as const]),
    [`${TABLE}.5.1.9.${index + 1}`, BigInt(value)],
  ]);
  const [reading] = interpret({
    driver: ricoh,
    answers: answersOf(varbinds(...told, ...more)),
    asked: ['counters'],
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.ok(reading?.counters);
  return reading.counters;
}

test('a color printer that names every row twice', () => {
  const counters = read([
    [null, 'Counter: Machine Total', 118_722],
    [null, 'Counter:Print:Total', 118_722],
    [null, 'Counter:Print:Black & White', 62_846],
    [null, 'Counter:Print:Full Color', 55_876],
    [null, 'Counter: Machine Total', 118_722],
    [null, 'Total Prints: Full Color', 55_876],
    [null, 'Total Prints: Monocolor', 62_846],
    [null, 'Development: Color', 167_628],
    [null, 'Development: Black & White', 118_722],
    [null, 'Printer: Color', 55_876],
    [null, 'Printer: Black & White', 62_846],
    [null, 'Total Prints: Color', 55_876],
    [null, 'Total Prints: Black & White', 62_846],
  ]);
  assert.deepEqual(counters.total, { all: 118_722, mono: 62_846, color: 55_876 });
  assert.deepEqual(counters.print, { all: 118_722, mono: 62_846, color: 55_876 });
  assert.deepEqual(counters.copy, { all: null, mono: null, color: null });
  assert.deepEqual(
    counters.other.filter(({ unit }) => unit === 'count').map(({ value }) => value),
    [167_628, 118_722],
    'turns of the developer are no pages',
  );
});

test('a fax that only counts black, and two-color pages', () => {
  const counters = read([
    [300, 'Counter:FAX:Total', 40],
    [301, 'Counter:FAX:Black & White', 40],
    [400, 'Counter:Print:Total', 112],
    [401, 'Counter:Print:Black & White', 60],
    [402, 'Counter:Print:Single/Two-col.', 12],
    [403, 'Counter:Print:Full Color', 40],
    [701, 'No. of Printed Sides in Duplex', 30],
  ]);
  assert.deepEqual(counters.fax, { all: 40, mono: 40, color: null });
  assert.deepEqual(counters.print, { all: 112, mono: 60, color: 40 });
  assert.equal(counters.duplex, 30);
  assert.deepEqual(counters.other, [{ name: 'Counter:Print:Single/Two-col.', value: 12, unit: 'impressions' }]);
});

test('economy color is counted apart: totals of two rows only where they add up to the machine', () => {
  const rows = (economy: number): readonly Row[] => [
    [null, 'Counter: Machine Total', 100 + economy],
    [null, 'Counter: Black & White', 60],
    [null, 'Counter: Economy Color', economy],
    [null, 'Counter: Full Color', 40],
    [null, 'Cartridge Use Number: Black', 3],
  ];
  assert.deepEqual(read(rows(0)).total, { all: 100, mono: 60, color: 40 });
  const with5 = read(rows(5));
  assert.deepEqual([with5.total, with5.billing], [{ all: null, mono: null, color: null }, 'vendorLife']);
});

test('scans are never counted twice: the overlapping totals of transmissions are not used', () => {
  const counters = read([
    [870, 'Transmission: Total', 500],
    [871, 'Transmission: Black & White', 300],
    [872, 'FAX Transmission: Black & White', 100],
    [873, 'Scanner Transmission: Color', 200],
    [874, 'Scanner Transmission: Black & White', 200],
  ]);
  assert.deepEqual(counters.scan, { all: 400, mono: 200, color: 200 });
  assert.deepEqual([counters.fax.all, counters.copy.all], [null, null]);
});

test('machines without the table have four scalars', () => {
  const counters = read(
    [],
    [`${TABLE}.1.0`, 900n],
    [`${TABLE}.2.0`, 500n],
    [`${TABLE}.3.0`, 100n],
    [`${TABLE}.4.0`, 300n],
    [`${LIFE}.1.1`, 900n],
  );
  assert.deepEqual(
    [counters.life, counters.vendorLife, counters.print.all, counters.fax.all, counters.copy.all, counters.billing],
    [900, 900, 500, 100, 300, 'vendorLife'],
  );
  assert.equal(counters.total.all, null, 'nothing says that the machine total is what is billed');
});

test('values without a name or a type mean nothing', () => {
  const counters = read([
    [null, null, 7],
    [999, null, 8],
  ]);
  assert.deepEqual([counters.vendorLife, counters.other], [null, []]);
});
