/** Kyocera's tables on a color MFP: modes by their names, sums that have to close, scans that are never added twice. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Counters } from '@rsb/contract';
import { answersOf } from '../src/answers.ts';
import { interpret } from '../src/index.ts';
import { kyocera } from '../src/vendors/kyocera/driver.ts';
import { type Short, varbinds } from './support/varbinds.ts';

const K = '1.3.6.1.4.1.1347';

function read(...told: readonly (readonly [string, Short])[]): Counters {
  const [reading] = interpret({
    driver: kyocera,
    answers: answersOf(varbinds(...told)),
    asked: ['counters'],
    address: '127.0.0.1',
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  assert.ok(reading?.counters);
  return reading.counters;
}

const service = (count: bigint) => [`${K}.43.10.1.1.12.1.1`, count] as const;
const byFunction = (row: number, count: bigint) => [`${K}.42.3.1.1.1.1.${row}`, count] as const;
const byMode = (row: number, mode: number, count: bigint) => [`${K}.42.3.1.2.1.1.${row}.${mode}`, count] as const;
const modeName = (mode: number, name: string) => [`${K}.42.2.2.1.1.2.1.${mode}`, name] as const;
const bySize = (column: number, row: number, count: bigint) => [`${K}.42.2.1.1.1.${column}.1.${row}`, count] as const;

test('two and three color modes: color is all that is not monochrome', () => {
  const three = read(
    service(100n),
    byFunction(1, 60n),
    byFunction(2, 40n),
    byMode(1, 1, 20n),
    byMode(1, 2, 5n),
    byMode(1, 3, 35n),
    byMode(2, 1, 40n),
    byMode(2, 2, 0n),
    byMode(2, 3, 0n),
    modeName(1, 'Monochrome'),
    modeName(2, 'Mono Color'),
    modeName(3, 'Full Color'),
  );
  assert.deepEqual(three.print, { all: 60, mono: 20, color: 40 });
  assert.deepEqual(three.total, { all: 100, mono: 60, color: 40 });
  const two = read(service(60n), byFunction(1, 60n), byMode(1, 1, 20n), byMode(1, 2, 40n));
  assert.deepEqual(two.print, { all: 60, mono: 20, color: 40 });
});

test('modes that do not add up to their function are not used', () => {
  const counters = read(service(60n), byFunction(1, 60n), byMode(1, 1, 20n), byMode(1, 2, 30n));
  assert.deepEqual(counters.print, { all: 60, mono: null, color: null });
  assert.deepEqual(counters.total, { all: 60, mono: null, color: null });
});

test('a color printer without functions is split by its sizes, where they add up', () => {
  const split = read(
    service(100n),
    bySize(6, 1, 70n),
    bySize(6, 2, 30n),
    bySize(7, 1, 20n),
    bySize(7, 2, 30n),
    bySize(8, 1, 45n),
    bySize(8, 2, 0n),
    bySize(9, 1, 5n),
    bySize(9, 2, 0n),
  );
  assert.deepEqual(split.total, { all: 100, mono: 50, color: 50 });
  const broken = read(service(100n), bySize(6, 1, 70n), bySize(7, 1, 20n), bySize(8, 1, 45n));
  assert.deepEqual(broken.total, { all: 100, mono: null, color: null });
});

test('a monochrome printer with a mono column has no color count', () => {
  const counters = read(service(100n), bySize(6, 1, 100n), bySize(7, 1, 100n));
  assert.deepEqual(counters.total, { all: 100, mono: 100, color: null });
});

test('the total of scans holds the others already', () => {
  const scans = [
    [`${K}.42.3.1.3.1.1.2`, 10n],
    [`${K}.42.3.1.3.1.1.4`, 5n],
    [`${K}.42.3.1.4.1.1.1`, 85n],
  ] as const;
  assert.equal(read(...scans, [`${K}.46.10.1.1.5.3`, 100n]).scan.all, 100);
  assert.equal(read(...scans).scan.all, 100, 'the sum stands in for a total that is not told');
});

test('the fax may stand in another row: hrDeviceID says which', () => {
  const deviceId = (row: number, arc: number) =>
    [`1.3.6.1.2.1.25.3.2.1.4.${row}`, { oid: `${K}.${arc}.1.2.1` }] as const;
  const counters = read(
    service(30n),
    byFunction(1, 10n),
    byFunction(2, 15n),
    byFunction(3, 5n),
    byFunction(4, 0n),
    deviceId(1, 43),
    deviceId(2, 44),
    deviceId(3, 45),
    deviceId(4, 46),
  );
  assert.deepEqual([counters.print.all, counters.copy.all, counters.fax.all], [10, 15, 5]);
});

test('an overflowed counter is unsigned', () => {
  assert.equal(read([`${K}.43.10.1.1.12.1.1`, -1_294_967_296]).vendorLife, 3_000_000_000);
});

test('nothing told, nothing claimed', () => {
  const counters = read();
  assert.deepEqual(
    [counters.life, counters.vendorLife, counters.billing, counters.total.all, counters.duplex, counters.scan.all],
    [null, null, null, null, null, null],
  );
});
