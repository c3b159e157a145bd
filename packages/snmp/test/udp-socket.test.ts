/** The sockets behind the engine: one suite for both, so that a machine without the quick one behaves the same. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { loadSystem, openBatchSocket, type System } from '../src/batch-socket.ts';
import type { OpenUdpSocket, UdpSocket } from '../src/datagrams.ts';
import { openPlainSocket, openUdpSocket } from '../src/udp-socket.ts';
import { boundSocket } from './agent.ts';
import { until } from './engine-under-test.ts';

const openQuick: OpenUdpSocket = (_family, onDatagram) => {
  const socket = openBatchSocket(onDatagram);
  assert.ok(socket, 'this machine has no sendmmsg, or koffi no binary for it');
  return socket;
};

interface Heard {
  readonly text: string;
  readonly from: string;
}

/** Answers each datagram with itself. */
async function startEcho(address: string) {
  const socket = await boundSocket(address);
  socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
  return { address, port: socket.address().port, close: () => socket.close() };
}

function collecting(open: OpenUdpSocket): { socket: UdpSocket; heard: Heard[] } {
  const heard: Heard[] = [];
  const socket = open(4, (bytes, address, port) =>
    heard.push({ text: Buffer.from(bytes).toString('latin1'), from: `${address} ${port}` }),
  );
  return { socket, heard };
}

const unexpected = (code: string) => assert.fail(code);

for (const [place, name, open] of [
  [0, "Node's own", openPlainSocket],
  [1, 'that of many datagrams a call', openQuick],
] as const) {
  describe(`the socket: ${name}`, () => {
    it('brings each datagram to its address, and tells where each answer is from', async () => {
      const { socket, heard } = collecting(open);
      const echoes = await Promise.all([1, 2, 3].map((last) => startEcho(`127.16.${place}.${last}`)));
      // More than one call takes, and a pause in between.
      for (let count = 0; count < 450; count += 1) {
        const { address, port } = echoes[count % 3] as (typeof echoes)[0];
        socket.send(Buffer.from(`${address} ${port} #${count}`), port, address, unexpected);
        if (count % 150 === 149) await until(() => heard.length === count + 1);
      }
      for (const { text, from } of heard) assert.ok(text.startsWith(`${from} #`), `${text} from ${from}`);
      assert.equal(new Set(heard.map((each) => each.text)).size, 450);
      socket.close();
      for (const echo of echoes) echo.close();
    });

    it('carries lengths from nothing to more than a packet, unchanged', async () => {
      const { socket, heard } = collecting(open);
      const echo = await startEcho(`127.16.${place}.4`);
      const lengths = [0, 1, 2, 63, 64, 1400, 1473, 8192];
      const texts = lengths.map((length) =>
        String.fromCharCode(...Array.from({ length }, (_, at) => (at * 7 + length) & 0xff)),
      );
      for (const text of texts) socket.send(Buffer.from(text, 'latin1'), echo.port, echo.address, unexpected);
      await until(() => heard.length === lengths.length);
      assert.deepEqual(new Set(heard.map((each) => each.text)), new Set(texts));
      socket.close();
      echo.close();
    });

    it('hears a giant whole', async () => {
      const { socket, heard } = collecting(open);
      const giant = await boundSocket(`127.16.${place}.5`);
      giant.on('message', (_, from) => giant.send(new Uint8Array(65_507), from.port, from.address));
      socket.send(Buffer.from('?'), giant.address().port, giant.address().address, unexpected);
      await until(() => heard.length === 1);
      assert.equal(heard[0]?.text.length, 65_507);
      socket.close();
      giant.close();
    });

    it('tells the one datagram that cannot leave, and sends those around it', async () => {
      const { socket, heard } = collecting(open);
      const echo = await startEcho(`127.16.${place}.6`);
      const failed: string[] = [];
      for (const [text, address] of [
        ['before', echo.address],
        // Linux refuses a broadcast by a socket that did not ask for it; this is the loopback's own.
        ['broadcast', '127.255.255.255'],
        ['after', echo.address],
      ] as const) {
        socket.send(Buffer.from(text), echo.port, address, (code) => failed.push(`${text} ${code}`));
      }
      await until(() => heard.length === 2 && failed.length === 1);
      assert.deepEqual(heard.map((each) => each.text).sort(), ['after', 'before']);
      assert.match(failed[0] ?? '', /^broadcast E(ACCES|NETUNREACH)$/);
      socket.close();
      echo.close();
    });

    it('hears and sends nothing once closed, also when closed by what it heard', async () => {
      const heard: number[] = [];
      const echo = await startEcho(`127.16.${place}.7`);
      const socket: UdpSocket = open(4, (bytes) => {
        heard.push(bytes.length);
        socket.close();
      });
      for (let length = 1; length <= 20; length += 1) {
        socket.send(new Uint8Array(length), echo.port, echo.address, unexpected);
      }
      await until(() => heard.length > 0);
      await until(() => true);
      assert.equal(heard.length, 1);
      echo.close();
    });

    it('goes on with the promises that wait for an answer, one after the other', async () => {
      const echo = await startEcho(`127.16.${place}.8`);
      let answered = () => {};
      const socket = open(4, () => answered());
      for (let round = 0; round < 50; round += 1) {
        const answer = new Promise<void>((resolve) => {
          answered = resolve;
        });
        socket.send(Buffer.from('?'), echo.port, echo.address, unexpected);
        await answer;
      }
      socket.close();
      echo.close();
    });
  });
}

it('what finds the system busy leaves later, in order and once', async () => {
  const heard: string[] = [];
  const failed: string[] = [];
  const agent = await boundSocket('127.16.2.1');
  agent.on('message', (bytes) => heard.push(bytes.toString()));
  const real = loadSystem();
  assert.ok(real);
  // Takes 25 datagrams, then none, then one and none by turns.
  let takes = 25;
  let busy = false;
  const system: System = {
    ...real,
    sendmmsg: (fd, headers, count, flags) => {
      busy = count > 0 && takes === 0;
      if (busy) takes = 1;
      if (busy) return -1;
      const taken = Math.min(count, takes);
      takes -= taken;
      return real.sendmmsg(fd, headers, taken, flags);
    },
    error: () => (busy ? 'EAGAIN' : real.error()),
  };
  const socket = openBatchSocket(
    () => {},
    () => {},
    system,
  );
  assert.ok(socket);
  const { address, port } = agent.address();
  for (let count = 0; count < 120; count += 1) {
    socket.send(Buffer.from(`datagram ${count}`), port, address, (code) => failed.push(`${count} ${code}`));
  }
  // 64 wait at most: 25 left, 64 are kept, the others are told as lost.
  await until(() => heard.length === 89);
  const all = Array.from({ length: 120 }, (_, count) => count);
  assert.deepEqual(
    heard,
    all.slice(0, 89).map((count) => `datagram ${count}`),
  );
  assert.deepEqual(
    failed,
    all.slice(89).map((count) => `${count} ENOBUFS`),
  );
  socket.send(Buffer.from('later'), port, address, unexpected);
  await until(() => heard.length === 90);
  assert.equal(heard.at(-1), 'later');
  socket.close();
  agent.close();
});

it('an IPv6 address is reached', async () => {
  const { createSocket } = await import('node:dgram');
  const agent = createSocket('udp6');
  agent.bind(0, '::1');
  await once(agent, 'listening');
  agent.on('message', (bytes, from) => agent.send(bytes, from.port, from.address));
  let heard = '';
  const socket = openUdpSocket(6, (bytes, address) => {
    heard = `${Buffer.from(bytes)} ${address}`;
  });
  socket.send(Buffer.from('six'), agent.address().port, '::1', unexpected);
  await until(() => heard !== '');
  assert.equal(heard, 'six ::1');
  socket.close();
  agent.close();
});
