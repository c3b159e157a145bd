/** The frozen examples of version 1: what boxes in the field send is accepted for ever. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOf } from '../src/digest.ts';
import {
  ITEM_KINDS,
  MOST_CAPTURE_BYTES,
  parseEnrolmentAnswer,
  parseEnrolmentRequest,
  parseItem,
  parseProposal,
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
  'item-proposalResult-capture': parseItem,
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

test('a capture is proposed by an address alone, and its file has a bound', () => {
  const proposal = (command: object) => ({
    id: '0123456789abcdef',
    proposedAt: '2026-11-24T08:00:00Z',
    endsAt: '2026-11-25T08:00:00Z',
    by: 'anna',
    kind: 'command',
    command,
  });
  assert.ok(parseProposal(proposal({ do: 'capture', address: '10.1.2.3' })).ok);
  const wrong = [
    { do: 'capture' },
    { do: 'capture', address: 'x'.repeat(46) },
    { do: 'capture', address: '::1', port: 1 },
  ];
  for (const command of wrong) assert.ok(!parseProposal(proposal(command)).ok, JSON.stringify(command));
  const item = load('item-proposalResult-capture') as { body: object };
  const withFile = (capture: unknown) => parseItem({ ...item, body: { ...item.body, capture } }).ok;
  assert.deepEqual(
    [withFile('x'.repeat(MOST_CAPTURE_BYTES)), withFile('x'.repeat(MOST_CAPTURE_BYTES + 1)), withFile(null)],
    [true, false, false],
  );
});
