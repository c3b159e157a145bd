/**
 * One request until its answer: tries, waits, and what ends them.
 *
 * An answer counts only from the asked address and port, with the id of one of the tries, from whom the login says it
 * must come, and with content that the asker's `judge` accepts. Everything else is dropped and counted and ends nothing:
 * the right answer may still come.
 */
import { type Millis, millis } from '@rsb/runtime';
import { HEADER_BYTES } from './datagrams.ts';
import type { Deadline } from './deadlines.ts';
import { type Device, waitOf } from './device.ts';
import type { Cost, Patience, SnmpFailure } from './engine.ts';
import type { EncodedName } from './oid-octets.ts';
import type { MessageFault } from './pdu.ts';
import type { RequestContent } from './request.ts';
import type { ResponseFrame } from './varbinds.ts';
import type { Wire } from './wire.ts';

const DEFAULT_RETRIES = 2;

/** Detail of a failure: the host itself says that nobody listens at the port. */
const PORT_UNREACHABLE = 'icmp ECONNREFUSED';
/** Before the system's code, where ICMP said so and not the system of this machine. */
const BY_ICMP = 'icmp ';

/** Whether somebody on the way, or the host itself, sent the packet back: it did leave this machine. */
export const isSentBack = (detail: string): boolean => detail.startsWith(BY_ICMP);

export interface Question extends RequestContent {
  readonly device: Device;
  /** Takes the content of an answer; a text says why it is none, and then nothing was taken. */
  judge(frame: ResponseFrame): string | null;
  readonly cost: Cost;
  readonly patience: Patience | undefined;
  /** All tries together, where the caller's own time ends sooner than its patience. */
  readonly longest: Millis | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Reply {
  /** Null where an answer was accepted. */
  readonly failure: SnmpFailure | null;
  readonly roundTrip: Millis | null;
  /** Time between sends and what ended their waits: the device's share of the call's time. */
  readonly waited: Millis;
}

/** One send; `id` is what comes back in the answer's message. */
export interface Try {
  readonly id: number;
  /** Tries before it. */
  readonly attempt: number;
  readonly before: Try | null;
  /** Not a number while it waits for the budget. */
  sentAt: number;
}

export abstract class Exchange implements Deadline {
  readonly question: Question;
  protected readonly wire: Wire;
  readonly #resolve: (reply: Reply) => void;
  #last: Try | null = null;
  /** Of the wait for an answer to the last try. */
  at = 0;
  place = -1;
  #problem: string | null = null;
  #refusal: SnmpFailure | null = null;
  #waited = 0;
  /** For an answer to the last try. */
  #waiting = false;
  #settled = false;
  #onAbort: (() => void) | null = null;

  constructor(wire: Wire, question: Question, resolve: (reply: Reply) => void) {
    this.wire = wire;
    this.question = question;
    this.#resolve = resolve;
    if (question.signal === undefined) return;
    this.#onAbort = () => this.finish({ kind: 'aborted' });
    question.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** The bytes of one try; good until the next request is encoded. */
  protected abstract encode(id: number): Uint8Array;

  /** A datagram from the device's address and port. */
  abstract receive(bytes: Uint8Array): void;

  /** What is asked, for the record. */
  protected get names(): readonly EncodedName[] {
    return this.question.names;
  }

  /** Whether a wait that ended without an answer is worth another try. */
  protected get mayTryAgain(): boolean {
    return true;
  }

  /** Why there is no answer, once all tries are spent. */
  protected whySilent(): SnmpFailure {
    if (this.#refusal !== null) return this.#refusal;
    return this.#problem === null ? { kind: 'timeout' } : { kind: 'malformed', detail: this.#problem };
  }

  start(): void {
    if (this.#settled) return;
    if (this.question.signal?.aborted || this.wire.closed) this.finish({ kind: 'aborted' });
    else this.#prepare();
  }

  finish(failure: SnmpFailure | null, roundTrip: Millis | null = null, now = this.#now()): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#endWait(now);
    if (this.#onAbort !== null) this.question.signal?.removeEventListener('abort', this.#onAbort);
    this.wire.release(this);
    this.#resolve({ failure, roundTrip, waited: millis(this.#waited) });
  }

  /**
   * ICMP says that our packet was refused. Anybody on the way can say so: of a device that has answered before it takes
   * no answer away, it only spares the further tries.
   */
  refuse(code: string, bytes: number): void {
    if (this.#settled || !this.#waiting) return;
    const { cost, device } = this.question;
    cost.packets += 1;
    cost.bytes += bytes;
    const isPort = code === 'ECONNREFUSED';
    const failure: SnmpFailure = { kind: 'unreachable', detail: `${BY_ICMP}${code}` };
    if (isPort && !device.hasAnswered) this.finish(failure);
    else this.#refusal = failure;
  }

  /** The try that a message with this id answers; its datagram is paid for then. */
  protected answered(id: number, bytes: Uint8Array): Try | undefined {
    let found = this.#last;
    while (found !== null && found.id !== id) found = found.before;
    if (found === null) {
      this.wire.dropped.unknownId += 1;
      return undefined;
    }
    const { cost, device } = this.question;
    cost.packets += 1;
    cost.bytes += bytes.length + HEADER_BYTES[device.family];
    return found;
  }

  /** Told only where no answer comes. */
  protected note(problem: string): void {
    this.#problem = problem;
  }

  /** Anybody could have sent what is no message: any other problem says more. */
  protected undecodable({ problem, at }: MessageFault): void {
    this.wire.dropped.undecodable += 1;
    this.#problem ??= `${problem} at ${at}`;
  }

  protected succeed(answered: Try): void {
    const now = this.#now();
    const roundTrip = millis(now - answered.sentAt);
    this.question.device.learnRoundTrip(roundTrip);
    this.finish(null, roundTrip, now);
  }

  #prepare(): void {
    const { question } = this;
    const id = this.wire.freshId();
    const before = this.#last;
    const made: Try = { id, attempt: before === null ? 0 : before.attempt + 1, before, sentAt: Number.NaN };
    this.#last = made;
    const bytes = this.encode(id);
    const { gate } = this.wire;
    if (gate === undefined) {
      this.#send(made, bytes);
      return;
    }
    const size = bytes.length + HEADER_BYTES[question.device.family];
    const kept = new Uint8Array(bytes);
    gate.beforeSend(question.device.address, size, question.signal).then(
      () => {
        if (!this.#settled) this.#send(made, kept);
      },
      () => this.finish({ kind: 'aborted' }),
    );
  }

  #send(made: Try, bytes: Uint8Array): void {
    const { device, cost, pdu, patience } = this.question;
    const { observer } = this.wire;
    const now = this.#now();
    made.sentAt = now;
    cost.requests += 1;
    cost.packets += 1;
    cost.bytes += bytes.length + HEADER_BYTES[device.family];
    if (observer !== undefined) for (const { oid } of this.names) observer(device.address, oid, pdu);
    const wait = millis(Math.min(waitOf(patience?.timeout ?? device.firstWait(), made.attempt), this.#timeLeft()));
    this.#waiting = true;
    this.at = now + wait;
    this.wire.waits.add(this);
    this.wire.socketFor(device.family).send(bytes, device.port, device.address, (code) => {
      // A full queue of the system loses a packet as a line would; the next try is the remedy.
      if (code !== 'ENOBUFS' && code !== 'EAGAIN') this.finish({ kind: 'unreachable', detail: code });
    });
  }

  /** Nothing came in time. */
  end(): void {
    this.wire.hearNow(this.question.device.family);
    if (this.#settled) return;
    this.#endWait(this.#now());
    const attempt = this.#last?.attempt ?? 0;
    const retries = this.question.patience?.retries ?? DEFAULT_RETRIES;
    const isClosed = this.#refusal?.kind === 'unreachable' && this.#refusal.detail === PORT_UNREACHABLE;
    if (attempt < retries && !isClosed && this.mayTryAgain && this.#timeLeft() > 0) this.#prepare();
    else this.finish(this.whySilent());
  }

  #timeLeft(): number {
    const { longest } = this.question;
    return longest === undefined ? Number.POSITIVE_INFINITY : Math.max(0, longest - this.#waited);
  }

  #endWait(now: Millis): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.wire.waits.cancel(this);
    this.#waited += now - (this.#last?.sentAt ?? now);
  }

  #now(): Millis {
    return this.wire.clock.monotonic();
  }
}
