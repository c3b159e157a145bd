/** Which datagram counts as the answer: forged, late, foreign and broken ones end nothing. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { describe, it } from 'node:test';
import { millis } from '@rsb/runtime';
import type { Dropped } from '../src/index.ts';
import { decodeRequest, encodeResponse, type Request, type ResponseToEncode } from '../src/message.ts';
import { oid } from '../src/oid.ts';
import { boundSocket, integer, refusal, targetAt } from './agent.ts';
import { PATIENT, type UnderTest, underTest, until } from './engine-under-test.ts';

const NAME = oid('1.3.6.1.2.1.43.10.2.1.4.1.1');
const RIGHT = 83_203;
const FORGED = 1;

/** A response to the request with `value`, changed as wanted. */
function answering(request: Request, value: number, change: Partial<ResponseToEncode> = {}): Uint8Array {
  const { version, community, requestId } = request;
  const varbinds = [{ oid: NAME, value: integer(value) }];
  return encodeResponse({ version, community, requestId, errorStatus: 0, errorIndex: 0, varbinds, ...change });
}

/** Sent before the right answer, from the device's own address and port. */
const WRONG: readonly [
  why: string,
  dropped: keyof Dropped,
  forge: (request: Request, sent: Uint8Array) => Uint8Array,
][] = [
  ['another id', 'unknownId', (request) => answering({ ...request, requestId: request.requestId ^ 1 }, FORGED)],
  ['id 0', 'unknownId', (request) => answering({ ...request, requestId: 0 }, FORGED)],
  ['the negative id', 'unknownId', (request) => answering({ ...request, requestId: -request.requestId }, FORGED)],
  ['another version', 'wrongVersion', (request) => answering({ ...request, version: 'v1' }, FORGED)],
  ['another community', 'wrongCommunity', (request) => answering({ ...request, community: 'private' }, FORGED)],
  ['a longer community', 'wrongCommunity', (request) => answering({ ...request, community: 'public2' }, FORGED)],
  ['an empty community', 'wrongCommunity', (request) => answering({ ...request, community: '' }, FORGED)],
  [
    'another name',
    'unfitting',
    (request) =>
      answering(request, FORGED, { varbinds: [{ oid: oid('1.3.6.1.2.1.43.10.2.1.4.1.2'), value: integer(FORGED) }] }),
  ],
  ['no name', 'unfitting', (request) => answering(request, FORGED, { varbinds: [] })],
  [
    'a giant',
    'unfitting',
    (request) =>
      answering(request, FORGED, {
        varbinds: [{ oid: NAME, value: { type: 'octets', value: new Uint8Array(60_000) } }],
      }),
  ],
  ['an error under another id', 'unknownId', (request) => refusal({ ...request, requestId: 7 }, 'genErr', 1)],
  ['the request itself', 'undecodable', (_, sent) => sent],
  ['the answer cut short', 'undecodable', (request) => answering(request, FORGED).subarray(0, 30)],
  ['garbage', 'undecodable', () => new Uint8Array(64).fill(0xff)],
  ['nothing', 'undecodable', () => new Uint8Array(0)],
];

/** A socket that answers by hand. */
async function withDevice(
  address: string,
  run: (
    device: Socket,
    test: UnderTest,
    next: () => Promise<{ request: Request; sent: Uint8Array; port: number }>,
  ) => Promise<void>,
): Promise<void> {
  const device = await boundSocket(address);
  const test = underTest();
  const heard: { bytes: Buffer; port: number }[] = [];
  device.on('message', (bytes, from) => heard.push({ bytes, port: from.port }));
  const next = async () => {
    await until(() => heard.length > 0);
    const { bytes, port } = heard.shift() as { bytes: Buffer; port: number };
    const request = decodeRequest(bytes);
    assert.ok(request.ok);
    return { request: request.value, sent: bytes, port };
  };
  try {
    await run(device, test, next);
  } finally {
    await test.engine.close();
    device.close();
  }
}

const send = (from: Socket, bytes: Uint8Array, port: number): Promise<void> =>
  new Promise((resolve, reject) => from.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())));

describe('the answer', () => {
  for (const [place, [why, reason, forge]] of WRONG.entries()) {
    it(`comes after one with ${why}`, async () => {
      await withDevice(`127.12.0.${place + 1}`, async (device, { engine }, next) => {
        const answer = engine.get(targetAt(device.address().address, device.address().port), [NAME], {
          patience: PATIENT,
        });
        const { request, sent, port } = await next();
        await send(device, forge(request, sent), port);
        await send(device, answering(request, RIGHT), port);
        const got = await answer;
        assert.deepEqual(got.varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
        assert.equal(got.failure, null);
        assert.equal(engine.dropped[reason], 1);
      });
    });
  }

  for (const [place, why] of ['another port of the device', 'another address'].entries()) {
    it(`comes after the same content from ${why}`, async () => {
      await withDevice(`127.12.1.${place + 1}`, async (device, { engine }, next) => {
        const foreign = await boundSocket(place === 0 ? device.address().address : '127.12.1.99');
        const answer = engine.get(targetAt(device.address().address, device.address().port), [NAME], {
          patience: PATIENT,
        });
        const { request, port } = await next();
        await send(foreign, answering(request, FORGED), port);
        await send(foreign, refusal(request, 'genErr', 1), port);
        await send(device, answering(request, RIGHT), port);
        assert.deepEqual((await answer).varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
        assert.equal(engine.dropped.wrongSource, 2);
        foreign.close();
      });
    });
  }

  it('counts once, however often it comes', async () => {
    await withDevice('127.12.2.1', async (device, { engine }, next) => {
      const target = targetAt(device.address().address, device.address().port);
      const first = engine.get(target, [NAME], { patience: PATIENT });
      const one = await next();
      for (let times = 0; times < 3; times += 1) await send(device, answering(one.request, RIGHT), one.port);
      const { cost } = await first;
      assert.equal(cost.packets, 2);
      const second = engine.get(target, [NAME], { patience: PATIENT });
      const two = await next();
      await send(device, answering(one.request, FORGED), two.port);
      await send(device, answering(two.request, RIGHT), two.port);
      assert.deepEqual((await second).varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
    });
  });

  it('to an earlier try is taken while a later one is on its way', async () => {
    await withDevice('127.12.2.2', async (device, { engine, clock }, next) => {
      const patience = { timeout: millis(1000), retries: 2 };
      const answer = engine.get(targetAt(device.address().address, device.address().port), [NAME], { patience });
      const first = await next();
      await clock.advance(millis(1000));
      const second = await next();
      assert.notEqual(second.request.requestId, first.request.requestId);
      assert.deepEqual(second.request.oids, first.request.oids);
      await send(device, answering(first.request, RIGHT), first.port);
      const got = await answer;
      assert.deepEqual(got.varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
      assert.equal(got.roundTrip, 1000);
      assert.deepEqual([got.cost.requests, got.cost.packets], [2, 3]);
    });
  });

  it('that is wrong under the right id is not asked for again, and told as malformed', async () => {
    await withDevice('127.12.2.3', async (device, { engine, clock }, next) => {
      const patience = { timeout: millis(1000), retries: 5 };
      const answer = engine.get(targetAt(device.address().address, device.address().port), [NAME], { patience });
      const { request, port } = await next();
      await send(device, answering(request, FORGED, { varbinds: [] }), port);
      await until(() => engine.dropped.unfitting === 1);
      await clock.advance(millis(1000));
      const got = await answer;
      assert.deepEqual(got.failure, { kind: 'malformed', detail: 'no asked object in the answer' });
      assert.deepEqual([got.cost.requests, got.cost.packets], [1, 2]);
    });
  });

  it('that is no message is told as malformed where nothing better comes', async () => {
    await withDevice('127.12.2.4', async (device, { engine, clock }, next) => {
      const patience = { timeout: millis(1000), retries: 1 };
      const answer = engine.get(targetAt(device.address().address, device.address().port), [NAME], { patience });
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const { port } = await next();
        await send(device, Buffer.from('HTTP/1.0 400 Bad Request'), port);
        await until(() => engine.dropped.undecodable === attempt + 1);
        await clock.advance(millis(1000 * 2 ** attempt));
      }
      assert.equal((await answer).failure?.kind, 'malformed');
    });
  });

  it('never comes: each try waits twice as long, then the device is silent', async () => {
    await withDevice('127.12.2.5', async (device, { engine, clock }, next) => {
      const patience = { timeout: millis(100), retries: 3 };
      const answer = engine.get(targetAt(device.address().address, device.address().port), [NAME], { patience });
      const ids = new Set<number>();
      for (const wait of [100, 200, 400, 800]) {
        ids.add((await next()).request.requestId);
        await clock.advance(millis(wait - 1));
        assert.deepEqual(clock.waiting(), ['snmp answer']);
        await clock.advance(millis(1));
      }
      const got = await answer;
      assert.deepEqual(got.failure, { kind: 'timeout' });
      assert.equal(ids.size, 4);
      assert.deepEqual([got.cost.requests, got.cost.packets, got.roundTrip], [4, 4, null]);
      assert.deepEqual(clock.waiting(), []);
    });
  });
});
