/** Machines on Today: in trouble, low on supplies, silent, or without the reading that their billing day needs. */
import { type SqlBool, sql } from 'kysely';
import type { Sight } from './sight.ts';
import { boxIsSilent } from './silent-box.ts';
import { ATTENTION, awake, siteName, type Today, type TodayMoment } from './today-lines.ts';

type MachineLists = Pick<
  Today,
  'trouble' | 'supplies' | 'silentMachines' | 'silentUnreached' | 'missing' | 'readByBillingDay'
>;

export function machinesOfToday({ db, customer: own }: Sight): MachineLists {
  /** Machines with what people do about `kind` of them; `cause` is the column that says whether it is still the same. */
  const machines = (
    kind: 'trouble' | 'supply' | 'silent',
    cause: string,
    { now, mine }: TodayMoment,
    put: 'awake' | 'all' = 'awake',
  ) => {
    const query = db
      .selectFrom('standing')
      .leftJoin('attention', (join) =>
        join
          .onRef('attention.customer_id', '=', 'standing.customer_id')
          .on('attention.subject', '=', sql<string>`${`${kind}:`} || cast(standing.device_id as text)`)
          .on('attention.cause', '=', sql<string>`cast(${sql.ref(cause)} as text)`),
      )
      .where(sql<SqlBool>`standing.watched = 1`)
      .where(put === 'all' ? sql<SqlBool>`1 = 1` : awake(now));
    const seen = own === null ? query : query.where('standing.customer_id', '=', own);
    return mine === null ? seen : seen.where('attention.assigned_to', '=', mine).where(isGiven(kind, mine));
  };
  const machineLines = (query: ReturnType<typeof machines>) =>
    query
      .innerJoin('customer', 'customer.id', 'standing.customer_id')
      .select([
        ...(
          ['device_id', 'agent', 'name', 'manufacturer', 'model', 'severity', 'trouble', 'trouble_detail'] as const
        ).map((column) => `standing.${column}` as const),
        ...(
          [
            'trouble_since',
            'supply_rank',
            'supply_since',
            'supplies_low',
            'supply_mark',
            'read_at',
            'customer_id',
          ] as const
        ).map((column) => `standing.${column}` as const),
        'customer.name as customer_name',
        siteName,
        ...ATTENTION,
      ]);
  const counted = async (query: ReturnType<typeof machines>) =>
    (await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst())?.count ?? 0;
  /** All of these but those that were put off, which are few: they are counted for themselves. */
  const countAwake = async (kind: 'trouble' | 'supply', condition: string, cause: string, { now }: TodayMoment) => {
    const is = sql<SqlBool>`standing.watched = 1 and ${sql.raw(condition)}`;
    const all = db
      .selectFrom('standing')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(is);
    const total = await (own === null ? all : all.where('standing.customer_id', '=', own)).executeTakeFirst();
    // The few that sleep lead: a cross join is done in the order that is written.
    const asleep = db
      .selectFrom('attention')
      .crossJoin('standing')
      .whereRef('standing.customer_id', '=', 'attention.customer_id')
      .where('standing.device_id', '=', sql<number>`cast(substr(attention.subject, ${kind.length + 2}) as bigint)`)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('attention.snoozed_until', '>', now)
      .where('attention.subject', 'like', `${kind}:%`)
      .where(sql<SqlBool>`attention.cause = cast(${sql.ref(cause)} as text)`)
      .where(is);
    const put = await (own === null ? asleep : asleep.where('attention.customer_id', '=', own)).executeTakeFirst();
    return (total?.count ?? 0) - (put?.count ?? 0);
  };
  const totalOf = (
    query: ReturnType<typeof machines>,
    kind: 'trouble' | 'supply',
    condition: string,
    cause: string,
    moment: TodayMoment,
  ): Promise<number> => (moment.mine === null ? countAwake(kind, condition, cause, moment) : counted(query));
  const silentBox = ({ now }: TodayMoment) =>
    sql<SqlBool>`exists (select 1 from box where box.customer_id = standing.customer_id and box.agent = standing.agent
      and (box.revoked_at is not null or ${boxIsSilent('box', now)}))`;
  const silent = (moment: TodayMoment, put?: 'awake' | 'all') =>
    machines('silent', 'standing.read_at', moment, put)
      .where(sql<SqlBool>`standing.silent_at > 0 and standing.silent_at <= ${moment.now}`)
      .where(sql<SqlBool>`not ${silentBox(moment)}`);
  const inLine = (query: ReturnType<typeof machines>, first: 'silent_at' | 'read_at') =>
    machineLines(query)
      .select([...SILENT_CAUSE, 'standing.silent_at'])
      .orderBy(`standing.${first}`)
      .orderBy('standing.customer_id')
      .orderBy('standing.device_id');
  return {
    async trouble(moment, limit) {
      const query = machines('trouble', 'standing.trouble_since', moment).where(sql<SqlBool>`standing.severity > 0`);
      const lines = await machineLines(query)
        .orderBy('standing.severity', 'desc')
        .orderBy('standing.trouble_since')
        .orderBy('standing.customer_id')
        .orderBy('standing.device_id')
        .limit(limit)
        .execute();
      return {
        lines,
        total: await totalOf(query, 'trouble', 'standing.severity > 0', 'standing.trouble_since', moment),
      };
    },
    async supplies(moment, limit) {
      const query = machines('supply', 'standing.supply_since', moment).where(sql<SqlBool>`standing.supply_rank > 0`);
      const lines = await machineLines(query)
        .orderBy('standing.supply_percent')
        .orderBy('standing.customer_id')
        .orderBy('standing.device_id')
        .limit(limit)
        .execute();
      return {
        lines,
        total: await totalOf(query, 'supply', 'standing.supply_rank > 0', 'standing.supply_since', moment),
      };
    },
    async silentMachines(moment, limit) {
      const query = silent(moment).where(sql<SqlBool>`not ${BOX_MISSES_RANGE}`);
      return { lines: await inLine(query, 'silent_at').limit(limit).execute(), total: await counted(query) };
    },
    silentUnreached: (moment, put) => inLine(silent(moment, put).where(BOX_MISSES_RANGE), 'silent_at').execute(),
    readByBillingDay(before) {
      const all = db.selectFrom('standing').where('watched', '=', 1);
      const seen = own === null ? all : all.where('customer_id', '=', own);
      return seen
        .select([
          'billing_day',
          sql<number>`count(*)`.as('watched'),
          sql<number>`coalesce(sum(case when read_at < ${before} then 1 else 0 end), 0)`.as('missing'),
        ])
        .groupBy('billing_day')
        .execute();
    },
    async missing(moment, before, billingDays, limit) {
      if (billingDays.length === 0) return { lines: [], unreached: [], boxes: [] };
      const all = machines('silent', 'standing.read_at', { ...moment, mine: null })
        .where('standing.billing_day', 'in', [...billingDays])
        .where(sql<SqlBool>`standing.read_at >= 0 and standing.read_at < ${before}`);
      const heard = all.where(sql<SqlBool>`not ${silentBox(moment)}`);
      const boxes = await all
        .where(silentBox(moment))
        .innerJoin('box', (join) =>
          join.onRef('box.customer_id', '=', 'standing.customer_id').onRef('box.agent', '=', 'standing.agent'),
        )
        .innerJoin('customer', 'customer.id', 'standing.customer_id')
        .select(['box.customer_id', 'customer.name as customer_name', 'box.agent', 'box.last_heard'])
        .select(({ fn }) => fn.countAll<number>().as('machines'))
        .groupBy(['box.customer_id', 'customer.name', 'box.agent', 'box.last_heard'])
        .orderBy(sql`coalesce(box.last_heard, 0)`)
        .orderBy('box.agent')
        .limit(limit)
        .execute();
      return {
        lines: await inLine(heard.where(sql<SqlBool>`not ${BOX_MISSES_RANGE}`), 'read_at')
          .limit(limit)
          .execute(),
        unreached: await inLine(heard.where(BOX_MISSES_RANGE), 'read_at').execute(),
        boxes,
      };
    },
  };
}

/** What is given to somebody is little: an engine that is told so does not walk the whole fleet for it. */
const isGiven = (kind: string, name: string) =>
  sql<SqlBool>`(standing.customer_id, standing.device_id) in (select given.customer_id,
    case when given.subject like ${`${kind}:%`} then cast(substr(given.subject, ${kind.length + 2}) as bigint) end
    from attention as given where given.assigned_to = ${name} and given.subject like ${`${kind}:%`})`;

const BOX_MISSES_RANGE = sql<SqlBool>`exists (select 1 from box where box.customer_id = standing.customer_id
  and box.agent = standing.agent and box.unreached is not null)`;

const SILENT_CAUSE = [
  sql<string>`(select device.address from device
    where device.customer_id = standing.customer_id and device.id = standing.device_id)`.as('address'),
  sql<string | null>`(select box.unreached from box
    where box.customer_id = standing.customer_id and box.agent = standing.agent)`.as('unreached'),
] as const;
