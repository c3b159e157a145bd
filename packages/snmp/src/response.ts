/**
 * Responses: decoded by the engine in two steps (who answers what; then the varbinds), encoded by an agent.
 *
 * The frame is strict: a length that does not fit refuses the whole message. A varbind whose frame is sound but whose
 * name or value cannot be read spoils only itself. Bytes after the message are ignored, as some agents send their whole
 * buffer.
 */
import { failure, type Outcome, success } from '@rsb/runtime';
import { BerReader, BerWriter, TAG } from './ber.ts';
import type { Oid } from './oid.ts';
import { decodeOid, encodeOid } from './oid-octets.ts';
import { type MessageFault, PDU_TAG, type SnmpVersion, VERSION_NUMBER, versionOf } from './pdu.ts';
import type { SnmpValue, Varbind } from './value.ts';
import { decodeValue, encodeValue, type ValueProblem } from './value-octets.ts';
import { decodeVarbindFrames, type ResponseFrame } from './varbinds.ts';

/** The same in a message of v1 or v2c. */
export interface CommunityFrame extends ResponseFrame {
  readonly version: SnmpVersion;
  readonly communityStart: number;
  readonly communityEnd: number;
}

const NOTHING = new Uint8Array(0);

/** Reads one response after the other: objects for each would cost as much as reading it. Told until the next one is. */
export class CommunityFrameReader implements CommunityFrame {
  bytes: Uint8Array = NOTHING;
  version: SnmpVersion = 'v1';
  communityStart = 0;
  communityEnd = 0;
  requestId = 0;
  errorStatus = 0;
  errorIndex = 0;
  varbindsStart = 0;
  varbindsEnd = 0;
  readonly #reader = new BerReader(NOTHING);

  /** Why it is no response; then what the frame tells is of no use. */
  read(bytes: Uint8Array): MessageFault | null {
    const reader = this.#reader;
    reader.restart(bytes, 0, bytes.length);
    this.bytes = bytes;
    reader.enter(TAG.sequence);
    const version = versionOf(reader.integer());
    if (reader.fault === null && version === undefined) return { problem: 'version', at: reader.offset };
    if (reader.element() !== TAG.octets) reader.fail('wrongTag');
    this.communityStart = reader.offset;
    this.communityEnd = reader.contentEnd;
    reader.skip();
    if (reader.fault === null && bytes[reader.offset] !== PDU_TAG.response)
      return { problem: 'pduType', at: reader.offset };
    reader.enter(PDU_TAG.response);
    this.requestId = reader.integer();
    this.errorStatus = reader.integer();
    this.errorIndex = reader.integer();
    if (reader.element() !== TAG.sequence) reader.fail('wrongTag');
    if (reader.fault !== null) return reader.fault;
    if (version === undefined) return { problem: 'version', at: 0 };
    this.version = version;
    this.varbindsStart = reader.offset;
    this.varbindsEnd = reader.contentEnd;
    return null;
  }
}

export function decodeResponseFrame(bytes: Uint8Array): Outcome<CommunityFrame, MessageFault> {
  const frame = new CommunityFrameReader();
  const fault = frame.read(bytes);
  return fault === null ? success(frame) : failure(fault);
}

export interface DecodedVarbind {
  /** Null where the name is no object identifier. */
  readonly oid: Oid | null;
  readonly value: SnmpValue | ValueProblem;
}

export interface Response {
  readonly version: SnmpVersion;
  readonly community: string;
  readonly requestId: number;
  readonly errorStatus: number;
  readonly errorIndex: number;
  readonly varbinds: readonly DecodedVarbind[];
}

/** Everything at once, for tools and tests; the engine decodes only what it asked for. */
export function decodeResponse(bytes: Uint8Array): Outcome<Response, MessageFault> {
  const frame = decodeResponseFrame(bytes);
  if (!frame.ok) return frame;
  const frames = decodeVarbindFrames(frame.value);
  if (!frames.ok) return frames;
  const { version, requestId, errorStatus, errorIndex, communityStart, communityEnd } = frame.value;
  const community = new TextDecoder().decode(bytes.subarray(communityStart, communityEnd));
  const varbinds = frames.value.map((each) => ({
    oid: each.nameStart < 0 ? null : (decodeOid(bytes, each.nameStart, each.nameEnd) ?? null),
    value: decodeValue(each.valueTag, bytes, each.valueStart, each.valueEnd),
  }));
  return success({ version, community, requestId, errorStatus, errorIndex, varbinds });
}

export interface ResponseToEncode extends Omit<Response, 'varbinds'> {
  readonly varbinds: readonly Varbind[];
}

export function encodeResponse(response: ResponseToEncode): Uint8Array {
  const writer = new BerWriter();
  writeResponsePdu(writer, response, PDU_TAG.response);
  writer.element(TAG.octets, new TextEncoder().encode(response.community));
  writer.integer(TAG.integer, VERSION_NUMBER[response.version]);
  writer.wrap(TAG.sequence, 0);
  return writer.take();
}

/** The PDU alone, into an empty writer; a report looks like a response. */
export function writeResponsePdu(
  writer: BerWriter,
  response: Pick<ResponseToEncode, 'requestId' | 'errorStatus' | 'errorIndex' | 'varbinds'>,
  tag: number,
): void {
  for (let index = response.varbinds.length - 1; index >= 0; index -= 1) {
    const { oid, value } = response.varbinds[index] as Varbind;
    const before = writer.size;
    encodeValue(writer, value);
    writer.element(TAG.oid, encodeOid(oid));
    writer.wrap(TAG.sequence, before);
  }
  writer.wrap(TAG.sequence, 0);
  writer.integer(TAG.integer, response.errorIndex);
  writer.integer(TAG.integer, response.errorStatus);
  writer.integer(TAG.integer, response.requestId);
  writer.wrap(tag, 0);
}
