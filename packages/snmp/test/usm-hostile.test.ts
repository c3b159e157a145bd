/** What must not be taken for the answer to an encrypted request, sent before the right one and in its place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { millis } from '@rsb/runtime';
import { BerWriter } from '../src/ber.ts';
import type { Dropped, UsmCredential } from '../src/index.ts';
import { type Oid, oid } from '../src/oid.ts';
import { PDU_TAG } from '../src/pdu.ts';
import { writeResponsePdu } from '../src/response.ts';
import type { UsmAgent } from '../src/usm/agent.ts';
import { digestOf } from '../src/usm/auth.ts';
import {
  decodeEnvelope,
  type Envelope,
  encodeAround,
  type Header,
  type Protection,
  scopedIn,
} from '../src/usm/message.ts';
import { protectionOn } from '../src/usm/peer.ts';
import { Salts } from '../src/usm/privacy.ts';
import { type ReportedReason, reportObject } from '../src/usm/report.ts';
import type { SnmpValue } from '../src/value.ts';
import { integer } from './agent.ts';
import { driven } from './engine-under-test.ts';
import { agentOn, ENGINE_ID, engineFacing, NAME, RIGHT, SEALING, SHORT, saidBy, USERS, user } from './usm-device.ts';

const FORGED = integer(1);
const KEYS = protectionOn(ENGINE_ID, SEALING);
const STRANGER = user('sealing', 'sha256', 'aes128', ['another phrase', 'another secret']);

interface Request {
  readonly bytes: Uint8Array;
  readonly envelope: Envelope;
  readonly requestId: number;
  /** What the agent said to the request before: signed and sealed with the right keys. */
  readonly earlier: Uint8Array;
  readonly agent: UsmAgent;
}

interface Forgery {
  readonly header?: Partial<Header>;
  readonly protection?: Protection;
  readonly tag?: number;
  readonly requestId?: number;
  readonly name?: Oid;
  readonly value?: SnmpValue;
}

const salts = new Salts(new Uint8Array(8));

/** A response to the request with the right keys, changed as wanted. */
function forged({ envelope, requestId, agent }: Request, change: Forgery = {}): Uint8Array {
  const writer = new BerWriter();
  const varbinds = [{ oid: change.name ?? NAME, value: change.value ?? FORGED }];
  const content = { requestId: change.requestId ?? requestId, errorStatus: 0, errorIndex: 0, varbinds };
  writeResponsePdu(writer, content, change.tag ?? PDU_TAG.response);
  const header = {
    messageId: envelope.messageId,
    largestMessage: 65_507,
    reportable: false,
    engineId: ENGINE_ID,
    ...agent.engineClock,
    user: new TextEncoder().encode('sealing'),
    contextEngineId: ENGINE_ID,
    contextName: new Uint8Array(0),
    ...change.header,
  };
  return encodeAround(writer, header, change.protection ?? KEYS, salts);
}

const NONE: Protection = { auth: null, privacy: null };
const AUTH_ONLY: Protection = { auth: KEYS.auth, privacy: null };

/** Changes octets of a message and signs it again with the right key, as long as its digest keeps its place. */
function resigned(message: Uint8Array, change: (message: Uint8Array, envelope: Envelope) => void): Uint8Array {
  const changed = new Uint8Array(message);
  change(changed, opened(changed));
  const { digestStart } = opened(message);
  const { auth } = KEYS;
  assert.ok(auth);
  changed.set(digestOf(auth.protocol, auth.key, changed, digestStart), digestStart);
  return changed;
}

function opened(message: Uint8Array): Envelope {
  const envelope = decodeEnvelope(message);
  assert.ok(envelope.ok);
  return envelope.value;
}

/** The same message with another digest, its lengths mended. */
function withDigest(message: Uint8Array, digest: (right: Uint8Array) => Uint8Array): Uint8Array {
  const envelope = opened(message);
  const right = message.subarray(envelope.digestStart, envelope.digestEnd);
  const writer = new BerWriter();
  writer.bytes(message.subarray(envelope.dataStart - (envelope.sealed ? 2 : 0)));
  const security = writer.size;
  writer.element(0x04, envelope.salt);
  writer.element(0x04, digest(right));
  writer.element(0x04, envelope.user);
  writer.integer(0x02, envelope.time);
  writer.integer(0x02, envelope.boots);
  writer.element(0x04, envelope.engineId);
  writer.wrap(0x30, security);
  writer.wrap(0x04, security);
  const head = writer.size;
  writer.integer(0x02, 3);
  writer.element(0x04, Uint8Array.of(envelope.flags));
  writer.integer(0x02, envelope.largestMessage);
  writer.integer(0x02, envelope.messageId);
  writer.wrap(0x30, head);
  writer.integer(0x02, 3);
  writer.wrap(0x30, 0);
  return writer.take();
}

const clockOff = ({ agent }: Request, boots: number, seconds: number): Partial<Header> => {
  const { engineClock } = agent;
  return { boots: engineClock.boots + boots, time: engineClock.time + seconds };
};
const report = (request: Request, reason: ReportedReason, protection = NONE, header: Partial<Header> = {}) =>
  forged(request, { tag: PDU_TAG.report, name: reportObject(reason), protection, header });

const FORGERIES: readonly [why: string, dropped: keyof Dropped | null, forge: (request: Request) => Uint8Array][] = [
  ['plain', 'unauthentic', (request) => forged(request, { protection: NONE })],
  ['signed, not encrypted', 'unauthentic', (request) => forged(request, { protection: AUTH_ONLY })],
  [
    'signed by another key',
    'unauthentic',
    (request) => forged(request, { protection: protectionOn(ENGINE_ID, STRANGER) }),
  ],
  ['with a digest of zeros', 'unauthentic', (request) => withDigest(forged(request), (right) => right.map(() => 0))],
  ['with a digest cut to one octet', 'unauthentic', (request) => withDigest(forged(request), (d) => d.subarray(0, 1))],
  ['with a digest cut to 12 octets', 'unauthentic', (request) => withDigest(forged(request), (d) => d.subarray(0, 12))],
  ['with an empty digest', 'unauthentic', (request) => withDigest(forged(request), () => new Uint8Array(0))],
  [
    'with a digest that goes on',
    'unauthentic',
    (request) => withDigest(forged(request), (right) => Buffer.concat([right, right])),
  ],
  [
    'of another user',
    'unauthentic',
    (request) => forged(request, { header: { user: new TextEncoder().encode('signing') } }),
  ],
  ['of nobody', 'unauthentic', (request) => forged(request, { header: { user: new Uint8Array(0) } })],
  [
    'of another engine',
    'unauthentic',
    (request) => forged(request, { header: { engineId: Uint8Array.of(...ENGINE_ID.subarray(0, -1), 1) } }),
  ],
  ['of no engine', 'unauthentic', (request) => forged(request, { header: { engineId: new Uint8Array(0) } })],
  ['of the boots before', 'unauthentic', (request) => forged(request, { header: clockOff(request, -1, 0) })],
  ['of 151 seconds ago', 'unauthentic', (request) => forged(request, { header: clockOff(request, 0, -151) })],
  [
    'of the last of all boots',
    'unauthentic',
    (request) => forged(request, { header: { boots: 0x7fff_ffff, time: 1 } }),
  ],
  ['that came before', 'unknownId', ({ earlier }) => earlier],
  ['that came before, under the new id', 'unauthentic', ({ earlier, envelope }) => withId(earlier, envelope.messageId)],
  [
    'to another message',
    'unknownId',
    (request) => forged(request, { header: { messageId: request.envelope.messageId ^ 1 } }),
  ],
  ['to another request', 'unfitting', (request) => forged(request, { requestId: request.requestId ^ 1 })],
  [
    'in another context',
    'unfitting',
    (request) => forged(request, { header: { contextName: new TextEncoder().encode('other') } }),
  ],
  [
    'of the context of another engine',
    'unfitting',
    (request) => forged(request, { header: { contextEngineId: Uint8Array.of(1, 2, 3, 4, 5) } }),
  ],
  ['of another object', 'unfitting', (request) => forged(request, { name: oid('1.3.6.1.2.1.43.10.2.1.4.1.2') })],
  ['that is a request', 'unfitting', (request) => forged(request, { tag: PDU_TAG.getNext })],
  [
    'encrypted with another key',
    'unauthentic',
    (request) =>
      forged(request, { protection: { auth: KEYS.auth, privacy: protectionOn(ENGINE_ID, STRANGER).privacy } }),
  ],
  [
    'flagged as encrypted, and plain',
    'unauthentic',
    (request) => resigned(forged(request, { protection: AUTH_ONLY }), (message) => setFlags(message, 3)),
  ],
  [
    'flagged as plain, and encrypted',
    'unauthentic',
    (request) => resigned(forged(request), (message) => setFlags(message, 1)),
  ],
  [
    'flagged as encrypted and not as signed',
    'unauthentic',
    (request) => resigned(forged(request), (message) => setFlags(message, 2)),
  ],
  ['with a salt of no octets', 'unauthentic', (request) => signedWithSalt(forged(request), 0)],
  ['with a salt of 200 octets', 'unauthentic', (request) => signedWithSalt(forged(request), 200)],
  ['a giant', 'unfitting', (request) => forged(request, { value: { type: 'octets', value: new Uint8Array(60_000) } })],
  [
    'with a length of four gigabytes',
    'undecodable',
    (request) => Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, ...forged(request).subarray(4)),
  ],
  ['cut short', 'undecodable', (request) => forged(request).subarray(0, 60)],
  ['the request itself', 'unfitting', ({ bytes }) => bytes],
  ['garbage', 'undecodable', () => new Uint8Array(64).fill(0xff)],
  ['nothing', 'undecodable', () => new Uint8Array(0)],
  ['a report of an unknown user', null, (request) => report(request, 'unknownUser')],
  ['a report of a wrong digest', null, (request) => report(request, 'wrongDigest')],
  ['a report of an unsupported level', null, (request) => report(request, 'unsupportedLevel')],
  ['a report of a failed decryption', null, (request) => report(request, 'decryption')],
  [
    'an unsigned report of another time',
    null,
    (request) => report(request, 'notInTimeWindow', NONE, clockOff(request, 3, 5)),
  ],
  [
    'a report of another engine',
    null,
    (request) => report(request, 'unknownEngine', NONE, { engineId: Uint8Array.of(1, 2, 3, 4, 5) }),
  ],
  [
    'a report signed by another key',
    'unauthentic',
    (request) => report(request, 'notInTimeWindow', { auth: protectionOn(ENGINE_ID, STRANGER).auth, privacy: null }),
  ],
  ['a report of something else', 'unfitting', (request) => forged(request, { tag: PDU_TAG.report, protection: NONE })],
];

function withId(message: Uint8Array, id: number): Uint8Array {
  const changed = new Uint8Array(message);
  const { messageId } = opened(changed);
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(messageId);
  const at = Buffer.from(changed).indexOf(octets);
  assert.ok(at > 0 && messageId > 0x0100_0000 && id > 0x0100_0000, 'ids of four octets');
  octets.writeUInt32BE(id);
  changed.set(octets, at);
  return changed;
}

function setFlags(message: Uint8Array, flags: number): void {
  const at = Buffer.from(message).indexOf(Uint8Array.of(0x04, 0x01, opened(message).flags, 0x02, 0x01, 0x03));
  assert.ok(at > 0);
  message[at + 2] = flags;
}

function signedWithSalt(message: Uint8Array, length: number): Uint8Array {
  const envelope = opened(message);
  const writer = new BerWriter();
  writer.element(0x04, message.subarray(envelope.dataStart));
  const security = writer.size;
  writer.element(0x04, new Uint8Array(length));
  const after = writer.size;
  writer.element(0x04, new Uint8Array(24));
  writer.element(0x04, envelope.user);
  writer.integer(0x02, envelope.time);
  writer.integer(0x02, envelope.boots);
  writer.element(0x04, envelope.engineId);
  writer.wrap(0x30, security);
  writer.wrap(0x04, security);
  const head = writer.size;
  writer.integer(0x02, 3);
  writer.element(0x04, Uint8Array.of(envelope.flags));
  writer.integer(0x02, envelope.largestMessage);
  writer.integer(0x02, envelope.messageId);
  writer.wrap(0x30, head);
  writer.integer(0x02, 3);
  writer.wrap(0x30, 0);
  const built = writer.take();
  const { auth } = KEYS;
  assert.ok(auth);
  const digestAt = built.length - after - 24;
  built.set(digestOf(auth.protocol, auth.key, built, digestAt), digestAt);
  return built;
}

/** Asks twice: the first answer is honest, the second request gets what `say` makes of it. */
async function secondAnswer(say: (request: Request) => readonly Uint8Array[], credential: UsmCredential = SEALING) {
  let agent: UsmAgent | undefined;
  let earlier: Uint8Array | undefined;
  let honest = true;
  const test = engineFacing((bytes, clock) => {
    agent ??= agentOn(clock, { users: USERS });
    const right = saidBy(agent, bytes);
    const envelope = opened(bytes);
    if (honest || earlier === undefined) {
      earlier = right[0];
      return right;
    }
    const scoped = scopedIn(envelope, KEYS);
    // Led astray by a report, it asks another engine: the agent says that it is none such.
    if (scoped === undefined) return right;
    return say({ bytes, envelope, requestId: scoped.requestId, earlier, agent });
  });
  const first = await driven(test.clock, test.engine.get(test.target(credential), [NAME], { patience: SHORT }));
  assert.deepEqual(first.varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
  honest = false;
  // Long enough for an answer of then to be out of the window.
  await test.clock.advance(millis(200_000));
  const dropped = { ...test.engine.dropped };
  const sentBefore = test.sent.length;
  const got = await driven(test.clock, test.engine.get(test.target(credential), [NAME], { patience: SHORT }));
  await test.engine.close();
  return { got, dropped, after: test.engine.dropped, sent: test.sent.length - sentBefore };
}

describe('the answer to an encrypted request', () => {
  for (const [why, reason, forge] of FORGERIES) {
    it(`comes after one ${why}`, async () => {
      const { got, dropped, after } = await secondAnswer((request) => [
        forge(request),
        ...saidBy(request.agent, request.bytes),
      ]);
      assert.deepEqual([got.failure, got.varbinds], [null, [{ oid: NAME, value: integer(RIGHT) }]]);
      if (reason !== null) assert.equal(after[reason] - dropped[reason], 1);
    });

    it(`is not one ${why}`, async () => {
      const { got, sent } = await secondAnswer((request) => [forge(request)]);
      assert.deepEqual(got.varbinds, []);
      assert.notEqual(got.failure, null);
      assert.ok(sent <= 2 * (1 + SHORT.retries), `${sent} packets`);
    });
  }

  it('was forged in all these ways', () => {
    assert.equal(new Set(FORGERIES.map(([why]) => why)).size, FORGERIES.length);
    assert.ok(FORGERIES.length >= 40, `${FORGERIES.length} ways`);
  });

  it('is taken where nothing is wrong with it: the forger can do it right', async () => {
    const { got } = await secondAnswer((request) => [forged(request)]);
    assert.deepEqual(got.varbinds, [{ oid: NAME, value: FORGED }]);
  });

  it('is taken as long as it is at most 150 seconds behind', async () => {
    const { got } = await secondAnswer((request) => [forged(request, { header: clockOff(request, 0, -150) })]);
    assert.deepEqual(got.varbinds, [{ oid: NAME, value: FORGED }]);
  });
});
