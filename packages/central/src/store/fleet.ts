/** All devices that a caller sees: counted, grouped by customer, filtered, in order and a page at a time. */
import { type SqlBool, sql } from 'kysely';
import { foldText } from '../fleet/search-text.ts';
import type { DevicePartRow, DeviceRow } from './customer-devices.ts';
import type { CustomerId, DeviceId } from './identifiers.ts';
import type { Sight } from './sight.ts';
import type { StandingTable } from './standing-tables.ts';

export const FLEET_VIEWS = ['all', 'trouble', 'supplies', 'silent', 'old', 'questions', 'unwatched'] as const;
export type FleetView = (typeof FLEET_VIEWS)[number];
export const FLEET_ORDERS = ['name', 'trouble', 'supply', 'month', 'total', 'read'] as const;
export type FleetOrder = (typeof FLEET_ORDERS)[number];

export interface FleetFilter {
  readonly view: FleetView;
  readonly search: string;
  readonly customer: CustomerId | null;
  readonly site: number | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly now: number;
}

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

export interface FleetDevice {
  readonly device: DeviceRow;
  readonly parts: readonly DevicePartRow[];
}

export interface FleetCounts {
  readonly machines: number;
  readonly trouble: number;
  readonly supplies: number;
  readonly silent: number;
  readonly old: number;
  readonly questions: number;
  readonly unwatched: number;
}

export interface FleetGroup {
  readonly customer: CustomerId;
  readonly name: string;
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

/** Readings older than this are too old to be billed by. */
export const OLD_AFTER = 24 * 3_600_000;

const ORDER_COLUMNS: Readonly<Record<FleetOrder, keyof StandingTable>> = {
  name: 'name',
  trouble: 'severity',
  supply: 'supply_percent',
  month: 'month_pages',
  total: 'total_pages',
  read: 'read_at',
};

export interface Fleet {
  counts(now: number): Promise<FleetCounts>;
  places(): Promise<{ readonly customers: number; readonly sites: number; readonly boxes: number }>;
  /** How many match; with nothing but the view it is told by `counts`. */
  count(filter: FleetFilter): Promise<number>;
  page(filter: FleetFilter, page: FleetPage): Promise<FleetRow[]>;
  /** Customers that have any machine that matches, by name; `after` is the last one of the page before. */
  groups(
    filter: FleetFilter,
    boxSilentAfter: number,
    after: { readonly name: string; readonly customer: number } | null,
    limit: number,
  ): Promise<FleetGroup[]>;
  countGroups(filter: FleetFilter): Promise<{ readonly machines: number; readonly customers: number }>;
  /** Models by how many there are. */
  models(limit: number): Promise<{ readonly model: string; readonly machines: number }[]>;
  /** The devices of these rows, with the latest value of each part. */
  devices(rows: readonly FleetRow[]): Promise<Map<number, FleetDevice>>;
}

export function fleetOf({ db, customer: own }: Sight): Fleet {
  const standing = () => {
    const query = db.selectFrom('standing');
    return own === null ? query : query.where('standing.customer_id', '=', own);
  };
  /** Which rows match, as one condition. */
  const matching = ({ view, search, customer, site, agent, model, now }: FleetFilter, way: 'few' | 'all' = 'few') => {
    const parts = [viewCondition(view, now)];
    if (customer !== null) parts.push(sql<SqlBool>`standing.customer_id = ${customer}`);
    if (agent !== null) parts.push(sql<SqlBool>`standing.agent = ${agent}`);
    if (model !== null) parts.push(sql<SqlBool>`standing.model = ${model}`);
    if (site !== null)
      parts.push(sql<SqlBool>`coalesce(
        (select place.site_id from device_place as place
          where place.customer_id = standing.customer_id and place.device_id = standing.device_id),
        (select box.site_id from box where box.customer_id = standing.customer_id and box.agent = standing.agent), 1) = ${site}`);
    const words = foldText(search).split(' ').filter(Boolean).slice(0, MOST_WORDS);
    const said = (rows: string) =>
      sql<SqlBool>`${sql.join(
        words.map(
          (word) =>
            sql`(${sql.ref(`${rows}.search`)} like ${likeText(word)} escape '\\' or ${sql.ref(`${rows}.customer_id`)} in ${customersNamed(word)})`,
        ),
        sql` and `,
      )}`;
    // One pass over the index of the texts for all words; a few are then looked up, all are counted on the way.
    if (words.length > 0 && way === 'all') parts.push(said('standing'));
    else if (words.length > 0)
      parts.push(
        sql<SqlBool>`(standing.customer_id, standing.device_id) in (
          select found.customer_id, found.device_id from standing as found where ${said('found')})`,
      );
    return sql<SqlBool>`${sql.join(parts, sql` and `)}`;
  };
  const rows = () => {
    const query = db
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
      ]);
    return own === null ? query : query.where('standing.customer_id', '=', own);
  };
  return {
    async counts(now) {
      const told = await standing()
        .select([
          sql<number>`count(*)`.as('machines'),
          sql<number>`coalesce(sum(case when watched = 1 and severity > 0 then 1 else 0 end), 0)`.as('trouble'),
          sql<number>`coalesce(sum(case when watched = 1 and supply_rank > 0 then 1 else 0 end), 0)`.as('supplies'),
          sql<number>`coalesce(sum(case when watched = 1 and silent_at <= ${now} then 1 else 0 end), 0)`.as('silent'),
          sql<number>`coalesce(sum(case when watched = 1 and read_at < ${now - OLD_AFTER} then 1 else 0 end), 0)`.as(
            'old',
          ),
          sql<number>`coalesce(sum(case when watched = 0 then 1 else 0 end), 0)`.as('unwatched'),
        ])
        .executeTakeFirstOrThrow();
      const asked = db
        .selectFrom('question')
        .select(sql<number>`count(distinct device_id)`.as('count'))
        .where('answer', 'is', null);
      const questions = await (own === null ? asked : asked.where('customer_id', '=', own)).executeTakeFirst();
      return { ...told, questions: questions?.count ?? 0 };
    },
    async places() {
      const of = (table: 'site' | 'box') => {
        const query = db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
        return own === null ? query : query.where('customer_id', '=', own);
      };
      const customers = db.selectFrom('customer').select(({ fn }) => fn.countAll<number>().as('count'));
      const [houses, sites, boxes] = [
        await (own === null ? customers : customers.where('id', '=', own)).executeTakeFirst(),
        await of('site').executeTakeFirst(),
        await of('box').where('revoked_at', 'is', null).where('left_at', 'is', null).executeTakeFirst(),
      ];
      return { customers: houses?.count ?? 0, sites: sites?.count ?? 0, boxes: boxes?.count ?? 0 };
    },
    async count(filter) {
      const row = await standing()
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where(matching(filter, 'all'))
        .executeTakeFirst();
      return row?.count ?? 0;
    },
    page(filter, { order, descending, after, limit }) {
      const column = ORDER_COLUMNS[order];
      const direction = descending ? 'desc' : 'asc';
      // A page is found among the narrow rows; only its own are put together.
      const keys = standing()
        .select(['standing.customer_id', 'standing.device_id'])
        .where(matching(filter))
        .$if(after !== null, (query) =>
          query.where(
            sql<SqlBool>`(${sql.ref(`standing.${column}`)}, standing.customer_id, standing.device_id) ${sql.raw(descending ? '<' : '>')} (${after?.value}, ${after?.customer}, ${after?.device})`,
          ),
        )
        .orderBy(`standing.${column}`, direction)
        .orderBy('standing.customer_id', direction)
        .orderBy('standing.device_id', direction)
        .limit(limit);
      return rows()
        .where(sql<SqlBool>`(standing.customer_id, standing.device_id) in (${keys})`)
        .orderBy(`standing.${column}`, direction)
        .orderBy('standing.customer_id', direction)
        .orderBy('standing.device_id', direction)
        .execute();
    },
    async groups(filter, boxSilentAfter, after, limit) {
      const customers = db
        .selectFrom('customer')
        .select(['customer.id', 'customer.name'])
        .where('customer.id', 'in', standing().select('standing.customer_id').where(matching(filter, 'all')))
        .$if(after !== null, (query) =>
          query.where(sql<SqlBool>`(customer.name, customer.id) > (${after?.name}, ${after?.customer})`),
        )
        .orderBy('customer.name')
        .orderBy('customer.id')
        .limit(limit);
      const found = await (own === null ? customers : customers.where('customer.id', '=', own)).execute();
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
          sql<number>`sum(case when watched = 1 and silent_at <= ${filter.now} then 1 else 0 end)`.as('silent'),
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
          sql<number>`sum(case when coalesce(last_heard, 0) < ${filter.now - boxSilentAfter} then 1 else 0 end)`.as(
            'silent',
          ),
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
      return found.map(({ id, name }) => {
        const own = machines.find((row) => row.customer_id === id);
        const its = boxes.find((row) => row.customer_id === id);
        return {
          customer: id as CustomerId,
          name,
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
    },
    async countGroups(filter) {
      const row = await standing()
        .select([
          sql<number>`count(*)`.as('machines'),
          sql<number>`count(distinct standing.customer_id)`.as('customers'),
        ])
        .where(matching(filter, 'all'))
        .executeTakeFirst();
      return { machines: row?.machines ?? 0, customers: row?.customers ?? 0 };
    },
    async models(limit) {
      return standing()
        .select(({ fn }) => ['model', fn.countAll<number>().as('machines')])
        .where('model', '!=', '')
        .groupBy('model')
        .orderBy('machines', 'desc')
        .orderBy('model')
        .limit(limit)
        .execute();
    },
    async devices(list) {
      if (list.length === 0) return new Map();
      const keys = sql.join(
        list.map(({ customer_id, device_id }) => sql`(cast(${customer_id} as bigint), cast(${device_id} as bigint))`),
      );
      const found = await db
        .selectFrom('device')
        .selectAll()
        .where(sql<SqlBool>`(customer_id, id) in (values ${keys})`)
        .execute();
      const parts = await db
        .selectFrom('device_part')
        .selectAll()
        .where(sql<SqlBool>`(customer_id, device_id) in (values ${keys})`)
        .execute();
      const partsOf = Map.groupBy(parts, ({ device_id }) => device_id);
      return new Map(
        found.map(({ customer_id, ...device }) => [
          device.id,
          {
            device: { ...device, id: device.id as DeviceId },
            parts: (partsOf.get(device.id) ?? [])
              .filter((part) => part.customer_id === customer_id)
              .map(({ customer_id: _customer, ...part }) => ({ ...part, device_id: part.device_id as DeviceId })),
          },
        ]),
      );
    },
  };
}

/** A search of many words is somebody's pasted text: these say enough. */
const MOST_WORDS = 6;
const likeText = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
/** Names of customers are few beside machines, and compared as they stand. */
const customersNamed = (word: string) =>
  sql`(select customer.id from customer where lower(customer.name) like ${likeText(word)} escape '\\')`;

function viewCondition(view: FleetView, now: number) {
  switch (view) {
    case 'all':
      return sql<SqlBool>`1 = 1`;
    case 'trouble':
      return sql<SqlBool>`standing.watched = 1 and standing.severity > 0`;
    case 'supplies':
      return sql<SqlBool>`standing.watched = 1 and standing.supply_rank > 0`;
    case 'silent':
      return sql<SqlBool>`standing.watched = 1 and standing.silent_at <= ${now}`;
    case 'old':
      return sql<SqlBool>`standing.watched = 1 and standing.read_at < ${now - OLD_AFTER}`;
    case 'questions':
      return sql<SqlBool>`(standing.customer_id, standing.device_id) in (select customer_id, device_id from question where answer is null)`;
    case 'unwatched':
      return sql<SqlBool>`standing.watched = 0`;
  }
}
