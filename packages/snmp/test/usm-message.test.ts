/** SNMPv3 messages: what is written is read back, whatever the protocols, and no octets make the reader throw. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant, manualClock } from '@rsb/runtime';
import fc from 'fast-check';
import { BerWriter } from '../src/ber.ts';
import type { AuthProtocol, PrivacyProtocol } from '../src/index.ts';
import { decodeResponse, encodeResponse } from '../src/message.ts';
import { type Oid, oid } from '../src/oid.ts';
import { PDU_TAG } from '../src/pdu.ts';
import { writeResponsePdu } from '../src/response.ts';
import { isSigned } from '../src/usm/auth.ts';
import {
  decodeEnvelope,
  decodeScopedFrame,
  encodeAround,
  encodeDiscovery,
  FLAG,
  type Header,
  type Protection,
  scopedIn,
} from '../src/usm/message.ts';
import { Peer, protectionOn } from '../src/usm/peer.ts';
import { Salts } from '../src/usm/privacy.ts';
import { decodeVarbindFrames } from '../src/varbinds.ts';
import { fromHex, toHex } from './hex.ts';
import { agentOn, SEALING, saidBy, user } from './usm-device.ts';

const AUTHS: readonly AuthProtocol[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const PRIVACIES: readonly PrivacyProtocol[] = ['des', 'aes128', 'aes192', 'aes256', 'aes192c', 'aes256c'];
const ENGINE = fromHex('80001f8880a3b1c2d300000000');
const PROTECTIONS: readonly Protection[] = [
  { auth: null, privacy: null },
  ...AUTHS.flatMap((auth) => [null, ...PRIVACIES].map((privacy) => protectionOn(ENGINE, user('any', auth, privacy)))),
];

const octets = (most: number) => fc.uint8Array({ maxLength: most });
const number31 = fc.nat(0x7fff_ffff);
const headers: fc.Arbitrary<Header> = fc.record({
  messageId: number31,
  largestMessage: number31,
  reportable: fc.boolean(),
  engineId: octets(32),
  boots: number31,
  time: number31,
  user: octets(32),
  contextEngineId: octets(32),
  contextName: octets(32),
});
const names: fc.Arbitrary<Oid> = fc
  .array(fc.nat(0xffff_ffff), { minLength: 1, maxLength: 20 })
  .map((arcs) => oid(['1.3', ...arcs].join('.')));
const contents = fc.record({
  requestId: number31,
  errorStatus: fc.nat(18),
  errorIndex: fc.nat(100),
  varbinds: fc.array(
    fc.record({ oid: names, value: octets(300).map((value) => ({ type: 'octets', value }) as const) }),
    { maxLength: 5 },
  ),
});

const same = (a: Uint8Array, b: Uint8Array) => assert.equal(toHex(a), toHex(b));

describe('an SNMPv3 message', () => {
  it('is read as it was written, for each pair of protocols', () => {
    const writer = new BerWriter();
    const salts = new Salts(new Uint8Array(8));
    const used = new Set<Protection>();
    fc.assert(
      fc.property(headers, contents, fc.constantFrom(...PROTECTIONS), (header, content, protection) => {
        used.add(protection);
        writer.clear();
        writeResponsePdu(writer, content, PDU_TAG.response);
        const message = encodeAround(writer, header, protection, salts);
        const decoded = decodeEnvelope(message);
        assert.ok(decoded.ok);
        const envelope = decoded.value;
        const { auth, privacy } = protection;
        assert.deepEqual(
          [envelope.messageId, envelope.largestMessage, envelope.boots, envelope.time, envelope.sealed],
          [header.messageId, header.largestMessage, header.boots, header.time, privacy !== null],
        );
        assert.equal(
          envelope.flags,
          (auth ? FLAG.auth : 0) | (privacy ? FLAG.privacy : 0) | (header.reportable ? FLAG.reportable : 0),
        );
        same(envelope.engineId, header.engineId);
        same(envelope.user, header.user);
        assert.equal(envelope.salt.length, privacy === null ? 0 : 8);
        if (auth !== null) {
          assert.ok(isSigned(auth.protocol, auth.key, message, envelope.digestStart, envelope.digestEnd));
        }
        const scoped = scopedIn(envelope, protection);
        assert.ok(scoped);
        same(scoped.contextEngineId, header.contextEngineId);
        same(scoped.contextName, header.contextName);
        assert.deepEqual(
          [scoped.pduTag, scoped.requestId, scoped.errorStatus, scoped.errorIndex],
          [PDU_TAG.response, content.requestId, content.errorStatus, content.errorIndex],
        );
        const frames = decodeVarbindFrames(scoped);
        assert.ok(frames.ok);
        assert.equal(frames.value.length, content.varbinds.length);
      }),
      { numRuns: 600 },
    );
    assert.equal(used.size, PROTECTIONS.length);
    assert.equal(PROTECTIONS.length, 43);
  });

  it('is signed as a whole: no octet can change unseen', () => {
    const protection = protectionOn(ENGINE, user('any', 'sha256', 'aes128'));
    const { auth } = protection;
    assert.ok(auth);
    fc.assert(
      fc.property(headers, contents, fc.nat(), fc.integer({ min: 1, max: 255 }), (header, content, place, flip) => {
        const writer = new BerWriter();
        writeResponsePdu(writer, content, PDU_TAG.response);
        const message = encodeAround(writer, header, protection, new Salts(new Uint8Array(8)));
        const at = place % message.length;
        const changed = decodeEnvelope(message.with(at, (message[at] as number) ^ flip));
        if (!changed.ok) return;
        const { bytes, digestStart, digestEnd } = changed.value;
        assert.ok(!isSigned(auth.protocol, auth.key, bytes, digestStart, digestEnd), `octet ${at}`);
      }),
      { numRuns: 500 },
    );
  });

  it('may be followed by what else was in the buffer', () => {
    const message = encodeDiscovery(new BerWriter(), 77);
    const decoded = decodeEnvelope(Buffer.concat([message, new Uint8Array(40)]));
    assert.ok(decoded.ok);
    assert.deepEqual([decoded.value.messageId, decoded.value.bytes.length], [77, message.length]);
  });

  it('is refused where it is of another version or security model', () => {
    const v2c = encodeResponse({
      version: 'v2c',
      community: 'public',
      requestId: 1,
      errorStatus: 0,
      errorIndex: 0,
      varbinds: [],
    });
    const other = decodeEnvelope(v2c);
    assert.deepEqual(other.ok ? null : other.error.problem, 'version');
    const discovery = encodeDiscovery(new BerWriter(), 0x7fff_ffff);
    const model = Buffer.from(discovery).indexOf(Uint8Array.of(0x04, 0x01, 0x04, 0x02, 0x01, 0x03));
    const decoded = decodeEnvelope(discovery.with(model + 5, 2));
    assert.deepEqual(decoded.ok ? null : decoded.error.problem, 'securityModel');
    const read = decodeResponse(discovery);
    assert.deepEqual(read.ok ? null : read.error.problem, 'version');
  });

  it('is refused where a number is negative', () => {
    const discovery = encodeDiscovery(new BerWriter(), 0x7fff_ffff);
    const id = Buffer.from(discovery).indexOf(Uint8Array.of(0x7f, 0xff, 0xff, 0xff));
    const decoded = decodeEnvelope(discovery.with(id, 0xff));
    assert.deepEqual(decoded.ok ? null : decoded.error.problem, 'outOfRange');
  });

  it('never makes the reader throw, whatever comes', () => {
    const writer = new BerWriter();
    writeResponsePdu(writer, { requestId: 1, errorStatus: 0, errorIndex: 0, varbinds: [] }, PDU_TAG.report);
    const protection = protectionOn(ENGINE, SEALING);
    const clock = manualClock(instant(0));
    const agent = agentOn(clock);
    const discovered = saidBy(agent, encodeDiscovery(new BerWriter(), 1))[0];
    assert.ok(discovered);
    const seeds = [
      encodeDiscovery(new BerWriter(), 1),
      discovered,
      encodeAround(
        writer,
        {
          messageId: 5,
          largestMessage: 65_507,
          reportable: true,
          engineId: ENGINE,
          boots: 1,
          time: 2,
          user: new Uint8Array(3),
          contextEngineId: ENGINE,
          contextName: new Uint8Array(0),
        },
        protection,
        new Salts(new Uint8Array(8)),
      ),
    ];
    const readAll = (bytes: Uint8Array) => {
      const decoded = decodeEnvelope(bytes);
      decodeScopedFrame(bytes, 0, bytes.length);
      saidBy(agent, bytes);
      if (!decoded.ok) return;
      scopedIn(decoded.value, protection);
      new Peer(decoded.value, clock.monotonic()).admits(decoded.value, clock.monotonic());
    };
    fc.assert(fc.property(octets(400), readAll), { numRuns: 1000 });
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (seed, changes, cut) => {
          const changed = new Uint8Array(seed);
          for (const [place, octet] of changes) changed[place % changed.length] = octet;
          readAll(cut % 4 === 0 ? changed.subarray(0, cut % changed.length) : changed);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
