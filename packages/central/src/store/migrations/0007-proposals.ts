/** What is proposed to boxes and prepared for them; notes that were typed at central and wait for their box. */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columnTypes, type Engine } from './column-types.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export function proposals(engine: Engine): Migration {
  const { integer, text, bytes, heap } = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await heap(
        db.schema
          .createTable('proposal')
          .addColumn('customer_id', integer, required)
          .addColumn('agent', text, required)
          .addColumn('id', text, required)
          .addColumn('kind', text, required)
          .addColumn('shown', text, required)
          .addColumn('sealed', bytes)
          .addColumn('proposed_at', integer, required)
          .addColumn('proposed_by', text, required)
          .addColumn('ends_at', integer, required)
          .addColumn('prepared_at', integer)
          .addColumn('fetched_at', integer)
          .addColumn('withdrawn_at', integer)
          .addColumn('answered_at', integer)
          .addColumn('result', text)
          .addColumn('code', text)
          .addColumn('detail', text, required)
          .addPrimaryKeyConstraint('proposal_key', ['customer_id', 'agent', 'id'])
          .addForeignKeyConstraint('proposal_customer', ['customer_id'], 'customer', ['id']),
      ).execute();
      await heap(
        db.schema
          .createTable('prepared')
          .addColumn('customer_id', integer, required)
          .addColumn('site_id', integer, required)
          .addColumn('shown', text, required)
          .addColumn('sealed', bytes, required)
          .addColumn('prepared_at', integer, required)
          .addColumn('prepared_by', text, required)
          .addPrimaryKeyConstraint('prepared_key', ['customer_id', 'site_id'])
          .addForeignKeyConstraint('prepared_customer', ['customer_id'], 'customer', ['id']),
      ).execute();
      // Set where a note was typed at central and the box has not confirmed it.
      await db.schema.alterTable('note').addColumn('typed_at', integer).execute();
      await db.schema.alterTable('note').addColumn('typed_by', text).execute();
    },
  };
}
