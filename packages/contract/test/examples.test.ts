/** The frozen examples of version 1: what boxes in the field send is accepted for ever. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOf } from '../src/digest.ts';
import {
  ITEM_KINDS,
  parseEnrolmentAnswer,
  parseEnrolmentRequest,
  parseItem,
  parseReading,
  parseReceipt,
  parseReport,
} from '../src/index.ts';

const folder = join(import.meta.dirname, '../examples/v1');
const load = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

const parsers = {
  reading: parseReading,
  'reading-oversize': parseReading,
  'reading-unreachable': parseReading,
  'item-plan': parseItem,
  'item-reading': parseItem,
  'item-reading-withheld': parseItem,
  'item-deviceEvent': parseItem,
  'item-deviceEvent-removed': parseItem,
  'item-deviceNote': parseItem,
  'item-scan': parseItem,
  'item-boxState': parseItem,
  'item-boxState-unreached': parseItem,
  'item-proposalResult': parseItem,
  report: parseReport,
  receipt: parseReceipt,
  'enrolment-request': parseEnrolmentRequest,
  'enrolment-answer': parseEnrolmentAnswer,
};

test('every example file has a parser and every parser its file', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
  assert.deepEqual(files.sort(), Object.keys(parsers).sort());
  assert.deepEqual(
    ITEM_KINDS.map((kind) => `item-${kind}`).filter((name) => !(name in parsers)),
    [],
  );
});

for (const [name, parse] of Object.entries(parsers)) {
  test(`example ${name} is accepted and comes out as it went in`, () => {
    const outcome = parse(load(name));
    assert.deepEqual(outcome, { ok: true, value: load(name) });
  });

  test(`example ${name} with fields of a later version is accepted and keeps them`, () => {
    const later = { ...(load(name) as object), addedLater: { deep: [1, null] } };
    const outcome = parse(later);
    assert.ok(outcome.ok);
    assert.deepEqual((outcome.value as Record<string, unknown>)['addedLater'], { deep: [1, null] });
  });
}

test('the digests in the examples are those of their bodies', () => {
  for (const kind of ITEM_KINDS) {
    const item = load(`item-${kind}`) as { digest: string; body: unknown };
    assert.equal(item.digest, digestOf(item.body), kind);
  }
});
