/**
 * One request until its answer: tries, waits and the match of answers.
 *
 * An answer counts only from the asked address and port, with the id of one of the tries, the same version and
 * community, and content that the asker's `judge` accepts. Everything else is dropped and counted and ends nothing: the
 * right answer may still come. A wait that saw a wrong answer to the right id is not repeated, as the device would only
 * say the same again.
 */
import { type Millis, millis, type Timer } from '@rsb/runtime';
import { type Device, waitOf } from './device.ts';
import type { Cost, Patience, SnmpFailure } from './engine.ts';
import type { EncodedName } from './oid-octets.ts';
import type { RequestPdu, SnmpVersion } from './pdu.ts';
import { encodeRequestOf } from './request.ts';
import type { ResponseFrame } from './response.ts';
import type { IpFamily } from './udp-socket.ts';
import type { Wire } from './wire.ts';

/** IP and UDP headers. */
export const HEADER_BYTES: Readonly<Record<IpFamily, number>> = { 4: 28, 6: 48 };

const DEFAULT_RETRIES = 2;

export interface Question {
  readonly device: Device;
  readonly version: SnmpVersion;
  readonly community: Uint8Array;
  readonly pdu: RequestPdu;
  readonly names: readonly EncodedName[];
  readonly nonRepeaters: number;
  /** 0 except in getBulk. */
  readonly maxRepetitions: number;
  /** Takes the content of an answer; a text says why it is none, and then nothing was taken. */
  readonly judge: (frame: ResponseFrame) => string | null;
  readonly cost: Cost;
  readonly patience: Patience | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Reply {
  /** Null where an answer was accepted. */
  readonly failure: SnmpFailure | null;
  readonly roundTrip: Millis | null;
  /** Time between sends and what ended their waits: the device's share of the call's time. */
  readonly waited: Millis;
}

export class Exchange {
  readonly question: Question;
  readonly #wire: Wire;
  readonly #resolve: (reply: Reply) => void;
  /** Ids of the tries so far, with the time each was sent. */
  readonly #tries: { readonly id: number; sentAt: number }[] = [];
  #timer: Timer | null = null;
  #problem: string | null = null;
  #answeredWrongly = false;
  #waited = 0;
  #waitingSince = 0;
  #settled = false;
  readonly #onAbort = () => this.finish({ kind: 'aborted' });

  constructor(wire: Wire, question: Question, resolve: (reply: Reply) => void) {
    this.#wire = wire;
    this.question = question;
    this.#resolve = resolve;
    question.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  start(): void {
    if (this.question.signal?.aborted || this.#wire.closed) this.finish({ kind: 'aborted' });
    else this.#prepare();
  }

  /** A response from the device's address and port. */
  receive(frame: ResponseFrame): void {
    const { device, version, community, judge, cost } = this.question;
    const { dropped, clock } = this.#wire;
    const answered = this.#tries.find((each) => each.id === frame.requestId);
    if (answered === undefined) {
      dropped.unknownId += 1;
      return;
    }
    cost.packets += 1;
    cost.bytes += frame.bytes.length + HEADER_BYTES[device.family];
    const problem = this.#mismatch(frame, version, community) ?? judge(frame);
    if (problem !== null) {
      if (problem !== VERSION_MISMATCH && problem !== COMMUNITY_MISMATCH) dropped.unfitting += 1;
      this.#problem = problem;
      this.#answeredWrongly = true;
      return;
    }
    const roundTrip = millis(clock.monotonic() - answered.sentAt);
    device.learnRoundTrip(roundTrip);
    this.#wire.gate?.answered?.(device.address, roundTrip, this.#tries.indexOf(answered));
    this.finish(null, roundTrip);
  }

  /** Bytes from the device that are no message: told only where no answer comes, as anybody could have sent them. */
  note(problem: string): void {
    this.#problem ??= problem;
  }

  finish(failure: SnmpFailure | null, roundTrip: Millis | null = null): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#endWait();
    this.question.signal?.removeEventListener('abort', this.#onAbort);
    this.#wire.release(this);
    this.#resolve({ failure, roundTrip, waited: millis(this.#waited) });
  }

  #mismatch(frame: ResponseFrame, version: SnmpVersion, community: Uint8Array): string | null {
    if (frame.version !== version) {
      this.#wire.dropped.wrongVersion += 1;
      return VERSION_MISMATCH;
    }
    const length = frame.communityEnd - frame.communityStart;
    let same = length === community.length;
    for (let index = 0; same && index < length; index += 1) {
      same = frame.bytes[frame.communityStart + index] === community[index];
    }
    if (same) return null;
    this.#wire.dropped.wrongCommunity += 1;
    return COMMUNITY_MISMATCH;
  }

  #prepare(): void {
    const { question } = this;
    const id = this.#wire.freshId();
    const attempt = this.#tries.push({ id, sentAt: Number.NaN }) - 1;
    const bytes = encodeRequestOf(this.#wire.writer, question, id);
    const { gate } = this.#wire;
    if (gate === undefined) {
      this.#send(attempt, bytes);
      return;
    }
    const size = bytes.length + HEADER_BYTES[question.device.family];
    gate.beforeSend(question.device.address, size, question.signal).then(
      () => {
        if (!this.#settled) this.#send(attempt, bytes);
      },
      () => this.finish({ kind: 'aborted' }),
    );
  }

  #send(attempt: number, bytes: Uint8Array): void {
    const { device, cost, names, pdu, patience } = this.question;
    const { clock, observer } = this.#wire;
    this.#waitingSince = clock.monotonic();
    (this.#tries[attempt] as { sentAt: number }).sentAt = this.#waitingSince;
    cost.requests += 1;
    cost.packets += 1;
    cost.bytes += bytes.length + HEADER_BYTES[device.family];
    if (observer !== undefined) for (const { oid } of names) observer(device.address, oid, pdu);
    const wait = waitOf(patience?.timeout ?? device.firstWait(), attempt);
    this.#timer = clock.after('snmp answer', wait, () => this.#onSilence(attempt));
    this.#wire.socketFor(device.family).send(bytes, device.port, device.address, (code) => {
      // A full queue of the system loses a packet as a line would; the next try is the remedy.
      if (code !== 'ENOBUFS' && code !== 'EAGAIN') this.finish({ kind: 'unreachable', detail: code });
    });
  }

  #onSilence(attempt: number): void {
    this.#endWait();
    const retries = this.question.patience?.retries ?? DEFAULT_RETRIES;
    if (attempt < retries && !this.#answeredWrongly) this.#prepare();
    else if (this.#problem !== null) this.finish({ kind: 'malformed', detail: this.#problem });
    else this.finish({ kind: 'timeout' });
  }

  #endWait(): void {
    if (this.#timer === null) return;
    this.#timer.cancel();
    this.#timer = null;
    this.#waited += this.#wire.clock.monotonic() - this.#waitingSince;
  }
}

const VERSION_MISMATCH = 'answered in another version';
const COMMUNITY_MISMATCH = 'answered with another community';
