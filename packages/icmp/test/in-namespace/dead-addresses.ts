/** A network on which most addresses have nobody. Run in a namespace with a cable to `RSB_ALIVE`. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { millis, systemClock } from '@rsb/runtime';
import { chooseSweep } from '../../src/index.ts';
import { collect } from '../collect.ts';

it('a /24: none alive is missed, the dead are dead, and cost what was sent', async () => {
  const sweep = await chooseSweep({ clock: systemClock(), which: () => undefined });
  assert.equal(sweep.method, 'socket');
  const alive = new Set((process.env['RSB_ALIVE'] ?? '').split(' '));
  const addresses = Array.from({ length: 254 }, (_, index) => `10.77.0.${index + 1}`);
  const results = await collect(sweep.sweep(addresses, { rate: 0, timeout: millis(300), retries: 1 }));
  await sweep.close();
  assert.equal(results.length, 254);
  for (const { address, alive: life, roundTrip } of results) {
    assert.equal(life, alive.has(address), address);
    assert.equal(roundTrip !== null, life, address);
  }
  const packets = 2 * alive.size + 2 * (254 - alive.size);
  assert.deepEqual(sweep.cost, { packets, bytes: packets * 32 });
});

it('no route, or a broadcast address: nothing is sent', async () => {
  const sweep = await chooseSweep({ clock: systemClock(), which: () => undefined });
  const results = await collect(
    sweep.sweep(['10.99.0.1', '10.77.0.255', 'fd99::1'], { rate: 0, timeout: millis(300), retries: 0 }),
  );
  await sweep.close();
  const life = Object.fromEntries(results.map(({ address, alive }) => [address, alive]));
  assert.deepEqual(life, { '10.99.0.1': false, '10.77.0.255': null, 'fd99::1': false });
  assert.deepEqual(sweep.cost, { packets: 0, bytes: 0 });
});
