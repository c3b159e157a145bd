/** Every change of the tables, in order. Append only: a released migration is never edited. */
import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import type { Engine } from './column-types.ts';

export function migrations(engine: Engine): Record<string, Migration> {
  return { '0001-first-tables': firstTables(engine) };
}
