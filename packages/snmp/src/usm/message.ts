/**
 * SNMPv3 messages of the user-based security model (RFC 3412 §6, RFC 3414 §2.4): the envelope around a scoped PDU. It is
 * read without any key, so that a flood of forged ones costs little; who may believe what is inside is decided elsewhere.
 */
import { failure, type Outcome, success } from '@rsb/runtime';
import { BerReader, type BerWriter, TAG } from '../ber.ts';
import type { AuthProtocol, PrivacyProtocol } from '../engine.ts';
import type { MessageFault } from '../pdu.ts';
import { writeRequestPdu } from '../request.ts';
import { LONGEST_RESPONSE, type ResponseFrame } from '../varbinds.ts';
import { DIGEST_BYTES, digestOf } from './auth.ts';
import { decrypt, encrypt, type Salts } from './privacy.ts';

const V3 = 3;
/** RFC 3411 §5: the number of this security model. */
const USM = 3;
/** RFC 3412 §6: msgID, boots and time have 31 bits. */
const LARGEST = 0x7fff_ffff;

/** RFC 3412 §6.4. */
export const FLAG = { auth: 1, privacy: 2, reportable: 4 } as const;

/** Offsets into `bytes`, which end where the message ends: some agents send their whole buffer. */
export interface Envelope {
  readonly bytes: Uint8Array;
  readonly messageId: number;
  /** Octets that the sender can take. */
  readonly largestMessage: number;
  readonly flags: number;
  readonly engineId: Uint8Array;
  readonly boots: number;
  readonly time: number;
  readonly user: Uint8Array;
  readonly digestStart: number;
  readonly digestEnd: number;
  readonly salt: Uint8Array;
  /** Whether the data are an OCTET STRING, as encrypted ones are. */
  readonly sealed: boolean;
  readonly dataStart: number;
  readonly dataEnd: number;
}

/** Whether the datagram says that it is a message of this version; all else about it may be wrong. */
export function isV3(datagram: Uint8Array): boolean {
  const reader = new BerReader(datagram);
  reader.enter(TAG.sequence);
  return reader.integer() === V3;
}

export function decodeEnvelope(datagram: Uint8Array): Outcome<Envelope, MessageFault> {
  const reader = new BerReader(datagram);
  reader.enter(TAG.sequence);
  const bytes = datagram.subarray(0, reader.contentEnd);
  const version = reader.integer();
  if (reader.fault === null && version !== V3) return failure({ problem: 'version', at: reader.offset });
  if (reader.element() !== TAG.sequence) reader.fail('wrongTag');
  const header = new BerReader(bytes, reader.offset, reader.contentEnd);
  const messageId = header.integer();
  const largestMessage = header.integer();
  if (header.element() !== TAG.octets || header.contentEnd - header.offset !== 1) header.fail('wrongTag');
  const flags = header.fault === null ? (bytes[header.offset] as number) : 0;
  header.skip();
  const model = header.integer();
  reader.skip();
  if (reader.element() !== TAG.octets) reader.fail('wrongTag');
  const security = new BerReader(bytes, reader.offset, reader.contentEnd);
  reader.skip();
  security.enter(TAG.sequence);
  const engineId = octetsOf(security);
  const boots = security.integer();
  const time = security.integer();
  const user = octetsOf(security);
  if (security.element() !== TAG.octets) security.fail('wrongTag');
  const digestStart = security.offset;
  const digestEnd = security.contentEnd;
  security.skip();
  const salt = octetsOf(security);
  const dataAt = reader.offset;
  const dataTag = reader.element();
  if (dataTag !== TAG.octets && dataTag !== TAG.sequence) reader.fail('wrongTag');
  const fault = reader.fault ?? header.fault ?? security.fault;
  if (fault !== null) return failure(fault);
  if (model !== USM) return failure({ problem: 'securityModel', at: dataAt });
  if (![messageId, largestMessage, boots, time].every((number) => number >= 0 && number <= LARGEST)) {
    return failure({ problem: 'outOfRange', at: dataAt });
  }
  const sealed = dataTag === TAG.octets;
  return success({
    bytes,
    messageId,
    largestMessage,
    flags,
    engineId,
    boots,
    time,
    user,
    digestStart,
    digestEnd,
    salt,
    sealed,
    dataStart: sealed ? reader.offset : dataAt,
    dataEnd: reader.contentEnd,
  });
}

function octetsOf(reader: BerReader): Uint8Array {
  if (reader.element() !== TAG.octets) reader.fail('wrongTag');
  const octets = reader.bytes.subarray(reader.offset, reader.contentEnd);
  reader.skip();
  return octets;
}

/** A scoped PDU (RFC 3412 §6.8) of the kinds whose fields are those of a response. */
export interface ScopedFrame extends ResponseFrame {
  readonly contextEngineId: Uint8Array;
  readonly contextName: Uint8Array;
  readonly pduTag: number;
}

/** What follows it, the padding of a block cipher, is ignored. */
export function decodeScopedFrame(bytes: Uint8Array, start: number, end: number): Outcome<ScopedFrame, MessageFault> {
  const reader = new BerReader(bytes, start, end);
  reader.enter(TAG.sequence);
  const contextEngineId = octetsOf(reader);
  const contextName = octetsOf(reader);
  const pduTag = reader.fault === null ? (bytes[reader.offset] ?? 0) : 0;
  if (pduTag < 0xa0 || pduTag > 0xa8) reader.fail('wrongTag');
  reader.enter(pduTag);
  const requestId = reader.integer();
  const errorStatus = reader.integer();
  const errorIndex = reader.integer();
  if (reader.element() !== TAG.sequence) reader.fail('wrongTag');
  if (reader.fault !== null) return failure(reader.fault);
  return success({
    bytes,
    contextEngineId,
    contextName,
    pduTag,
    requestId,
    errorStatus,
    errorIndex,
    varbindsStart: reader.offset,
    varbindsEnd: reader.contentEnd,
  });
}

/** Localized keys: what a message is signed and sealed with. */
export interface Protection {
  readonly auth: { readonly protocol: AuthProtocol; readonly key: Uint8Array } | null;
  readonly privacy: { readonly protocol: PrivacyProtocol; readonly key: Uint8Array } | null;
}

/** The scoped PDU of a message that was found authentic. */
export function scopedIn(envelope: Envelope, { privacy }: Protection): ScopedFrame | undefined {
  const { bytes, dataStart, dataEnd } = envelope;
  let plain: Uint8Array | undefined = bytes.subarray(dataStart, dataEnd);
  if (envelope.sealed) {
    plain = privacy === null ? undefined : decrypt(privacy.protocol, privacy.key, envelope, envelope.salt, plain);
  }
  if (plain === undefined) return undefined;
  const scoped = decodeScopedFrame(plain, 0, plain.length);
  return scoped.ok ? scoped.value : undefined;
}

export interface Header {
  readonly messageId: number;
  readonly largestMessage: number;
  /** Whether a Report may come back; never in a response or a report (RFC 3412 §6.4). */
  readonly reportable: boolean;
  readonly engineId: Uint8Array;
  readonly boots: number;
  readonly time: number;
  readonly user: Uint8Array;
  readonly contextEngineId: Uint8Array;
  readonly contextName: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** RFC 3414 §4: asks an engine for its name, by a message without user, key and object. */
export function encodeDiscovery(writer: BerWriter, id: number): Uint8Array {
  writeRequestPdu(writer, { pdu: 'get', names: [], nonRepeaters: 0, maxRepetitions: 0 }, id);
  const header = {
    messageId: id,
    largestMessage: LONGEST_RESPONSE,
    reportable: true,
    engineId: NOTHING,
    boots: 0,
    time: 0,
    user: NOTHING,
    contextEngineId: NOTHING,
    contextName: NOTHING,
  };
  return encodeAround(writer, header, { auth: null, privacy: null }, { next: () => NOTHING });
}

/** Puts the PDU that `writer` holds into a message, sealed and signed as `protection` says. */
export function encodeAround(
  writer: BerWriter,
  header: Header,
  protection: Protection,
  salts: Pick<Salts, 'next'>,
): Uint8Array {
  const { auth, privacy } = protection;
  writer.element(TAG.octets, header.contextName);
  writer.element(TAG.octets, header.contextEngineId);
  writer.wrap(TAG.sequence, 0);
  let salt: Uint8Array = NOTHING;
  if (privacy !== null) {
    salt = salts.next(privacy.protocol, header.boots);
    const sealed = encrypt(privacy.protocol, privacy.key, header, salt, writer.take());
    writer.clear();
    writer.element(TAG.octets, sealed);
  }
  const security = writer.size;
  writer.element(TAG.octets, salt);
  const afterDigest = writer.size;
  writer.element(TAG.octets, auth === null ? NOTHING : new Uint8Array(DIGEST_BYTES[auth.protocol]));
  writer.element(TAG.octets, header.user);
  writer.integer(TAG.integer, header.time);
  writer.integer(TAG.integer, header.boots);
  writer.element(TAG.octets, header.engineId);
  writer.wrap(TAG.sequence, security);
  writer.wrap(TAG.octets, security);
  const head = writer.size;
  writer.integer(TAG.integer, USM);
  writer.element(TAG.octets, Uint8Array.of(flagsOf(protection, header.reportable)));
  writer.integer(TAG.integer, header.largestMessage);
  writer.integer(TAG.integer, header.messageId);
  writer.wrap(TAG.sequence, head);
  writer.integer(TAG.integer, V3);
  writer.wrap(TAG.sequence, 0);
  const message = writer.take();
  if (auth !== null) {
    const digestAt = message.length - afterDigest - DIGEST_BYTES[auth.protocol];
    message.set(digestOf(auth.protocol, auth.key, message, digestAt), digestAt);
  }
  return message;
}

const flagsOf = ({ auth, privacy }: Protection, reportable: boolean): number =>
  (auth === null ? 0 : FLAG.auth) | (privacy === null ? 0 : FLAG.privacy) | (reportable ? FLAG.reportable : 0);
