/** Whatever stands in a report's list, judging it ends, and its receipt line cannot speak for another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiptText } from '@rsb/contract';
import fc from 'fast-check';
import { sliceItems } from '../src/ingest/item-slices.ts';
import { judgeItem } from '../src/ingest/judge-item.ts';
import { readingItem } from './sample-items.ts';

const judge = (value: unknown) =>
  sliceItems(Buffer.from(JSON.stringify({ items: [value] }))).map((slice) => judgeItem(slice));

const anyHead = fc.record(
  {
    epoch: fc.oneof(fc.string(), fc.constant('0123456789abcdef'), fc.constant('a\nrsb-receipt-1'), fc.integer()),
    seq: fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(2 ** 60)),
    digest: fc.oneof(fc.string({ maxLength: 150 }), fc.constant('x stored -'), fc.constant(null)),
    kind: fc.oneof(fc.string(), fc.constantFrom('reading', 'plan', 'scan', '__proto__', 'constructor')),
    at: fc.oneof(fc.string(), fc.constant('2026-11-24T08:00:00Z')),
    body: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

test('anything is judged, and named within the receipt’s own words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), anyHead), (value) => {
      const [judged, ...others] = judge(value);
      assert.ok(judged);
      assert.deepEqual(others, []);
      const result = judged.sound ? 'stored' : 'quarantined';
      const line = { ...judged.name, result, code: judged.sound ? null : judged.code } as const;
      const lines = receiptText({ box: '123456789', results: [line] }).split('\n');
      assert.equal(lines.length, 3);
      assert.equal(lines[2]?.split(' ').length, 5);
    }),
    { numRuns: 1000 },
  );
});

test('one changed member of a sound reading is noticed', () => {
  const sound = readingItem(1);
  const [judged] = judge(sound);
  assert.equal(judged?.sound, true);
  const changed = structuredClone(sound) as { body: { reading: { counters: { life: number } } } };
  changed.body.reading.counters.life += 1;
  const [other] = judge(changed);
  assert.ok(other && !other.sound);
  assert.equal(other.code, 'itemDigestMismatch');
});
