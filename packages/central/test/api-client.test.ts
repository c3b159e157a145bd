/** The dashboard's generated client knows every operation of the API and no other: `npm run api` writes it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ApiDocument } from '../src/api/openapi.ts';
import { runCentral } from './running-central.ts';

/** Boxes' own calls, signed and packed. */
const OF_BOXES = ['enrol', 'report'];

test('operations of the document and calls of the client are the same', async (t) => {
  const central = await runCentral(t);
  const document = (await (await fetch(`${central.url}/api/openapi.json`)).json()) as ApiDocument;
  const operations = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  const source = readFileSync(join(import.meta.dirname, '../../web/src/central/api/central-api.ts'), 'utf8');
  const body = source.slice(source.indexOf('export const api = {'));
  const calls = [...body.matchAll(/^ {2}(\w+): \(/gm)].map(([, name]) => name ?? '');
  assert.ok(calls.length > 60);
  assert.deepEqual(calls.sort(), operations.filter((name) => !OF_BOXES.includes(name)).sort());
});
