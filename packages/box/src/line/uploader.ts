/** Empties the outbox into central: in batches, oldest first, trying again for as long as it takes. */
import type { KeyObject } from 'node:crypto';
import { type Fault, fault } from '@rsb/contract';
import { type Clock, hours, type Instant, type Log, type Millis, type Random, seconds, type Timer } from '@rsb/runtime';
import type { Outbox, OutboxItem } from '../outbox/index.ts';
import type { LineFailure } from './answer.ts';
import type { Line } from './line.ts';
import { createPace, MOST_REPORT_BYTES } from './pace.ts';
import { type AnsweredReport, sendReport } from './report.ts';

export type UploadState = 'notSet' | 'notEnrolled' | 'waiting' | 'reached' | 'notReached';

export interface UploadStatus {
  readonly state: UploadState;
  /** Since when it is so. */
  readonly since: Instant;
  /** When central last gave a receipt. */
  readonly lastReached: Instant | null;
  readonly fault: Fault | null;
  readonly waiting: number;
  readonly quarantined: number;
}

export interface EnrolledIdentity {
  readonly agent: string;
  readonly privateKey: KeyObject;
}

export interface UploaderOptions {
  readonly outbox: Outbox;
  /** Null where no central is set. A line that was not there before does not inherit the waiting time of the old one. */
  readonly line: () => Line | null;
  /** Null until enrolled. */
  readonly identity: () => EnrolledIdentity | null;
  /** Central's public key as given at enrolment, SPKI in PEM. */
  readonly pinnedCentralKey: () => string | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onChange: (status: UploadStatus) => void;
  /** Keeps what left, in the transaction of its receipt. */
  readonly keepSent?: (sent: SentReport) => void;
  /** How long the outbox remembers what was delivered. */
  readonly keepDelivered?: Millis;
}

/** A report with its receipt. */
export interface SentReport extends AnsweredReport {
  readonly items: readonly OutboxItem[];
  readonly centralKey: string;
  /** How often a report with its first item had left before, as far as this run of the box knows, and no receipt came. */
  readonly triesBefore: number;
}

export interface Uploader {
  /** There may be something to send: call it at the start, after storing, and after a change of settings. */
  poke(): void;
  /** As `poke`, and without waiting for the next try: somebody asked for it. */
  retryNow(): void;
  status(): UploadStatus;
  /** Waits for the request in flight, a few seconds at most: what is cut off then is sent again at the next start. */
  stop(): Promise<void>;
}

const STOP_GRACE = seconds(5);
const FORGET_EVERY = hours(1);
const KEEP_DELIVERED = hours(14 * 24);

/** What a try used: a change of any of it makes the waiting time of the last failure pointless. */
interface Way {
  readonly line: Line;
  readonly identity: EnrolledIdentity;
  readonly centralKey: string;
}

export function createUploader(options: UploaderOptions): Uploader {
  const { outbox, clock, random, log, onChange } = options;
  const cut = new AbortController();
  let pace = createPace(random);
  let shown: { readonly state: UploadState; readonly fault: Fault | null } = { state: 'waiting', fault: null };
  let lately: { readonly state: UploadState; readonly since: Instant } = { state: 'waiting', since: clock.now() };
  /** The change is told once the next step is settled, so that whoever hears of it may ask for a try at once. */
  let untold = false;
  let reachedAt: Instant | null = null;
  let forgotten = clock.monotonic();
  let busy = false;
  /** A poke came while busy, perhaps just after the last look into the outbox. */
  let again = false;
  let current: Promise<void> = Promise.resolve();
  let stopped = false;
  let timer: Timer | null = null;
  let lastWay: Way | null = null;
  /** Reports that left and brought no receipt, by their first item. */
  let lastTry: { readonly first: string; readonly tries: number } | null = null;
  /** A failure is waited out: only another way, or a person, cuts that short. */
  let blocked = false;

  const status = (): UploadStatus => {
    const { state, fault } = unready() ?? shown;
    if (state !== lately.state) {
      lately = { state, since: clock.now() };
      untold = true;
    }
    return {
      state,
      since: lately.since,
      lastReached: reachedAt ?? outbox.lastReceiptAt(),
      fault,
      ...outbox.counts(),
    };
  };

  const unready = (): { state: UploadState; fault: null } | null => {
    if (options.line() === null) return { state: 'notSet', fault: null };
    return findWay() === null ? { state: 'notEnrolled', fault: null } : null;
  };

  const findWay = (): Way | null => {
    const [line, identity, centralKey] = [options.line(), options.identity(), options.pinnedCentralKey()];
    return line && identity && centralKey ? { line, identity, centralKey } : null;
  };

  const isSame = (way: Way | null): boolean => {
    const now = findWay();
    if (!now || !way) return now === way;
    return now.line === way.line && now.centralKey === way.centralKey && now.identity.agent === way.identity.agent;
  };

  const show = (state: UploadState, carried: Fault | null) => {
    // Said when it changes: an outage of days is not a log of tries.
    const changed = state !== shown.state || carried?.code !== shown.fault?.code;
    if (changed && carried) log.warn('central not reached', { ...carried.params, code: carried.code });
    shown = { state, fault: carried };
    untold = true;
  };

  const tell = () => {
    const now = status();
    if (!untold) return;
    untold = false;
    onChange(now);
  };

  /** Answers how long to wait before the next report, null = no time. */
  const send = async (way: Way, items: ReturnType<Outbox['batch']>): Promise<Millis | null> => {
    const sender = { ...way.identity, centralKey: way.centralKey };
    const answer = await sendReport(way.line, sender, items, clock, cut.signal);
    if (!answer.ok) {
      noteTry(items, answer.error);
      return failed(items, answer.error);
    }
    const { results } = answer.value.receipt;
    const { centralKey } = way;
    const effect = outbox.applyReceipt(results, () =>
      options.keepSent?.({ ...answer.value, items, centralKey, triesBefore: triesOf(items) }),
    );
    lastTry = null;
    const ignored = new Set(effect.ignored.map(({ line }) => line));
    const { delivered, quarantined, kept } = effect;
    log.info('report sent', { items: items.length, delivered, quarantined, kept, ignored: ignored.size });
    if (delivered + quarantined + kept === 0) {
      return failed(items, { fault: fault('receiptInvalid'), status: null, retryAfter: null });
    }
    const answered = new Set(results.filter((line) => !ignored.has(line)).map(nameOf));
    outbox.hold(items.filter((item) => !answered.has(nameOf(item))));
    reachedAt = clock.now();
    show('reached', null);
    return delivered + quarantined > 0 ? pace.taken() : pace.kept();
  };

  const triesOf = ([first]: readonly OutboxItem[]): number =>
    first && lastTry?.first === nameOf(first) ? lastTry.tries : 0;

  const noteTry = (items: readonly OutboxItem[], failure: LineFailure) => {
    const [first] = items;
    if (first && mayHaveLeft(failure)) lastTry = { first: nameOf(first), tries: triesOf(items) + 1 };
  };

  const failed = (items: ReturnType<Outbox['batch']>, failure: LineFailure): Millis | null => {
    if (cut.signal.aborted) return null;
    const { delay, hold, known } = pace.failed(items.length, failure);
    if (hold) outbox.hold(items);
    if (known) show('notReached', failure.fault);
    return delay;
  };

  const drain = async () => {
    while (!stopped) {
      const way = findWay();
      if (!way) return;
      if (!isSame(lastWay)) pace = createPace(random);
      lastWay = way;
      const items = outbox.batch({ maxItems: pace.mostItems(), maxBytes: MOST_REPORT_BYTES });
      if (items.length === 0) {
        forgetOld();
        const due = outbox.nextDue();
        if (due !== null) wakeAfter(due);
        return;
      }
      const delay = await send(way, items);
      if (delay !== null && isSame(way)) {
        waitOut(delay);
        return;
      }
      tell();
    }
  };

  const run = async () => {
    try {
      await drain();
    } catch (error) {
      // The store failed (disk full, damaged). Nothing was taken as delivered: the transaction went with it.
      log.error('upload failed', { detail: error instanceof Error ? error.message : String(error) });
      shown = { ...shown, fault: fault('internal', { reference: 'upload' }) };
      untold = true;
      waitOut(pace.broken());
    }
    busy = false;
    tell();
    if (again) poke();
  };

  const forgetOld = () => {
    if (clock.monotonic() - forgotten < FORGET_EVERY) return;
    forgotten = clock.monotonic();
    outbox.forgetDelivered(options.keepDelivered ?? KEEP_DELIVERED);
  };

  const waitOut = (delay: Millis) => {
    blocked = true;
    wakeAfter(delay);
  };

  const wakeAfter = (delay: Millis) => {
    if (stopped) return;
    timer?.cancel();
    timer = clock.after('next report', delay, start);
  };

  const start = () => {
    if (stopped || busy) return;
    timer?.cancel();
    blocked = false;
    again = false;
    busy = true;
    current = run().catch((error: unknown) => log.error('upload status not told', { detail: String(error) }));
  };

  const poke = () => {
    if (blocked && isSame(lastWay)) return;
    again = busy;
    start();
  };

  return {
    poke,
    retryNow: start,
    status,
    async stop() {
      stopped = true;
      timer?.cancel();
      const grace = clock.after('stop of upload', STOP_GRACE, () => cut.abort());
      await current;
      grace.cancel();
    },
  };
}

/** Not where no line was there: a name not found, a connection refused, TLS that failed before anything was said. */
const mayHaveLeft = ({ status, fault: { code } }: LineFailure): boolean =>
  status !== null || code === 'lineTimeout' || code === 'lineBroken';

const nameOf = ({ epoch, seq }: { readonly epoch: string; readonly seq: number }): string => `${epoch} ${seq}`;
