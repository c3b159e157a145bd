/**
 * Forged answers: whoever cannot see the request must guess, and a million guesses are not taken; the true answer still is.
 * The million goes straight into the engine, a smaller flood through a real socket.
 */
import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { describe, it } from 'node:test';
import { seededRandom, systemRandom } from '@rsb/runtime';
import type { OnDatagram } from '../src/datagrams.ts';
import type { Dropped, GetAnswer } from '../src/index.ts';
import { decodeRequest, encodeResponse, type Request, type ResponseToEncode } from '../src/message.ts';
import { type Oid, oid } from '../src/oid.ts';
import { boundSocket, integer, targetAt } from './agent.ts';
import { PATIENT, underTest, until } from './engine-under-test.ts';

const NAME = oid('1.3.6.1.2.1.43.10.2.1.4.1.1');
const OTHER = oid('1.3.6.1.2.1.43.10.2.1.4.1.2');
const RIGHT = 83_203;
const FORGED = 666;
const DEVICE = '127.0.0.9';
const PORT = 161;

const answering = (request: Request, value: number, change: Partial<ResponseToEncode> = {}): Uint8Array =>
  encodeResponse({
    version: request.version,
    community: request.community,
    requestId: request.requestId,
    errorStatus: 0,
    errorIndex: 0,
    varbinds: [{ oid: NAME, value: integer(value) }],
    ...change,
  });

/** Where the id stands in an answer to `PLACEHOLDER`: a million need no encoder. */
const PLACEHOLDER = 0x5a5b5c5d;
const idPlace = (answer: Uint8Array): number => Buffer.from(answer).indexOf(Buffer.from('02045a5b5c5d', 'hex')) + 2;

interface Forgery {
  readonly why: string;
  readonly drop: keyof Dropped;
  readonly from?: string;
  readonly port?: number;
  /** Whether the forger knows the id: then something else is wrong. */
  readonly knowsId: boolean;
  forge(request: Request): Uint8Array;
}

const FORGERIES: readonly Forgery[] = [
  { why: 'a guessed id', drop: 'unknownId', knowsId: false, forge: (request) => answering(request, FORGED) },
  {
    why: 'a guessed id, as an error',
    drop: 'unknownId',
    knowsId: false,
    forge: (request) => answering(request, FORGED, { errorStatus: 5, errorIndex: 1 }),
  },
  {
    why: 'another address',
    drop: 'wrongSource',
    knowsId: true,
    from: '127.0.0.8',
    forge: (request) => answering(request, FORGED),
  },
  {
    why: 'another port',
    drop: 'wrongSource',
    knowsId: true,
    port: 162,
    forge: (request) => answering(request, FORGED),
  },
  {
    why: 'another community',
    drop: 'wrongCommunity',
    knowsId: true,
    forge: (request) => answering(request, FORGED, { community: 'private' }),
  },
  {
    why: 'another version',
    drop: 'wrongVersion',
    knowsId: true,
    forge: (request) => answering(request, FORGED, { version: 'v1' }),
  },
  {
    why: 'another object',
    drop: 'unfitting',
    knowsId: true,
    forge: (request) => answering(request, FORGED, { varbinds: [{ oid: OTHER, value: integer(FORGED) }] }),
  },
  {
    why: 'an object before and one behind',
    drop: 'unfitting',
    knowsId: true,
    forge: (request) =>
      answering(request, FORGED, {
        varbinds: (['1.3.6.1.2.1.43.10.2.1.4.1', `${NAME}.0`] as Oid[]).map((name) => ({
          oid: name,
          value: integer(FORGED),
        })),
      }),
  },
];

/** An engine without a wire: what it sends is kept, what it gets is handed in. */
function engineByHand() {
  let deliver: OnDatagram = () => {};
  const sent: Uint8Array[] = [];
  const test = underTest({
    random: systemRandom(),
    openSocket: (_family, onDatagram) => {
      deliver = onDatagram;
      return { send: (bytes) => sent.push(new Uint8Array(bytes)), close: () => {} };
    },
  });
  return { ...test, sent, deliver: (bytes: Uint8Array, from = DEVICE, port = PORT) => deliver(bytes, from, port) };
}

describe('a million forged answers', () => {
  it('are not taken, and the true one is', async () => {
    const EACH = 1_000_000 / FORGERIES.length;
    const { engine, sent, deliver, clock } = engineByHand();
    let got: GetAnswer | null = null;
    const call = engine.get(targetAt(DEVICE, PORT), [NAME], { patience: PATIENT }).then((answer) => {
      got = answer;
    });
    const request = decodeRequest(sent[0] ?? new Uint8Array(0));
    assert.ok(request.ok);
    const guess = seededRandom(5);
    let forged = 0;
    let deliveries = 0;
    for (const { knowsId, from, port, drop, forge } of FORGERIES) {
      const before = engine.dropped[drop];
      const datagram = Buffer.from(forge(knowsId ? request.value : { ...request.value, requestId: PLACEHOLDER }));
      const place = idPlace(datagram);
      for (let count = 0; count < EACH; count += 1) {
        if (!knowsId) {
          const id = guess.below(2 ** 32) - 2 ** 31;
          if (id === request.value.requestId) continue;
          datagram.writeInt32BE(id, place);
        }
        deliver(datagram, from, port);
        deliveries += 1;
      }
      forged += engine.dropped[drop] - before;
      await Promise.resolve();
      assert.equal(got, null);
    }
    assert.ok(deliveries > 999_990, `${deliveries}`);
    assert.equal(forged, deliveries);
    assert.equal(sent.length, 1);
    assert.deepEqual(clock.waiting(), ['snmp answer']);
    deliver(answering(request.value, RIGHT));
    await call;
    assert.deepEqual((got as GetAnswer | null)?.varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
    assert.equal((got as GetAnswer | null)?.failure, null);
    await engine.close();
  });
});

/** Ids of requests that follow each other, from an engine with the system's randomness. */
async function idsOf(count: number): Promise<number[]> {
  const { engine, sent, deliver } = engineByHand();
  const ids: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const call = engine.get(targetAt(DEVICE, PORT), [NAME], { patience: PATIENT });
    await until(() => sent.length > 0);
    const request = decodeRequest(sent.pop() ?? new Uint8Array(0));
    assert.ok(request.ok);
    ids.push(request.value.requestId);
    deliver(answering(request.value, RIGHT));
    await call;
  }
  await engine.close();
  return ids;
}

describe('request ids', () => {
  it('cannot be told from those before: all 31 bits change by chance', async () => {
    const ids = await idsOf(2000);
    assert.ok(new Set(ids).size >= 1999);
    for (let bit = 0; bit < 31; bit += 1) {
      const ones = ids.filter((id) => ((id >>> bit) & 1) === 1).length;
      const flips = ids.filter((id, at) => at > 0 && (((id ^ (ids[at - 1] ?? 0)) >>> bit) & 1) === 1).length;
      // Six standard deviations of 2,000 tosses of a coin.
      for (const tosses of [ones, flips]) assert.ok(Math.abs(tosses - 1000) < 135, `bit ${bit}: ${tosses}`);
    }
    const steps = new Set(ids.map((id, at) => id - (ids[at - 1] ?? 0)));
    assert.ok(steps.size >= 1999);
  });
});

const send = (from: Socket, bytes: Uint8Array, port: number): Promise<void> =>
  new Promise((resolve, reject) => from.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())));

describe('a flood of forged answers through a real socket', () => {
  it('is dropped to the last, and the true answer is taken behind it', async () => {
    const BURSTS = 50;
    const device = await boundSocket('127.17.0.1');
    const [neighbour, otherPort] = [await boundSocket('127.17.0.2'), await boundSocket('127.17.0.1')];
    const heard: { bytes: Uint8Array; port: number }[] = [];
    device.on('message', (bytes, from) => heard.push({ bytes, port: from.port }));
    const { engine } = underTest({ random: systemRandom() });
    const { address, port } = device.address();
    let got: GetAnswer | null = null;
    const call = engine.get(targetAt(address, port), [NAME], { patience: PATIENT }).then((answer) => {
      got = answer;
    });
    await until(() => heard.length === 1);
    const { bytes, port: enginePort } = heard[0] as (typeof heard)[0];
    const request = decodeRequest(bytes);
    assert.ok(request.ok);
    const dropped = () => Object.values(engine.dropped).reduce((sum, count) => sum + count, 0);
    let sent = 0;
    for (let burst = 0; burst < BURSTS; burst += 1) {
      for (const { knowsId, from, port: forgedPort, forge } of FORGERIES) {
        const requestId = knowsId ? request.value.requestId : (request.value.requestId + burst + 1) & 0x7fff_ffff;
        const socket = from !== undefined ? neighbour : forgedPort !== undefined ? otherPort : device;
        await send(socket, forge({ ...request.value, requestId }), enginePort);
        sent += 1;
      }
      // Dropped by the engine, not by a full buffer of the system.
      await until(() => dropped() === sent);
      assert.equal(got, null);
    }
    assert.equal(sent, BURSTS * FORGERIES.length);
    await send(device, answering(request.value, RIGHT), enginePort);
    await call;
    assert.deepEqual((got as GetAnswer | null)?.varbinds, [{ oid: NAME, value: integer(RIGHT) }]);
    await engine.close();
    for (const socket of [device, neighbour, otherPort]) socket.close();
  });
});
