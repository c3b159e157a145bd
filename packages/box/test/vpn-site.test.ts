/** A box at a VPN site: 150 ms there and back, 2 % lost, 4 packets a second, on a clock that the test drives. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BoxView, LoadView, RangeEstimate, RangeSetting } from '@rsb/contract';
import { socketSweep } from '@rsb/icmp';
import { hours, instant, type Log, type ManualClock, manualClock, minutes, seededRandom } from '@rsb/runtime';
import { allObjects, CANARY, type Mib } from '@rsb/simulator';
import { office } from '@rsb/simulator/wire/office';
import { createVirtualNetwork, type VirtualNetwork } from '@rsb/simulator/wire/virtual-network';
import type { LineConditions } from '@rsb/simulator/wire/wire-site';
import { createEngine, oid } from '@rsb/snmp';
import { rangeSetting, startTestBox, type TestBox } from './box-at-work.ts';

const RANGE = '10.77.0.0/24';
const SITE = office('10.77.0');
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface VpnBox {
  readonly box: TestBox;
  readonly clock: ManualClock;
  readonly network: VirtualNetwork;
  readonly logged: readonly string[];
  /** Starts a scan and moves the clock to its end; answers how many minutes it took. */
  scan(most?: number): Promise<number>;
}

function recorded(lines: string[]): Log {
  const write = (event: string, fields?: object) => void lines.push(`${event} ${JSON.stringify(fields ?? {})}`);
  const log: Log = { debug: write, info: write, warn: write, error: write, with: () => log };
  return log;
}

async function vpnBox(
  t: TestContext,
  line: Partial<LineConditions>,
  range: Partial<RangeSetting>,
  printers = SITE.printers.length,
): Promise<VpnBox> {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24, 10)), turn);
  const machines = [...SITE.printers.slice(0, printers), ...SITE.gear];
  const { pingOnly } = SITE;
  const network = createVirtualNetwork({ machines, pingOnly, line, clock, random: seededRandom(7) });
  const random = seededRandom(5);
  const logged: string[] = [];
  const box = await startTestBox(t, {
    clock,
    log: recorded(logged),
    engine: ({ gate, allow, asked: observer }) =>
      createEngine({ clock, random, gate, allow, observer, openSocket: network.openUdpSocket }),
    echo: socketSweep({ clock, random, open: network.openEchoSocket }),
  });
  await box.setUp();
  await box.settings((settings) => ({
    ...settings,
    zone: 'UTC',
    ranges: [rangeSetting(RANGE, { ping: true, ...range })],
  }));
  return {
    box,
    clock,
    network,
    logged,
    async scan(most = 60) {
      await box.reader.ask('POST', '/scan');
      for (let minute = 1; minute <= most; minute += 1) {
        await clock.advance(minutes(1));
        if ((await box.reader.ask<BoxView>('GET', '/state')).scan === null) return minute;
      }
      return assert.fail('the scan did not end');
    },
  };
}

const load = (box: TestBox) => box.reader.ask<LoadView>('GET', '/load?days=3');

test('nothing is missed, nothing is taken for dead, and the peak is within the budget', async (t) => {
  const { box, clock, network, scan } = await vpnBox(t, { roundTrip: 150, loss: 0.02 }, { packetsPerSecond: 4 });
  await scan();
  assert.equal((await box.devices()).length, SITE.printers.length);
  const polled = network.site.tally().toSite.packets;
  await clock.advance(hours(3));
  assert.ok(network.site.tally().toSite.packets > polled + 3 * SITE.printers.length, 'they were read every hour');
  for (const { address, presence } of await box.devices()) assert.notEqual(presence.state, 'silent', address);
  const events = box.items().filter(({ kind, body }) => kind === 'deviceEvent' && body['event'] !== 'new');
  assert.deepEqual(events, []);

  const { toSite, fromSite, echo, peakPerSecond } = network.site.tally();
  assert.ok(peakPerSecond <= 4, `${peakPerSecond} in a second`);
  const { days, ranges } = await load(box);
  assert.equal(days.length, 1);
  const [day] = days;
  assert.deepEqual(
    { ...day, peakPerSecond: 0 },
    {
      day: '2026-11-24',
      range: RANGE,
      sentPackets: toSite.packets,
      sentBytes: toSite.bytes,
      receivedPackets: fromSite.packets,
      receivedBytes: fromSite.bytes,
      echoPackets: echo.packets,
      peakPerSecond: 0,
    },
    'what the box tells of its load is what came and went',
  );
  assert.ok((day?.peakPerSecond ?? 99) <= 4);
  const [line] = ranges;
  assert.ok(line?.roundTrip !== null && Math.abs((line?.roundTrip ?? 0) - 150) < 10, `${line?.roundTrip} ms`);
  assert.ok(line?.loss !== null && (line?.loss ?? 0) > 0.005 && (line?.loss ?? 1) < 0.1, `${line?.loss} lost`);
});

test('kilobytes an hour hold for what is sent and what comes back; the scan only takes longer', async (t) => {
  const { box, clock, network } = await vpnBox(t, { roundTrip: 20 }, { kilobytesPerHour: 50 }, 5);
  const estimated = await box.reader.ask<RangeEstimate>('POST', '/ranges/estimate', {
    range: RANGE,
    kilobytesPerHour: 10,
  });
  assert.equal(estimated.limitedBy, 'kilobytes');
  await box.reader.ask('POST', '/scan');
  let most = 0;
  let before = 0;
  let waited = false;
  for (let hour = 0; hour < 4; hour += 1) {
    await clock.advance(hours(1));
    const { toSite, fromSite } = network.site.tally();
    most = Math.max(most, toSite.bytes + fromSite.bytes - before);
    before = toSite.bytes + fromSite.bytes;
    waited ||= (await load(box)).ranges[0]?.waits != null;
  }
  assert.ok(most <= 50_000, `${most} bytes in an hour`);
  assert.ok(most > 25_000, `${most} bytes in an hour: what is allowed is used`);
  assert.ok(waited, 'the page is told that it waits');
  assert.equal((await box.devices()).length, 5);
});

test('outside a range’s hours nothing is sent; its scan is made up for when they begin', async (t) => {
  const noon = Array.from({ length: 7 }, () => [12, 13]);
  const { box, clock, network, logged } = await vpnBox(t, { roundTrip: 5 }, { hours: noon }, 5);
  const sent = () => network.site.tally().toSite.packets;
  assert.equal((await box.reader.call('POST', '/scan')).status >= 400, true, 'not by hand either');
  // From ten on this day to just before noon of the next, over nine o'clock.
  await clock.advance(hours(25.9));
  assert.equal(sent(), 0);
  await clock.advance(hours(2));
  assert.equal((await box.devices()).length, 5);
  const until = sent();
  assert.ok(until > 500);
  await clock.advance(hours(9));
  assert.equal(sent(), until, 'nor in the evening');

  // After a scan and two hours of reads.
  await t.test(
    'of gear that is no printer nothing is kept: not in the store, not in the log, not in what leaves',
    async () => {
      await box.reader.ask('GET', '/load');
      const items = JSON.stringify(box.items());
      await box.close();
      const store = readdirSync(box.folder)
        .map((file) => readFileSync(join(box.folder, file)).toString('latin1'))
        .join('\n');
      const places = { store, log: logged.join('\n'), items };
      assert.ok(items.includes(SITE.printers[0]?.address ?? 'none'), 'printers are there');
      assert.ok(store.includes(SITE.printers[0]?.address ?? 'none'));

      const printed = new Set(SITE.printers.flatMap(({ mib }) => textsOf(mib)));
      const words = SITE.gear.flatMap(({ mib }) => textsOf(mib));
      const telling = [...new Set(words)].filter((word) => word.length >= 8 && !printed.has(word));
      assert.ok(telling.length > 20, `${telling.length} words that only other gear says`);
      for (const [place, text] of Object.entries(places)) {
        assert.ok(!text.includes(CANARY), `canary in the ${place}`);
        for (const word of telling) assert.ok(!text.includes(word), `"${word}" in the ${place}`);
        for (const { address } of SITE.gear) {
          assert.ok(
            !new RegExp(`(?<![\\d.])${address.replaceAll('.', '\\.')}(?![\\d])`).test(text),
            `${address} in the ${place}`,
          );
        }
      }
    },
  );
});

const textsOf = (mib: Mib): string[] =>
  [...allObjects(mib, oid('0.0'))].map(({ value }) =>
    value.type === 'octets' ? Buffer.from(value.value).toString('latin1') : '',
  );
