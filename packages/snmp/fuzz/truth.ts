/** The agent behind the engine under fuzzing: a few objects of every type, told the same way in v1, v2c and v3. */
import { encodeResponse, type SnmpVersion } from '../src/message.ts';
import { compareOid, type Oid, oid } from '../src/oid.ts';
import { encodeOid } from '../src/oid-octets.ts';
import type { SnmpValue, Varbind } from '../src/value.ts';
import { branch, type Element, ElementWriter, leaf, parseElement } from './element.ts';

const text = (value: string): SnmpValue => ({ type: 'octets', value: new Uint8Array(Buffer.from(value, 'latin1')) });

export const TRUTH: readonly Varbind[] = (
  [
    ['1.3.6.1.2.1.1.2.0', { type: 'oid', value: oid('1.3.6.1.4.1.367.1.1') }],
    ['1.3.6.1.2.1.1.3.0', { type: 'timeTicks', value: 4_294_967_295 }],
    ['1.3.6.1.2.1.43.5.1.1.17.1', text('E153M930272')],
    ['1.3.6.1.2.1.43.10.2.1.4.1.1', { type: 'counter32', value: 3_000_083_203 }],
    ['1.3.6.1.2.1.43.11.1.1.9.1.1', { type: 'integer', value: -3 }],
    ['1.3.6.1.2.1.43.11.1.1.9.1.200', { type: 'integer', value: 40 }],
    ['1.3.6.1.2.1.2.2.1.6.1', { type: 'octets', value: Uint8Array.of(0, 0x26, 0x73, 0x73, 0xd6, 0x60) }],
    ['1.3.6.1.2.1.2.2.1.5.1', { type: 'gauge32', value: 100_000_000 }],
    ['1.3.6.1.4.1.1347.43.5.1.1.1.1', { type: 'opaque', value: Uint8Array.of(0x9f, 0x78, 4, 0x42, 0xf6, 0, 0) }],
    ['1.3.6.1.4.1.1347.43.5.1.1.28.1', { type: 'counter64', value: 2n ** 63n + 5n }],
    ['1.3.6.1.4.1.1347.43.5.1.1.28.2', { type: 'ipAddress', value: Uint8Array.of(127, 0, 0, 1) }],
  ] as const
).map(([name, value]) => ({ oid: oid(name), value }));

export const truthOf = (name: Oid): SnmpValue =>
  TRUTH.find((each) => each.oid === name)?.value ?? { type: 'noSuchObject' };

export interface Asked {
  readonly version: SnmpVersion;
  readonly community: string;
  readonly requestId: number;
  readonly oids: readonly Oid[];
}

/** For GETNEXT; there are no objects behind the last. */
export function nextOf(name: Oid): Varbind {
  const sorted = TRUTH.toSorted((a, b) => compareOid(a.oid, b.oid));
  return sorted.find((each) => compareOid(each.oid, name) > 0) ?? { oid: name, value: { type: 'endOfMibView' } };
}

export function answerTo({ version, community, requestId, oids }: Asked, told?: readonly Varbind[]): Uint8Array {
  const varbinds = told ?? oids.map((name) => ({ oid: name, value: truthOf(name) }));
  return encodeResponse({ version, community, requestId, errorStatus: 0, errorIndex: 0, varbinds });
}

/** Room for a sound message of ours. */
const CAPACITY = 2048;
const number = (value: number): Element => leaf(0x02, Uint8Array.of(0, value >> 24, value >> 16, value >> 8, value));
const octets = (value: Uint8Array): Element => leaf(0x04, value);
const NOTHING = new Uint8Array(0);

export const ENGINE_ID = new Uint8Array(Buffer.from('80000f3a03002673d660', 'hex'));
export const USER = new Uint8Array(Buffer.from('reader'));

export interface V3Message {
  readonly messageId: number;
  readonly user: Uint8Array;
  readonly pdu: Element;
}

/** Unsigned, as built by hand from RFC 3412 §6: a level where all of a message reaches the decoder. */
export function v3Message({ messageId, user, pdu }: V3Message): Uint8Array {
  const head = [number(messageId), number(65_507), octets(Uint8Array.of(0)), number(3)];
  const security = [octets(ENGINE_ID), number(7), number(1000), octets(user), octets(NOTHING), octets(NOTHING)];
  const tree = branch(0x30, [
    leaf(0x02, Uint8Array.of(3)),
    branch(0x30, head),
    branch(0x04, [branch(0x30, security)]),
    branch(0x30, [octets(ENGINE_ID), octets(NOTHING), pdu]),
  ]);
  return new ElementWriter(CAPACITY).write(tree);
}

export function v3AnswerTo(messageId: number, requestId: number, oids: readonly Oid[]): Uint8Array {
  const pdu = parseElement(answerTo({ version: 'v2c', community: '', requestId, oids })).children?.[2];
  if (pdu === undefined) throw new Error('an answer without a PDU');
  return v3Message({ messageId, user: USER, pdu });
}

/** The Report of usmStatsUnknownEngineIDs (RFC 3414 §5), from which the engine's id is learned. */
export function v3Discovered(messageId: number, requestId: number): Uint8Array {
  const counter = branch(0x30, [leaf(0x06, encodeOid(oid('1.3.6.1.6.3.15.1.1.4.0'))), leaf(0x41, Uint8Array.of(1))]);
  const pdu = branch(0xa8, [number(requestId), number(0), number(0), branch(0x30, [counter])]);
  return v3Message({ messageId, user: NOTHING, pdu });
}
