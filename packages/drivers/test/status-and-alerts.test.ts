/** State, error bits and alerts as the standards mean them and as devices send them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Alert } from '@rsb/contract';
import { answersOf } from '../src/answers.ts';
import { errorsOf, hrStatus, stateOf } from '../src/blocks/hr-status.ts';
import { prtAlertTable } from '../src/blocks/prt-alert-table.ts';
import { Draft } from '../src/draft.ts';
import { ALERT, HR_DEVICE_STATUS, HR_ERROR_BITS, HR_PRINTER_STATUS, type Short, varbinds } from './support/varbinds.ts';

const STATES: readonly (readonly [printer: number | null, device: number | null, state: string])[] = [
  [3, 2, 'idle'],
  [3, 3, 'idle'],
  [4, 2, 'printing'],
  [5, 2, 'warmup'],
  [1, 2, 'sleep'],
  [1, 3, 'unknown'],
  [1, null, 'unknown'],
  [1, 5, 'down'],
  [3, 5, 'down'],
  [2, 2, 'unknown'],
  [null, 2, 'unknown'],
  [null, 5, 'down'],
  [null, null, 'unknown'],
  [99, 99, 'unknown'],
];

test('hrPrinterStatus with hrDeviceStatus', async (t) => {
  for (const [printer, device, state] of STATES) {
    await t.test(`${printer} with ${device} is ${state}`, () => assert.equal(stateOf(printer, device), state));
  }
});

const BITS: readonly (readonly [hex: string, errors: readonly string[]])[] = [
  ['', []],
  ['00', []],
  ['0000', []],
  ['20', ['lowToner']],
  ['30', ['lowToner', 'noToner']],
  ['40', ['noPaper']],
  ['8000', ['lowPaper']],
  ['02', ['offline']],
  ['0100', ['serviceRequested']],
  ['0008', ['outputFull']],
  ['0002', ['overduePreventMaint']],
  ['fffe', []],
  ['00000000ff', []],
];

test('error bits, from none, one, two or more octets', async (t) => {
  for (const [hex, errors] of BITS) {
    await t.test(`0x${hex}`, () => {
      const found = errorsOf(Uint8Array.from(Buffer.from(hex, 'hex')));
      if (hex === 'fffe') assert.equal(found.length, 15);
      else assert.deepEqual(found, errors);
    });
  }
});

const read = (block: typeof hrStatus, unit: number, alone: boolean, ...told: readonly (readonly [string, Short])[]) => {
  const draft = new Draft({ unit, alone, address: '127.0.0.1', ownBrands: [], allBrands: [] });
  block.read(answersOf(varbinds(...told)), draft);
  return draft;
};

test('a status whose row has another number than the machine is still its only one', () => {
  const told = [
    [`${HR_PRINTER_STATUS}.1`, 4],
    [`${HR_DEVICE_STATUS}.1`, 2],
    [`${HR_ERROR_BITS}.1`, { hex: '40' }],
  ] as const;
  assert.deepEqual(read(hrStatus, 0, true, ...told).status, { state: 'printing', errors: ['noPaper'] });
  assert.deepEqual(read(hrStatus, 2, false, ...told).status, { state: 'unknown', errors: [] });
});

test('what is not told is said to be missing', () => {
  assert.deepEqual([...read(hrStatus, 1, true).untoldPaths.keys()], ['status.state', 'status.errors']);
});

const alerts = (rows: readonly Readonly<Record<number, Short>>[]): readonly Alert[] => {
  const told = rows.flatMap((row, index) =>
    Object.entries(row).map(([column, value]) => [`${ALERT}.${column}.1.${(index + 1) * 100}`, value] as const),
  );
  return read(prtAlertTable, 1, true, ...told).alerts;
};

test('an alert has severity, place, code and words', () => {
  assert.deepEqual(alerts([{ 2: 4, 4: 11, 5: 2, 7: 1104, 8: 'Toner low' }]), [
    {
      severity: 'warning',
      group: 'markerSupplies',
      code: 'markerTonerAlmostEmpty',
      text: 'Toner low',
      location: { group: 'markerSupplies', index: 2, name: null },
    },
  ]);
});

test('severities, codes of a vendor, and rows that are no faults', () => {
  const rows = [
    { 2: 3, 4: 8, 5: 1, 7: 808, 8: 'Paper out' },
    { 2: 5, 4: 11, 5: 1, 7: 1105, 8: '' },
    { 2: 3, 4: 5, 5: -1, 7: 30_042, 8: 'Call service C-3100' },
    // A machine that is on, one that sleeps, one that says it is idle.
    { 2: 4, 4: 5, 5: 1, 7: 503, 8: '' },
    { 2: 0, 4: 0, 5: 0, 7: 0, 8: 'Sleep' },
    { 2: 1, 4: 1, 5: -1, 7: 1, 8: 'Idle' },
    // Nothing at all.
    { 2: 4, 4: 5, 5: 1, 7: 0, 8: '' },
  ];
  assert.deepEqual(
    alerts(rows).map(({ severity, code, text, location }) => [severity, code, text, location?.index ?? null]),
    [
      ['critical', 'inputMediaSupplyEmpty', 'Paper out', 1],
      ['warning', 'markerInkAlmostEmpty', null, 1],
      ['critical', '30042', 'Call service C-3100', null],
      ['info', 'powerUp', null, 1],
      ['info', null, 'Sleep', null],
      ['info', 'other', 'Idle', null],
    ],
  );
});

test('a table without end is cut', () => {
  assert.equal(alerts(Array.from({ length: 3000 }, () => ({ 7: 8 }))).length, 100);
});
