/** Challenges of passkeys that were answered, so that no answer is good twice. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columnTypes, type Engine } from './column-types.ts';

export function usedChallenges(engine: Engine): Migration {
  const { integer, text, keyed } = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await keyed(
        db.schema
          .createTable('used_challenge')
          .addColumn('challenge_hash', text, (column) => column.primaryKey().notNull())
          .addColumn('expires_at', integer, (column) => column.notNull()),
      ).execute();
      await db.schema.createIndex('used_challenge_until').on('used_challenge').columns(['expires_at']).execute();
    },
  };
}
