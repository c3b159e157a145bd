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

export function decodeResponseFrame(bytes: Uint8Array): Outcome<CommunityFrame, MessageFault> {
  const reader = new BerReader(bytes);
  reader.enter(TAG.sequence);
  const version = versionOf(reader.integer());
  if (reader.fault === null && version === undefined) return failure({ problem: 'version', at: reader.offset });
  if (reader.element() !== TAG.octets) reader.fail('wrongTag');
  const communityStart = reader.offset;
  const communityEnd = reader.contentEnd;
  reader.skip();
  if (reader.fault === null && bytes[reader.offset] !== PDU_TAG.response) {
    return failure({ problem: 'pduType', at: reader.offset });
  }
  reader.enter(PDU_TAG.response);
  const requestId = reader.integer();
  const errorStatus = reader.integer();
  const errorIndex = reader.integer();
  if (reader.element() !== TAG.sequence) reader.fail('wrongTag');
  if (reader.fault !== null) return failure(reader.fault);
  if (version === undefined) return failure({ problem: 'version', at: 0 });
  return success({
    bytes,
    version,
    communityStart,
    communityEnd,
    requestId,
    errorStatus,
    errorIndex,
    varbindsStart: reader.offset,
    varbindsEnd: reader.contentEnd,
  });
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
