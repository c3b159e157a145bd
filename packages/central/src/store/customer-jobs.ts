/** A customer's work that is to be done later. Demanded in the transaction that makes it needed, done in that of its effect. */
import { CompiledQuery, sql } from 'kysely';
import type { CustomerId } from './identifiers.ts';
import type { Scope } from './scope.ts';

export interface JobDemand {
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: number;
  /** The earliest moment of what changed. */
  readonly since: number;
}

export interface ClaimedJob {
  readonly customer: CustomerId;
  readonly kind: string;
  readonly subject: string;
  readonly since: number;
  readonly version: number;
  readonly token: string;
  readonly attempts: number;
}

/** The lease ran out and somebody else has the job: the transaction must not be committed. */
export class LeaseLost extends Error {}

export interface CustomerJobs {
  /** What is demanded already stays so once, at the earlier of the two times. */
  demand(jobs: readonly JobDemand[]): Promise<void>;
  /** As `demand`, where it is not demanded already. */
  demandOnce(jobs: readonly JobDemand[]): Promise<void>;
  /**
   * Ends a claimed job; with `again` it stays, due at that time. What was demanded meanwhile stays to be done.
   * Throws LeaseLost where the job is no longer this worker's.
   */
  finish(job: ClaimedJob, again?: Pick<JobDemand, 'dueAt' | 'since'>): Promise<void>;
  /** Gives it back after a failure, to be tried again at that time. */
  postpone(job: ClaimedJob, dueAt: number): Promise<void>;
}

const MOST_AT_ONCE = 200;

export function customerJobs({ db, customer }: Scope): CustomerJobs {
  const write = async (jobs: readonly JobDemand[], conflict: string): Promise<void> => {
    const numbered = sql`${0}`.compile(db).sql !== '?';
    for (let from = 0; from < jobs.length; from += MOST_AT_ONCE) {
      const part = jobs.slice(from, from + MOST_AT_ONCE);
      const parameters = part.flatMap(({ kind, subject, dueAt, since }) => [customer, kind, subject, dueAt, since]);
      const rows = part.map((_, row) =>
        numbered
          ? `($${row * 5 + 1}, $${row * 5 + 2}, $${row * 5 + 3}, $${row * 5 + 4}, $${row * 5 + 5}, 1, 0, 0)`
          : '(?, ?, ?, ?, ?, 1, 0, 0)',
      );
      const text = `insert into job (customer_id, kind, subject, due_at, since, version, leased_until, attempts) values ${rows.join(', ')} on conflict (customer_id, kind, subject) do ${conflict}`;
      await db.executeQuery(CompiledQuery.raw(text, parameters));
    }
  };
  const own = (job: ClaimedJob) =>
    db
      .updateTable('job')
      .where('customer_id', '=', customer)
      .where('kind', '=', job.kind)
      .where('subject', '=', job.subject)
      .where('token', '=', job.token);
  return {
    demand: (jobs) =>
      write(
        jobs,
        `update set version = job.version + 1,
          due_at = case when excluded.due_at < job.due_at then excluded.due_at else job.due_at end,
          since = case when excluded.since < job.since then excluded.since else job.since end`,
      ),
    demandOnce: (jobs) => write(jobs, 'nothing'),
    async finish(job, again) {
      const idle = { token: null, leased_until: 0, attempts: 0 };
      const done = again
        ? await own(job)
            .set({ ...idle, due_at: again.dueAt, since: again.since })
            .where('version', '=', job.version)
            .executeTakeFirst()
        : undefined;
      if (done && done.numUpdatedRows > 0n) return;
      if (!again) {
        const gone = await db
          .deleteFrom('job')
          .where('customer_id', '=', customer)
          .where('kind', '=', job.kind)
          .where('subject', '=', job.subject)
          .where('token', '=', job.token)
          .where('version', '=', job.version)
          .executeTakeFirst();
        if (gone.numDeletedRows > 0n) return;
      }
      const kept = await own(job).set(idle).executeTakeFirst();
      if (kept.numUpdatedRows === 0n) throw new LeaseLost(`${job.kind} ${job.subject}`);
    },
    async postpone(job, dueAt) {
      await own(job)
        .set({ token: null, leased_until: 0, due_at: dueAt, attempts: job.attempts + 1 })
        .execute();
    },
  };
}
