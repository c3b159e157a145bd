/** The box loses its own network, or the way to a range: its machines are not called silent, and it is back soon. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { BoxView, HealthView, LoadView } from '@rsb/contract';
import { socketSweep } from '@rsb/icmp';
import { hours, instant, type Millis, manualClock, minutes, seededRandom } from '@rsb/runtime';
import { office } from '@rsb/simulator/wire/office';
import { createVirtualNetwork } from '@rsb/simulator/wire/virtual-network';
import { createEngine } from '@rsb/snmp';
import { createOwnNetwork } from '../src/service/own-network.ts';
import { rangeSetting, startTestBox } from './box-at-work.ts';

const NEAR = office('10.77.0').printers.slice(0, 4);
const FAR = office('10.78.0').printers.slice(4, 7);
const RANGES = [NEAR, FAR].map((machines) => machines.map(({ address }) => address).join(', '));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What becomes of a packet of ours: the system's code where it does not leave, `lost` where nobody hears it. */
type Fate = 'heard' | 'lost' | 'ENETUNREACH';

async function boxOnTwoNetworks(t: TestContext) {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24, 10)), turn);
  const random = seededRandom(5);
  const network = createVirtualNetwork({ machines: [...NEAR, ...FAR], pingOnly: [], clock, random });
  let fate: (address: string) => Fate = () => 'heard';
  let asked: string[] = [];
  let interfaces: readonly string[] = ['10.77.0.250/24'];
  const box = await startTestBox(t, {
    clock,
    interfaces: () => ({
      eth0: interfaces.map((cidr) => {
        const address = cidr.split('/')[0] ?? '';
        return { address, cidr, family: 'IPv4', internal: false, mac: '', netmask: '' } as const;
      }),
    }),
    engine: ({ gate, allow, asked: observer }) =>
      createEngine({
        clock,
        random,
        gate,
        allow,
        observer,
        openSocket(family, onDatagram) {
          const socket = network.openUdpSocket(family, onDatagram);
          return {
            close: socket.close,
            send(bytes, port, address, failed) {
              asked.push(address);
              const what = fate(address);
              if (what === 'heard') socket.send(bytes, port, address, failed);
              else if (what !== 'lost') failed(what);
            },
          };
        },
      }),
    echo: socketSweep({
      clock,
      random,
      open(family, onIcmp) {
        const { value: socket } = network.openEchoSocket(family, onIcmp);
        return {
          ok: true,
          value: {
            close: socket.close,
            send(bytes, address, sent) {
              const what = fate(address);
              if (what === 'heard') socket.send(bytes, address, sent);
              else sent(what === 'lost' ? null : what);
            },
          },
        };
      },
    }),
  });
  await box.setUp();
  await box.settings((settings) => ({
    ...settings,
    zone: 'UTC',
    packetsPerSecond: 0,
    ranges: RANGES.map((range) => rangeSetting(range, { ping: true })),
  }));
  const scan = async () => {
    await box.reader.ask('POST', '/scan');
    for (let minute = 0; minute < 60; minute += 1) {
      await clock.advance(minutes(1));
      if ((await box.reader.ask<BoxView>('GET', '/state')).scan === null) return;
    }
    assert.fail('the scan did not end');
  };
  await scan();
  assert.equal((await box.devices()).length, 7);
  const presences = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await box.devices()).map(({ address, presence }) => [address, presence.state]));
  return {
    box,
    scan,
    /** One of them says that it sleeps. */
    well: await presences(),
    presences,
    breakLine(next: typeof fate) {
      fate = next;
      asked = [];
    },
    setInterfaces: (next: readonly string[]) => {
      interfaces = next;
    },
    asked: () => asked,
    async pass(duration: Millis) {
      await clock.advance(duration);
    },
    unreached: async () => (await box.reader.ask<HealthView>('GET', '/health')).unreached,
    events: () =>
      box.items().flatMap(({ kind, body }) => (kind === 'deviceEvent' && body['event'] !== 'new' ? [body] : [])),
  };
}

const isFar = (address: string) => address.startsWith('10.78.');

test('without a way out no machine is silent: both ranges are said to be out of reach, and central is told when it can be', async (t) => {
  const site = await boxOnTwoNetworks(t);
  site.breakLine(() => 'ENETUNREACH');
  await site.pass(hours(1));
  assert.deepEqual(await site.presences(), site.well);
  const lost = await site.unreached();
  assert.deepEqual(
    lost.map(({ range, reason }) => [range, reason]),
    RANGES.map((range) => [range, 'noWay']),
  );
  const view = await site.box.reader.ask<BoxView>('GET', '/state');
  assert.deepEqual(view.unreached, lost);
  const load = await site.box.reader.ask<LoadView>('GET', '/load');
  assert.deepEqual(
    load.ranges.map(({ finding }) => finding),
    ['noWay', 'noWay'],
  );

  // A scan in the middle of it takes nobody for gone.
  await site.scan();
  assert.deepEqual(await site.presences(), site.well);
  assert.equal((await site.box.reader.ask<BoxView>('GET', '/state')).lastScan?.complete, false);

  const before = site.asked().length;
  await site.pass(hours(6));
  // The first hour's tries are over: two machines of each range an hour.
  assert.ok(
    site.asked().length - before <= 6 * 2 * 2 + 2 * 12,
    `${site.asked().length - before} requests in six hours`,
  );

  await site.box.restart();
  assert.equal((await site.unreached()).length, 2, 'remembered over a restart');
  site.breakLine(() => 'heard');
  await site.pass(minutes(61));
  assert.deepEqual(await site.unreached(), []);
  assert.deepEqual(await site.presences(), site.well);
  assert.deepEqual(site.events(), [], 'no machine was said to be silent or back');
});

test('a range whose machines fall silent all at once is tried again within minutes, and read whole when it is back', async (t) => {
  const site = await boxOnTwoNetworks(t);
  await site.pass(minutes(60));
  site.breakLine((address) => (isFar(address) ? 'lost' : 'heard'));
  await site.pass(minutes(61));
  const [lost, ...others] = await site.unreached();
  assert.deepEqual([lost?.range, lost?.reason, others], [RANGES[1], 'allSilent', []]);
  assert.deepEqual(await site.presences(), site.well);
  site.breakLine(() => 'heard');
  await site.pass(minutes(31));
  assert.deepEqual(await site.unreached(), []);
  const asked = new Set(site.asked().filter(isFar));
  assert.deepEqual([...asked].sort(), FAR.map(({ address }) => address).sort(), 'all of it, before the hour was over');
  assert.deepEqual(site.events(), []);
});

test('one machine alone is silent by itself, and the last of a range as well', async (t) => {
  const site = await boxOnTwoNetworks(t);
  await site.pass(minutes(60));
  const [first, second, third] = FAR.map(({ address }) => address);
  site.breakLine((address) => (address === first ? 'lost' : 'heard'));
  await site.pass(minutes(61));
  assert.deepEqual(await site.unreached(), []);
  assert.deepEqual(await site.presences(), { ...site.well, [first ?? '']: 'silent' });
  site.breakLine((address) => (address === first || address === second ? 'lost' : 'heard'));
  await site.pass(minutes(61));
  site.breakLine((address) => (isFar(address) ? 'lost' : 'heard'));
  await site.pass(minutes(61));
  assert.deepEqual(await site.unreached(), [], 'only the last of three fell silent now');
  const silent = { [first ?? '']: 'silent', [second ?? '']: 'silent', [third ?? '']: 'silent' };
  assert.deepEqual(await site.presences(), { ...site.well, ...silent });
  assert.equal(site.events().filter(({ event }) => event === 'silent').length, 3);
});

test('a pulled cable is seen by the interface that is gone, also with one machine', async (t) => {
  const site = await boxOnTwoNetworks(t);
  await site.box.settings((settings) => ({
    ...settings,
    ranges: [rangeSetting(`${NEAR[0]?.address}`, { ping: true })],
  }));
  await site.pass(minutes(60));
  site.setInterfaces([]);
  site.breakLine(() => 'lost');
  await site.pass(minutes(61));
  assert.deepEqual(
    (await site.unreached()).map(({ reason }) => reason),
    ['noWay'],
  );
  assert.deepEqual(await site.presences(), site.well);
});

test('which network is lost', () => {
  const entry = (cidr: string) => ({ cidr, internal: false }) as never;
  let now: Record<string, never[]> = { eth0: [entry('10.1.0.5/16')], wlan0: [entry('192.168.4.9/24')] };
  const network = createOwnNetwork(() => now);
  const lost = (...addresses: string[]) => addresses.filter((address) => network.isLost(address));
  assert.deepEqual(lost('10.1.3.3', '172.16.0.1'), [], 'nothing is lost of which nothing is known');
  network.look();
  now = { eth0: [entry('10.1.0.5/16')] };
  assert.deepEqual(lost('10.1.3.3', '192.168.4.1', '172.16.0.1', 'fd00::1'), ['192.168.4.1']);
  now = {};
  assert.deepEqual(lost('10.1.3.3', '192.168.4.1', '172.16.0.1'), ['10.1.3.3', '192.168.4.1', '172.16.0.1']);
});
