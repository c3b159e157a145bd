/**
 * The answering side of SNMPv3 users (RFC 3414 §3.2 as the authoritative engine): for simulated machines and tests. What
 * it admits looks like a request of v2c, and the answer of v2c to it is put into a message of v3.
 */
import type { Clock, Millis, Random } from '@rsb/runtime';
import { BerWriter } from '../ber.ts';
import type { UsmCredential } from '../engine.ts';
import type { Oid } from '../oid.ts';
import { decodeOid } from '../oid-octets.ts';
import { PDU_TAG, type RequestPdu } from '../pdu.ts';
import type { Request } from '../request.ts';
import { decodeResponseFrame, writeResponsePdu } from '../response.ts';
import { decodeVarbindFrames, LONGEST_RESPONSE } from '../varbinds.ts';
import { isSigned } from './auth.ts';
import {
  decodeEnvelope,
  type Envelope,
  encodeAround,
  FLAG,
  type Protection,
  type ScopedFrame,
  scopedIn,
} from './message.ts';
import { type EngineClock, protectionOn } from './peer.ts';
import { SALT_BYTES, Salts } from './privacy.ts';
import { type ReportedReason, reportObject } from './report.ts';

const WINDOW_SECONDS = 150;
const UNPROTECTED: Protection = { auth: null, privacy: null };

export interface UsmAgentOptions {
  readonly engineId: Uint8Array;
  /** How often it was started. */
  readonly boots: number;
  readonly users: readonly UsmCredential[];
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly random: Random;
  /** Octets that it says it can take. */
  readonly largestMessage?: number;
}

/** `reply` is a Report; `request` one that was admitted, whose v2c answer goes through `wrap`; else nothing to say. */
export type Heard =
  | { readonly kind: 'reply'; readonly bytes: Uint8Array }
  | { readonly kind: 'request'; readonly request: Request; wrap(v2cResponse: Uint8Array): Uint8Array }
  | { readonly kind: 'nothing' };

const NOTHING: Heard = { kind: 'nothing' };

export class UsmAgent {
  readonly #options: UsmAgentOptions;
  readonly #startedAt: Millis;
  readonly #salts: Salts;
  readonly #writer = new BerWriter();
  readonly #users: ReadonlyMap<string, Protection>;
  /** usmStats: how often each reason was given. */
  readonly #counts = new Map<ReportedReason, number>();

  constructor(options: UsmAgentOptions) {
    this.#options = options;
    this.#startedAt = options.clock.monotonic();
    this.#salts = new Salts(options.random.bytes(SALT_BYTES));
    this.#users = new Map(options.users.map((user) => [user.user, protectionOn(options.engineId, user)]));
  }

  receive(datagram: Uint8Array): Heard {
    const decoded = decodeEnvelope(datagram);
    if (!decoded.ok) return NOTHING;
    const envelope = decoded.value;
    const { engineId } = this.#options;
    if (Buffer.compare(envelope.engineId, engineId) !== 0) return this.#report(envelope, 'unknownEngine');
    const user = this.#users.get(new TextDecoder().decode(envelope.user));
    if (user === undefined) return this.#report(envelope, 'unknownUser');
    if (
      levelOf(user) !== (envelope.flags & (FLAG.auth | FLAG.privacy)) ||
      envelope.sealed !== (user.privacy !== null)
    ) {
      return this.#report(envelope, 'unsupportedLevel');
    }
    if (user.auth !== null) {
      const { bytes, digestStart, digestEnd } = envelope;
      if (!isSigned(user.auth.protocol, user.auth.key, bytes, digestStart, digestEnd)) {
        return this.#report(envelope, 'wrongDigest');
      }
      if (!this.#isTimely(envelope)) {
        return this.#report(envelope, 'notInTimeWindow', { auth: user.auth, privacy: null });
      }
    }
    const scoped = scopedIn(envelope, user);
    if (scoped === undefined) return this.#report(envelope, 'decryption');
    const request = requestIn(scoped);
    if (request === undefined) return NOTHING;
    const contextName = new Uint8Array(scoped.contextName);
    const wrap = (v2cResponse: Uint8Array): Uint8Array => {
      const frame = decodeResponseFrame(v2cResponse);
      if (!frame.ok) return v2cResponse;
      this.#writer.clear();
      this.#writer.bytes(v2cResponse.subarray(frame.value.communityEnd));
      return this.#seal(envelope, user, contextName);
    };
    return { kind: 'request', request, wrap };
  }

  get engineClock(): EngineClock {
    const { boots, clock } = this.#options;
    return { boots, time: Math.floor((clock.monotonic() - this.#startedAt) / 1000) };
  }

  #isTimely({ boots, time }: Envelope): boolean {
    const own = this.engineClock;
    return boots === own.boots && Math.abs(time - own.time) <= WINDOW_SECONDS;
  }

  #report(envelope: Envelope, reason: ReportedReason, protection = UNPROTECTED): Heard {
    const count = (this.#counts.get(reason) ?? 0) + 1;
    this.#counts.set(reason, count);
    if ((envelope.flags & FLAG.reportable) === 0) return NOTHING;
    this.#writer.clear();
    const varbinds = [{ oid: reportObject(reason), value: { type: 'counter32', value: count } as const }];
    writeResponsePdu(this.#writer, { requestId: 0, errorStatus: 0, errorIndex: 0, varbinds }, PDU_TAG.report);
    return { kind: 'reply', bytes: this.#seal(envelope, protection, new Uint8Array(0)) };
  }

  #seal({ messageId, user }: Envelope, protection: Protection, contextName: Uint8Array): Uint8Array {
    const { engineId } = this.#options;
    const header = {
      messageId,
      largestMessage: this.#options.largestMessage ?? LONGEST_RESPONSE,
      reportable: false,
      engineId,
      ...this.engineClock,
      user,
      contextEngineId: engineId,
      contextName,
    };
    return encodeAround(this.#writer, header, protection, this.#salts);
  }
}

const levelOf = ({ auth, privacy }: Protection): number =>
  (auth === null ? 0 : FLAG.auth) | (privacy === null ? 0 : FLAG.privacy);

const REQUESTS = new Map<number, RequestPdu>([
  [PDU_TAG.get, 'get'],
  [PDU_TAG.getNext, 'getNext'],
  [PDU_TAG.getBulk, 'getBulk'],
]);

function requestIn(scoped: ScopedFrame): Request | undefined {
  const pdu = REQUESTS.get(scoped.pduTag);
  const frames = decodeVarbindFrames(scoped);
  if (pdu === undefined || !frames.ok) return undefined;
  const oids: Oid[] = [];
  for (const { nameStart, nameEnd } of frames.value) {
    const name = nameStart < 0 ? undefined : decodeOid(scoped.bytes, nameStart, nameEnd);
    if (name === undefined) return undefined;
    oids.push(name);
  }
  const bulk = pdu === 'getBulk';
  return {
    version: 'v2c',
    community: '',
    pdu,
    requestId: scoped.requestId,
    // In a getBulk these two stand where other PDUs have error status and index.
    nonRepeaters: bulk ? Math.max(0, scoped.errorStatus) : 0,
    maxRepetitions: bulk ? Math.max(0, scoped.errorIndex) : 0,
    oids,
  };
}
