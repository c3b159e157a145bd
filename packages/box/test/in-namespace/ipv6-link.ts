/** A link that has IPv6 alone, with a real kernel between: run in a namespace with a cable to the addresses. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { DeviceView } from '@rsb/contract';
import { PARTS } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { chooseSweep } from '@rsb/icmp';
import { systemClock, systemRandom } from '@rsb/runtime';
import { allowList, createEngine } from '@rsb/snmp';
import { readDevice } from '../../src/read/index.ts';
import { problem, rangeSetting, startTestBox, waitFor } from '../box-at-work.ts';
import { community } from '../simulated-site.ts';

const far = process.env['RSB_FAR'] ?? '';
const [copier = '', printer = '', linkLocal = ''] = (process.env['RSB_ALIVE'] ?? '').split(' ');
const clock = systemClock();
const file = join(import.meta.dirname, 'site-behind-cable.ts');
const args = [`--net=/proc/${far}/ns/net`, process.execPath, file, copier, printer, `${linkLocal}%far`];
const site = spawn('nsenter', args, { stdio: ['pipe', 'pipe', 'inherit'] });
after(() => site.stdin.end());
const [told] = (await once(site.stdout, 'data')) as [Buffer];
const port = Number(told);
assert.ok(port > 0, String(told));

test('a box finds, reads and polls printers by their IPv6 addresses', async (t) => {
  const echo = await chooseSweep({ clock, which: () => undefined });
  assert.equal(echo.method, 'socket');
  t.after(() => echo.close());
  const box = await startTestBox(t, { echo });
  await box.setUp();
  const ranges = (range: string) =>
    box.settings((settings) => ({
      ...settings,
      snmpPort: port,
      packetsPerSecond: 0,
      devicePause: 0,
      ranges: [rangeSetting(range, { ping: true })],
    }));
  // Not the form that the box writes.
  await ranges(`${copier.toUpperCase()}, ${printer}`);
  const { lastScan } = await box.scan();
  assert.deepEqual([lastScan?.complete, lastScan?.printers], [true, 2]);
  const read = await box.devices();
  assert.deepEqual(read.map(({ address }) => address).sort(), [copier, printer].sort());
  for (const { serialNumber, macAddress, presence, completeness } of read) {
    assert.ok(serialNumber !== null && macAddress !== null);
    assert.deepEqual([presence.state, completeness?.state], ['answering', 'complete']);
  }
  const { id, serialNumber } = { id: read[0]?.id ?? '', serialNumber: read[0]?.serialNumber };
  const before = box.items().length;
  await box.reader.ask('POST', `/devices/${encodeURIComponent(id)}/read`);
  await waitFor(() => (box.items().length > before ? true : undefined));
  await box.scan();
  const again: readonly DeviceView[] = await box.devices();
  assert.equal(again.length, 2, 'nobody is there twice');
  assert.equal(again.find((device) => device.id === id)?.serialNumber, serialNumber);

  // The name of the box's own interface is no address of a printer, and the page says so.
  const { headers, body } = await box.reader.call<Record<string, unknown>>('GET', '/settings');
  const refused = await box.reader.call(
    'PUT',
    '/settings',
    { ...body, ranges: [rangeSetting(`${linkLocal}%near`)] },
    { 'if-match': headers.get('etag') ?? '' },
  );
  assert.equal(refused.status, 422);
  assert.match(JSON.stringify(problem(refused)), /zone/);
});

test('a person reads one by its link-local address, where the interface is named', async (t) => {
  const snmp = createEngine({ clock, random: systemRandom(), allow: allowList(allowedObjects()) });
  t.after(() => snmp.close());
  const target = { port, credentials: [community('public')], parts: PARTS };
  const { readings } = await readDevice({ snmp, clock }, { ...target, address: `${linkLocal}%near` });
  assert.equal(readings[0].completeness.state, 'complete');
  assert.ok(readings[0].identity?.macAddress);
});
