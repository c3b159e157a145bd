/**
 * Which machines a filter leaves, and the way to them: few are found by an index and then put in order; of many the order is
 * walked until a page is full. Either way a page reads no more rows than it must, however large the fleet.
 */
import { type AliasedRawBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { askedWords } from '../fleet/search-text.ts';
import type { CustomerId } from './identifiers.ts';
import type { Sight } from './sight.ts';
import type { StandingTable } from './standing-tables.ts';

export const FLEET_VIEWS = ['all', 'trouble', 'supplies', 'silent', 'old', 'questions', 'unwatched'] as const;
export type FleetView = (typeof FLEET_VIEWS)[number];

export interface FleetFilter {
  readonly view: FleetView;
  readonly search: string;
  readonly customer: CustomerId | null;
  readonly site: number | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly now: number;
}

export interface FleetChoice {
  readonly count: number;
  /** There are more; they were not counted. */
  readonly atLeast: boolean;
  readonly few: boolean;
  /** The rows that `condition` is asked of, as `standing`. */
  readonly rows: AliasedRawBuilder<StandingTable, 'standing'>;
  /** Undefined where all are meant. */
  readonly condition: RawBuilder<SqlBool> | undefined;
}

/** Readings older than this are too old to be billed by. */
export const OLD_AFTER = 24 * 3_600_000;

/** So many are sorted for a page without being felt. */
const FEW = 10_000;
/** So many of those that several common words have in common are counted. */
const FEW_OF_COMMON = 1000;
/** Of customers with a word in their name so many are listed; more are looked up again. */
const NAMED = 200;
/** So many keys are handed over as a list. */
const LISTED = 500;
/** A customer that is named stands for about so many machines. */
const PER_CUSTOMER = 50;

export async function chooseFleet(sight: Sight, filter: FleetFilter): Promise<FleetChoice> {
  const { db, customer: own } = sight;
  const customer = filter.customer ?? own;
  const words = await Promise.all(askedWords(filter.search).map((word) => weigh(sight, word, customer !== null)));
  // The machines of one customer are looked through instead.
  const narrow = customer === null ? narrowest(words) : undefined;
  const by = (isWalked: boolean) => {
    const parts = [...placeConditions(filter, own, isWalked), ...viewCondition(filter.view, filter.now, isWalked)];
    for (const word of words) if (isWalked || word !== narrow) parts.push(says(word));
    return parts.length === 0 ? undefined : sql<SqlBool>`${sql.join(parts, sql` and `)}`;
  };
  const condition = by(false);
  const from = narrow ? await wayTo(sight, narrow) : ALL_ROWS;
  const isSearch = words.length > 0;
  let rows = db.selectFrom(from).select(sql<number>`1`.as('one'));
  if (condition) rows = rows.where(condition);
  // Words that are all common are looked up row by row.
  const most = isSearch && customer === null && !narrow && words.length > 1 ? FEW_OF_COMMON : FEW;
  if (isSearch) rows = rows.limit(most + 1);
  const counted = await db
    .selectFrom(rows.as('found'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  const count = counted?.count ?? 0;
  const few = (condition !== undefined || from !== ALL_ROWS) && count <= most;
  const atLeast = isSearch && count > most;
  const way = few ? { rows: from, condition } : { rows: ALL_ROWS, condition: by(true) };
  return { count: atLeast ? most : count, atLeast, few, ...way };
}

interface RowKey {
  readonly customer_id: number;
  readonly device_id: number;
}

interface Word {
  readonly word: string;
  /** Machines that it names, about; above FEW it was not looked further. */
  readonly machines: number;
  /** Customers with it in their names; undefined: more than NAMED. */
  readonly customers: readonly number[] | undefined;
}

async function weigh({ db, customer: own }: Sight, word: string, isOneCustomer: boolean): Promise<Word> {
  const named = db
    .selectFrom('customer')
    .select('id')
    .where(namesHold(word))
    .limit(NAMED + 1);
  const customers = (await (own === null ? named : named.where('id', '=', own)).execute()).map(({ id }) => id);
  const found = customers.length > NAMED ? undefined : customers;
  // The machines of one customer are few enough to be looked through.
  if (isOneCustomer) return { word, machines: 0, customers: found };
  const rows = db
    .selectFrom('standing_word')
    .select(sql<number>`1`.as('one'))
    .where(begins(word))
    .limit(FEW + 1);
  const counted = await db
    .selectFrom(rows.as('found'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return { word, machines: (counted?.count ?? 0) + PER_CUSTOMER * customers.length, customers: found };
}

function narrowest(words: readonly Word[]): Word | undefined {
  const [least] = [...words].sort((one, other) => one.machines - other.machines);
  return least && least.machines <= FEW && least.customers ? least : undefined;
}

const begins = (word: string) => sql<SqlBool>`word >= ${word} and word < ${`${word}\u{10FFFF}`}`;
const likeText = (word: string): string => word.replaceAll(/[\\%_]/g, '\\$&');
const namesHold = (word: string) => sql<SqlBool>`customer.search like ${`%${likeText(word)}%`} escape '\\'`;

/** Looked up in the row itself. */
function says({ word, customers }: Word): RawBuilder<SqlBool> {
  const text = sql<SqlBool>`standing.search like ${`% ${likeText(word)}%`} escape '\\'`;
  if (customers?.length === 0) return text;
  const ids = customers ? sql.join(customers) : sql`select customer.id from customer where ${namesHold(word)}`;
  return sql<SqlBool>`(${text} or standing.customer_id in (${ids}))`;
}

/** The rows are found by the rarest word. */
async function wayTo(
  { db }: Sight,
  { word, customers = [] }: Word,
): Promise<AliasedRawBuilder<StandingTable, 'standing'>> {
  const named =
    customers.length === 0
      ? sql``
      : sql`union select customer_id, device_id from standing where customer_id in (${sql.join(customers)})`;
  const way = sql<RowKey>`select distinct customer_id, device_id from standing_word where ${begins(word)} ${named}`;
  const { rows } = await sql<RowKey>`select * from (${way}) as way limit ${LISTED + 1}`.execute(db);
  // An engine that only guesses how many there are may read the whole fleet for them: a list tells it.
  if (rows.length <= LISTED) {
    const keys = rows.map(
      ({ customer_id, device_id }) => sql`(cast(${customer_id} as bigint), cast(${device_id} as bigint))`,
    );
    const isOne = keys.length === 0 ? sql`1 = 0` : sql`(customer_id, device_id) in (values ${sql.join(keys)})`;
    return sql<StandingTable>`(select * from standing where ${isOne})`.as('standing');
  }
  // SQLite does a cross join in the order that is written.
  return sql<StandingTable>`(select own.* from (${way}) as way
    cross join standing as own where own.customer_id = way.customer_id and own.device_id = way.device_id)`.as(
    'standing',
  );
}

const ALL_ROWS = sql<StandingTable>`(select * from standing)`.as('standing');

function placeConditions(
  { customer, agent, model, site }: FleetFilter,
  own: CustomerId | null,
  isWalked: boolean,
): RawBuilder<SqlBool>[] {
  const parts: RawBuilder<SqlBool>[] = [];
  for (const id of [customer, own])
    if (id !== null) parts.push(sql<SqlBool>`${number('standing.customer_id', isWalked)} = ${id}`);
  if (agent !== null) parts.push(sql<SqlBool>`${text('standing.agent', isWalked)} = ${agent}`);
  if (model !== null) parts.push(sql<SqlBool>`${text('standing.model', isWalked)} = ${model}`);
  if (site !== null)
    parts.push(sql<SqlBool>`coalesce(
      (select place.site_id from device_place as place
        where place.customer_id = standing.customer_id and place.device_id = standing.device_id),
      (select box.site_id from box where box.customer_id = standing.customer_id and box.agent = standing.agent), 1) = ${site}`);
  return parts;
}

/** A column as it stands, or as an expression: then no index of its own leads away from the order that is walked. */
const number = (column: string, isWalked: boolean) => (isWalked ? sql`${sql.ref(column)} + 0` : sql.ref(column));
const text = (column: string, isWalked: boolean) => (isWalked ? sql`${sql.ref(column)} || ''` : sql.ref(column));

/** The conditions of the partial indexes stand in them word for word. */
function viewCondition(view: FleetView, now: number, isWalked: boolean): RawBuilder<SqlBool>[] {
  const watched = number('standing.watched', isWalked);
  switch (view) {
    case 'all':
      return [];
    case 'trouble':
      return [sql<SqlBool>`${watched} = 1 and standing.severity > 0`];
    case 'supplies':
      return [sql<SqlBool>`${watched} = 1 and standing.supply_rank > 0`];
    case 'silent':
      return [sql<SqlBool>`${watched} = 1 and standing.silent_at > 0 and standing.silent_at <= ${now}`];
    case 'old':
      return [sql<SqlBool>`${watched} = 1 and standing.read_at >= 0 and standing.read_at < ${now - OLD_AFTER}`];
    case 'questions':
      return [
        sql<SqlBool>`(standing.customer_id, standing.device_id) in (select customer_id, device_id from question where answer is null)`,
      ];
    case 'unwatched':
      return [sql<SqlBool>`${watched} = 0`];
  }
}
