/** Addresses that are no machine: the list of what answers a ping only, and the test of one address, through the API. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DiagnosisView, PingOnlyList, ProblemDetails, ScanSummary } from '@rsb/contract';
import { CANARY, seedMachines, seedSite } from '@rsb/simulator';
import { rangeSetting, startSiteBox } from './box-at-work.ts';
import { fakeEcho } from './fake-echo.ts';

const PRINTERS = seedMachines.map(({ facts }) => facts.address);
const GEAR = seedSite()
  .map(({ address }) => address)
  .filter((address) => !PRINTERS.includes(address));
const RANGES = ['127.0.10.0/27', '127.0.7.0/28'];
const inRanges = (address: string): boolean => {
  const [, , third, last] = address.split('.').map(Number);
  return (third === 10 && (last ?? 99) < 32) || (third === 7 && (last ?? 99) < 16);
};

test('what answers a ping and no SNMP is listed on the box, and told to nobody; other gear is nowhere', async (t) => {
  const alive = new Set([...PRINTERS, ...GEAR, '127.0.10.30', '127.0.10.7', '127.0.7.12']);
  const echo = fakeEcho((address) => (alive.has(address) ? 0 : undefined));
  const { box } = await startSiteBox(t, seedSite(), { ranges: RANGES, echo, silence: true });
  await box.settings((settings) => ({
    ...settings,
    ranges: RANGES.map((range) => rangeSetting(range, { ping: true })),
  }));
  await box.scan();
  const list = () => box.reader.ask<PingOnlyList>('GET', '/ping-only');
  const first = await list();
  assert.deepEqual(
    first.addresses.map(({ address, range }) => [address, range]),
    [
      ['127.0.7.12', '127.0.7.0/28'],
      ['127.0.10.7', '127.0.10.0/27'],
      ['127.0.10.30', '127.0.10.0/27'],
    ],
  );
  assert.equal(first.count, 3);

  const gear = GEAR.filter(inRanges);
  assert.ok(gear.length >= 2, gear.join(' '));
  const sent = JSON.stringify(box.items());
  for (const { address } of first.addresses) assert.ok(!sent.includes(address), address);
  const [scan] = box.items().filter(({ kind }) => kind === 'scan');
  assert.equal((scan?.body as ScanSummary | undefined)?.answersPingOnly, 3);

  // One was switched off, one got SNMP switched on elsewhere; the third stays, with since when.
  alive.delete('127.0.10.7');
  alive.delete('127.0.7.12');
  await box.scan();
  const second = await list();
  assert.deepEqual(
    second.addresses.map(({ address, since }) => [address, since]),
    [['127.0.10.30', first.addresses[2]?.since]],
  );

  // A range that is taken away takes its addresses along.
  await box.settings((settings) => ({ ...settings, ranges: settings.ranges.slice(1) }));
  assert.deepEqual(await list(), { addresses: [], count: 0 });

  await box.close();
  let read = 0;
  for (const name of readdirSync(box.folder)) {
    if (!name.includes('sqlite')) continue;
    const bytes = readFileSync(join(box.folder, name), 'latin1');
    for (const address of gear) assert.ok(!new RegExp(`${address.replaceAll('.', '\\.')}(?!\\d)`).test(bytes), address);
    assert.ok(!bytes.includes(CANARY));
    read += 1;
  }
  assert.ok(read > 0);
});

test('a test of an address tells the cause, asked as its range says, and only inside a range', async (t) => {
  const echo = fakeEcho(() => 0);
  const { box, site } = await startSiteBox(t, seedSite(), { ranges: ['127.0.10.0/24'], echo, silence: true });
  const ask = (address: string) => box.reader.call<DiagnosisView & ProblemDetails>('POST', '/test', { address });

  const printer = await ask('127.0.10.9');
  assert.equal(printer.status, 200);
  assert.deepEqual(
    [printer.body.cause, printer.body.port, printer.body.driver?.name, printer.body.ping.state],
    ['printer', site.port, 'ricoh', 'answers'],
  );
  assert.ok(printer.body.wire.packets >= 4);
  const gear = GEAR.find((address) => address.startsWith('127.0.10.'));
  assert.equal((await ask(gear ?? '')).body.cause, 'notPrinter');
  assert.equal((await ask('127.0.10.200')).body.cause, 'portClosed');

  for (const outside of ['127.0.7.1', '8.8.8.8', 'printer.example', '127.0.10.9; rm', '::1']) {
    const refused = await ask(outside);
    assert.deepEqual([refused.status, refused.body.code], [422, 'addressOutside'], outside);
    assert.equal(refused.body.errors?.[0]?.field, '/address');
  }
  const [one, two] = await Promise.all([ask('127.0.10.9'), ask('127.0.10.9')]);
  assert.deepEqual([one.status, two.status].sort(), [200, 409]);
  await box.settings((settings) => ({
    ...settings,
    ranges: settings.ranges.map((range) => ({ ...range, on: false })),
  }));
  assert.equal((await ask('127.0.10.9')).body.code, 'addressOutside');
});
