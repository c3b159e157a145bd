/** Alerts of all customers, or of the one that the caller sees: open first, by severity and age. */
import { sql } from 'kysely';
import { alertsNamed } from './alert-search.ts';
import type { AlertRow } from './customer-alerts.ts';
import type { CustomerId, DeviceId } from './identifiers.ts';
import type { Sight } from './sight.ts';

export interface AlertFilter {
  /** null: all. `live`: everything that is not resolved. */
  readonly status: 'live' | AlertRow['status'] | null;
  readonly severity: AlertRow['severity'] | null;
  readonly rule: string | null;
  readonly customer: CustomerId | null;
  readonly device: DeviceId | null;
  /** Name of an account; '' = nobody. */
  readonly assigned: string | null;
  readonly search: string | null;
}

/** Where an alert stands in the order. */
export type AlertKey = readonly [live: number, rank: number, openedAt: number, id: number];

export interface AlertFound extends AlertRow {
  readonly customer: CustomerId;
  readonly customerName: string;
}

export interface AlertsEverywhere {
  list(filter: AlertFilter, after: AlertKey | null, limit: number): Promise<AlertFound[]>;
  counts(): Promise<{ critical: number; warning: number; info: number; snoozed: number }>;
}

export const keyOfAlert = (row: AlertRow): AlertKey => [row.live, row.rank, row.opened_at, row.id];

export function alertsEverywhere({ db, customer }: Sight): AlertsEverywhere {
  return {
    async list(filter, after, limit) {
      const { status, severity, rule, assigned, search } = filter;
      const way = await alertsNamed({ db, customer }, search ?? '', filter.customer);
      if (!way) return [];
      // A page is found in the index that is the order, and only its own rows are fetched.
      let query = db.selectFrom(way.rows).select(['alert.customer_id', 'alert.id']);
      if (way.condition) query = query.where(way.condition);
      if (customer !== null) query = query.where('alert.customer_id', '=', customer);
      if (filter.customer !== null) query = query.where('alert.customer_id', '=', filter.customer);
      if (filter.device !== null) query = query.where('alert.device_id', '=', filter.device);
      if (status === 'live') query = query.where('live', '=', 1);
      else if (status !== null)
        query = query.where('status', '=', status).where('live', '=', status === 'resolved' ? 0 : 1);
      if (severity !== null) query = query.where('severity', '=', severity);
      if (rule !== null) query = query.where('rule_id', '=', rule);
      if (assigned === '') query = query.where('assigned_to', 'is', null);
      else if (assigned !== null) query = query.where('assigned_to', '=', assigned);
      if (after !== null) {
        const [live, rank, opened, id] = after;
        query = query.where(({ or, and, eb }) =>
          or([
            eb('live', '<', live),
            and([eb('live', '=', live), eb('rank', '>', rank)]),
            and([eb('live', '=', live), eb('rank', '=', rank), eb('opened_at', '<', opened)]),
            and([eb('live', '=', live), eb('rank', '=', rank), eb('opened_at', '=', opened), eb('alert.id', '<', id)]),
          ]),
        );
      }
      const keys = await query
        .orderBy('live', 'desc')
        .orderBy('rank')
        .orderBy('opened_at', 'desc')
        .orderBy('alert.id', 'desc')
        .limit(limit)
        .execute();
      if (keys.length === 0) return [];
      const list = keys.map(({ customer_id, id }) => sql`(cast(${customer_id} as bigint), cast(${id} as bigint))`);
      const rows = await db
        .selectFrom('alert')
        .innerJoin('customer', 'customer.id', 'alert.customer_id')
        .selectAll('alert')
        .select('customer.name as customer_name')
        .where(sql<boolean>`(alert.customer_id, alert.id) in (values ${sql.join(list)})`)
        .orderBy('live', 'desc')
        .orderBy('rank')
        .orderBy('opened_at', 'desc')
        .orderBy('alert.id', 'desc')
        .execute();
      return rows.map(({ customer_id, customer_name, ...row }) => ({
        ...row,
        customer: customer_id as CustomerId,
        customerName: customer_name,
      }));
    },
    async counts() {
      let query = db
        .selectFrom('alert')
        .select(({ fn }) => ['severity', 'status', fn.countAll<number>().as('count')])
        .where('live', '=', 1);
      if (customer !== null) query = query.where('customer_id', '=', customer);
      const counts = { critical: 0, warning: 0, info: 0, snoozed: 0 };
      for (const { severity, status, count } of await query.groupBy(['severity', 'status']).execute()) {
        if (status === 'snoozed') counts.snoozed += Number(count);
        else counts[severity] += Number(count);
      }
      return counts;
    },
  };
}
