/** Alerts are searched by words without accents, as machines are; what is given to somebody is found by the name. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { foldText } from '../../fleet/search-text.ts';

const AT_ONCE = 500;

export const foundAlerts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index attention_given on attention (assigned_to) where assigned_to is not null`.execute(db);
    let after: readonly [number, number] = [-1, -1];
    for (let more = true; more; ) {
      const { rows } = await sql<{ customer_id: number; id: number; search: string }>`select customer_id, id, search
        from alert where (customer_id, id) > (${after[0]}, ${after[1]}) order by customer_id, id limit ${AT_ONCE}`.execute(
        db,
      );
      for (const { customer_id, id, search } of rows) {
        const folded = foldText(search);
        if (folded !== search)
          await sql`update alert set search = ${folded} where customer_id = ${customer_id} and id = ${id}`.execute(db);
      }
      const last = rows.at(-1);
      if (last) after = [last.customer_id, last.id];
      more = rows.length === AT_ONCE;
    }
  },
};
