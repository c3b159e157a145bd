/** Jobs of all customers as a worker sees them: which is due, and whose it is for a while. */
import type { Kysely } from 'kysely';
import type { ClaimedJob } from './customer-jobs.ts';
import type { CustomerId } from './identifiers.ts';
import type { Tables } from './tables.ts';

export interface Lease {
  readonly token: string;
  readonly now: number;
  readonly until: number;
}

export interface JobQueue {
  /** The job that has been due longest by `due`, leased to a token from now on; undefined where none is due. */
  claim(due: number, lease: Lease, kinds: readonly string[]): Promise<ClaimedJob | undefined>;
  /** When the next job is due, or a lease ends. */
  nextDue(): Promise<number | undefined>;
}

/** Another worker may be faster with the first ones. */
const CANDIDATES = 8;

export function jobQueueOf(db: Kysely<Tables>): JobQueue {
  return {
    async claim(due, { token, now, until }, kinds) {
      const rows = await db
        .selectFrom('job')
        .selectAll()
        .where('due_at', '<=', due)
        .where('leased_until', '<=', now)
        .where('kind', 'in', [...kinds])
        .orderBy('due_at')
        .limit(CANDIDATES)
        .execute();
      for (const row of rows) {
        const taken = await db
          .updateTable('job')
          .set({ token, leased_until: until })
          .where('customer_id', '=', row.customer_id)
          .where('kind', '=', row.kind)
          .where('subject', '=', row.subject)
          .where('version', '=', row.version)
          .where('leased_until', '=', row.leased_until)
          .executeTakeFirst();
        if (taken.numUpdatedRows === 0n) continue;
        const { kind, subject, since, version, attempts } = row;
        return { customer: row.customer_id as CustomerId, kind, subject, since, version, token, attempts };
      }
      return undefined;
    },
    async nextDue() {
      const row = await db
        .selectFrom('job')
        .select(({ fn }) => fn.min<number | null>('due_at').as('due'))
        .executeTakeFirst();
      return row?.due ?? undefined;
    },
  };
}
