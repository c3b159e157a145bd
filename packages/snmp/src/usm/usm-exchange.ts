/**
 * A request of an SNMPv3 user. An answer must be of the asked engine, user, context and level, signed, timely and
 * decryptable; everything else ends nothing. A Report that nobody signed is a hint: it is told if no answer comes in
 * this wait, and it saves further tries only where the device never answered this user before.
 */
import type { SnmpFailure, UsmReason } from '../engine.ts';
import { Exchange, type Question, type Reply, type Try } from '../exchange.ts';
import { ERROR_STATUS, PDU_TAG } from '../pdu.ts';
import { writeRequestPdu } from '../request.ts';
import { LONGEST_RESPONSE } from '../varbinds.ts';
import type { Wire } from '../wire.ts';
import { isSigned } from './auth.ts';
import type { UsmLogin } from './login.ts';
import {
  decodeEnvelope,
  decodeScopedFrame,
  type Envelope,
  encodeAround,
  FLAG,
  type Protection,
  type ScopedFrame,
  scopedIn,
} from './message.ts';
import type { Peer } from './peer.ts';
import type { Salts } from './privacy.ts';
import { failureIn } from './report.ts';

export interface Hint {
  readonly failure: SnmpFailure;
  /** The report's own header, with octets that outlive the datagram. */
  readonly envelope: Envelope;
}

export class UsmExchange extends Exchange {
  /** The last unsigned report, if one came. */
  hint: Hint | null = null;
  readonly #login: UsmLogin;
  readonly #peer: Peer;
  readonly #protection: Protection;
  readonly #salts: Salts;
  readonly #requestId: number;
  /** Why the first answer that could not be believed was none. */
  #doubt: UsmReason | null = null;
  #answeredWrongly = false;

  constructor(
    wire: Wire,
    { login, peer, salts }: { readonly login: UsmLogin; readonly peer: Peer; readonly salts: Salts },
    question: Question,
    resolve: (reply: Reply) => void,
  ) {
    super(wire, question, resolve);
    this.#login = login;
    this.#peer = peer;
    this.#protection = peer.protectionOf(login.credential);
    this.#salts = salts;
    this.#requestId = wire.freshId();
  }

  protected override encode(id: number): Uint8Array {
    const { writer, clock } = this.wire;
    const { engineId } = this.#peer;
    writeRequestPdu(writer, this.question, this.#requestId);
    const header = {
      messageId: id,
      largestMessage: LONGEST_RESPONSE,
      reportable: true,
      engineId,
      ...this.#peer.clockAt(clock.monotonic()),
      user: this.#login.user,
      contextEngineId: engineId,
      contextName: this.#login.context,
    };
    return encodeAround(writer, header, this.#protection, this.#salts);
  }

  protected override get mayTryAgain(): boolean {
    return !this.#answeredWrongly && (this.hint === null || this.#peer.hasProved(this.#login.credential));
  }

  protected override whySilent(): SnmpFailure {
    if (this.hint !== null) return this.hint.failure;
    return this.#doubt === null ? super.whySilent() : { kind: 'usm', reason: this.#doubt };
  }

  override receive(bytes: Uint8Array): void {
    const decoded = decodeEnvelope(bytes);
    if (!decoded.ok) {
      this.undecodable(decoded.error);
      return;
    }
    const envelope = decoded.value;
    const answered = this.answered(envelope.messageId, bytes);
    if (answered === undefined) return;
    if ((envelope.flags & FLAG.auth) === 0) this.#hearUnsigned(answered, envelope);
    else this.#hearSigned(answered, envelope);
  }

  #hearUnsigned(answered: Try, envelope: Envelope): void {
    if ((envelope.flags & FLAG.privacy) !== 0 || envelope.sealed) {
      this.#refuse('unsupportedLevel');
      return;
    }
    const scoped = decodeScopedFrame(envelope.bytes, envelope.dataStart, envelope.dataEnd);
    if (!scoped.ok) {
      this.undecodable(scoped.error);
      return;
    }
    if (scoped.value.pduTag === PDU_TAG.report) {
      const failure = failureIn(scoped.value);
      if (failure === undefined) this.#refuseContent('a report of nothing known');
      else this.hint = { failure, envelope: kept(envelope) };
      return;
    }
    if (this.#protection.auth !== null) this.#refuse('unsupportedLevel');
    else if (this.#isFromPeer(envelope)) this.#take(answered, envelope, scoped.value);
  }

  #hearSigned(answered: Try, envelope: Envelope): void {
    const { auth, privacy } = this.#protection;
    const isSealed = (envelope.flags & FLAG.privacy) !== 0;
    if (auth === null || isSealed !== envelope.sealed || (isSealed && privacy === null)) {
      this.#refuse('unsupportedLevel');
      return;
    }
    if (!this.#isFromPeer(envelope)) return;
    const { bytes, digestStart, digestEnd } = envelope;
    if (!isSigned(auth.protocol, auth.key, bytes, digestStart, digestEnd)) {
      this.#refuse('wrongDigest');
      return;
    }
    const scoped = scopedIn(envelope, this.#protection);
    if (scoped === undefined) this.#refuse('decryption');
    else if (scoped.pduTag === PDU_TAG.report) this.#hearReport(envelope, scoped);
    else if (isSealed !== (privacy !== null)) this.#refuse('unsupportedLevel');
    else if (!this.#peer.admits(envelope, this.wire.clock.monotonic())) this.#refuse('notInTimeWindow');
    else this.#take(answered, envelope, scoped);
  }

  /**
   * Signed over an id that was ours to choose, so it is new, whatever its clock says: that of an engine which forgets
   * its boots goes back.
   */
  #hearReport(envelope: Envelope, report: ScopedFrame): void {
    const failure = failureIn(report);
    if (failure === undefined) {
      this.#refuseContent('a report of nothing known');
      return;
    }
    if (failure.kind === 'usm' && failure.reason === 'notInTimeWindow') {
      this.#peer.resynchronize(envelope, this.wire.clock.monotonic());
    }
    // What nobody signed is worth nothing beside it.
    this.hint = null;
    this.finish(failure);
  }

  #take(answered: Try, envelope: Envelope, frame: ScopedFrame): void {
    const { context, credential } = this.#login;
    if (!isSame(frame.contextEngineId, this.#peer.engineId) || !isSame(frame.contextName, context)) {
      this.#refuseContent('answered in another context');
      return;
    }
    if (frame.pduTag !== PDU_TAG.response || frame.requestId !== this.#requestId) {
      this.#refuseContent('answered another request');
      return;
    }
    if (frame.errorStatus === ERROR_STATUS.authorizationError) {
      // RFC 3413 §3.2: no view for this user at this level. It concerns the request as a whole, so that asking for less
      // of it would only be refused again.
      this.finish({ kind: 'usm', reason: 'noAccess' });
      return;
    }
    const problem = this.question.judge(frame);
    if (problem !== null) {
      this.#refuseContent(problem);
      // Whoever signed it would only say the same again.
      this.#answeredWrongly = true;
      return;
    }
    this.#peer.prove(credential);
    this.#peer.learnLimit(envelope.largestMessage);
    this.succeed(answered);
  }

  #isFromPeer(envelope: Envelope): boolean {
    if (!isSame(envelope.engineId, this.#peer.engineId)) this.#refuse('unknownEngine');
    else if (!isSame(envelope.user, this.#login.user)) this.#refuse('unknownUser');
    else return true;
    return false;
  }

  #refuse(reason: UsmReason): void {
    this.wire.dropped.unauthentic += 1;
    this.#doubt ??= reason;
  }

  #refuseContent(problem: string): void {
    this.wire.dropped.unfitting += 1;
    this.note(problem);
  }
}

const kept = (envelope: Envelope): Envelope => ({ ...envelope, engineId: new Uint8Array(envelope.engineId) });

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
