/** Writes the pages under docs/reference that are made from the code; a test holds each against its source. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { referencePages } from './reference/pages.ts';

const root = resolve(import.meta.dirname, '..');
for (const [name, text] of Object.entries(referencePages(root))) {
  writeFileSync(join(root, 'docs/reference', name), text);
}
