/**
 * Real devices' answers, replayed without a network: every printer found, everything else ignored, and each field held
 * against the truth in both directions. What is not right yet stands in truth-baseline.json, which may only get shorter.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parseReading } from '@rsb/contract';
import { DRIVERS } from '../src/index.ts';
import { compareWithBaseline, faultsOf, loadBaseline } from './support/baseline.ts';
import { captureNames, hasCaptures, loadCapture, loadTruth } from './support/captures.ts';
import { replay } from './support/replay.ts';
import { score } from './support/score.ts';

test('every captured printer is found, read, and as right as the baseline says', async (t) => {
  if (!hasCaptures(t)) return;
  const names = captureNames('printers');
  assert.ok(names.length >= 61, `${names.length} captures`);
  const faults: string[] = [];
  let right = 0;
  for (const name of names) {
    const { identification, interpretations, looks } = replay(loadCapture('printers', name));
    assert.equal(identification.verdict, 'printer', `${name}: ${identification.why}`);
    // Without a marker the scanners of some makers look the same at first.
    const mayBeOther = identification.driver?.otherGear !== undefined;
    assert.ok(looks === 1 || mayBeOther, `${name} needs no second look`);
    assert.equal(interpretations.length, 1, `${name} is one machine`);
    for (const { reading, draft } of interpretations) {
      assert.deepEqual(draft.failedBlocks, [], name);
      assert.ok(parseReading(JSON.parse(JSON.stringify(reading))).ok, `${name}: the contract takes it`);
      const scores = score(loadTruth(name), reading);
      right += scores.filter(({ judgement }) => judgement === 'right').length;
      faults.push(...faultsOf(name, scores));
    }
  }
  t.diagnostic(`${right} fields right, ${faults.length} not`);
  const { worse, better } = compareWithBaseline(faults, loadBaseline());
  assert.deepEqual(worse, [], 'fields that were right before');
  assert.deepEqual(better, [], 'right now: shorten truth-baseline.json (npm run truth -- --update)');
});

test('no captured device of another kind is taken for a printer, and few are looked at twice', (t) => {
  if (!hasCaptures(t)) return;
  const names = captureNames('nonprinters');
  assert.ok(names.length >= 446, `${names.length} captures`);
  const taken: string[] = [];
  const twice: string[] = [];
  for (const name of names) {
    const { identification, looks } = replay(loadCapture('nonprinters', name));
    if (identification.verdict !== 'notPrinter') taken.push(`${name}: ${identification.why}`);
    if (looks === 2) twice.push(name);
  }
  assert.deepEqual(taken, []);
  assert.ok(twice.length <= 10, `looked at twice: ${twice.join(' ')}`);
});

test('every capture proves the driver that reads it, and every driver names the captures that prove it', (t) => {
  if (!hasCaptures(t)) return;
  const names = captureNames('printers');
  const readers = new Map(
    names.map((name) => [name, replay(loadCapture('printers', name)).identification.driver?.name]),
  );
  let proofs = 0;
  for (const driver of DRIVERS) {
    if (!('captures' in driver.verified)) continue;
    for (const name of driver.verified.captures) {
      assert.equal(readers.get(name), driver.name, `${driver.name} names ${name}`);
      proofs += 1;
    }
  }
  assert.ok(proofs > 0);
});

test('one machine at two moments is one device whose counts only rise', (t) => {
  if (!hasCaptures(t)) return;
  const readings = ['epson_cw-c6500au_2025-11', 'epson_cw-c6500au'].map(
    (name) => replay(loadCapture('printers', name)).interpretations[0]?.reading,
  );
  const [before, after] = readings;
  assert.ok(before?.identity && after?.identity && before.counters && after.counters);
  assert.deepEqual(after.identity, before.identity);
  assert.ok(Number(after.counters.life) > Number(before.counters.life));
});
