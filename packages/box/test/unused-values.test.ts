/** The box keeps what a machine told beside its reading, and where its own counters come from. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineOrigins } from '@rsb/contract';
import { READ_ALL } from '@rsb/contract';
import { seedSite } from '@rsb/simulator';
import { startSiteBox } from './box-at-work.ts';

const MACHINES = seedSite({ gear: false });

test('values told and not used, each with its objects and a reason; gone with the machine', async (t) => {
  const { box } = await startSiteBox(t, MACHINES.slice(0, 6));
  await box.scan();
  const devices = await box.devices();
  assert.equal(devices.length, 6);
  let unused = 0;
  let others = 0;
  for (const device of devices) {
    const origins = await box.reader.ask<MachineOrigins>('GET', `/devices/${encodeURIComponent(device.id)}/origins`);
    for (const { path, value, objects, why, detail } of origins.unused) {
      assert.match(path, /^(identity|counters|supplies|status|alerts)\b/);
      assert.ok(value !== '' && objects.length > 0 && objects.length <= 3, `${device.id} ${path}`);
      assert.equal(detail !== null, why === 'refused');
      unused += 1;
    }
    for (const [at] of (device.counters?.value.other ?? []).entries()) {
      const origin = origins.origins.find(({ path }) => path === `counters.other.${at}`);
      assert.ok(origin && origin.objects.length > 0, `${device.id}: where other counter ${at} comes from`);
      others += 1;
    }
  }
  assert.ok(unused >= 6, `values that are not used: ${unused}`);
  assert.ok(others >= 3, `counters of the maker's own: ${others}`);

  await box.settings((settings) => ({ ...settings, whatToRead: { ...READ_ALL, firmware: false } }));
  const [first] = devices;
  assert.ok(first);
  const path = `/devices/${encodeURIComponent(first.id)}`;
  const after = await box.reader.ask<MachineOrigins>('GET', `${path}/origins`);
  assert.deepEqual(after.unused, [], 'what was told of a group that is off is not kept here either');
  await box.reader.ask('POST', `${path}/read`);
  const again = await box.reader.ask<MachineOrigins>('GET', `${path}/origins`);
  assert.ok(again.unused.every((value) => value.path !== 'identity.firmware'));
});
