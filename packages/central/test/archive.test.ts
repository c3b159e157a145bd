/** What becomes of readings: which device they are, what is latest, what the series holds. On both engines. */
import assert from 'node:assert/strict';
import type { CentralBoxView, CentralDeviceView, DeviceSeries, RawReading } from '@rsb/contract';
import { type BoxPeer, item } from './box-peer.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { counters, readingItem } from './sample-items.ts';

async function siteFor(engine: EngineForTest) {
  const test = await engine.central();
  const customer = await test.newCustomer('Mairie');
  const box = await test.newBox(customer);
  const get = async <T>(path: string) => {
    const { status, body } = await test.person.call('GET', `/api/v1/customers/${customer}/${path}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body as T;
  };
  return {
    ...test,
    customer,
    box,
    get,
    devices: (of: BoxPeer = box) => get<CentralDeviceView[]>(`boxes/${of.agent}/devices`),
    only: async (of: BoxPeer = box) => {
      const found = await get<CentralDeviceView[]>(`boxes/${of.agent}/devices`);
      assert.equal(found.length, 1);
      return found[0] as CentralDeviceView;
    },
  };
}

const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00Z`;
const OTHER_EPOCH = 'fedcba9876543210';
const unknownIdentity = { manufacturer: null, model: null, serialNumber: null, macAddress: null } as const;

overEngines((test) => {
  test('a late reading fills its gap in the series and leaves the latest value alone', async (engine) => {
    const { box, only, get } = await siteFor(engine);
    await box.report([readingItem(1, { takenAt: at(8), counters: counters(100) })]);
    await box.report([readingItem(3, { takenAt: at(10), counters: counters(300) })]);
    await box.report([readingItem(2, { takenAt: at(9), counters: counters(200), address: '127.0.10.200' })]);
    const device = await only();
    assert.equal(device.counters?.value.total.all, 300);
    assert.equal(device.counters?.takenAt, at(10));
    assert.equal(device.address, '127.0.10.126');
    assert.equal(device.readings, 3);
    const series = await get<DeviceSeries>(`devices/${device.id}/series?from=${at(0)}&to=${at(23)}`);
    assert.deepEqual(
      series.counters.map(({ takenAt, total }) => ({ takenAt, total })),
      [8, 9, 10].map((hour, index) => ({ takenAt: at(hour), total: 100 * (index + 1) })),
    );
    assert.deepEqual(
      series.supplies.map(({ supply, points }) => ({ supply, count: points.length })),
      [{ supply: 'toner/black', count: 3 }],
    );
  });

  test('the box’s numbering decides what is latest, not its clock', async (engine) => {
    const { box, only } = await siteFor(engine);
    await box.report([readingItem(1, { takenAt: at(12), counters: counters(100) })]);
    await box.report([readingItem(2, { takenAt: '1970-01-01T00:00:07Z', counters: counters(101) })]);
    assert.equal((await only()).counters?.value.total.all, 101);
    await box.report([readingItem(1, { takenAt: at(1), counters: counters(102) }, undefined, OTHER_EPOCH)]);
    assert.equal((await only()).counters?.value.total.all, 102, 'a newer epoch comes after an older one');
    await box.report([readingItem(3, { takenAt: at(23), counters: counters(99) })]);
    assert.equal((await only()).counters?.value.total.all, 102, 'the older epoch’s rest does not');
  });

  test('readings of a clock in 1970 stand in the series where they arrived', async (engine) => {
    const { box, only, get } = await siteFor(engine);
    await box.report([readingItem(1, { takenAt: '1970-01-01T00:00:07Z', counters: counters(5) })]);
    const series = await get<DeviceSeries>(`devices/${(await only()).id}/series`);
    assert.deepEqual(
      series.counters.map(({ total }) => total),
      [5],
    );
  });

  test('counters are exact at every size', async (engine) => {
    const { box, only, get } = await siteFor(engine);
    const sizes = [0, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, '9007199254740993', '18446744073709551615'];
    await box.report(
      sizes.map((size, index) => readingItem(index + 1, { takenAt: at(index), counters: counters(size) })),
    );
    const device = await only();
    assert.equal(device.counters?.value.total.all, '18446744073709551615');
    const series = await get<DeviceSeries>(`devices/${device.id}/series?from=${at(0)}&to=${at(23)}`);
    assert.deepEqual(
      series.counters.map(({ total, life, mono }) => ({ total, life, mono })),
      sizes.map((size) => ({ total: size, life: size, mono: null })),
    );
  });

  test('what was asked in vain leaves the last value with its age', async (engine) => {
    const { box, only } = await siteFor(engine);
    await box.report([readingItem(1, { takenAt: at(8) })]);
    const silent = { state: 'unreachable' as const, missing: ['counters'], reasons: { counters: 'noAnswer' } };
    const none = { all: null, mono: null, color: null };
    const nothing = { ...counters(0), life: null, total: none, billing: null, lifeUnit: null };
    const gone = { identity: undefined, counters: nothing, supplies: [], status: undefined, alerts: undefined };
    await box.report([readingItem(2, { ...gone, takenAt: at(9), completeness: silent, kind: null, driver: null })]);
    const device = await only();
    assert.equal(device.counters?.takenAt, at(8));
    assert.equal(device.counters?.value.total.all, 83203);
    assert.equal(device.supplies?.value.length, 1);
    assert.equal(device.kind, 'mfp');
    assert.equal(device.completeness?.state, 'unreachable');
    assert.equal(device.readings, 2);
  });

  test('a poll without identity, and one whose serial was not told, belong to the known device', async (engine) => {
    const { box, only } = await siteFor(engine);
    await box.report([readingItem(1)]);
    await box.report([readingItem(2, { identity: undefined, asked: ['counters'] })]);
    await box.report([readingItem(3, { identity: { serialNumber: null } }, 'mac:00:26:73:73:d6:60')]);
    const device = await only();
    assert.equal(device.readings, 3);
    assert.equal(device.identity?.serialNumber, 'E153M930272', 'what was told once is not taken away');
  });

  test('a device is the same under another box of the customer, not under another customer’s', async (engine) => {
    const site = await siteFor(engine);
    const second = await site.newBox(site.customer);
    const stranger = await site.newBox(await site.newCustomer('Elsewhere'));
    await site.box.report([readingItem(1, { takenAt: at(8), counters: counters(10) })]);
    await second.report([readingItem(1, { takenAt: at(9), counters: counters(20), address: '127.0.7.9' })]);
    await stranger.report([readingItem(1)]);
    assert.deepEqual(await site.devices(site.box), [], 'it moved to the second box');
    const device = await site.only(second);
    assert.equal(device.readings, 2);
    assert.equal(device.address, '127.0.7.9');
    await site.box.report([readingItem(2, { takenAt: at(7), counters: counters(5) })]);
    assert.equal((await site.only(second)).counters?.value.total.all, 20, 'an old backlog of the first box is older');
  });

  test('an unknown device at an address gets its serial later and stays one device', async (engine) => {
    const { box, only } = await siteFor(engine);
    await box.report([readingItem(1, { identity: unknownIdentity }, '127.0.10.126#1')]);
    const before = await only();
    await box.report([readingItem(2, {}, '127.0.10.126#1')]);
    await box.report([readingItem(3, {}, 'Ricoh:E153M930272')]);
    const after = await only();
    assert.equal(after.id, before.id);
    assert.equal(after.readings, 3);
  });

  test('another machine at the same address is another device', async (engine) => {
    const { box, devices } = await siteFor(engine);
    const local = '127.0.10.126#1';
    await box.report([readingItem(1, { identity: { ...unknownIdentity, macAddress: '00:00:00:00:00:01' } }, local)]);
    await box.report([readingItem(2, { identity: { ...unknownIdentity, macAddress: '00:00:00:00:00:02' } }, local)]);
    await box.report([readingItem(3, { identity: { serialNumber: 'AAA111', macAddress: null } }, local)]);
    await box.report([readingItem(4, { identity: { serialNumber: 'BBB222', macAddress: null } }, local)]);
    assert.deepEqual((await devices()).map(({ identity }) => identity?.serialNumber ?? identity?.macAddress).sort(), [
      '00:00:00:00:00:01',
      'AAA111',
      'BBB222',
    ]);
  });

  test('serial numbers that stand for none do not make one device of many', async (engine) => {
    const { box, devices } = await siteFor(engine);
    const told = ['0000000000', 'XXXXXXX', '-', ''];
    await box.report(
      told.map((serialNumber, index) =>
        readingItem(index + 1, { identity: { serialNumber, macAddress: `00:00:00:00:01:0${index}` } }, `mac:${index}`),
      ),
    );
    assert.equal((await devices()).length, told.length);
  });

  test('machines behind one print server are told apart', async (engine) => {
    const { box, devices } = await siteFor(engine);
    const unit = (hrDeviceIndex: number) => ({
      kind: 'printServer' as const,
      unit: { hrDeviceIndex },
      identity: { serialNumber: null },
    });
    await box.report([1, 2, 3].map((index) => readingItem(index, unit(index), `00:26:73:73:d6:60#${index}`)));
    assert.equal((await devices()).length, 3);
  });

  test('a driver that spells the maker otherwise does not make a new device', async (engine) => {
    const { box, only } = await siteFor(engine);
    await box.report([readingItem(1)]);
    await box.report([
      readingItem(2, { identity: { manufacturer: 'RICOH Company, Ltd.' } }, 'RICOH Company:E153M930272'),
    ]);
    assert.equal((await only()).readings, 2);
  });

  test('notes come from the box, the latest revision counts, also before the first reading', async (engine) => {
    const { box, only } = await siteFor(engine);
    const note = (seq: number, field: string, value: unknown, revision: number, epoch?: string) =>
      item({
        seq,
        kind: 'deviceNote',
        body: { device: 'Ricoh:E153M930272', field, value, revision },
        ...(epoch ? { epoch } : {}),
      });
    await box.report([note(1, 'serviceId', '708169', 1), note(2, 'group', 'Etage 2', 1)]);
    await box.report([readingItem(3)]);
    await box.report([note(4, 'serviceId', '708170', 3), note(5, 'serviceId', 'late', 2), note(6, 'group', null, 2)]);
    let device = await only();
    assert.deepEqual([device.serviceId, device.group, device.locationNote], ['708170', null, null]);
    await box.report([note(1, 'serviceId', 'restored', 1, OTHER_EPOCH)]);
    device = await only();
    assert.equal(device.serviceId, 'restored', 'a restored box counts its revisions anew');
  });

  test('a box’s own state is shown as it last said it', async (engine) => {
    const { box, get } = await siteFor(engine);
    const state = (seq: number, zone: string, waiting: number, unreached?: readonly object[]) =>
      item({
        seq,
        kind: 'boxState',
        body: {
          version: '0.2.0',
          node: '26.10.0',
          zone,
          clock: '1970-01-01T00:00:00Z',
          storageFreeBytes: null,
          waiting,
          quarantined: 0,
          load: [],
          ...(unreached && { unreached }),
        },
      });
    const lost = { range: '10.7.0.0/24', reason: 'noWay', since: '2026-11-24T07:00:00Z' };
    await box.report([state(2, 'Europe/Paris', 11, [lost])]);
    await box.report([state(1, 'Asia/Tokyo', 99)]);
    const [view] = await get<CentralBoxView[]>('boxes');
    assert.deepEqual([view?.zone, view?.waiting, view?.version], ['Europe/Paris', 11, '0.2.0']);
    assert.notEqual(view?.lastHeard, null);
    assert.deepEqual(view?.unreached, [lost]);
    await box.report([state(3, 'Europe/Paris', 0, [])]);
    assert.deepEqual((await get<CentralBoxView[]>('boxes'))[0]?.unreached, []);
    await box.report([state(4, 'Europe/Paris', 0, [lost])]);
    await box.report([state(5, 'Europe/Paris', 0)]);
    assert.deepEqual((await get<CentralBoxView[]>('boxes'))[0]?.unreached, [], 'a box that does not judge it');
  });

  test('what printers put into their texts is kept without harm', async (engine) => {
    const { box, only } = await siteFor(engine);
    const texts = {
      model: 'A\u0000B',
      location: '\ud800',
      hostName: "'; drop table item; --",
      serialNumber: 'S\u0000N1',
    };
    await box.report([readingItem(1, { identity: texts, address: '127.0.0.1\u0000' }, 'x\u0000y')]);
    const device = await only();
    assert.equal(device.identity?.hostName, texts.hostName);
    assert.equal(device.identity?.model, texts.model);
  });

  test('readings are paged newest first, without hole or repeat', async (engine) => {
    const { box, only, get } = await siteFor(engine);
    const seqs = Array.from({ length: 25 }, (_, index) => index + 1);
    await box.report(seqs.map((seq) => readingItem(seq)));
    await box.report([readingItem(1, {}, undefined, OTHER_EPOCH)]);
    const { id } = await only();
    const seen: string[] = [];
    let before = '';
    for (let page = 0; page < 5; page += 1) {
      const rows = await get<RawReading[]>(`devices/${id}/readings?limit=10${before}`);
      if (rows.length === 0) break;
      seen.push(...rows.map(({ epoch, seq }) => `${epoch}:${seq}`));
      before = `&before=${seen.at(-1)}`;
    }
    assert.deepEqual(seen, [`${OTHER_EPOCH}:1`, ...seqs.reverse().map((seq) => `0123456789abcdef:${seq}`)]);
  });

  test('the same report sent several times at once is stored once', async (engine) => {
    const { box, only, get } = await siteFor(engine);
    const items = [1, 2, 3, 4, 5].map((seq) => readingItem(seq, { takenAt: at(seq), counters: counters(seq) }));
    const answers = await Promise.all(Array.from({ length: 6 }, () => box.report(items)));
    const results = answers.flat().map(({ result }) => result);
    assert.equal(results.filter((result) => result === 'stored').length, items.length);
    assert.equal(results.filter((result) => result === 'duplicate').length, 5 * items.length);
    const device = await only();
    assert.equal(device.readings, items.length);
    const series = await get<DeviceSeries>(`devices/${device.id}/series?from=${at(0)}&to=${at(23)}`);
    assert.equal(series.counters.length, items.length);
  });

  test('two boxes that read one new device at once make one device of it', async (engine) => {
    const site = await siteFor(engine);
    const second = await site.newBox(site.customer);
    await Promise.all([site.box.report([readingItem(1)]), second.report([readingItem(1)])]);
    const found = [...(await site.devices(site.box)), ...(await site.devices(second))];
    assert.deepEqual(
      found.map(({ readings }) => readings),
      [2],
    );
  });
});
