/** Who may touch what in central: SQL stays in the store, and what looks across customers is one short list. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Kysely } from 'kysely';
import { acrossCustomersOf } from '../src/store/across-customers.ts';
import { NodeSqliteDialect } from '../src/store/sqlite-dialect.ts';
import type { Tables } from '../src/store/tables.ts';

const source = join(import.meta.dirname, '../src');

test('only the store speaks SQL; everything else gets a customer’s handle', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((file) => !file.startsWith('store/'));
  assert.ok(files.length > 30);
  const offenders = files.filter((file) =>
    /from '(kysely|pg|node:sqlite)|store\/(scope|rows)\.ts'/.test(readFileSync(join(source, file), 'utf8')),
  );
  assert.deepEqual(offenders, []);
});

test('what looks across customers is this list', async (t) => {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(':memory:') });
  t.after(() => db.destroy());
  assert.deepEqual(Object.keys(acrossCustomersOf(db)).sort(), [
    'addCustomer',
    'customersOfAgency',
    'findAgentOwner',
    'findCodeOwner',
    'formerOwners',
    'listCustomers',
    'moveBox',
    'whoExpects',
    'whoSees',
  ]);
});
