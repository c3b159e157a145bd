/** Empties the outbox into central: in batches, oldest first, trying again for as long as it takes. */
import type { KeyObject } from 'node:crypto';
import { type Fault, fault } from '@rsb/contract';
import { type Clock, hours, type Instant, type Log, type Millis, type Random, seconds, type Timer } from '@rsb/runtime';
import type { Outbox } from '../outbox/index.ts';
import type { LineFailure } from './answer.ts';
import type { Line } from './line.ts';
import { createPace, MOST_REPORT_BYTES } from './pace.ts';
import { sendReport } from './report.ts';

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
  /** How long what was delivered can still be shown. */
  readonly keepDelivered?: Millis;
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
  const pace = createPace(random);
  const cut = new AbortController();
  let shown: { state: UploadState; since: Instant; fault: Fault | null } = {
    state: 'waiting',
    since: clock.now(),
    fault: null,
  };
  let reachedAt: Instant | null = null;
  let forgotten = clock.monotonic();
  let busy: Promise<void> | null = null;
  let stopped = false;
  let timer: Timer | null = null;
  /** Set while a failure is waited out. */
  let blocked: Way | null = null;

  const status = (): UploadStatus => {
    const { state, since, fault } = { ...shown, ...unready() };
    return { state, since, lastReached: reachedAt ?? outbox.lastReceiptAt(), fault, ...outbox.counts() };
  };

  const unready = (): { state: UploadState; fault: null } | null => {
    if (options.line() === null) return { state: 'notSet', fault: null };
    return findWay() === null ? { state: 'notEnrolled', fault: null } : null;
  };

  const findWay = (): Way | null => {
    const [line, identity, centralKey] = [options.line(), options.identity(), options.pinnedCentralKey()];
    return line && identity && centralKey ? { line, identity, centralKey } : null;
  };

  const isSame = (way: Way): boolean => {
    const now = findWay();
    return (
      now !== null &&
      now.line === way.line &&
      now.centralKey === way.centralKey &&
      now.identity.agent === way.identity.agent
    );
  };

  const show = (state: UploadState, carried: Fault | null) => {
    const changed = state !== shown.state || carried?.code !== shown.fault?.code;
    if (changed && carried) log.warn('central not reached', { code: carried.code, ...carried.params });
    shown = { state, since: state === shown.state ? shown.since : clock.now(), fault: carried };
    onChange(status());
  };

  /** Answers how long to wait before the next report, null = no time. */
  const send = async (way: Way, items: ReturnType<Outbox['batch']>): Promise<Millis | null> => {
    const sender = { ...way.identity, centralKey: way.centralKey };
    const answer = await sendReport(way.line, sender, items, clock, cut.signal);
    if (!answer.ok) return failed(items, answer.error);
    const effect = outbox.applyReceipt(answer.value);
    const ignored = new Set(effect.ignored.map(({ line }) => line));
    const answered = new Set(answer.value.filter((line) => !ignored.has(line)).map(nameOf));
    const unanswered = items.filter((item) => !answered.has(nameOf(item)));
    outbox.hold(unanswered);
    const { delivered, quarantined, kept } = effect;
    log.info('report sent', { items: items.length, delivered, quarantined, kept, ignored: ignored.size });
    if (delivered + quarantined + kept === 0) {
      return failed(items, { fault: fault('receiptInvalid'), status: null, retryAfter: null });
    }
    reachedAt = clock.now();
    show('reached', null);
    return delivered + quarantined > 0 ? pace.taken() : pace.kept();
  };

  const failed = (items: ReturnType<Outbox['batch']>, failure: LineFailure): Millis | null => {
    if (cut.signal.aborted) return null;
    const { delay, hold, tell } = pace.failed(items.length, failure);
    if (hold) outbox.hold(items);
    if (tell) show('notReached', failure.fault);
    return delay;
  };

  const drain = async () => {
    try {
      while (!stopped) {
        const way = findWay();
        if (!way) break;
        const items = outbox.batch({ maxItems: pace.mostItems(), maxBytes: MOST_REPORT_BYTES });
        if (items.length === 0) {
          const due = outbox.nextDue();
          if (due !== null) wakeAfter(due);
          break;
        }
        const delay = await send(way, items);
        if (delay !== null && isSame(way)) {
          blocked = way;
          wakeAfter(delay);
          break;
        }
      }
      forgetOld();
    } catch (error) {
      // The store failed (disk full, damaged). Nothing was taken as delivered: the transaction went with it.
      log.error('upload failed', { detail: error instanceof Error ? error.message : String(error) });
      shown = { ...shown, fault: fault('internal', { reference: 'upload' }) };
      wakeAfter(pace.broken());
    } finally {
      busy = null;
    }
  };

  const forgetOld = () => {
    if (clock.monotonic() - forgotten < FORGET_EVERY) return;
    forgotten = clock.monotonic();
    outbox.forgetDelivered(options.keepDelivered ?? KEEP_DELIVERED);
  };

  const wakeAfter = (delay: Millis) => {
    if (stopped) return;
    timer?.cancel();
    timer = clock.after('next report', delay, start);
  };

  const start = () => {
    if (stopped || busy) return;
    timer?.cancel();
    timer = null;
    blocked = null;
    busy = drain();
  };

  return {
    poke() {
      if (blocked && isSame(blocked)) return;
      start();
    },
    retryNow: start,
    status,
    async stop() {
      stopped = true;
      timer?.cancel();
      if (!busy) return;
      const grace = clock.after('stop of upload', STOP_GRACE, () => cut.abort());
      await busy;
      grace.cancel();
    },
  };
}

const nameOf = ({ epoch, seq }: { readonly epoch: string; readonly seq: number }): string => `${epoch} ${seq}`;
