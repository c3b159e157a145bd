/** Lists of alerts are walked in their order by an index that holds what they are filtered by. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const alertsInOrder: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.dropIndex('alert_order').execute();
    await sql`create index alert_order on alert (live desc, rank, opened_at desc, id desc, customer_id, status, severity,
      rule_id, assigned_to, device_id)`.execute(db);
  },
};
