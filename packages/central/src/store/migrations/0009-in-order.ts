/** Alerts are walked in their order, and a device's items found by their time, out of indexes that hold what is asked of them. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const inOrder: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.dropIndex('alert_order').execute();
    await sql`create index alert_order on alert (live desc, rank, opened_at desc, id desc, customer_id, status, severity,
      rule_id, assigned_to, device_id)`.execute(db);
    // A row holds the item itself, 2 kB: a month of them is not read to know their times.
    await db.schema.dropIndex('item_of_device').execute();
    await sql`create index item_of_device on item (customer_id, device_id, at, epoch_no, seq)
      where device_id is not null`.execute(db);
  },
};
