/** ICMP says that nobody listens at a port: known at once, without harm to anybody else's answer. */
import assert from 'node:assert/strict';
import { it, test } from 'node:test';
import { millis, Secret, seededRandom, systemClock } from '@rsb/runtime';
import { openBatchSocket } from '../src/batch-socket.ts';
import type { OnDatagram, OnRefusal } from '../src/datagrams.ts';
import type { Refusal } from '../src/error-queue.ts';
import { allowList, createEngine, oid, openUdpSocket, type Target } from '../src/index.ts';
import { boundSocket } from './agent.ts';
import { until } from './engine-under-test.ts';

const NAME = oid('1.3.6.1.2.1.1.2.0');

/** A port at which nobody listens any more. */
async function closedPort(address: string): Promise<number> {
  const socket = await boundSocket(address);
  const { port } = socket.address();
  socket.close();
  return port;
}

test('each refusal names whom the datagram went to, and every answer still comes', async () => {
  const agent = await boundSocket('127.16.3.1');
  agent.on('message', (bytes, from) => agent.send(bytes, from.port, from.address));
  const { port } = agent.address();
  const refusals: Refusal[] = [];
  const heard: string[] = [];
  const socket = openBatchSocket(
    (bytes) => heard.push(Buffer.from(bytes).toString()),
    (refusal) => refusals.push(refusal),
  );
  assert.ok(socket);
  const closed = Array.from({ length: 40 }, (_, place) => `127.16.4.${place + 1}`);
  const places = await Promise.all(closed.map(async (address) => ({ address, port: await closedPort(address) })));
  for (let round = 0; round < 3; round += 1) {
    for (const [index, place] of places.entries()) {
      socket.send(Buffer.from('to nobody'), place.port, place.address, (code) => assert.fail(code));
      socket.send(Buffer.from(`${round} ${index}`), port, '127.16.3.1', (code) => assert.fail(code));
    }
    await until(() => heard.length === 40 * (round + 1));
  }
  await until(() => new Set(refusals.map(({ address }) => address)).size === 40);
  for (const { address, port: to, code, quoted } of refusals) {
    assert.equal(to, places.find((place) => place.address === address)?.port);
    assert.deepEqual({ code, quoted }, { code: 'ECONNREFUSED', quoted: 9 });
  }
  assert.equal(new Set(heard).size, 120);
  socket.close();
  agent.close();
});

function engineWith(parts: { tell?: (datagram: OnDatagram, refusal: OnRefusal) => void } = {}) {
  return createEngine({
    clock: systemClock(),
    random: seededRandom(3),
    allow: allowList([oid('1.3.6.1.2.1.1.2')]),
    openSocket(family, onDatagram, onRefusal = () => {}) {
      parts.tell?.(onDatagram, onRefusal);
      return openUdpSocket(family, onDatagram, onRefusal);
    },
  });
}

const targetAt = (address: string, port: number): Target => ({
  address,
  port,
  credential: { version: 'v2c', community: new Secret('public') },
});

it('an address that never answered is given up at once, after one packet and its refusal', async () => {
  const port = await closedPort('127.16.5.1');
  const engine = engineWith();
  const patience = { timeout: millis(60_000), retries: 3 };
  const { failure, cost } = await engine.get(targetAt('127.16.5.1', port), [NAME], { patience });
  assert.deepEqual(failure, { kind: 'unreachable', detail: 'icmp ECONNREFUSED' });
  assert.deepEqual([cost.requests, cost.packets], [1, 2]);
  await engine.close();
});

it('a forged refusal ends nothing of a device that has answered, nor anything that was not asked', async () => {
  const agent = await boundSocket('127.16.5.2');
  const { address, port } = agent.address();
  let refuse: OnRefusal = () => {};
  let answers = 0;
  const engine = engineWith({
    tell: (_datagram, refusal) => {
      refuse = refusal;
    },
  });
  agent.on('message', (bytes, from) => {
    // From a GetRequest to its answer: with an empty value, as noSuchInstance.
    const answer = Buffer.from(bytes);
    answer[answer.indexOf(Buffer.from([0xa0]))] = 0xa2;
    answer[answer.length - 2] = 0x81;
    answers += 1;
    if (answers > 1) {
      refuse({ address, port, code: 'ECONNREFUSED', quoted: 0 });
      refuse({ address, port: port + 1, code: 'ECONNREFUSED', quoted: 0 });
      refuse({ address: '127.16.5.99', port, code: 'ECONNREFUSED', quoted: 0 });
    }
    setImmediate(() => agent.send(answer, from.port, from.address));
  });
  for (let round = 0; round < 3; round += 1) {
    const { failure, varbinds } = await engine.get(targetAt(address, port), [NAME]);
    assert.equal(failure, null);
    assert.equal(varbinds[0]?.value.type, 'noSuchInstance');
  }
  agent.close();
  await engine.close();
});

it('an unreachable host or network on the way is the reason that is told, once all tries are spent', async () => {
  const agent = await boundSocket('127.16.5.3');
  const { address, port } = agent.address();
  let refuse: OnRefusal = () => {};
  const engine = engineWith({
    tell: (_datagram, refusal) => {
      refuse = refusal;
    },
  });
  let asked = 0;
  agent.on('message', () => {
    asked += 1;
    refuse({ address, port, code: 'EHOSTUNREACH', quoted: 0 });
  });
  const patience = { timeout: millis(50), retries: 1 };
  const { failure } = await engine.get(targetAt(address, port), [NAME], { patience });
  assert.deepEqual([failure, asked], [{ kind: 'unreachable', detail: 'icmp EHOSTUNREACH' }, 2]);
  agent.close();
  await engine.close();
});
