/** The catalogue, its page in the docs and its sentences in three languages say the same. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ERROR_CODES, ERRORS } from '../src/index.ts';

const root = join(import.meta.dirname, '../../..');

test('docs/reference/errors.md lists exactly the catalogue', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (yes|no) \| (\w+) \|/gm)];
  assert.ok(rows.length > 50);
  assert.deepEqual(
    rows.map(([, code, status, retry, acts]) => ({ code, status: Number(status), retry: retry === 'yes', acts })),
    ERROR_CODES.map((code) => ({
      code,
      status: ERRORS[code].status,
      retry: ERRORS[code].retry,
      acts: ERRORS[code].acts,
    })),
  );
});

for (const locale of ['en', 'fr', 'de']) {
  test(`every code has its sentence in ${locale}, showing only values that the code gives`, () => {
    const file = join(root, `packages/messages/messages/${locale}/errors.json`);
    const { $schema: _schema, ...sentences } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(sentences).sort(), ERROR_CODES.map((code) => `error_${code}`).sort());
    for (const code of ERROR_CODES) {
      const shown = [...(sentences[`error_${code}`] ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual(
        shown.filter((name) => !(ERRORS[code].params as readonly string[]).includes(name ?? '')),
        [],
        code,
      );
    }
  });
}
