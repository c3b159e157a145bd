/** The pages under docs/reference say what the code does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { allowedObjects, captureObjects, DRIVERS } from '@rsb/drivers';
import { referencePages } from '../scripts/reference/pages.ts';

const root = resolve(import.meta.dirname, '..');
const pageOf = (name: string) => readFileSync(join(root, 'docs/reference', name), 'utf8');

for (const [name, text] of Object.entries(referencePages(root))) {
  test(`docs/reference/${name} is what the code makes of it (npm run reference)`, () => {
    assert.equal(pageOf(name), text);
  });
}

test('objects.md lists the allow-list: each object once, no other', () => {
  const [page = '', ofCaptures = ''] = pageOf('objects.md').split('## For captures only');
  const listed = (text: string) => [...text.matchAll(/^\| `([\d.]+)` \|/gm)].map(([, oid]) => oid ?? '');
  assert.deepEqual(listed(page).sort(), [...allowedObjects()].sort());
  assert.deepEqual(listed(ofCaptures).sort(), [...captureObjects()].sort());
});

test('devices.md has each family and its brands', () => {
  const page = pageOf('devices.md');
  for (const { name, brands } of DRIVERS) {
    assert.ok(page.includes(`\n## ${name}\n`), name);
    for (const brand of brands) assert.ok(page.includes(brand.name), brand.name);
  }
});
