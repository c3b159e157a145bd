/** Requests: encoded by the engine, decoded by an agent. There is no other request than get, getNext and getBulk. */
import { failure, type Outcome, success } from '@rsb/runtime';
import { BerReader, BerWriter, TAG } from './ber.ts';
import type { Oid } from './oid.ts';
import { decodeOid, type EncodedName, encodeOid } from './oid-octets.ts';
import { type MessageFault, PDU_TAG, type RequestPdu, type SnmpVersion, VERSION_NUMBER, versionOf } from './pdu.ts';

export interface Request {
  readonly version: SnmpVersion;
  readonly community: string;
  readonly pdu: RequestPdu;
  readonly requestId: number;
  /** 0 except in getBulk. */
  readonly nonRepeaters: number;
  /** 0 except in getBulk. */
  readonly maxRepetitions: number;
  readonly oids: readonly Oid[];
}

export function encodeRequest(request: Request): Uint8Array {
  const login = { version: request.version, community: new TextEncoder().encode(request.community) };
  const content = { ...request, names: request.oids.map((oid) => ({ oid, octets: encodeOid(oid) })) };
  return encodeRequestOf(new BerWriter(), login, content, request.requestId);
}

export interface RequestContent {
  readonly pdu: RequestPdu;
  readonly nonRepeaters: number;
  readonly maxRepetitions: number;
  readonly names: readonly EncodedName[];
}

export interface RequestLogin {
  readonly version: SnmpVersion;
  readonly community: Uint8Array;
}

/** The same for names that are encoded already, into a writer that is used again and again. */
export function encodeRequestOf(
  writer: BerWriter,
  login: RequestLogin,
  request: RequestContent,
  requestId: number,
): Uint8Array {
  writeRequestPdu(writer, request, requestId);
  writer.element(TAG.octets, login.community);
  writer.integer(TAG.integer, VERSION_NUMBER[login.version]);
  writer.wrap(TAG.sequence, 0);
  return writer.take();
}

/** The PDU alone, as the only content of the writer. */
export function writeRequestPdu(writer: BerWriter, request: RequestContent, requestId: number): void {
  writer.clear();
  const { names } = request;
  for (let index = names.length - 1; index >= 0; index -= 1) {
    const before = writer.size;
    writer.byte(0);
    writer.byte(TAG.null);
    writer.element(TAG.oid, (names[index] as EncodedName).octets);
    writer.wrap(TAG.sequence, before);
  }
  writer.wrap(TAG.sequence, 0);
  // In get and getNext these two are error status and index: 0.
  writer.integer(TAG.integer, request.maxRepetitions);
  writer.integer(TAG.integer, request.nonRepeaters);
  writer.integer(TAG.integer, requestId);
  writer.wrap(PDU_TAG[request.pdu], 0);
}

/** Bytes that one name adds to a request. */
export const requestSizeOfName = (octets: Uint8Array): number => octets.length + (octets.length < 0x7a ? 6 : 10);

/** What an agent was asked. A message of any other kind is refused: nothing is ever set. */
export function decodeRequest(bytes: Uint8Array): Outcome<Request, MessageFault> {
  const reader = new BerReader(bytes);
  reader.enter(TAG.sequence);
  const version = versionOf(reader.integer());
  if (reader.fault === null && version === undefined) return failure({ problem: 'version', at: reader.offset });
  if (reader.element() !== TAG.octets) reader.fail('wrongTag');
  const community = new TextDecoder().decode(bytes.subarray(reader.offset, reader.contentEnd));
  reader.skip();
  const pdu = requestPduOf(bytes[reader.offset], version);
  if (reader.fault === null && pdu === undefined) return failure({ problem: 'pduType', at: reader.offset });
  reader.enter(PDU_TAG[pdu ?? 'get']);
  const requestId = reader.integer();
  const first = reader.integer();
  const second = reader.integer();
  reader.enter(TAG.sequence);
  const oids: Oid[] = [];
  while (!reader.done) {
    if (reader.element() !== TAG.sequence) reader.fail('wrongTag');
    const binding = new BerReader(bytes, reader.offset, reader.contentEnd);
    if (binding.element() !== TAG.oid) binding.fail('wrongTag');
    if (binding.fault !== null) return failure(binding.fault);
    const name = decodeOid(bytes, binding.offset, binding.contentEnd);
    if (name === undefined) return failure({ problem: 'badName', at: binding.offset });
    oids.push(name);
    reader.skip();
  }
  if (reader.fault !== null) return failure(reader.fault);
  if (version === undefined || pdu === undefined) return failure({ problem: 'pduType', at: 0 });
  const bulk = pdu === 'getBulk';
  return success({
    version,
    community,
    pdu,
    requestId,
    nonRepeaters: bulk ? Math.max(0, first) : 0,
    maxRepetitions: bulk ? Math.max(0, second) : 0,
    oids,
  });
}

function requestPduOf(tag: number | undefined, version: SnmpVersion | undefined): RequestPdu | undefined {
  switch (tag) {
    case PDU_TAG.get:
      return 'get';
    case PDU_TAG.getNext:
      return 'getNext';
    case PDU_TAG.getBulk:
      // RFC 1157 knows no getBulk.
      return version === 'v2c' ? 'getBulk' : undefined;
    default:
      return undefined;
  }
}
