/** The fleet as one list: a page of the machines that match, in the order asked. */
import { type SqlBool, sql } from 'kysely';
import { chooseFleet, type FleetChoice, type FleetFilter } from './fleet-choice.ts';
import type { Sight } from './sight.ts';
import type { StandingTable } from './standing-tables.ts';

export const FLEET_ORDERS = ['name', 'trouble', 'supply', 'month', 'total', 'read'] as const;
export type FleetOrder = (typeof FLEET_ORDERS)[number];

export interface FleetCursor {
  readonly value: string | number;
  readonly customer: number;
  readonly device: number;
}

export interface FleetPage {
  readonly order: FleetOrder;
  readonly descending: boolean;
  readonly after: FleetCursor | null;
  readonly limit: number;
}

export type FleetRow = StandingTable & {
  readonly customer_name: string;
  readonly site: number;
  readonly site_name: string;
};

export interface FleetPageFound {
  readonly rows: readonly FleetRow[];
  readonly count: number;
  /** There are more; they were not counted. */
  readonly atLeast: boolean;
}

const ORDER_COLUMNS = {
  name: 'name',
  trouble: 'trouble_rank',
  supply: 'supply_percent',
  month: 'month_pages',
  total: 'total_pages',
  read: 'read_at',
} as const satisfies Record<FleetOrder, keyof StandingTable>;

/** What a row is sorted by. */
export const sortedBy = (row: FleetRow, order: FleetOrder): string | number => row[ORDER_COLUMNS[order]];

interface RowKey {
  readonly customer_id: number;
  readonly device_id: number;
}

export async function fleetPage(sight: Sight, filter: FleetFilter, page: FleetPage): Promise<FleetPageFound> {
  const choice = await chooseFleet(sight, filter);
  const keys = await keysOf(sight, choice, page);
  const found = keys.length === 0 ? [] : await rowsOf(sight, keys);
  const placeOf = new Map(keys.map(({ customer_id, device_id }, place) => [`${customer_id} ${device_id}`, place]));
  const place = ({ customer_id, device_id }: RowKey) => placeOf.get(`${customer_id} ${device_id}`) ?? 0;
  const rows = found.sort((one, other) => place(one) - place(other));
  return { rows, count: choice.count, atLeast: choice.atLeast };
}

function keysOf(
  { db }: Sight,
  { few, rows: chosen, condition }: FleetChoice,
  { order, descending, after, limit }: FleetPage,
): Promise<RowKey[]> {
  const column = ORDER_COLUMNS[order];
  const direction = descending ? 'desc' : 'asc';
  const rows = db
    .selectFrom(chosen)
    .select(['standing.customer_id', 'standing.device_id', `standing.${column} as value`])
    .$if(condition !== undefined, (query) => query.where(condition ?? sql<SqlBool>`1 = 1`));
  // Few rows are found before they are sorted: left to itself, an engine may walk the whole order for them.
  const from = few
    ? db
        .with(
          (cte) => cte('found').materialized(),
          () => rows,
        )
        .selectFrom('found')
    : db.selectFrom(rows.as('found'));
  return from
    .select(['found.customer_id', 'found.device_id'])
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(found.value, found.customer_id, found.device_id) ${sql.raw(descending ? '<' : '>')} (${after?.value}, ${after?.customer}, ${after?.device})`,
      ),
    )
    .orderBy('found.value', direction)
    .orderBy('found.customer_id', direction)
    .orderBy('found.device_id', direction)
    .limit(limit)
    .execute();
}

/** In no order. */
function rowsOf({ db }: Sight, keys: readonly RowKey[]): Promise<FleetRow[]> {
  const list = keys.map(
    ({ customer_id, device_id }) => sql`(cast(${customer_id} as bigint), cast(${device_id} as bigint))`,
  );
  return db
    .selectFrom('standing')
    .innerJoin('customer', 'customer.id', 'standing.customer_id')
    .leftJoin('device_place', (join) =>
      join
        .onRef('device_place.customer_id', '=', 'standing.customer_id')
        .onRef('device_place.device_id', '=', 'standing.device_id'),
    )
    .leftJoin('box', (join) =>
      join.onRef('box.customer_id', '=', 'standing.customer_id').onRef('box.agent', '=', 'standing.agent'),
    )
    .leftJoin('site', (join) =>
      join
        .onRef('site.customer_id', '=', 'standing.customer_id')
        .on('site.id', '=', sql<number>`coalesce(device_place.site_id, box.site_id, 1)`),
    )
    .selectAll('standing')
    .select([
      'customer.name as customer_name',
      sql<number>`coalesce(device_place.site_id, box.site_id, 1)`.as('site'),
      sql<string>`coalesce(site.name, '')`.as('site_name'),
    ])
    .where(sql<SqlBool>`(standing.customer_id, standing.device_id) in (values ${sql.join(list)})`)
    .execute();
}
