/** A code may say at which site the box will stand that uses it. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columnTypes, type Engine } from './column-types.ts';

export function codeSites(engine: Engine): Migration {
  const { integer } = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('enrolment_code').addColumn('site_id', integer).execute();
    },
  };
}
