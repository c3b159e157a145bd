/** How far the lists are behind what boxes have sent: machines whose readings, or whose alerts, wait to be worked through. */
import type { Sight } from './sight.ts';

export interface WorkBehind {
  readonly machines: number;
  /** Since when the longest waiting one is due; null where it waits since an update of central. */
  readonly since: number | null;
}

/** What is done within this time is no delay that anybody has to know of. */
const UNTOLD = 30_000;
/** Due at once, whatever the time: as an update demands it. */
const ALWAYS = 0;

/** Null while the work keeps up. `kind` is that of one job for each machine. */
export async function workBehind({ db, customer }: Sight, kind: string, now: number): Promise<WorkBehind | null> {
  const due = db.selectFrom('job').where('kind', '=', kind).where('due_at', '<=', now);
  const row = await (customer === null ? due : due.where('customer_id', '=', customer))
    .select(({ fn }) => [fn.countAll<number>().as('machines'), fn.min<number | null>('due_at').as('since')])
    .executeTakeFirst();
  if (!row || row.since === null || row.since > now - UNTOLD) return null;
  return { machines: row.machines, since: row.since === ALWAYS ? null : row.since };
}
