/** Cutting a report's text into items gives exactly what JSON.parse sees, for every spelling of JSON. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sliceItems } from '../src/ingest/item-slices.ts';

const parsed = (text: string) => sliceItems(Buffer.from(text)).map(({ raw }) => JSON.parse(raw.toString('utf8')));

const spaces = fc.constantFrom('', ' ', '\n', '\t \r\n');

/** JSON text with blanks wherever they may stand. */
function spelled(value: unknown, blank: () => string): string {
  const around = (text: string) => `${blank()}${text}${blank()}`;
  if (Array.isArray(value)) return around(`[${value.map((each) => spelled(each, blank)).join(',') || blank()}]`);
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(
      ([key, each]) => `${around(JSON.stringify(key))}:${spelled(each, blank)}`,
    );
    return around(`{${members.join(',') || blank()}}`);
  }
  return around(JSON.stringify(value));
}

test('any items, with any members around them, in any spelling', () => {
  const member = fc.tuple(fc.constantFrom('a', 'items"', '\\', 'item', 'x'), fc.jsonValue());
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { maxLength: 8 }),
      fc.array(member, { maxLength: 4 }),
      fc.array(member, { maxLength: 4 }),
      fc.infiniteStream(spaces),
      (items, before, after, blanks) => {
        const blank = () => blanks.next().value ?? '';
        const members = [...before, ['items', items] as const, ...after];
        const text = `{${members.map(([key, value]) => `${JSON.stringify(key)}:${spelled(value, blank)}`).join(',')}}`;
        assert.deepEqual(parsed(text), (JSON.parse(text) as { items: unknown[] }).items);
      },
    ),
    { numRuns: 500 },
  );
});

const CASES: readonly [string, string, readonly string[]][] = [
  ['none', '{"items":[ ]}', []],
  ['brackets and commas inside strings', '{"items":["],[","{\\"a\\":[","\\\\"]}', ['"],["', '"{\\"a\\":["', '"\\\\"']],
  ['items inside an item', '{"items":[{"items":[1,2]},3]}', ['{"items":[1,2]}', '3']],
  ['items below another member', '{"x":{"items":[1]},"items":[2]}', ['2']],
  ['the last of two', '{"items":[1],"items":[2,3]}', ['2', '3']],
  ['a name with an escape', '{"\\u0069tems":[1]}', ['1']],
  ['a list at the top', '[{"items":[1]}]', []],
  ['no list', '{"items":{"a":[1]}}', []],
];

for (const [name, text, expected] of CASES) {
  test(`items: ${name}`, () => {
    assert.deepEqual(
      sliceItems(Buffer.from(text)).map(({ raw }) => raw.toString()),
      expected,
    );
  });
}

test('the depth is that of each item', () => {
  assert.deepEqual(
    sliceItems(Buffer.from('{"items":[1,[[]],{"a":{"b":[1]}},"[["]}')).map(({ depth }) => depth),
    [0, 2, 3, 0],
  );
});
