/** What a dealer looks at each morning, across the customers that a caller sees: each list is short and found by an index. */
import { type SqlBool, sql } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import type { Sight } from './sight.ts';
import { boxIsSilent } from './silent-box.ts';
import type { AttentionTable, StandingTable } from './standing-tables.ts';

type Attention = { [column in keyof Omit<AttentionTable, 'customer_id' | 'subject'>]: AttentionTable[column] | null };
interface Whose {
  readonly customer_id: number;
  readonly customer_name: string;
  readonly site_name: string;
}

export type MachineLine = Pick<
  StandingTable,
  | 'device_id'
  | 'agent'
  | 'name'
  | 'manufacturer'
  | 'model'
  | 'severity'
  | 'trouble'
  | 'trouble_detail'
  | 'trouble_since'
  | 'supply_rank'
  | 'supply_since'
  | 'supplies_low'
  | 'supply_mark'
  | 'read_at'
> &
  Whose &
  Attention;

/** A machine that is silent, with what may be the cause of it: where it stands, and what its box does not reach. */
export interface SilentLine extends MachineLine {
  readonly address: string;
  readonly unreached: string | null;
}

export interface BoxLine extends Whose, Attention {
  readonly agent: string;
  readonly last_heard: number | null;
  readonly enrolled_at: number;
  readonly machines: number;
  readonly hour: number | null;
  readonly heard: number | null;
}

export interface QuestionLine extends Whose, Attention {
  readonly device_id: DeviceId;
  readonly name: string;
  readonly key: string;
  readonly why: string;
  readonly at: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly counts: string;
  readonly agent: string;
}

export interface TodayMoment {
  readonly now: number;
  /** Only what is assigned to them. */
  readonly mine: string | null;
}

export interface Today {
  trouble(moment: TodayMoment, limit: number): Promise<{ readonly lines: MachineLine[]; readonly total: number }>;
  supplies(moment: TodayMoment, limit: number): Promise<{ readonly lines: MachineLine[]; readonly total: number }>;
  silentBoxes(moment: TodayMoment, limit: number): Promise<{ readonly lines: BoxLine[]; readonly total: number }>;
  /** Machines that fell silent while their box is heard. */
  silentMachines(moment: TodayMoment, limit: number): Promise<{ readonly lines: SilentLine[]; readonly total: number }>;
  /** Machines of these billing days whose last reading is from before `before` and whose box is heard. */
  missing(moment: TodayMoment, before: number, billingDays: readonly number[], limit: number): Promise<SilentLine[]>;
  /** How many machines are read off on which day of the month, and how many of them have no reading since `before`. */
  readByBillingDay(
    before: number,
  ): Promise<{ readonly billing_day: number; readonly watched: number; readonly missing: number }[]>;
  questions(moment: TodayMoment, limit: number): Promise<{ readonly lines: QuestionLine[]; readonly total: number }>;
}

export const subjects = {
  trouble: (device: number) => `trouble:${device}`,
  supply: (device: number) => `supply:${device}`,
  silent: (device: number) => `silent:${device}`,
  box: (agent: string) => `box:${agent}`,
  question: (device: number, key: string) => `question:${device}:${key}`,
} as const;

const ATTENTION = [
  'attention.cause',
  'attention.acknowledged_by',
  'attention.acknowledged_at',
  'attention.assigned_to',
  'attention.assigned_by',
  'attention.assigned_at',
  'attention.snoozed_until',
  'attention.snoozed_by',
  'attention.snoozed_at',
] as const;

export function todayOf({ db, customer: own }: Sight): Today {
  /** Machines with what people do about `kind` of them; `cause` is the column that says whether it is still the same. */
  const machines = (kind: 'trouble' | 'supply' | 'silent', cause: string, { now, mine }: TodayMoment) => {
    const query = db
      .selectFrom('standing')
      .leftJoin('attention', (join) =>
        join
          .onRef('attention.customer_id', '=', 'standing.customer_id')
          .on('attention.subject', '=', sql<string>`${`${kind}:`} || cast(standing.device_id as text)`)
          .on('attention.cause', '=', sql<string>`cast(${sql.ref(cause)} as text)`),
      )
      .where(sql<SqlBool>`standing.watched = 1`)
      .where(awake(now));
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
  const silentBox = ({ now }: TodayMoment) =>
    sql<SqlBool>`exists (select 1 from box where box.customer_id = standing.customer_id and box.agent = standing.agent
      and (box.revoked_at is not null or ${boxIsSilent('box', now)}))`;
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
      const total =
        moment.mine === null
          ? await countAwake('trouble', 'standing.severity > 0', 'standing.trouble_since', moment)
          : await counted(query);
      return { lines, total };
    },
    async supplies(moment, limit) {
      const query = machines('supply', 'standing.supply_since', moment).where(sql<SqlBool>`standing.supply_rank > 0`);
      const lines = await machineLines(query)
        .orderBy('standing.supply_percent')
        .orderBy('standing.customer_id')
        .orderBy('standing.device_id')
        .limit(limit)
        .execute();
      const total =
        moment.mine === null
          ? await countAwake('supply', 'standing.supply_rank > 0', 'standing.supply_since', moment)
          : await counted(query);
      return { lines, total };
    },
    async silentBoxes({ now, mine }, limit) {
      const all = db
        .selectFrom('box')
        .leftJoin('attention', (join) =>
          join
            .onRef('attention.customer_id', '=', 'box.customer_id')
            .on('attention.subject', '=', sql<string>`'box:' || box.agent`)
            .on('attention.cause', '=', sql<string>`cast(coalesce(box.last_heard, box.enrolled_at) as text)`),
        )
        .where('box.revoked_at', 'is', null)
        .where('box.left_at', 'is', null)
        .where(boxIsSilent('box', now))
        .where(awake(now));
      const seen = own === null ? all : all.where('box.customer_id', '=', own);
      const query = mine === null ? seen : seen.where('attention.assigned_to', '=', mine);
      const lines = await query
        .innerJoin('customer', 'customer.id', 'box.customer_id')
        .leftJoin('box_hours', (join) =>
          join.onRef('box_hours.customer_id', '=', 'box.customer_id').onRef('box_hours.agent', '=', 'box.agent'),
        )
        .select([
          ...(['customer_id', 'agent', 'last_heard', 'enrolled_at'] as const).map((column) => `box.${column}` as const),
          'customer.name as customer_name',
          sql<string>`coalesce((select site.name from site where site.customer_id = box.customer_id and site.id = box.site_id), '')`.as(
            'site_name',
          ),
          sql<number>`(select count(*) from standing where standing.agent = box.agent and standing.customer_id = box.customer_id)`.as(
            'machines',
          ),
          'box_hours.hour',
          'box_hours.heard',
          ...ATTENTION,
        ])
        .orderBy(sql`coalesce(box.last_heard, box.enrolled_at)`)
        .orderBy('box.agent')
        .limit(limit)
        .execute();
      const total = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
      return { lines, total: total?.count ?? 0 };
    },
    async silentMachines(moment, limit) {
      const query = machines('silent', 'standing.read_at', moment)
        .where(sql<SqlBool>`standing.silent_at > 0 and standing.silent_at <= ${moment.now}`)
        .where(sql<SqlBool>`not ${silentBox(moment)}`);
      const lines = await machineLines(query)
        .select(SILENT_CAUSE)
        .orderBy('standing.silent_at')
        .orderBy('standing.customer_id')
        .orderBy('standing.device_id')
        .limit(limit)
        .execute();
      return { lines, total: await counted(query) };
    },
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
      if (billingDays.length === 0) return [];
      return machineLines(
        machines('silent', 'standing.read_at', { ...moment, mine: null })
          .where('standing.billing_day', 'in', [...billingDays])
          .where(sql<SqlBool>`standing.read_at >= 0 and standing.read_at < ${before}`)
          .where(sql<SqlBool>`not ${silentBox(moment)}`),
      )
        .select(SILENT_CAUSE)
        .orderBy('standing.read_at')
        .orderBy('standing.customer_id')
        .orderBy('standing.device_id')
        .limit(limit)
        .execute();
    },
    async questions({ now, mine }, limit) {
      const all = db
        .selectFrom('question')
        .innerJoin('standing', (join) =>
          join
            .onRef('standing.customer_id', '=', 'question.customer_id')
            .onRef('standing.device_id', '=', 'question.device_id'),
        )
        .leftJoin('attention', (join) =>
          join
            .onRef('attention.customer_id', '=', 'question.customer_id')
            .on(
              'attention.subject',
              '=',
              sql<string>`'question:' || cast(question.device_id as text) || ':' || question.key`,
            )
            .on('attention.cause', '=', sql<string>`cast(question.at as text)`),
        )
        .where('question.answer', 'is', null)
        .where(awake(now));
      const seen = own === null ? all : all.where('question.customer_id', '=', own);
      const query = mine === null ? seen : seen.where('attention.assigned_to', '=', mine);
      const lines = await query
        .innerJoin('customer', 'customer.id', 'question.customer_id')
        .select([
          ...(['customer_id', 'key', 'why', 'at', 'from_at', 'to_at', 'counts'] as const).map(
            (column) => `question.${column}` as const,
          ),
          'standing.name',
          'standing.agent',
          'customer.name as customer_name',
          siteName,
          sql<DeviceId>`question.device_id`.as('device_id'),
          ...ATTENTION,
        ])
        .orderBy('question.at', 'desc')
        .orderBy('question.customer_id')
        .orderBy('question.device_id')
        .orderBy('question.key')
        .limit(limit)
        .execute();
      const total = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
      return { lines, total: total?.count ?? 0 };
    },
  };
}

const siteName =
  sql<string>`coalesce((select site.name from site where site.customer_id = standing.customer_id and site.id = coalesce(
  (select place.site_id from device_place as place
    where place.customer_id = standing.customer_id and place.device_id = standing.device_id),
  (select box.site_id from box where box.customer_id = standing.customer_id and box.agent = standing.agent), 1)), '')`.as(
    'site_name',
  );

/** What is given to somebody is little: an engine that is told so does not walk the whole fleet for it. */
const isGiven = (kind: string, name: string) =>
  sql<SqlBool>`(standing.customer_id, standing.device_id) in (select given.customer_id,
    case when given.subject like ${`${kind}:%`} then cast(substr(given.subject, ${kind.length + 2}) as bigint) end
    from attention as given where given.assigned_to = ${name} and given.subject like ${`${kind}:%`})`;

const SILENT_CAUSE = [
  sql<string>`(select device.address from device
    where device.customer_id = standing.customer_id and device.id = standing.device_id)`.as('address'),
  sql<string | null>`(select box.unreached from box
    where box.customer_id = standing.customer_id and box.agent = standing.agent)`.as('unreached'),
] as const;

/** What was put off comes back when its time is over. */
const awake = (now: number) => sql<SqlBool>`(attention.snoozed_until is null or attention.snoozed_until <= ${now})`;
