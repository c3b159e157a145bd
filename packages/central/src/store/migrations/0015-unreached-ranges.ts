/** Which ranges a box said last that it does not reach. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columnTypes, type Engine } from './column-types.ts';

export function unreachedRanges(engine: Engine): Migration {
  const { text } = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('box').addColumn('unreached', text).execute();
    },
  };
}
