/** The captures that boxes made on a proposal, beside the proposals: lists of those do not carry them. */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columnTypes, type Engine } from './column-types.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export function captures(engine: Engine): Migration {
  const { integer, text, bytes, heap } = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await heap(
        db.schema
          .createTable('capture')
          .addColumn('customer_id', integer, required)
          .addColumn('agent', text, required)
          .addColumn('proposal_id', text, required)
          .addColumn('bytes', integer, required)
          .addColumn('packed', bytes, required)
          .addPrimaryKeyConstraint('capture_key', ['customer_id', 'agent', 'proposal_id'])
          .addForeignKeyConstraint('capture_customer', ['customer_id'], 'customer', ['id']),
      ).execute();
    },
  };
}
