/** `npm run truth` judges what the box really reads over UDP: as without a network, and hard in both directions. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Reading } from '@rsb/contract';
import { compareWithBaseline, faultsOf, loadBaseline } from '../packages/drivers/test/support/baseline.ts';
import { DEFAULT_CAPTURES, judge, judgePrinters } from '../scripts/truth/judge.ts';
import { tallyOf, wordTruth } from '../scripts/truth/tables.ts';

const isThere = existsSync(DEFAULT_CAPTURES);
if (!isThere) assert.notEqual(process.env['RSB_REQUIRE_ALL'], '1', `${DEFAULT_CAPTURES} is missing`);

test('every capture read over UDP is as right as the baseline says', {
  skip: isThere ? false : 'no captures beside the project',
}, async () => {
  const judged = await judgePrinters(DEFAULT_CAPTURES, () => true);
  assert.ok(judged.length >= 61, `${judged.length} captures`);
  const faults = judged.flatMap(({ name, scores }) => faultsOf(name, scores));
  assert.deepEqual(compareWithBaseline(faults, loadBaseline()), { worse: [], better: [] });
  const all = tallyOf(judged.flatMap(({ scores }) => scores));
  assert.ok(all.right > 1100, `${all.right} fields right`);
  assert.equal(all.invented, 0);
  assert.match(wordTruth(judged, { scanned: 0, taken: [] }, { worse: [], better: [] }), /^\d+ captures, \d+ fields: /m);
});

const reading: Reading = {
  contract: 1,
  address: '127.0.0.1',
  port: 161,
  unit: { hrDeviceIndex: 1 },
  takenAt: '2026-11-24T08:00:00Z',
  kind: 'printer',
  asked: ['identity'],
  identity: {
    manufacturer: 'Ricoh',
    model: 'MP C3003',
    serialNumber: null,
    macAddress: null,
    hostName: 'RNP1',
    location: null,
    assetNumber: null,
    firmware: null,
    sysObjectId: null,
  },
  supplies: [],
  driver: { name: 'ricoh', version: 1, generic: false },
  completeness: { state: 'complete', missing: [], reasons: {} },
};
const absent: Reading = { ...reading, completeness: { state: 'notPrinter', missing: [], reasons: {} } };

describe('a judgement', () => {
  const judged = (truth: Parameters<typeof judge>[0], ...readings: readonly Reading[]) =>
    judge(truth, readings).map(({ field, judgement }) => `${field} ${judgement}`);

  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['letters and blanks do not matter', judged({ model: 'mp  c3003 ' }, reading), ['isPrinter right', 'model right']],
    ['another value is wrong', judged({ model: 'MP C3004' }, reading), ['isPrinter right', 'model wrong']],
    ['none is missing', judged({ serialNumber: 'X1' }, reading), ['isPrinter right', 'serialNumber missing']],
    ['one too many is invented', judged({ hostName: null }, reading), ['isPrinter right', 'hostName invented']],
    ['any of several', judged({ firmware: ['1.0', null] }, reading), ['isPrinter right', 'firmware right']],
    [
      'a supply that is not there is missing',
      judged({ supplies: [{ type: 'toner', color: 'black', percent: 4 }] }, reading),
      ['isPrinter right', 'supplies.toner/black.row missing'],
    ],
    ['two readings of one machine', judged({}, reading, reading), ['isPrinter wrong']],
    ['a printer that was not found', judged({}, absent), ['isPrinter wrong']],
    ['another device that was', judged({ isPrinter: false }, reading), ['isPrinter wrong']],
    ['another device that was not', judged({ isPrinter: false }, absent), ['isPrinter right']],
  ];
  for (const [what, got, wanted] of cases) test(what, () => assert.deepEqual(got, wanted));
});

test('the baseline is compared both ways, for the captures that were read', () => {
  const baseline = ['a model wrong', 'a firmware missing', 'b model wrong'];
  const faults = ['a model wrong', 'a hostName invented'];
  assert.deepEqual(compareWithBaseline(faults, baseline, new Set(['a'])), {
    worse: ['a hostName invented'],
    better: ['a firmware missing'],
  });
});
