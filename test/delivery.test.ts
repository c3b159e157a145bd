/**
 * The whole path with its accidents: simulated site → box → central → API, central killed and started again in the
 * middle, the box killed once. Every reading arrives, once.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { doFirstStart } from '@rsb/cli/demo/first-start';
import { type HttpClient, httpClient } from '@rsb/cli/demo/http-client';
import type {
  BoxView,
  CentralBoxView,
  CentralDeviceView,
  CodeView,
  CustomerView,
  DeviceList,
  RawReading,
} from '@rsb/contract';
import { millis, systemClock } from '@rsb/runtime';
import { seedServiceIds, seedSite, startSite } from '@rsb/simulator';
import { type RsbProcess, startRsb } from './rsb-process.ts';

const clock = systemClock();
const scratch = mkdtempSync(join(tmpdir(), 'rsb-delivery-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

async function answer<T>(client: HttpClient, method: string, path: string, body?: unknown): Promise<T> {
  const outcome = await client.call(method, path, body);
  assert.ok(outcome.ok, `${method} ${path}: ${JSON.stringify(outcome)}`);
  return outcome.value as T;
}

/** Looks until it is so: bounded by the test's own time limit. */
async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    if (await look()) return;
    await clock.sleep(what, millis(100));
  }
  assert.fail(`still not: ${what}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(typeof address === 'object' && address);
  return address.port;
}

test('every reading arrives once, though central is killed in the middle and the box too', async (t) => {
  const site = await startSite({ machines: seedSite(), port: 0 });
  t.after(() => site.close());
  const ports = { box: await freePort(), central: await freePort() };
  const startCentral = () =>
    startRsb(['central', '--port', String(ports.central), '--data', join(scratch, 'central'), '--log', 'silent']);
  const startBox = () =>
    startRsb([
      'box',
      '--host',
      '127.0.0.1',
      '--port',
      String(ports.box),
      '--data',
      join(scratch, 'box'),
      '--log',
      'silent',
    ]);
  const started: RsbProcess[] = [];
  t.after(() => Promise.all(started.map((process) => process.kill())));
  const begin = async (start: () => RsbProcess) => {
    const process = start();
    started.push(process);
    await process.printed(/http:\/\/\S+/);
    return process;
  };

  let central = await begin(startCentral);
  let box = await begin(startBox);
  const [, centralCode = ''] = await central.printed(/code: (\S+)/);
  const [, boxCode = ''] = await box.printed(/code: (\S+)/);
  const dealer = httpClient(`http://127.0.0.1:${ports.central}`);
  const person = httpClient(`http://127.0.0.1:${ports.box}`);

  await answer(dealer, 'POST', '/setup', {
    code: centralCode,
    dealer: 'Dealer',
    user: 'anna',
    password: 'a long password',
  });
  const customer = await answer<CustomerView>(dealer, 'POST', '/customers', { name: 'Customer' });
  const { code } = await answer<CodeView>(dealer, 'POST', `/customers/${customer.id}/codes`, { days: 7 });
  const first = await doFirstStart(
    person,
    {
      setupCode: boxCode,
      password: 'another long password',
      ranges: ['127.0.10.0/24', '127.0.7.0/24', '127.0.17.0/24'],
      snmpPort: site.port,
      zone: 'Europe/Paris',
      central: { url: `http://127.0.0.1:${ports.central}`, code },
      serviceIds: new Map(seedServiceIds.map(({ serialNumber, serviceId }) => [serialNumber, serviceId])),
    },
    clock,
    new AbortController().signal,
  );
  assert.deepEqual(first, { ok: true, value: { printers: 13, arrived: 13 } });
  const { devices } = await answer<DeviceList>(person, 'GET', '/devices');
  const readAll = () =>
    Promise.allSettled(devices.map(({ id }) => person.call('POST', `/devices/${encodeURIComponent(id)}/read`)));

  await central.kill();
  await readAll();
  const waiting = (await answer<BoxView>(person, 'GET', '/state')).central.waiting;
  assert.ok(waiting >= devices.length, `${waiting} items wait while central is down`);

  const reading = readAll();
  await until('some of the next readings are stored', async () => {
    const state = await answer<BoxView>(person, 'GET', '/state');
    return state.central.waiting > waiting;
  });
  await box.kill();
  await reading;

  central = await begin(startCentral);
  box = await begin(startBox);
  await readAll();
  await central.kill();
  central = await begin(startCentral);
  await readAll();
  await until('nothing waits', async () => (await answer<BoxView>(person, 'GET', '/state')).central.waiting === 0);
  assert.equal(await box.stop(), 0);

  const [agent] = await answer<CentralBoxView[]>(dealer, 'GET', `/customers/${customer.id}/boxes`);
  assert.ok(agent);
  const known = await answer<CentralDeviceView[]>(
    dealer,
    'GET',
    `/customers/${customer.id}/boxes/${agent.agent}/devices`,
  );
  assert.equal(known.length, 13);
  const arrived: string[] = [];
  for (const device of known) {
    const readings = await answer<RawReading[]>(
      dealer,
      'GET',
      `/customers/${customer.id}/devices/${device.id}/readings?limit=500`,
    );
    assert.equal(device.readings, readings.length);
    arrived.push(...readings.map(({ epoch, seq }) => `${epoch} ${seq}`));
  }
  const store = new DatabaseSync(join(scratch, 'box', 'box.sqlite'), { readOnly: true });
  const made = store.prepare("SELECT epoch, seq FROM outbox_item WHERE kind = 'reading'").all();
  const named = store.prepare('SELECT count(*) AS items, max(seq) AS last FROM outbox_item').get();
  store.close();
  assert.ok(made.length >= devices.length * 4, `${made.length} readings were made`);
  assert.equal(new Set(arrived).size, arrived.length, 'no reading arrived twice');
  assert.deepEqual(arrived.sort(), made.map(({ epoch, seq }) => `${epoch} ${seq}`).sort());
  assert.equal(named?.['items'], named?.['last'], 'numbers without holes');
  assert.equal(await central.stop(), 0);
});
