/** What a connected UDP socket is told of a port, by the real kernel. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { it } from 'node:test';
import { instant, manualClock, millis, systemClock } from '@rsb/runtime';
import { portProbe } from '../src/discover/index.ts';

const BYTES = Uint8Array.of(1, 2, 3);

async function listener(address: string) {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  return { socket, place: { address, port: socket.address().port } };
}

it('nobody listens: closed', async () => {
  const { socket, place } = await listener('127.0.45.1');
  socket.close();
  await once(socket, 'close');
  assert.equal(await portProbe(systemClock())(place, BYTES, millis(5000)), 'closed');
});

it('somebody answers', async () => {
  const { socket, place } = await listener('127.0.45.2');
  socket.on('message', (bytes, { address, port }) => socket.send(bytes, port, address));
  assert.equal(await portProbe(systemClock())(place, BYTES, millis(5000)), 'answers');
  socket.close();
});

it('somebody listens and says nothing: silent when the wait is over, or when it is aborted', async () => {
  const { socket, place } = await listener('127.0.45.3');
  const clock = manualClock(instant(0));
  const heard = once(socket, 'message');
  const probed = portProbe(clock)(place, BYTES, millis(1000));
  await heard;
  await clock.advance(millis(1000));
  assert.equal(await probed, 'silent');
  const abort = new AbortController();
  const aborted = portProbe(clock)(place, BYTES, millis(1000), abort.signal);
  abort.abort();
  assert.equal(await aborted, 'silent');
  assert.deepEqual(clock.waiting(), []);
  socket.close();
});
