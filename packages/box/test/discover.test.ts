/** Discovery against the simulated site over real UDP: what is found, what is ignored, and what it costs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { noSweep } from '@rsb/icmp';
import { millis, systemClock } from '@rsb/runtime';
import { CANARY, seedMachines, seedSite } from '@rsb/simulator';
import type { Credential } from '@rsb/snmp';
import { createSendBudget, type DiscoverRange, type Discovery, discover, type Found } from '../src/discover/index.ts';
import { parseRange } from '../src/range/index.ts';
import { fakeEcho } from './fake-echo.ts';
import { BRIEF, community, siteUnderTest } from './simulated-site.ts';

const clock = systemClock();
const gate = createSendBudget(clock, { packetsPerSecond: 0, ranges: [] });
const PUBLIC = community('public');
const SITE = ['127.0.10.0/24', '127.0.7.0/24', '127.0.17.0/24'];
const PRINTERS = seedMachines.map(({ facts }) => facts.address).sort();

function rangeOf(text: string, more: Partial<DiscoverRange> = {}): DiscoverRange {
  const range = parseRange(text);
  if (!range.ok) assert.fail(text);
  return { name: text, range: range.value, credentials: [PUBLIC], ping: true, packetsPerSecond: 0, ...more };
}

async function collect({ found }: Discovery): Promise<Found[]> {
  const all: Found[] = [];
  for await (const each of found) all.push(each);
  return all;
}

const addressesOf = (found: readonly Found[]) => found.map(({ address }) => address).sort();
const options = (port: number) => ({ port, packetsPerSecond: 0, patience: BRIEF });

describe('a scan of the simulated site', async () => {
  const machines = seedSite();
  const gear = machines.map(({ address }) => address).filter((address) => !PRINTERS.includes(address));
  const alive = new Set(machines.map(({ address }) => address));
  /** A PC that answers a ping and speaks no SNMP. */
  alive.add('127.0.10.77');
  const { snmp, port, site, requests, asked } = await siteUnderTest(machines);
  const echo = fakeEcho((address) => (alive.has(address) ? 0 : undefined));
  const discovery = discover(
    { snmp, echo, gate, clock },
    SITE.map((text) => rangeOf(text)),
    { ...options(port), patience: { timeout: millis(2000), retries: 0 } },
  );
  const found = await collect(discovery);
  const summary = discovery.summary();

  it('finds exactly the thirteen printers, by their makers', () => {
    assert.equal(PRINTERS.length, 13);
    assert.deepEqual(addressesOf(found), PRINTERS);
    assert.deepEqual([...new Set(found.map(({ driver }) => driver.name))].sort(), ['kyocera', 'ricoh']);
  });

  it('counts what it ignores, and keeps nothing else of it', () => {
    const { addresses, done, snmp: answered, printers, ignored, answersPingOnly } = summary;
    assert.deepEqual(
      { addresses, done, alive: summary.alive, answered, printers, ignored, answersPingOnly },
      {
        addresses: 762,
        done: 762,
        alive: machines.length + 1,
        answered: machines.length,
        printers: 13,
        ignored: gear.length,
        answersPingOnly: 1,
      },
    );
    assert.ok(gear.length >= 5);
    const kept = inspect(
      { found: found.map(({ range: _range, ...rest }) => rest), summary },
      { depth: 20, maxArrayLength: null },
    );
    for (const address of gear) assert.ok(!kept.includes(`'${address}'`), address);
    assert.ok(!kept.includes(CANARY));
  });

  it('sends two echoes to what is dead, and SNMP only to what answered a ping', () => {
    const dead = [...echo.sent].filter(([address]) => !alive.has(address));
    assert.equal(dead.length, 762 - alive.size);
    assert.deepEqual(new Set(dead.map(([, count]) => count)), new Set([2]));
    assert.deepEqual([...asked].sort(), [...alive].sort());
  });

  it('asks other gear once, in one packet, also a computer with a print queue', () => {
    const asked = gear.map((address) => {
      const own = requests.filter((each) => each.address === address);
      return own.map(({ request }) => request.pdu).join(' ');
    });
    assert.deepEqual([...new Set(asked)].sort(), ['get']);
  });

  it('its packets and bytes are those that the site saw, with IP and UDP headers, and the echoes', () => {
    const traffic = machines.map(({ address }) => site.traffic(address));
    const sum = (member: 'received' | 'receivedBytes' | 'sent' | 'sentBytes') =>
      traffic.reduce((total, each) => total + each[member], 0);
    const echoes = [...echo.sent.values()].reduce((total, count) => total + count, 0) + alive.size;
    // The PC was asked, and said by ICMP that nobody listens.
    const snmpPackets = sum('received') + sum('sent') + 2;
    assert.equal(summary.packets, echoes + snmpPackets);
    const silent = summary.bytes - echoes * 84 - (sum('receivedBytes') + sum('sentBytes') + (snmpPackets - 2) * 28);
    assert.ok(silent > 100 && silent < 500, `${silent} bytes for the request to the PC`);
    assert.equal(
      summary.ranges.reduce((total, { packets }) => total + packets, 0),
      summary.packets,
    );
    assert.deepEqual(
      summary.ranges.map(({ range }) => range),
      SITE,
    );
  });
});

describe('how addresses are asked', async () => {
  const machines = seedSite().filter(({ address }) => PRINTERS.includes(address));
  const { snmp, port, site, requests } = await siteUnderTest([
    ...machines,
    { ...machines[0], address: '127.0.20.1', name: 'v1 only', versions: ['v1'] } as (typeof machines)[0],
    { ...machines[0], address: '127.0.20.2', name: 'secret', community: 'secret' } as (typeof machines)[0],
    { ...machines[0], address: '127.0.20.3', name: 'secret too', community: 'secret' } as (typeof machines)[0],
  ]);
  const everyone = fakeEcho(() => 0);
  const scan = (range: DiscoverRange, more = {}) =>
    discover({ snmp, echo: everyone, gate, clock }, [range], { ...options(port), ...more });

  it('without a means to ping, by SNMP alone', async () => {
    const discovery = discover({ snmp, echo: noSweep(), gate, clock }, [rangeOf('127.0.17.0/24')], options(port));
    assert.deepEqual(addressesOf(await collect(discovery)), ['127.0.17.21']);
    const { alive, answersPingOnly, addresses } = discovery.summary();
    assert.deepEqual({ alive, answersPingOnly, addresses }, { alive: 1, answersPingOnly: 0, addresses: 254 });
  });

  it('where a range is not to be pinged, by SNMP alone', async () => {
    const echo = fakeEcho(() => undefined);
    const discovery = discover(
      { snmp, echo, gate, clock },
      [rangeOf('127.0.17.16/28', { ping: false })],
      options(port),
    );
    assert.deepEqual(addressesOf(await collect(discovery)), ['127.0.17.21']);
    assert.equal(echo.sent.size, 0);
  });

  it('again where the first echo was lost', async () => {
    const echo = fakeEcho((address) => (address === '127.0.17.21' ? 1 : undefined));
    const discovery = discover({ snmp, echo, gate, clock }, [rangeOf('127.0.17.16/28')], options(port));
    assert.deepEqual(addressesOf(await collect(discovery)), ['127.0.17.21']);
  });

  it('again where the first request was lost', async () => {
    site.misbehave('127.0.17.21', [{ kind: 'loses', lost: 1, outOf: 100 }]);
    const discovery = scan(rangeOf('127.0.17.21'));
    assert.deepEqual(addressesOf(await collect(discovery)), ['127.0.17.21']);
    site.misbehave('127.0.17.21', []);
  });

  it('by v1 in the place of a retry, so that a device that knows only v1 is found at no cost to the silent', async () => {
    const credentials = [PUBLIC, community('public', 'v1')];
    const discovery = scan(rangeOf('127.0.20.1', { credentials }));
    const [found] = await collect(discovery);
    assert.equal(found?.attempt.index, 1);
    const silent = scan(rangeOf('127.0.20.99', { credentials }));
    assert.deepEqual(await collect(silent), []);
    // An echo and its answer, one request of each version.
    assert.equal(silent.summary().packets, 4);
  });

  it('with each credential in turn, the one that worked last first', async () => {
    const credentials: readonly Credential[] = [PUBLIC, community('secret')];
    requests.length = 0;
    const found = await collect(scan(rangeOf('127.0.20.2, 127.0.20.3', { credentials }), { mostAtOnce: 1 }));
    assert.deepEqual(
      found.map(({ attempt }) => attempt.index),
      [1, 1],
    );
    // Before the second one `secret` was known to work here.
    assert.deepEqual(site.traffic('127.0.20.3').refused, 0);
    assert.ok(site.traffic('127.0.20.2').refused > 0);
  });

  it('with the credential that is known for an address first', async () => {
    const credentials: readonly Credential[] = [community('wrong'), community('secret')];
    const before = site.traffic('127.0.20.2').refused;
    const found = await collect(scan(rangeOf('127.0.20.2', { credentials }), { preferred: () => 1 }));
    assert.equal(found[0]?.attempt.index, 1);
    assert.equal(site.traffic('127.0.20.2').refused, before);
  });

  it('until it is stopped: it ends at once and says that it is not complete', async () => {
    const abort = new AbortController();
    const discovery = scan(rangeOf('127.0.10.0/24'), {
      signal: abort.signal,
      patience: { timeout: millis(60_000), retries: 5 },
    });
    const found: Found[] = [];
    for await (const each of discovery.found) {
      found.push(each);
      abort.abort();
    }
    assert.ok(found.length >= 1);
    const { complete, done, addresses } = discovery.summary();
    assert.equal(complete, false);
    assert.ok(done < addresses);
  });

  it('until the reader goes away', async () => {
    const discovery = scan(rangeOf('127.0.10.0/24'), { patience: { timeout: millis(60_000), retries: 5 } });
    for await (const _ of discovery.found) break;
    assert.equal(discovery.summary().complete, false);
  });

  it('telling its progress for each address', async () => {
    const seen: { done: number; printers: number; range: string }[] = [];
    await collect(
      scan(rangeOf('127.0.17.16/28'), {
        onProgress: ({ done, printers, range }: { done: number; printers: number; range: string }) =>
          seen.push({ done, printers, range }),
      }),
    );
    assert.deepEqual(
      seen.map(({ done }) => done),
      Array.from({ length: 14 }, (_, index) => index + 1),
    );
    assert.deepEqual(seen.at(-1), { done: 14, printers: 1, range: '127.0.17.16/28' });
  });
});
