import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, digestOf } from '../src/digest.ts';
import { parseReading, parseReport } from '../src/index.ts';

type Json = Record<string, unknown>;
const example = (): Json =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../examples/v1/reading.json'), 'utf8')) as Json;

/** Puts `value` at a path like `counters.life` of a fresh example. */
function changed(path: string, value: unknown): Json {
  const reading = example();
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const holder = steps.reduce<Json>((at, step) => at[step] as Json, reading);
  holder[last] = value;
  return reading;
}

const refused: readonly [string, unknown][] = [
  ['counters.life', -3],
  ['counters.life', 1.5],
  ['counters.life', '12'],
  ['counters.life', '12a4567890123456'],
  ['counters.life', 2 ** 53],
  ['counters.life', true],
  ['counters.life', ''],
  ['counters.total.mono', undefined],
  ['supplies.0.percent', 150],
  ['supplies.0.percent', -3],
  ['supplies.0.color', 'red'],
  ['supplies.0.state', 'fine'],
  ['identity.macAddress', '00:26:73:73:D6:60'],
  ['identity.macAddress', '002673-73d660'],
  ['identity.manufacturer', 'x'.repeat(256)],
  ['status.state', 'happy'],
  ['status.errors', ['lowPaper', 'console']],
  ['takenAt', '2026-11-24 08:00'],
  ['takenAt', 1764000000],
  ['contract', 2],
  ['contract', '1'],
  ['port', 0],
  ['kind', 'scanner'],
];

for (const [path, value] of refused) {
  test(`${path} = ${JSON.stringify(value)?.slice(0, 40)} is refused, with its place`, () => {
    const outcome = parseReading(changed(path, value));
    assert.ok(!outcome.ok);
    assert.ok(outcome.error.length >= 1);
    const place = `/${path.replaceAll('.', '/')}`;
    const named = outcome.error.some(({ path: at }) => place.startsWith(at) || at.startsWith(place));
    assert.ok(named, JSON.stringify(outcome.error));
  });
}

test('null stays null: it is not coerced into 0', () => {
  const outcome = parseReading(changed('counters.life', null));
  assert.ok(outcome.ok);
  assert.equal(outcome.value.counters?.life, null);
});

test('what is no object at all is refused without an exception', () => {
  fc.assert(fc.property(fc.anything(), (anything) => assert.equal(parseReport(anything).ok, false)));
});

test('canonical JSON does not depend on the order of members, and drops what JSON drops', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      assert.equal(canonicalJson(reversed), canonicalJson(value));
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      assert.equal(digestOf(reversed), digestOf(JSON.parse(JSON.stringify(value))));
    }),
  );
});
