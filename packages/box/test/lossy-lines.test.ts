/** Sites behind slow, lossy and filtered lines, on a clock that the test drives: the same packets are lost on each run. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allowedObjects } from '@rsb/drivers';
import { socketSweep } from '@rsb/icmp';
import {
  type Clock,
  instant,
  type ManualClock,
  manualClock,
  minutes,
  Secret,
  seconds,
  seededRandom,
} from '@rsb/runtime';
import { OFFICE, office } from '@rsb/simulator/wire/office';
import { createVirtualNetwork, type VirtualNetwork } from '@rsb/simulator/wire/virtual-network';
import type { LineConditions } from '@rsb/simulator/wire/wire-site';
import { allowList, createEngine } from '@rsb/snmp';
import { createSendBudget, type DiscoverSummary, discover } from '../src/discover/index.ts';
import { parseRange } from '../src/range/index.ts';

const NETWORK = '10.77.0';
const SITE = office(NETWORK);
const PRINTERS = SITE.printers.map(({ address }) => address).sort();
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Line extends Partial<LineConditions> {
  readonly seed?: number;
  readonly packetsPerSecond?: number;
  readonly range?: string;
}

function networkOf(clock: Clock, { seed = 1, range: _range, packetsPerSecond: _rate, ...line }: Line): VirtualNetwork {
  const { printers, gear, pingOnly } = SITE;
  return createVirtualNetwork({ machines: [...printers, ...gear], pingOnly, line, clock, random: seededRandom(seed) });
}

/** Moves the clock until the work is done. */
async function driven<T>(clock: ManualClock, work: Promise<T>, most = minutes(30)): Promise<T> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  ended.catch(() => {});
  for (let passed = 0; !done && passed < most; passed += 1000) await clock.advance(seconds(1));
  assert.ok(done, 'ended in time');
  return ended;
}

async function scan(line: Line): Promise<{ found: string[]; summary: DiscoverSummary; network: VirtualNetwork }> {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)), turn);
  const network = networkOf(clock, line);
  const random = seededRandom(99);
  const parsed = parseRange(line.range ?? `${NETWORK}.1-${NETWORK}.253`);
  if (!parsed.ok) assert.fail('a range');
  const range = parsed.value;
  const packetsPerSecond = line.packetsPerSecond ?? 0;
  const gate = createSendBudget(clock, { packetsPerSecond: 25, ranges: [{ range, packetsPerSecond }] });
  const allow = allowList(allowedObjects());
  const snmp = createEngine({ clock, random, allow, gate, openSocket: network.openUdpSocket });
  const echo = socketSweep({ clock, random, open: network.openEchoSocket });
  const credentials = [{ version: 'v2c' as const, community: new Secret('public') }];
  const wanted = { name: 'site', range, credentials, ping: true, packetsPerSecond };
  const discovery = discover({ snmp, echo, gate, clock }, [wanted], { port: 161, packetsPerSecond: 25 });
  const found: string[] = [];
  await driven(
    clock,
    (async () => {
      for await (const { address } of discovery.found) found.push(address);
    })(),
  );
  await Promise.all([snmp.close(), echo.close()]);
  return { found: found.sort(), summary: discovery.summary(), network };
}

describe('a /24 with 50 printers on a lossy line', () => {
  it('nothing is missed at 1 % loss, whichever packets are lost', async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const { found } = await scan({ loss: 0.01, roundTrip: 5, seed });
      assert.deepEqual(found, PRINTERS, `seed ${seed}`);
    }
  });

  it('a VPN site, 150 ms there and back, 2 % lost, 4 packets a second: nothing is missed, the peak is within', async () => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const line = { loss: 0.02, roundTrip: 150, packetsPerSecond: 4, seed };
      const { found, network } = await scan(line);
      assert.deepEqual(found, PRINTERS, `seed ${seed}`);
      assert.ok(network.site.tally().peakPerSecond <= 4, `${network.site.tally().peakPerSecond} in a second`);
    }
  });

  it('a line slower than any first wait: late answers teach how long to wait', async () => {
    const { found } = await scan({ roundTrip: 1700 });
    assert.deepEqual(found, PRINTERS);
  });
});

describe('a router on the way', () => {
  it('that drops ICMP: printers are found by SNMP, no dead address costs more, and it is said', async () => {
    const { found, summary, network } = await scan({ filtered: 'icmp' });
    assert.deepEqual(found, PRINTERS);
    assert.deepEqual(
      summary.ranges.map(({ finding }) => finding),
      ['echoFiltered'],
    );
    assert.equal(summary.snmp, OFFICE.printers + OFFICE.gear);
    assert.ok(network.site.tally().snmp.packets > 0);
  });

  it('that drops UDP 161: said as such, and who answers a ping is counted', async () => {
    const { found, summary } = await scan({ filtered: 'snmp' });
    assert.deepEqual(found, []);
    assert.deepEqual(
      summary.ranges.map(({ finding }) => finding),
      ['snmpFiltered'],
    );
    assert.equal(summary.answersPingOnly, 112);
  });

  it('nobody there: one echo and one request to each address, and no finding', async () => {
    const { summary, network } = await scan({ range: '10.77.9.0/24' });
    assert.equal(summary.packets, 2 * 254);
    const { echo, snmp } = network.site.tally();
    assert.deepEqual([echo.packets, snmp.packets], [254, 254]);
    assert.deepEqual(
      summary.ranges.map(({ finding }) => finding),
      [null],
    );
  });

  it('a single machine whose first echo was lost is no filter', async () => {
    let found = 0;
    const [printer = ''] = PRINTERS;
    for (let seed = 1; seed <= 30; seed += 1) {
      const { found: here, summary } = await scan({ range: printer, loss: 0.2, seed });
      found += here.length;
      if (summary.ranges[0]?.finding) assert.equal(summary.ranges[0].finding, 'echoFiltered');
    }
    assert.ok(found >= 24, `${found} of 30`);
  });
});
