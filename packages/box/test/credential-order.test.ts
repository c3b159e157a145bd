/** Several credentials on one range: which is tried first, and what an address costs that answers none. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { millis, Secret, systemClock } from '@rsb/runtime';
import { seedMachines, seedSite } from '@rsb/simulator';
import type { Credential } from '@rsb/snmp';
import { createCredentialOrder } from '../src/discover/credential-order.ts';
import { createSendBudget, type DiscoverOptions, discover, estimate, type Found } from '../src/discover/index.ts';
import { MOST_FURTHER } from '../src/discover/sweep-range.ts';
import { parseRange } from '../src/range/index.ts';
import { scanAttempts } from '../src/read/attempts.ts';
import { fakeEcho } from './fake-echo.ts';
import { community, siteUnderTest } from './simulated-site.ts';

/** Hears all that is asked and answers nothing: a closed port would be told of by ICMP. */
async function silentHost(address: string, port: number): Promise<void> {
  const socket = createSocket('udp4').bind(port, address);
  await once(socket, 'listening');
  after(() => socket.close());
}

const clock = systemClock();
const gate = createSendBudget(clock, { packetsPerSecond: 0, ranges: [] });
const BRIEF = { timeout: millis(150), retries: 1 };
const seed = seedSite().find(({ address }) => address === seedMachines[0]?.facts.address);
assert.ok(seed);

describe('the order', () => {
  const cases: readonly [string, readonly number[], number | undefined, number | null, readonly number[]][] = [
    ['as listed where nothing is known', [], undefined, null, [0, 1, 2, 3]],
    ['what works most in the range first', [1, 0, 5], undefined, null, [2, 0, 1, 3]],
    ['before it what worked at this address', [1, 0, 5], 3, 0, [3, 2, 0, 1]],
    ['a place that is gone is none', [1, 0, 5], 9, null, [2, 0, 1, 3]],
    ['to one that may never answer the likeliest and one of the others', [1, 0, 5], undefined, 0, [2, 0]],
    ['at the next scan another', [1, 0, 5], undefined, 1, [2, 1]],
    ['until it was the turn of each', [1, 0, 5], undefined, 2, [2, 3]],
    ['and again', [1, 0, 5], undefined, 3, [2, 0]],
  ];
  for (const [what, known, preferred, silent, places] of cases) {
    it(what, () => assert.deepEqual(createCredentialOrder(4, known).order(preferred, silent), places));
  }

  it('of two both, of one that one', () => {
    assert.deepEqual(createCredentialOrder(2).order(undefined, 7), [0, 1]);
    assert.deepEqual(createCredentialOrder(1).order(undefined, 7), [0]);
    assert.deepEqual(createCredentialOrder(0).order(undefined, 7), []);
  });

  it('changes with what works during the scan', () => {
    const order = createCredentialOrder(3);
    order.worked(2);
    order.worked(2);
    order.worked(1);
    order.worked(9);
    assert.deepEqual(order.order(undefined, null), [2, 1, 0]);
  });
});

describe('packets to an address that answers an echo and nothing else', async () => {
  const { snmp, port } = await siteUnderTest([seed]);
  await silentHost('127.0.21.5', port);
  const user = (name: string): Credential => ({ version: 'v3', user: name, context: '', auth: null, privacy: null });
  const cases: readonly [string, readonly Credential[], number, number][] = [
    ['one community: two tries', [community('a')], 0, 2],
    ['one community as v2c and as v1: one each', [community('a'), community('a', 'v1')], 0, 2],
    ['two communities: one each', [community('a'), community('b')], 0, 2],
    [
      'five communities, each once at the first meeting',
      ['a', 'b', 'c', 'd', 'e'].map((name) => community(name)),
      0,
      5,
    ],
    ['five communities at the next', ['a', 'b', 'c', 'd', 'e'].map((name) => community(name)), 1, 2],
    // Discovery is the same for all users.
    ['three users of SNMPv3', [user('a'), user('b'), user('c')], 0, 1],
    ['a community and three users', [community('a'), user('a'), user('b'), user('c')], 0, 2],
    ['two communities and three users', [community('a'), community('b'), user('a'), user('b'), user('c')], 0, 3],
  ];
  for (const [what, credentials, silent, packets] of cases) {
    it(`${what}: ${packets}`, async () => {
      const parsed = parseRange('127.0.21.5');
      assert.ok(parsed.ok);
      const heard: string[] = [];
      const range = { name: 'x', range: parsed.value, credentials, ping: true, packetsPerSecond: 0 };
      const options: DiscoverOptions = {
        port,
        packetsPerSecond: 0,
        patience: BRIEF,
        silentScans: () => silent,
        onPingOnly: (address) => heard.push(address),
      };
      const discovery = discover({ snmp, echo: fakeEcho(() => 0), gate, clock }, [range], options);
      for await (const found of discovery.found) assert.fail(JSON.stringify(found));
      // An echo and its answer besides.
      assert.equal(discovery.summary().packets, packets + 2);
      assert.deepEqual(heard, ['127.0.21.5']);
    });
  }

  it('an attempt is made once for each login, the order does not lose any', () => {
    const credentials = [community('a'), community('b'), user('c')];
    const attempts = scanAttempts(credentials, BRIEF, [2]);
    assert.deepEqual(
      attempts.map(({ index, patience }) => [index, patience.retries]),
      [
        [2, 0],
        [0, 0],
        [1, 0],
      ],
    );
  });
});

it('what is known to work in the range is tried first at a new address: no packet is lost on the others', async () => {
  const machines = ['127.0.20.1', '127.0.20.2'].map((address) => ({
    ...seed,
    address,
    name: address,
    community: 'secret',
  }));
  const { snmp, port, site } = await siteUnderTest(machines);
  const parsed = parseRange('127.0.20.1-2');
  assert.ok(parsed.ok);
  const credentials = [community('wrong'), community('other'), new Secret('secret')].map((each) =>
    each instanceof Secret ? ({ version: 'v2c', community: each } as const) : each,
  );
  const range = {
    name: 'x',
    range: parsed.value,
    credentials,
    worked: [0, 0, 4],
    ping: true,
    packetsPerSecond: 0,
  };
  const found: Found[] = [];
  const options = { port, packetsPerSecond: 0, patience: { timeout: millis(2000), retries: 1 } };
  for await (const each of discover({ snmp, echo: fakeEcho(() => 0), gate, clock }, [range], options).found) {
    found.push(each);
  }
  assert.deepEqual(
    found.map(({ attempt }) => attempt.index),
    [2, 2],
  );
  for (const { address } of machines) assert.equal(site.traffic(address).refused, 0);
});

describe('a new machine under the last of four communities', async () => {
  const address = '127.0.20.9';
  const { snmp, port, site } = await siteUnderTest([{ ...seed, address, name: address, community: 'fourth' }]);
  await silentHost('127.0.20.8', port);
  await silentHost('127.0.20.10', port);
  const credentials = ['first', 'second', 'third', 'fourth'].map((name) => community(name));
  const scan = async (text: string, more: Partial<DiscoverOptions>, ping = true) => {
    const parsed = parseRange(text);
    assert.ok(parsed.ok);
    const range = { name: 'x', range: parsed.value, credentials, ping, packetsPerSecond: 0 };
    const pingOnly: string[] = [];
    const discovery = discover({ snmp, echo: fakeEcho(() => 0), gate, clock }, [range], {
      port,
      packetsPerSecond: 0,
      patience: BRIEF,
      silentScans: () => 0,
      onPingOnly: (silent) => pingOnly.push(silent),
      ...more,
    });
    const found: Found[] = [];
    for await (const each of discovery.found) found.push(each);
    return { found: found.map((each) => [each.address, each.attempt.index]), pingOnly, summary: discovery.summary() };
  };

  it('is found at the first scan, after all else, among computers that answer none', async () => {
    const { found, pingOnly, summary } = await scan('127.0.20.8-10', {});
    assert.deepEqual(found, [[address, 3]]);
    assert.deepEqual(pingOnly.sort(), ['127.0.20.10', '127.0.20.8']);
    assert.equal(summary.alive, 3);
    assert.equal(site.traffic(address).refused, 3, 'one request for each other login');
  });

  it('is found in a range that is not pinged, too', async () => {
    assert.deepEqual((await scan('127.0.20.9', {}, false)).found, [[address, 3]]);
  });

  it('an address that was silent before gets two of them a scan: four packets with the echo', async () => {
    const { summary } = await scan('127.0.20.8', { silentScans: () => 1 });
    assert.equal(summary.packets, 4);
  });

  it('further logins are bounded for a range, and the estimate tells the bound', async () => {
    const parsed = ['10.0.0.0/24', '10.0.0.0/19'].map((text) => parseRange(text));
    const furthers = parsed.map((range) => {
      assert.ok(range.ok);
      return estimate([{ range: range.value, credentials, ping: true, packetsPerSecond: 0 }], 25).further;
    });
    assert.deepEqual(furthers, [508, MOST_FURTHER]);
  });
});
