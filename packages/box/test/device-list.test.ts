/** The list of machines as text: what the pages get is what the box knows, however it is packed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeviceList, type DeviceView } from '@rsb/contract';
import { seedSite } from '@rsb/simulator';
import { Check } from 'typebox/value';
import { startSiteBox } from './box-at-work.ts';

test('packed or not, the list is the shape of the contract and follows every change', async (t) => {
  const { box } = await startSiteBox(t, seedSite({ gear: false }));
  await box.scan();
  const asked = async (encoding: string) => {
    const response = await fetch(`${box.url}/api/v1/devices`, { headers: { 'accept-encoding': encoding } });
    return { encoding: response.headers.get('content-encoding'), list: (await response.json()) as DeviceList };
  };
  const plain = await asked('identity');
  assert.ok(Check(DeviceList, plain.list));
  assert.equal(plain.list.devices.length, 13);
  for (const { counters, supplies, status, alerts } of plain.list.devices)
    assert.ok(counters && supplies && status && alerts, 'every part was read');
  const packed = await asked('gzip, deflate');
  assert.equal(packed.encoding, 'gzip');
  assert.deepEqual(packed.list, plain.list);
  assert.notEqual((await asked('gzip;q=0')).encoding, 'gzip');

  const [first] = plain.list.devices;
  assert.ok(first);
  const { devices } = await box.reader.ask<{ readonly devices: readonly DeviceView[] }>('PATCH', '/devices', {
    ids: [first.id],
    set: { group: 'Étage 2 "sud"' },
  });
  const after = await asked('gzip');
  assert.ok(after.list.revision > plain.list.revision);
  assert.deepEqual(
    after.list.devices.find(({ id }) => id === first.id),
    devices[0],
  );
});
