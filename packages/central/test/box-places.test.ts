/** A box that is replaced under its number, and one that moves to another customer: what is whose, and nothing twice. */
import assert from 'node:assert/strict';
import type { CentralBoxView, CentralDeviceView, CodeView, SiteView } from '@rsb/contract';
import { EPOCH, enrolBox, newBoxKey } from './box-peer.ts';
import { overEngines } from './engines.ts';
import { readingItem } from './sample-items.ts';

const codeOf = (body: unknown) => (body as { code: string }).code;

overEngines((test) => {
  test('a new box takes a dead one’s number, place and settings; the old key is refused as such', async (engine) => {
    const { central, person, newCustomer, newBox } = await engine.central();
    const customer = await newCustomer('Replaced SA');
    const old = await newBox(customer);
    await old.report([readingItem(1), readingItem(2)]);
    const base = `/api/v1/customers/${customer}/boxes/${old.agent}`;
    await person.call('PUT', `${base}/settings`, { supplyMark: 7 }, { 'if-match': '"0"' });
    const { body } = await person.call('POST', `${base}/replacement`, { days: 30 });
    const { code } = body as CodeView;
    await old.report([readingItem(3)]);
    const key = newBoxKey();
    const fresh = await enrolBox(central.url, code, key);
    assert.equal(fresh.agent, old.agent);
    assert.equal((await enrolBox(central.url, code, key)).agent, old.agent, 'an answer lost on the way is given again');
    const [line] = await fresh.report([readingItem(1, {}, undefined, 'ffffffffffffffff')]);
    assert.equal(line?.result, 'stored');
    const late = await old.send({ items: [readingItem(4)] });
    assert.deepEqual([late.status, codeOf(late.body)], [403, 'boxRevoked']);
    const devices = (await person.call('GET', `/api/v1/customers/${customer}/devices`)).body as CentralDeviceView[];
    assert.deepEqual(
      devices.map(({ readings }) => readings),
      [4],
      'one machine goes on in one series',
    );
    const settings = (await person.call('GET', `${base}/settings`)).body as { own: unknown };
    assert.deepEqual(settings.own, { supplyMark: 7 });
    // A revoked box can be replaced as well: it reports again.
    await person.call('DELETE', base);
    const again = (await person.call('POST', `${base}/replacement`, { days: 1 })).body as CodeView;
    const third = await enrolBox(central.url, again.code, newBoxKey());
    assert.equal((await third.report([readingItem(1, {}, undefined, 'eeeeeeeeeeeeeeee')]))[0]?.result, 'stored');
  });

  test('a box that moves: its past stays, its future is the other’s, and a repeat is one', async (engine) => {
    const { person, newCustomer, newBox } = await engine.central();
    const [from, to] = [await newCustomer('From SA'), await newCustomer('To SA')];
    const box = await newBox(from);
    await box.report([readingItem(1), readingItem(2)]);
    const site = (await person.call('POST', `/api/v1/customers/${to}/sites`, { name: 'Depot', address: null }))
      .body as SiteView;
    const move = (customer: string, where: string | null, at = from) =>
      person.call('POST', `/api/v1/customers/${at}/boxes/${box.agent}/move`, { customer, site: where });
    assert.equal(codeOf((await move(from, null)).body), 'sameCustomer');
    assert.equal((await move('123456789', null)).status, 422);
    assert.equal((await move(to, '99')).status, 422);
    const moved = await move(to, site.id);
    assert.deepEqual([moved.status, (moved.body as CentralBoxView).site], [200, site.id]);
    assert.equal(codeOf((await move(to, null)).body), 'boxHasLeft');
    const results = (await box.report([readingItem(1), readingItem(2), readingItem(3)])).map(({ result }) => result);
    assert.deepEqual(results, ['duplicate', 'duplicate', 'stored']);
    const devicesOf = async (customer: string) =>
      ((await person.call('GET', `/api/v1/customers/${customer}/devices`)).body as CentralDeviceView[]).map(
        ({ readings }) => readings,
      );
    assert.deepEqual([await devicesOf(from), await devicesOf(to)], [[2], [1]]);
    const there = (await person.call('GET', `/api/v1/customers/${from}/boxes`)).body as CentralBoxView[];
    assert.ok(there[0]?.leftAt);
    const changed = { ...readingItem(2), digest: readingItem(3, { kind: 'printer' }).digest };
    assert.equal(
      (await box.report([changed]))[0]?.result,
      'quarantined',
      'the same number for something else is not taken',
    );
    // And back again: still nothing twice.
    assert.equal((await move(from, null, to)).status, 200);
    const back = (await box.report([readingItem(2), readingItem(3), readingItem(4)])).map(({ result }) => result);
    assert.deepEqual(back, ['duplicate', 'duplicate', 'stored']);
    assert.deepEqual([await devicesOf(from), await devicesOf(to)], [[3], [1]]);
    assert.equal(EPOCH.length, 16);
  });

  test('sites: a box at one, a machine at another by hand, none removed while something stands there', async (engine) => {
    const { person, newCustomer, newBox } = await engine.central();
    const customer = await newCustomer('Sites SA');
    const box = await newBox(customer);
    await box.report([readingItem(1)]);
    const base = `/api/v1/customers/${customer}`;
    const newSite = async (name: string) =>
      ((await person.call('POST', `${base}/sites`, { name, address: null })).body as SiteView).id;
    const [depot, shop] = [await newSite('Depot'), await newSite('Shop')];
    await person.call('PATCH', `${base}/boxes/${box.agent}`, { site: depot });
    const [device] = (await person.call('GET', `${base}/devices`)).body as CentralDeviceView[];
    const place = `${base}/devices/${device?.id}/site`;
    assert.deepEqual((await person.call('GET', place)).body, { site: depot, byHand: false });
    assert.deepEqual((await person.call('PUT', place, { site: shop })).body, { site: shop, byHand: true });
    const counts = async () =>
      ((await person.call('GET', `${base}/sites`)).body as SiteView[]).map(({ name, boxes, devices }) => [
        name,
        boxes,
        devices,
      ]);
    assert.deepEqual((await counts()).sort(), [
      ['', 0, 0],
      ['Depot', 1, 0],
      ['Shop', 0, 1],
    ]);
    for (const site of [depot, shop, '1']) {
      assert.equal(codeOf((await person.call('DELETE', `${base}/sites/${site}`)).body), 'siteInUse', site);
    }
    assert.deepEqual((await person.call('PUT', place, { site: null })).body, { site: depot, byHand: false });
    assert.equal((await person.call('DELETE', `${base}/sites/${shop}`)).status, 204);
    assert.equal((await person.call('PATCH', `${base}/boxes/${box.agent}`, { site: shop })).status, 422);
  });
});
