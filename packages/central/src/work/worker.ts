/**
 * Does the work that is due, one job after the other: a lease keeps others from it, and what fails is tried again later.
 * Reports go first.
 */
import { setImmediate } from 'node:timers/promises';
import { type Clock, type Log, type Millis, minutes, type Random, seconds } from '@rsb/runtime';
import { type ClaimedJob, LeaseLost } from '../store/customer-jobs.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';

/** Finishes the job in the transaction of its effect. */
export type JobHandler = (store: CustomerStore, job: ClaimedJob) => Promise<void>;

export interface WorkerNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Whether something more urgent is going on. */
  readonly isBusy: () => boolean;
}

export interface Worker {
  /** Works until it is closed. */
  start(): void;
  /** Something may have become due. */
  wake(): void;
  /** Does everything of these kinds that is due by then, now; returns how many jobs were done. */
  runUntil(at: number, only?: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

const LEASE: Millis = minutes(5);
const LONGEST_WAIT: Millis = minutes(1);
const SHORTEST_WAIT: Millis = seconds(1);
/** How long a job waits for reports to end before it takes its turn between them. */
const BUSY_WAIT = 50 as Millis;
const MOST_BUSY_WAITS = 20;
const FIRST_RETRY: number = minutes(1);
const LAST_RETRY: number = minutes(360);

export function createWorker({ database, clock, random, log, handlers, isBusy }: WorkerNeeds): Worker {
  const kinds = Object.keys(handlers);
  const end = new AbortController();
  let pause = new AbortController();
  let running: Promise<void> | undefined;
  /** The job that the loop does just now. */
  let current: Promise<void> | undefined;

  const doJob = async (job: ClaimedJob): Promise<void> => {
    const store = database.forCustomer(job.customer);
    try {
      await handlers[job.kind]?.(store, job);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      const detail = error instanceof Error ? error.message : String(error);
      log.error('jobFailed', { kind: job.kind, subject: job.subject, attempts: job.attempts, detail });
      await store.jobs.postpone(job, clock.now() + Math.min(LAST_RETRY, FIRST_RETRY * 2 ** job.attempts));
    }
  };
  const claim = (due: number, only: readonly string[] = kinds) => {
    const now = clock.now();
    return database.queue.claim(due, { token: token(random), now, until: now + LEASE }, only);
  };
  const sleep = async (length: Millis): Promise<void> => {
    await clock.sleep('work', length, AbortSignal.any([end.signal, pause.signal])).catch(() => {});
    if (pause.signal.aborted) pause = new AbortController();
  };
  const loop = async (): Promise<void> => {
    while (!end.signal.aborted) {
      for (let waits = 0; isBusy() && waits < MOST_BUSY_WAITS && !end.signal.aborted; waits += 1)
        await sleep(BUSY_WAIT);
      try {
        const job = await claim(clock.now());
        if (job) {
          current = doJob(job);
          await current;
          // Requests come between two jobs.
          await setImmediate();
          continue;
        }
        const due = await database.queue.nextDue();
        const wait = due === undefined ? LONGEST_WAIT : Math.max(SHORTEST_WAIT, due - clock.now());
        await sleep(Math.min(LONGEST_WAIT, wait) as Millis);
      } catch (error) {
        if (end.signal.aborted) return;
        log.error('workInterrupted', { detail: error instanceof Error ? error.message : String(error) });
        await sleep(LONGEST_WAIT);
      }
    }
  };
  return {
    start() {
      running ??= loop();
    },
    wake: () => pause.abort(),
    async runUntil(at, only) {
      let done = 0;
      for (;;) {
        const job = await claim(at, only);
        if (job) {
          await doJob(job);
          done += 1;
          continue;
        }
        // What the loop has in hand belongs to what is due.
        const other = current;
        if (!other) return done;
        await other;
        if (current === other) current = undefined;
      }
    },
    async close() {
      end.abort();
      await running;
    },
  };
}

const token = (random: Random): string => Buffer.from(random.bytes(12)).toString('hex');
