/** The fleet by customer: those that have any machine that matches, each in sum, a page at a time. */
import { type SqlBool, sql } from 'kysely';
import { chooseFleet, type FleetChoice, type FleetFilter } from './fleet-choice.ts';
import type { CustomerId } from './identifiers.ts';
import type { Sight } from './sight.ts';
import { boxIsSilent } from './silent-box.ts';

export interface FleetGroup {
  readonly customer: CustomerId;
  readonly name: string;
  /** What customers are sorted by. */
  readonly sortKey: string;
  readonly sites: number;
  readonly machines: number;
  readonly boxes: number;
  readonly agent: string | null;
  readonly silentBoxes: number;
  readonly heardAt: number | null;
  /** Of its machines in trouble: how many, and the gravest. */
  readonly trouble: number;
  readonly severity: number;
  readonly supplies: number;
  readonly silent: number;
}

export interface FleetGroupsFound {
  readonly groups: readonly FleetGroup[];
  readonly machines: number;
  /** There are more machines; they were not counted. */
  readonly atLeast: boolean;
  readonly customers: number;
}

/** The last group of the page before. */
export interface GroupCursor {
  readonly sortKey: string;
  readonly customer: number;
}

export async function fleetGroups(
  sight: Sight,
  filter: FleetFilter,
  after: GroupCursor | null,
  limit: number,
): Promise<FleetGroupsFound> {
  const choice = await chooseFleet(sight, filter);
  const { count: machines, atLeast } = choice;
  const having = customersWith(sight, choice);
  const all = await having.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
  const found = await having
    .select(['customer.id', 'customer.name', 'customer.sort_key'])
    .$if(after !== null, (query) =>
      query.where(sql<SqlBool>`(customer.sort_key, customer.id) > (${after?.sortKey}, ${after?.customer})`),
    )
    .orderBy('customer.sort_key')
    .orderBy('customer.id')
    .limit(limit)
    .execute();
  return { groups: await summed(sight, found, filter.now), machines, atLeast, customers: all?.count ?? 0 };
}

/** Few machines lead to their customers; of many each customer is asked whether it has one, which the first one answers. */
function customersWith({ db, customer: own }: Sight, { few, rows, condition }: FleetChoice) {
  const matching = sql<SqlBool>`${condition ?? sql`1 = 1`}`;
  const customers = db
    .with(
      (cte) => cte('found').materialized(),
      (query) =>
        query
          .selectFrom(rows)
          .select('standing.customer_id')
          .where(few ? matching : sql<SqlBool>`1 = 0`),
    )
    .selectFrom('customer')
    .where(
      few
        ? sql<SqlBool>`customer.id in (select customer_id from found)`
        : sql<SqlBool>`exists (select 1 from standing where standing.customer_id = customer.id and ${matching})`,
    );
  return own === null ? customers : customers.where('customer.id', '=', own);
}

async function summed(
  { db }: Sight,
  found: readonly { readonly id: number; readonly name: string; readonly sort_key: string }[],
  now: number,
): Promise<FleetGroup[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const machines = await db
    .selectFrom('standing')
    .select([
      'customer_id',
      sql<number>`count(*)`.as('machines'),
      sql<number>`sum(case when watched = 1 and severity > 0 then 1 else 0 end)`.as('trouble'),
      sql<number>`max(case when watched = 1 then severity else 0 end)`.as('severity'),
      sql<number>`sum(case when watched = 1 and supply_rank > 0 then 1 else 0 end)`.as('supplies'),
      sql<number>`sum(case when watched = 1 and silent_at <= ${now} then 1 else 0 end)`.as('silent'),
    ])
    .where('customer_id', 'in', ids)
    .groupBy('customer_id')
    .execute();
  const boxes = await db
    .selectFrom('box')
    .select(({ fn }) => [
      'customer_id',
      fn.countAll<number>().as('boxes'),
      fn.min('agent').as('agent'),
      fn.max('last_heard').as('heard'),
      sql<number>`sum(case when ${boxIsSilent('box', now)} then 1 else 0 end)`.as('silent'),
    ])
    .where('customer_id', 'in', ids)
    .where('revoked_at', 'is', null)
    .where('left_at', 'is', null)
    .groupBy('customer_id')
    .execute();
  const sites = await db
    .selectFrom('site')
    .select(({ fn }) => ['customer_id', fn.countAll<number>().as('sites')])
    .where('customer_id', 'in', ids)
    .groupBy('customer_id')
    .execute();
  return found.map(({ id, name, sort_key }) => {
    const own = machines.find((row) => row.customer_id === id);
    const its = boxes.find((row) => row.customer_id === id);
    return {
      customer: id as CustomerId,
      name,
      sortKey: sort_key,
      sites: sites.find((row) => row.customer_id === id)?.sites ?? 0,
      machines: own?.machines ?? 0,
      boxes: its?.boxes ?? 0,
      agent: its?.agent ?? null,
      silentBoxes: its?.silent ?? 0,
      heardAt: its?.heard ?? null,
      trouble: own?.trouble ?? 0,
      severity: own?.severity ?? 0,
      supplies: own?.supplies ?? 0,
      silent: own?.silent ?? 0,
    };
  });
}
