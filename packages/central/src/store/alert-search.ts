/**
 * Alerts by the words of the machines and boxes that they are about, as the fleet's own search finds those: few are found
 * first and then put in order; of many the order is walked until a page is full.
 */
import { type AliasedRawBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { boxSubject, deviceSubject } from '../alerts/demands.ts';
import { askedWords } from '../fleet/search-text.ts';
import type { AlertTable } from './alert-tables.ts';
import { chooseFleet, type FleetChoice } from './fleet-choice.ts';
import type { CustomerId, DeviceId } from './identifiers.ts';
import type { Sight } from './sight.ts';

export interface AlertWay {
  readonly rows: AliasedRawBuilder<AlertTable, 'alert'>;
  readonly condition?: RawBuilder<SqlBool>;
}

/** Machines and boxes whose alerts are looked up by their own index. */
const FEW = 500;

const ALL_ALERTS = sql<AlertTable>`(select * from alert)`.as('alert');

/** Undefined where the words name nobody. */
export async function alertsNamed(
  sight: Sight,
  search: string,
  customer: CustomerId | null,
): Promise<AlertWay | undefined> {
  const words = askedWords(search);
  // Signs alone name nobody.
  if (words.length === 0) return search.trim() === '' ? { rows: ALL_ALERTS } : undefined;
  const all = { view: 'all', site: null, agent: null, model: null, now: 0 } as const;
  const choice = await chooseFleet(sight, { ...all, search: words.join(' '), customer });
  let machines = sight.db.selectFrom(choice.rows).select(['standing.customer_id', 'standing.device_id']);
  if (choice.condition) machines = machines.where(choice.condition);
  if (!choice.few || choice.count > FEW) {
    const isMachine = choice.few ? sql`(alert.customer_id, alert.device_id) in ${machines}` : isOne(sight, choice);
    const says = words.map((word) => sql`alert.search like ${likeText(word)} escape '\\'`);
    return {
      rows: ALL_ALERTS,
      condition: sql<SqlBool>`(${isMachine} or (alert.device_id is null and ${sql.join(says, sql` and `)}))`,
    };
  }
  const named = [
    ...(await machines.execute()).map((row): Named => [row.customer_id, deviceSubject(row.device_id as DeviceId)]),
    ...(await boxesNamed(sight, words, customer)),
  ];
  return named.length === 0 ? undefined : { rows: alertsAbout(named) };
}

/** Asked of each alert by its machine's key: an engine that sees `exists` here may look through the whole fleet first. */
function isOne({ db }: Sight, { rows, condition }: FleetChoice): RawBuilder<SqlBool> {
  const own = db
    .selectFrom(rows)
    .select(sql<number>`1`.as('one'))
    .where(sql<SqlBool>`standing.customer_id = alert.customer_id and standing.device_id = alert.device_id`);
  return sql<SqlBool>`${condition ? own.where(condition) : own} = 1`;
}

type Named = readonly [customer: number, subject: string];

async function boxesNamed({ db, customer: own }: Sight, words: readonly string[], customer: CustomerId | null) {
  let boxes = db
    .selectFrom('box')
    .innerJoin('customer', 'customer.id', 'box.customer_id')
    .select(['box.customer_id', 'box.agent']);
  for (const id of [own, customer]) if (id !== null) boxes = boxes.where('box.customer_id', '=', id);
  for (const word of words) {
    const like = likeText(word);
    boxes = boxes.where(sql<SqlBool>`(box.agent like ${like} escape '\\' or customer.search like ${like} escape '\\')`);
  }
  const rows = await boxes.limit(FEW).execute();
  return rows.map((row): Named => [row.customer_id, boxSubject(row.agent)]);
}

/** Kept apart from what is asked further: else an engine may still walk the whole order for them. */
function alertsAbout(named: readonly Named[]): AliasedRawBuilder<AlertTable, 'alert'> {
  const list = named.map(([customer, subject]) => sql`(cast(${customer} as bigint), ${subject})`);
  return sql<AlertTable>`(with named as materialized (select * from alert
    where (customer_id, subject) in (values ${sql.join(list)})) select * from named)`.as('alert');
}

const likeText = (word: string): string => `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
