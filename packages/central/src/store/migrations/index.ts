/** Every change of the tables, in order. Append only: a released migration is never edited. */
import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { workedThrough } from './0002-worked-through.ts';
import type { Engine } from './column-types.ts';

export function migrations(engine: Engine): Record<string, Migration> {
  return { '0001-first-tables': firstTables(engine), '0002-worked-through': workedThrough(engine) };
}
