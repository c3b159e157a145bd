/** Brother machines made of the MIB and its binary records, for the tests beside. */
import assert from 'node:assert/strict';
import { PARTS, type Reading } from '@rsb/contract';
import { answersOf } from '../../src/answers.ts';
import { type Interpretation, interpretInDetail } from '../../src/index.ts';
import { brother } from '../../src/vendors/brother/driver.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  PRINTER_DEVICE,
  type Short,
  type SupplyRow,
  varbinds,
} from '../support/varbinds.ts';

export const B = '1.3.6.1.4.1.2435.2.3.9.4.2.1.5';
export const MAINTENANCE = `${B}.5.8.0`;
export const COUNTERS = `${B}.5.10.0`;
export const NEXT_CARE = `${B}.5.11.0`;
export const MARK_TECH = '1.3.6.1.2.1.43.10.2.1.2.1.1';

export type Pair = readonly [string, Short];
/** Record id to value: a number takes four octets, octets stand as they are. */
export type Records = readonly (readonly [number, number | readonly number[]])[];

export function encode(records: Records, end: readonly number[] = [0xff]): { readonly hex: string } {
  const octets = records.flatMap(([id, value]) => {
    const bytes = typeof value === 'number' ? [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff) : value;
    return [id, 1, bytes.length, ...bytes];
  });
  return { hex: Buffer.from([...octets, ...end]).toString('hex') };
}

export function detail(model: string, ...told: readonly Pair[]): Interpretation {
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

export const read = (model: string, ...told: readonly Pair[]): Reading => detail(model, ...told).reading;

/** Supplies in short: type, color, percent and state. */
export const supplies = (model: string, ...told: readonly Pair[]): readonly string[] =>
  (read(model, ...told).supplies ?? []).map(({ type, color, percent, state }) =>
    [type, color ?? '-', percent ?? '-', state].join(' '),
  );

export const laserRows: readonly SupplyRow[] = [
  { type: 3, description: 'Black Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 3, description: 'Cyan Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 3, description: 'Magenta Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 3, description: 'Yellow Toner Cartridge', unit: 13, capacity: -2, level: -3, supplyClass: 3 },
  { type: 4, description: 'Waste Toner Box', unit: 13, capacity: -2, level: -3, supplyClass: 4 },
  { type: 1, description: 'Belt Unit', unit: 7, capacity: 50_000, level: 41_160, supplyClass: 3 },
  { type: 9, description: 'Drum Unit', unit: 7, capacity: 15_000, level: 10_061, supplyClass: 3 },
];
