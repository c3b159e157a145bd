/** The order in which devices are asked, and how the engine ends: queue, gate, observer, abort, close, memory. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Clock, instant, manualClock, millis } from '@rsb/runtime';
import { Device, DeviceMemory, parseDeviceAddress, waitOf } from '../src/device.ts';
import type { OnDatagram, OpenUdpSocket } from '../src/index.ts';
import { decodeRequest, type Request } from '../src/message.ts';
import { oid } from '../src/oid.ts';
import { honestAnswer, integer, reply, startAgent, table, targetAt } from './agent.ts';
import { engineOn, PATIENT, underTest, until } from './engine-under-test.ts';

const COLUMN = '1.3.6.1.2.1.43.11.1.1.9';
const NAME = oid(`${COLUMN}.1`);

/** A socket in memory: what was sent is kept, what comes back is the test's matter. */
function memorySocket(): {
  open: OpenUdpSocket;
  sent: { request: Request; port: number; address: string }[];
  deliver: OnDatagram;
  fail: (code: string) => void;
  families: number[];
} {
  const sent: { request: Request; port: number; address: string; failed: (code: string) => void }[] = [];
  const families: number[] = [];
  let receive: OnDatagram = () => {};
  return {
    sent,
    families,
    deliver: (bytes, address, port) => receive(bytes, address, port),
    fail: (code) => sent.at(-1)?.failed(code),
    open: (family, onDatagram) => {
      families.push(family);
      receive = onDatagram;
      return {
        send(bytes, port, address, failed) {
          const request = decodeRequest(bytes);
          assert.ok(request.ok);
          sent.push({ request: request.value, port, address, failed });
        },
        close: () => {},
      };
    },
  };
}

const answerTo = (request: Request) =>
  reply(
    request,
    request.oids.map((name) => ({ oid: name, value: integer(5) })),
  );

describe('the engine', () => {
  it('has one request in flight for a device, and any number for many', async () => {
    const socket = memorySocket();
    const { engine } = underTest({ openSocket: socket.open });
    const calls = ['127.13.0.1', '127.13.0.1', '127.13.0.2', '127.13.0.1'].map((address) =>
      engine.get(targetAt(address, 161), [NAME]),
    );
    // Another port is another device: a site behind one address.
    calls.push(engine.get(targetAt('127.13.0.1', 1161), [NAME]));
    await until(() => socket.sent.length === 3);
    assert.deepEqual(
      socket.sent.map(({ address, port }) => `${address}:${port}`),
      ['127.13.0.1:161', '127.13.0.2:161', '127.13.0.1:1161'],
    );
    for (let place = 0; place < 5; place += 1) {
      await until(() => socket.sent.length > place);
      const { request, address, port } = socket.sent[place] as { request: Request; address: string; port: number };
      socket.deliver(answerTo(request), address, port);
    }
    for (const call of calls) assert.equal((await call).failure, null);
    assert.equal(socket.sent.length, 5);
    assert.deepEqual(socket.families, [4]);
    await engine.close();
  });

  it('waits at the gate before each send, tells it IP bytes, and counts no wait there as silence', async () => {
    const agent = await startAgent('127.13.1.1', honestAnswer(table([COLUMN], 90)));
    const passed: { address: string; bytes: number }[] = [];
    const gate = {
      beforeSend: async (address: string, bytes: number) => {
        passed.push({ address, bytes });
        assert.deepEqual(clock.waiting(), []);
        await Promise.resolve();
      },
    };
    const { engine, clock } = underTest({ gate });
    const got = await engine.get(
      agent.target(),
      table([COLUMN], 90).map((each) => each.oid),
      { patience: PATIENT },
    );
    assert.equal(got.varbinds.length, 90);
    assert.equal(passed.length, 3);
    assert.deepEqual([...new Set(passed.map((each) => each.address))], ['127.13.1.1']);
    assert.ok(got.cost.bytes > passed.reduce((sum, each) => sum + each.bytes, 0));
    await engine.close();
    await agent.close();
  });

  it('gives up what waits at the gate when it is aborted', async () => {
    const socket = memorySocket();
    const gate = {
      beforeSend: (_address: string, _bytes: number, signal?: AbortSignal) =>
        new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    };
    const { engine } = underTest({ openSocket: socket.open, gate });
    const abort = new AbortController();
    const call = engine.get(targetAt('127.13.1.2', 161), [NAME], { signal: abort.signal });
    abort.abort();
    const got = await call;
    assert.deepEqual(got.failure, { kind: 'aborted' });
    assert.equal(got.cost.packets, 0);
    assert.equal(socket.sent.length, 0);
    await engine.close();
  });

  it('tells the observer each object as it is sent, tries included', async () => {
    const socket = memorySocket();
    const seen: string[] = [];
    const { engine, clock } = underTest({
      openSocket: socket.open,
      observer: (address, object, pdu) => seen.push(`${address} ${pdu} ${object}`),
    });
    const get = engine.get(targetAt('127.13.2.1', 161), [NAME], { patience: { timeout: millis(10), retries: 1 } });
    await clock.advance(millis(30));
    assert.deepEqual((await get).failure, { kind: 'timeout' });
    const walk = engine.walk(targetAt('127.13.2.1', 161), [oid(COLUMN)], {
      patience: { timeout: millis(10), retries: 0 },
    });
    await clock.advance(millis(30));
    assert.deepEqual((await walk).end, { kind: 'timeout' });
    assert.deepEqual(seen, [
      `127.13.2.1 get ${NAME}`,
      `127.13.2.1 get ${NAME}`,
      `127.13.2.1 getBulk ${COLUMN}`,
      `127.13.2.1 getNext ${COLUMN}`,
    ]);
    await engine.close();
  });

  it('aborts a call that waits for its answer, and the next one goes', async () => {
    const socket = memorySocket();
    const { engine } = underTest({ openSocket: socket.open });
    const target = targetAt('127.13.2.2', 161);
    const abort = new AbortController();
    const calls = [1, 2].map(() => engine.get(target, [NAME], { signal: abort.signal }));
    const other = engine.get(target, [NAME]);
    await until(() => socket.sent.length === 1);
    abort.abort();
    for (const call of calls) assert.deepEqual((await call).failure, { kind: 'aborted' });
    await until(() => socket.sent.length === 2);
    socket.deliver(answerTo((socket.sent[1] as { request: Request }).request), '127.13.2.2', 161);
    assert.equal((await other).failure, null);
    assert.deepEqual((await engine.get(target, [NAME], { signal: abort.signal })).failure, { kind: 'aborted' });
    assert.equal(socket.sent.length, 2);
    await engine.close();
  });

  it('aborts everything when it is closed, and asks nothing afterwards', async () => {
    const socket = memorySocket();
    const { engine, clock } = underTest({ openSocket: socket.open });
    const target = targetAt('127.13.2.3', 161);
    const calls = Array.from({ length: 5 }, () => engine.get(target, [NAME]));
    const walk = engine.walk(target, [oid(COLUMN)]);
    await until(() => socket.sent.length === 1);
    await engine.close();
    for (const call of calls) assert.deepEqual((await call).failure, { kind: 'aborted' });
    assert.deepEqual((await walk).end, { kind: 'aborted' });
    assert.deepEqual((await engine.get(target, [NAME])).failure, { kind: 'aborted' });
    assert.equal(socket.sent.length, 1);
    assert.deepEqual(clock.waiting(), []);
  });

  for (const [code, kind] of [
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['EACCES', 'unreachable'],
    ['ENOBUFS', 'timeout'],
  ] as const) {
    it(`a send that the system ends with ${code} is ${kind}`, async () => {
      const socket = memorySocket();
      const { engine, clock } = underTest({ openSocket: socket.open });
      const call = engine.get(targetAt('127.13.2.4', 161), [NAME], { patience: { timeout: millis(10), retries: 0 } });
      await until(() => socket.sent.length === 1);
      socket.fail(code);
      await clock.advance(millis(10));
      assert.equal((await call).failure?.kind, kind);
      await engine.close();
    });
  }

  it('asks IPv6 devices by their address however it is written, and counts the longer header', async () => {
    const socket = memorySocket();
    const { engine } = underTest({ openSocket: socket.open });
    const call = engine.get(targetAt('0:0:0:0:0:0:0:1', 161), [NAME], { patience: PATIENT });
    await until(() => socket.sent.length === 1);
    const { request, address } = socket.sent[0] as { request: Request; address: string };
    assert.equal(address, '::1');
    const answer = answerTo(request);
    socket.deliver(answer, '::1', 161);
    const { cost, failure } = await call;
    assert.equal(failure, null);
    // The request is one octet shorter: a NULL where the answer has an INTEGER.
    assert.equal(cost.bytes, 2 * answer.length - 1 + 2 * 48);
    assert.deepEqual(socket.families, [6]);
    await engine.close();
  });

  it('keeps no secret in what it prints', () => {
    const target = targetAt('127.13.2.5', 161, 'v2c', 'a-secret-community');
    assert.ok(!JSON.stringify(target).includes('a-secret-community'));
  });
});

describe('what is remembered of a device', () => {
  const wait = (device: Device) => Math.round(device.firstWait());

  it('waits as long as the device is used to take (RFC 6298), within bounds', () => {
    const device = new Device('127.0.0.1', 161, 4);
    assert.equal(wait(device), 2000);
    device.learnRoundTrip(millis(600));
    assert.equal(wait(device), 600 + 4 * 300);
    for (let times = 0; times < 60; times += 1) device.learnRoundTrip(millis(600));
    assert.equal(wait(device), 1000);
    for (let times = 0; times < 60; times += 1) device.learnRoundTrip(millis(30_000));
    assert.equal(wait(device), 10_000);
  });

  it('doubles each wait, ten seconds at most unless more was asked for', () => {
    const waits = (first: number) => [0, 1, 2, 3].map((attempt) => waitOf(millis(first), attempt));
    assert.deepEqual(waits(2000), [2000, 4000, 8000, 10_000]);
    assert.deepEqual(waits(15_000), [15_000, 15_000, 15_000, 15_000]);
  });

  it('waits by what it learned in the next call', async () => {
    const socket = memorySocket();
    const clock = manualClock(instant(0));
    const waits: number[] = [];
    const watching: Clock = {
      ...clock,
      after: (name, delay, run) => {
        waits.push(delay);
        return clock.after(name, delay, run);
      },
    };
    const engine = engineOn(watching, { openSocket: socket.open });
    for (let place = 0; place < 2; place += 1) {
      const call = engine.get(targetAt('127.13.3.1', 161), [NAME]);
      await until(() => socket.sent.length === place + 1);
      await clock.advance(millis(800));
      socket.deliver(answerTo((socket.sent[place] as { request: Request }).request), '127.13.3.1', 161);
      assert.equal((await call).roundTrip, 800);
    }
    assert.deepEqual(waits, [2000, 800 + 4 * 400]);
    await engine.close();
  });

  it('forgets who never answered, and nobody who did', () => {
    const memory = new DeviceMemory();
    const silent = memory.device('127.13.3.2', 161);
    const answering = memory.device('127.13.3.3', 161);
    assert.ok(silent && answering);
    answering.learnRoundTrip(millis(5));
    memory.forgetSilent(silent);
    memory.forgetSilent(answering);
    assert.equal(memory.find('127.13.3.2', 161), undefined);
    assert.equal(memory.find('127.13.3.3', 161), answering);
  });

  it('does not grow without end', () => {
    const memory = new DeviceMemory();
    for (let place = 0; place < 30_000; place += 1)
      memory.device(`10.1.${place >> 8}.${place & 255}`, 161)?.learnRoundTrip(millis(5));
    assert.equal([...memory.all()].length, 20_000);
    assert.equal(memory.find('10.1.0.0', 161), undefined);
  });

  for (const [text, address, family] of [
    ['127.0.0.1', '127.0.0.1', 4],
    ['::ffff:127.0.0.1', '127.0.0.1', 4],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', 6],
    ['fe80::1%eth0', 'fe80::1%eth0', 6],
  ] as const) {
    it(`knows ${text} as ${address}`, () => assert.deepEqual(parseDeviceAddress(text), { address, family }));
  }
  for (const text of ['', 'printer', '1.2.3', '1.2.3.256', '01.2.3.4', ':::1', '1.2.3.4:161', '%eth0']) {
    it(`knows no address in "${text}"`, () => assert.equal(parseDeviceAddress(text), undefined));
  }
});
