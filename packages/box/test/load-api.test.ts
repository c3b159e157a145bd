/** What the settings page is told of a range in hand, and what the load page is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoadView, RangeEstimate } from '@rsb/contract';
import { seedSite } from '@rsb/simulator';
import { problem, startSiteBox, startTestBox } from './box-at-work.ts';

test('a range in hand: addresses, packets, kilobytes, minutes and its share, before anything is saved or sent', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const estimate = (body: object) => box.reader.ask<RangeEstimate>('POST', '/ranges/estimate', body);
  const plain = await estimate({ range: '10.0.0.0/24' });
  assert.deepEqual(
    { ...plain, kilobytes: 0 },
    {
      addresses: 254,
      packets: 508,
      kilobytes: 0,
      minutes: 0.8,
      further: 0,
      limitedBy: 'range',
      boxShare: 0.4,
      machines: 0,
      hourly: { packets: 0, kilobytes: 0 },
    },
  );
  // Nothing pings here: a whole request to each, and a small one.
  assert.ok(plain.kilobytes > 50 && plain.kilobytes < 80, `${plain.kilobytes} kB`);
  const cases = [
    { body: { packetsPerSecond: 4 }, is: { minutes: 2.1, limitedBy: 'range', boxShare: 0.16 } },
    { body: { packetsPerSecond: 0 }, is: { minutes: 0.3, limitedBy: 'box', boxShare: 1 } },
    { body: { packetsPerSecond: 0, boxPacketsPerSecond: 0 }, is: { minutes: null, limitedBy: null, boxShare: null } },
    { body: { kilobytesPerHour: 10 }, is: { limitedBy: 'kilobytes' } },
    { body: { ping: false }, is: { packets: 508 } },
  ] as const;
  for (const { body, is } of cases) {
    const told = await estimate({ range: '10.0.0.0/24', ...body });
    for (const [member, value] of Object.entries(is)) {
      assert.equal(told[member as keyof RangeEstimate], value, `${JSON.stringify(body)} ${member}`);
    }
  }
  const broken = problem(await box.reader.call('POST', '/ranges/estimate', { range: '10.0.0.0/40' }));
  assert.ok(broken.status >= 400 && broken.status < 500);
  const unknown = await box.reader.call('POST', '/ranges/estimate', { range: '10.0.0.0/24', credentials: ['nobody'] });
  assert.ok(unknown.status >= 400 && unknown.status < 500);
  assert.equal((await box.stranger().call('POST', '/ranges/estimate', { range: '10.0.0.0/24' })).status >= 400, true);
});

test('what a scan of machines that are known is said to cost, it costs', async (t) => {
  const { box } = await startSiteBox(t, seedSite({ gear: false }));
  await box.scan();
  const load = async () => (await box.reader.ask<LoadView>('GET', '/load')).hour;
  const { ranges } = await box.reader.ask<LoadView>('GET', '/load');
  const range = ranges[0]?.range ?? '';
  const told = await box.reader.ask<RangeEstimate>('POST', '/ranges/estimate', { range });
  assert.deepEqual([told.addresses, told.machines, told.hourly.packets], [13, 13, 26]);
  const before = await load();
  await box.scan();
  const after = await load();
  for (const [reckoned, seen] of [
    [told.packets, after.packets - before.packets],
    [told.kilobytes, (after.bytes - before.bytes) / 1000],
  ] as const) {
    assert.ok(Math.abs(reckoned - seen) <= seen / 10, `${reckoned} reckoned, ${seen} seen`);
  }
});

test('what was sent and received is told by day, by anybody who may read, and survives a restart', async (t) => {
  const machines = seedSite({ gear: false }).slice(0, 2);
  const { box } = await startSiteBox(t, machines);
  await box.scan();
  const before = await box.stranger().ask<LoadView>('GET', '/load');
  const [day] = before.days;
  assert.equal(before.days.length, 1);
  assert.ok((day?.sentPackets ?? 0) > 0 && (day?.sentBytes ?? 0) > 0);
  assert.equal(day?.receivedPackets, day?.sentPackets, 'each request had its answer');
  assert.equal(day?.echoPackets, 0, 'this range is not pinged');
  assert.equal(before.hour.packets, (day?.sentPackets ?? 0) + (day?.receivedPackets ?? 0));
  assert.equal(before.ranges.length, 1);
  assert.deepEqual([before.ranges[0]?.waits, before.ranges[0]?.finding], [null, null]);
  assert.equal(before.ranges[0]?.found, 2, 'machines are counted to the range in which they stand');
  assert.deepEqual([before.scan?.addresses, before.scan?.machines, before.scan?.hourly.packets], [2, 2, 4]);
  const state = await box.reader.ask<{ load: object }>('GET', '/state');
  assert.deepEqual(state.load, before.hour);
  await box.restart();
  const after = await box.stranger().ask<LoadView>('GET', '/load?days=1');
  assert.deepEqual(after.days, before.days);
  for (const days of ['0', 'x', '-1', '1e3']) {
    assert.equal((await box.stranger().call('GET', `/load?days=${days}`)).status, 400, days);
  }
});
