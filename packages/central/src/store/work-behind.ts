/** How far the lists are behind what boxes have sent: machines whose readings, or whose alerts, wait to be worked through. */
import { sql } from 'kysely';
import type { Sight } from './sight.ts';

export interface WorkBehind {
  readonly machines: number;
  /** Since when the longest waiting one is due; null where it waits since an update of central. */
  readonly since: number | null;
}

export interface WorkWaiting {
  /** Machines that wait at this moment, however short. */
  readonly machines: number;
  /** Null while the work keeps up. */
  readonly behind: WorkBehind | null;
}

export interface WorkKind {
  /** One job for each machine. */
  readonly kind: string;
  /** One job that looks at all machines of a customer. */
  readonly all?: string;
  /** What is to be done within this time is demanded already. */
  readonly delay: number;
}

/** What is done within this time is no delay that anybody has to know of … */
const UNTOLD = 30_000;
/** … unless so many wait at once, and so great a part of all: then it will last. */
const MANY = 50;
const GREAT_PART = 0.01;
/** Due at once, whatever the time: as an update demands it. */
const ALWAYS = 0;

export async function workWaiting(
  { db, customer }: Sight,
  { kind, all, delay }: WorkKind,
  now: number,
): Promise<WorkWaiting> {
  const own = sql<boolean>`${customer === null ? sql`1 = 1` : sql`job.customer_id = ${customer}`}`;
  const row = await db
    .selectFrom('job')
    .where('kind', '=', kind)
    .where('due_at', '<=', now + delay)
    .where(own)
    .select(({ fn }) => [fn.countAll<number>().as('machines'), fn.min<number | null>('due_at').as('since')])
    .executeTakeFirst();
  const whole = all === undefined ? 0 : await machinesOfCustomers(db, all, now, own);
  const machines = (row?.machines ?? 0) + whole;
  const since = row?.since ?? now;
  const isLate = machines > 0 && since <= now - UNTOLD;
  const isMuch = machines > MANY && machines > GREAT_PART * (await machinesInAll({ db, customer }));
  if (!isLate && !isMuch) return { machines, behind: null };
  return { machines, behind: { machines, since: since === ALWAYS ? null : Math.min(since, now) } };
}

/** Machines of customers that are to be looked at as a whole, where no machine's own job says so yet. */
async function machinesOfCustomers(
  db: Sight['db'],
  kind: string,
  now: number,
  own: ReturnType<typeof sql<boolean>>,
): Promise<number> {
  const found = await db
    .selectFrom('job')
    .innerJoin('standing', 'standing.customer_id', 'job.customer_id')
    .where('kind', '=', kind)
    .where('due_at', '<=', now)
    .where(own)
    .select(({ fn }) => fn.countAll<number>().as('machines'))
    .executeTakeFirst();
  return found?.machines ?? 0;
}

async function machinesInAll({ db, customer }: Sight): Promise<number> {
  const all = db.selectFrom('standing').select(({ fn }) => fn.countAll<number>().as('machines'));
  const row = await (customer === null ? all : all.where('customer_id', '=', customer)).executeTakeFirst();
  return row?.machines ?? 0;
}
