/** The box at work on a simulated site over real UDP: what it finds, reads, keeps, and leaves alone. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { BoxView, DeviceView, LatestReadings, ReadNowResult } from '@rsb/contract';
import { CANARY, type Mib, type SimulatedMachine, seedSite } from '@rsb/simulator';
import { oid, type SnmpValue } from '@rsb/snmp';
import { problem, rangeSetting, startSiteBox, type TestBox, waitFor } from './box-at-work.ts';
import { printServer } from './print-server.ts';

const machines = seedSite({ gear: false });
const named = (name: string): SimulatedMachine => {
  const found = machines.find((machine) => machine.name === name);
  assert.ok(found, name);
  return found;
};
const [KYOCERA, OTHER_KYOCERA, RICOH] = [named('KMB5F1A0'), named('KMB5F1A4'), named('RNPE35736')];

const placed = (machine: SimulatedMachine, address: string): SimulatedMachine => ({ ...machine, address });

/** The same machine with other values in some places. */
function altered(machine: SimulatedMachine, values: Readonly<Record<string, SnmpValue>>): SimulatedMachine {
  const other = new Map(Object.entries(values).map(([name, value]) => [oid(name), value]));
  const mib: Mib = {
    get: (name) => other.get(name) ?? machine.mib.get(name),
    next: (name) => {
      const found = machine.mib.next(name);
      return found && { oid: found.oid, value: other.get(found.oid) ?? found.value };
    },
  };
  return { ...machine, mib };
}

const LIFE_COUNT = '1.3.6.1.2.1.43.10.2.1.4.1.1';
const life = (device: DeviceView) => device.counters?.value.life;
const events = (box: TestBox) =>
  box.items().flatMap(({ kind, body }) => (kind === 'deviceEvent' ? [`${body['event']} ${body['device']}`] : []));

describe('a scan', () => {
  test('finds the thirteen, reads each whole, and keeps nothing of the rest', async (t) => {
    const all = seedSite();
    const { box } = await startSiteBox(t, all);
    const view = await box.scan();
    assert.deepEqual([view.lastScan?.printers, view.lastScan?.complete, view.lastScan?.arrived], [13, true, 0]);
    const devices = await box.devices();
    assert.equal(devices.length, 13);
    assert.ok(
      devices.every(
        ({ completeness, counters, supplies, status }) =>
          completeness?.state === 'complete' && counters && supplies && status,
      ),
    );
    assert.equal(life(await box.device('127.0.10.9')), 50_408);
    assert.ok(all.length > 13, 'there is other gear');
    const items = box.items();
    assert.equal(items.filter(({ kind }) => kind === 'reading').length, 13);
    assert.deepEqual(
      items.map(({ seq }) => seq),
      items.map((_, index) => index + 1),
    );
    await box.close();
    let files = 0;
    for (const name of readdirSync(box.folder)) {
      const bytes = readFileSync(join(box.folder, name)).toString('latin1');
      files += 1;
      assert.ok(!bytes.includes(CANARY), `${name} holds what was never to be asked`);
      for (const gear of all.slice(13)) assert.ok(!bytes.includes(gear.name), `${name} names ${gear.name}`);
    }
    assert.ok(files >= 2);
  });

  test('again: nobody is doubled, each gets one reading more', async (t) => {
    const { box } = await startSiteBox(t, machines);
    await box.scan();
    const first = (await box.devices()).map(({ id }) => id);
    await box.restart();
    await box.scan();
    assert.deepEqual(
      (await box.devices()).map(({ id }) => id),
      first,
    );
    assert.equal(box.items().filter(({ kind }) => kind === 'reading').length, 26);
    assert.equal(events(box).length, 13, 'new, once each');
  });

  test('is one at a time, says how far it is, and can be stopped', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA]);
    await box.settings((settings) => ({
      ...settings,
      ranges: [rangeSetting(`127.0.10.0/24`, { packetsPerSecond: 10 })],
    }));
    assert.ok(site.port > 0);
    const started = await box.reader.call<BoxView>('POST', '/scan');
    assert.equal(started.status, 202);
    assert.equal(started.body.scan?.addresses, 254);
    assert.equal(problem(await box.reader.call('POST', '/scan')).code, 'scanRunning');
    const stopped = await box.reader.ask<BoxView>('DELETE', '/scan');
    assert.equal(stopped.scan, null);
    assert.equal(stopped.lastScan?.complete, false);
    assert.equal((await box.reader.call('DELETE', '/scan')).status, 200, 'nothing to stop is no error');
  });

  test('with a wrong community finds nobody, with a further one it does', async (t) => {
    const { box } = await startSiteBox(t, [{ ...KYOCERA, community: 'warehouse' }], { silence: true });
    assert.equal((await box.scan()).lastScan?.printers, 0);
    await box.settings((settings) => ({
      ...settings,
      credentials: [...settings.credentials, { id: 'own', version: 'v2c', community: 'warehouse' }],
      ranges: settings.ranges.map((range) => ({ ...range, credentials: ['public', 'own'] })),
    }));
    assert.equal((await box.scan()).lastScan?.printers, 1);
    const device = await box.device(KYOCERA.address);
    const read = await box.reader.ask<ReadNowResult>('POST', `/devices/${encodeURIComponent(device.id)}/read`);
    assert.equal(read.completeness.state, 'complete');
  });

  test('asks nobody before a range is confirmed, nor in one that is off', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA]);
    await box.settings((settings) => ({
      ...settings,
      ranges: settings.ranges.map((range) => ({ ...range, on: false })),
    }));
    assert.equal(problem(await box.reader.call('POST', '/scan')).code, 'noRanges');
    assert.equal(site.traffic(KYOCERA.address).received, 0);
  });
});

describe('read now', () => {
  test('brings what is new, and shows where it comes from', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA]);
    await box.scan();
    const { id } = await box.device(KYOCERA.address);
    await site.plugIn(altered(KYOCERA, { [LIFE_COUNT]: { type: 'counter32', value: 28_600 } }));
    const read = await box.reader.ask<ReadNowResult>('POST', `/devices/${encodeURIComponent(id)}/read`);
    assert.equal(life(read.device), 28_600);
    const { readings } = await box.reader.ask<LatestReadings>(
      'GET',
      `/devices/${encodeURIComponent(id)}/readings/latest`,
    );
    assert.equal(readings.length, 1);
    assert.deepEqual(readings[0]?.provenance?.['counters.life']?.oids, [LIFE_COUNT]);
    assert.ok((readings[0]?.wire?.packets ?? 0) > 0);
  });

  test('of a machine that is off costs only its own reading: the last values stay with their age', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA, RICOH], { silence: true });
    await box.scan();
    const before = await box.device(KYOCERA.address);
    site.misbehave(KYOCERA.address, [{ kind: 'silent' }]);
    const path = `/devices/${encodeURIComponent(before.id)}/read`;
    const read = await box.reader.ask<ReadNowResult>('POST', path);
    assert.equal(read.completeness.state, 'unreachable');
    assert.equal(read.device.presence.state, 'silent');
    assert.deepEqual(read.device.counters, before.counters);
    assert.equal((await box.device(RICOH.address)).presence.state, 'answering');
    site.misbehave(KYOCERA.address, []);
    assert.equal((await box.reader.ask<ReadNowResult>('POST', path)).device.presence.state, 'answering');
    assert.deepEqual(events(box).slice(2), [`silent ${before.id}`, `back ${before.id}`]);
  });

  test('many at once on one machine wait for each other', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    await box.scan();
    const { id } = await box.device(KYOCERA.address);
    const reads = await Promise.all(
      Array.from({ length: 5 }, () => box.reader.ask<ReadNowResult>('POST', `/devices/${encodeURIComponent(id)}/read`)),
    );
    assert.ok(reads.every(({ completeness }) => completeness.state === 'complete'));
    assert.equal(box.items().filter(({ kind }) => kind === 'reading').length, 6);
  });
});

describe('machines that people marked', () => {
  test('notes are kept, told to central with a revision, and undone by clearing', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    await box.scan();
    const { id } = await box.device(KYOCERA.address);
    const patch = (set: Record<string, unknown>) =>
      box.reader.ask('PATCH', '/devices', { ids: [id, 'nobody', id], set });
    await patch({ serviceId: ' 70\u00008166\u202e\u001b ', group: 'Office', locationNote: 'First floor' });
    await patch({ serviceId: '708166' });
    await patch({ serviceId: '708167', group: '  ' });
    await patch({ serviceId: null });
    const device = await box.device(KYOCERA.address);
    assert.deepEqual([device.serviceId, device.group, device.locationNote], [null, null, 'First floor']);
    const notes = box
      .items()
      .flatMap(({ kind, body }) => (kind === 'deviceNote' ? [[body['field'], body['value'], body['revision']]] : []));
    assert.deepEqual(notes, [
      ['serviceId', '708166', 1],
      ['group', 'Office', 1],
      ['location', 'First floor', 1],
      ['serviceId', '708167', 2],
      ['group', null, 2],
      ['serviceId', null, 3],
    ]);
    await box.scan();
    assert.equal((await box.device(KYOCERA.address)).locationNote, 'First floor', 'a scan leaves notes alone');
  });

  test('one that is not monitored is neither read nor sent, and is known all the same', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA, RICOH]);
    await box.scan();
    const { id, counters } = await box.device(KYOCERA.address);
    await box.reader.ask('PATCH', '/devices', { ids: [id], set: { monitored: false } });
    assert.equal(
      problem(await box.reader.call('POST', `/devices/${encodeURIComponent(id)}/read`)).code,
      'notMonitored',
    );
    await site.plugIn(altered(KYOCERA, { [LIFE_COUNT]: { type: 'counter32', value: 99_999 } }));
    await box.scan();
    assert.deepEqual((await box.device(KYOCERA.address)).counters, counters);
    const readings = box.items().filter(({ kind, body }) => kind === 'reading' && body['device'] === id);
    assert.equal(readings.length, 1);
    await box.reader.ask('PATCH', '/devices', { ids: [id], set: { monitored: true } });
    await box.scan();
    assert.equal(life(await box.device(KYOCERA.address)), 99_999);
  });
});

describe('machines that change their place', () => {
  test('two swap addresses: two devices, two moves, no page counted for the other', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA, RICOH]);
    await box.scan();
    const kyocera = await box.device(KYOCERA.address);
    const ricoh = await box.device(RICOH.address);
    await site.plugIn(placed(RICOH, KYOCERA.address));
    await site.plugIn(placed(KYOCERA, RICOH.address));
    await box.scan();
    const after = await box.devices();
    assert.deepEqual(
      after.map(({ id, address }) => [id, address]).sort(),
      [
        [kyocera.id, RICOH.address],
        [ricoh.id, KYOCERA.address],
      ].sort(),
    );
    assert.equal(life(await box.device(KYOCERA.address)), 50_408);
    assert.equal(life(await box.device(RICOH.address)), 28_536);
    assert.deepEqual(events(box).slice(2).sort(), [`moved ${kyocera.id}`, `moved ${ricoh.id}`].sort());
  });

  test('a new machine in the place of an old one', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA, RICOH]);
    await box.scan();
    const old = await box.device(KYOCERA.address);
    await site.plugIn(placed(OTHER_KYOCERA, KYOCERA.address));
    await box.scan();
    const devices = await box.devices();
    assert.equal(devices.length, 3);
    assert.equal(devices.find(({ id }) => id === old.id)?.presence.state, 'silent');
    const fresh = devices.find(({ id, address }) => id !== old.id && address === KYOCERA.address);
    assert.ok(fresh);
    assert.equal(life(fresh), 45_960);
    assert.deepEqual(events(box).slice(2), [`new ${fresh.id}`, `replaced ${old.id}`]);
  });

  test('one machine at two addresses is one device, and said once', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA, placed(KYOCERA, '127.0.10.200')]);
    for (let scan = 0; scan < 3; scan += 1) await box.scan();
    const devices = await box.devices();
    assert.equal(devices.length, 1);
    assert.deepEqual(events(box), [`new ${devices[0]?.id}`, `clash ${devices[0]?.id}`]);
    assert.equal(box.items().filter(({ kind }) => kind === 'reading').length, 3);
  });

  test('two machines with one serial number stay two, each with its own count', async (t) => {
    const clone = altered(placed(KYOCERA, '127.0.10.200'), {
      [LIFE_COUNT]: { type: 'counter32', value: 777 },
    });
    const { box } = await startSiteBox(t, [KYOCERA, clone]);
    for (let scan = 0; scan < 3; scan += 1) await box.scan();
    const devices = await box.devices();
    assert.equal(devices.length, 2);
    assert.deepEqual([life(await box.device(KYOCERA.address)), life(await box.device('127.0.10.200'))], [28_536, 777]);
    assert.equal(events(box).filter((event) => event.startsWith('clash')).length, 1);
    assert.equal(events(box).filter((event) => event.startsWith('moved')).length, 0);
  });

  test('one that is gone from its range is silent after the scan, and keeps its values', async (t) => {
    const { box, site } = await startSiteBox(t, [KYOCERA, RICOH], { silence: true });
    await box.scan();
    await site.unplug(KYOCERA.address);
    const view = await box.scan();
    assert.equal(view.lastScan?.printers, 1);
    const device = await box.device(KYOCERA.address);
    assert.equal(device.presence.state, 'silent');
    assert.equal(life(device), 28_536);
  });
});

describe('several machines behind one address', () => {
  const ADDRESS = '127.0.10.77';
  const lives = async (box: TestBox) => (await box.devices()).map((device) => life(device)).sort();

  test('are as many devices, each with its own count', async (t) => {
    const server = (more: number) =>
      printServer(ADDRESS, [
        { unit: 1, serialNumber: 'SERIAL-A', life: 100 + more },
        { unit: 2, serialNumber: 'SERIAL-B', life: 2000 + more },
      ]);
    const { box, site } = await startSiteBox(t, [server(0)]);
    await box.scan();
    assert.deepEqual(await lives(box), [100, 2000]);
    await site.plugIn(server(5));
    await box.scan();
    assert.deepEqual(await lives(box), [105, 2005]);
    const { id } = await box.device(ADDRESS);
    await box.reader.ask('POST', `/devices/${encodeURIComponent(id)}/read`);
    assert.equal((await box.devices()).length, 2);
    assert.equal(events(box).length, 2);
  });

  test('also where all bear the serial number of the server', async (t) => {
    const server = printServer(ADDRESS, [
      { unit: 1, serialNumber: 'SERVER-1', life: 100 },
      { unit: 2, serialNumber: 'SERVER-1', life: 2000 },
      { unit: 3, serialNumber: 'SERVER-1', life: 30_000 },
    ]);
    const { box } = await startSiteBox(t, [server]);
    for (let scan = 0; scan < 3; scan += 1) await box.scan();
    assert.deepEqual(await lives(box), [100, 2000, 30_000]);
    assert.ok(
      events(box).every((event) => event.startsWith('new ')),
      events(box).join(),
    );
  });

  test('one that gets another index stays the same device', async (t) => {
    const { box, site } = await startSiteBox(t, [
      printServer(ADDRESS, [{ unit: 1, serialNumber: 'SERIAL-A', life: 100 }]),
    ]);
    await box.scan();
    await site.plugIn(printServer(ADDRESS, [{ unit: 2, serialNumber: 'SERIAL-A', life: 111 }]));
    await box.scan();
    assert.deepEqual(await lives(box), [111]);
    assert.equal(events(box).length, 1);
  });

  test('one that is unplugged is silent; the others go on', async (t) => {
    const [a, b] = [
      { unit: 1, serialNumber: 'SERIAL-A', life: 100 },
      { unit: 2, serialNumber: 'SERIAL-B', life: 200 },
    ];
    const { box, site } = await startSiteBox(t, [printServer(ADDRESS, [a, b])]);
    await box.scan();
    await site.plugIn(printServer(ADDRESS, [a]));
    await box.scan();
    const states = (await box.devices()).map((device) => [device.serialNumber, device.presence.state]);
    assert.deepEqual(states, [
      ['SERIAL-A', 'answering'],
      ['SERIAL-B', 'silent'],
    ]);
  });
});

test('the load of the hour is what was sent and received, by range', async (t) => {
  const { box, site } = await startSiteBox(t, [KYOCERA, RICOH]);
  const view = await box.scan();
  const each = [KYOCERA, RICOH].map(({ address }) => site.traffic(address));
  const packets = each.reduce((sum, { received, sent }) => sum + received + sent, 0);
  // The simulator counts what UDP carries: an IPv4 and a UDP header come on top (RFC 791, RFC 768).
  const bytes = each.reduce((sum, { receivedBytes, sentBytes }) => sum + receivedBytes + sentBytes, 28 * packets);
  assert.deepEqual(view.load, { packets, bytes });
});

test('stopping in the middle of a scan and a read ends both, and starting again goes on', async (t) => {
  const { box } = await startSiteBox(t, machines);
  await box.settings((settings) => ({ ...settings, packetsPerSecond: 200 }));
  await box.reader.ask('POST', '/scan');
  await waitFor(async () => ((await box.devices()).length > 2 ? true : undefined));
  await box.restart();
  const seqs = box.items().map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => index + 1),
  );
  await box.scan();
  assert.equal((await box.devices()).length, 13);
});
