/** The page of one machine in Chromium: every field of the contract, its past, where values come from, its removal. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type DeviceView, type MachineLog, type MachineOrigins, Reading } from '@rsb/contract';
import type { Page } from 'playwright-core';
import { ownPage } from '../src/box/machine/own-page.ts';
import { machinePath } from '../src/box/router.ts';
import { pathOf } from '../src/build/icons.ts';
import { mockReading } from './mock/mock-past.ts';
import { type Stage, skip, stage } from './mock/opened-page.ts';
import { PAYLOADS } from './mock/payloads.ts';
import { leavesOf } from './mock/schema-values.ts';
import { seedDevices } from './mock/seed-devices.ts';

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

const MACHINE = '/machines/serial%3AE153M930272';
const device = (): DeviceView =>
  seedDevices(Date.now()).find(({ serialNumber }) => serialNumber === 'E153M930272') ?? assert.fail('is of the seed');

/** Opens all that is closed at first, and answers what a reader can then find, titles included. */
async function allText(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.locator('.origins tbody tr').first().waitFor();
  return page.evaluate(() => {
    const titles = [...document.querySelectorAll('[title], [aria-label]')].flatMap((element) => [
      element.getAttribute('title') ?? '',
      element.getAttribute('aria-label') ?? '',
    ]);
    return [document.body.textContent, ...titles].join('\n');
  });
}

test('every field of a reading can be seen on the page', { skip }, async () => {
  const told = device();
  const full: DeviceView = {
    ...told,
    address: '127.9.8.7',
    port: 16_161,
    kind: 'labelPrinter',
    hostName: 'HOST-NAME-1',
    location: 'Own location 2',
    locationNote: 'Noted location 3',
    assetNumber: 'ASSET-4',
    firmware: 'FW-5',
    counters: {
      takenAt: told.lastSeen,
      value: {
        life: 100_001,
        lifeUnit: 'feet',
        vendorLife: 100_002,
        billing: 'vendorLife',
        total: { all: 200_001, mono: 200_002, color: 200_003 },
        print: { all: 300_001, mono: 300_002, color: 300_003 },
        copy: { all: 400_001, mono: 400_002, color: 400_003 },
        fax: { all: 500_001, mono: 500_002, color: 500_003 },
        scan: { all: 600_001, mono: 600_002, color: 600_003 },
        duplex: 700_001,
        largeFormat: 700_002,
        other: [{ name: 'Counter: Two-color', value: '9007199254740993', unit: 'millimetres' }],
      },
    },
    supplies: {
      takenAt: told.lastSeen,
      value: [
        {
          index: '7.77',
          type: 'ink',
          color: 'lightCyan',
          description: 'Description 8',
          partNumber: 'PART-9',
          serialNumber: 'SUPPLY-SERIAL-10',
          percent: 37,
          state: 'ok',
          level: 4811,
          capacity: 12_013,
          unit: 'tenthsOfMilliliters',
        },
      ],
    },
    status: { takenAt: told.lastSeen, value: { state: 'warmup', errors: ['overduePreventMaint', 'lowPaper'] } },
    alerts: {
      takenAt: told.lastSeen,
      value: [
        {
          severity: 'critical',
          group: 'alertGroup11',
          code: 'alertCode12',
          text: 'Alert text 13',
          location: { group: 'placeGroup14', index: 1515, name: 'Place name 16' },
        },
      ],
    },
    driver: { name: 'driver-17', version: 18, generic: false },
    completeness: { state: 'partial', missing: ['counters.fax.color'], reasons: { 'counters.fax.color': 'notTold' } },
  };
  const reading: Reading = {
    ...mockReading(full),
    unit: { hrDeviceIndex: 1919 },
    wire: { requests: 2121, packets: 2222, bytes: 23_000 },
  };
  const origins: MachineOrigins = {
    driver: full.driver,
    asked: 41,
    unused: [],
    origins: [
      {
        path: 'counters.total.color',
        objects: [{ oid: '1.3.6.1.4.1.24.25', name: 'objectName26', source: 'MIB 27' }],
        how: 'join',
        evidence: 'capture',
        check: 'check 28',
      },
    ],
    sent: null,
  };
  const log: MachineLog = {
    alerts: (full.alerts?.value ?? []).map((alert) => ({ alert, began: told.lastSeen, ended: null })),
    events: [],
  };
  /** What each field of the contract is found by; the words are the page's English ones. */
  const seen: Readonly<Record<string, string>> = {
    contract: 'Format of the reading',
    address: '127.9.8.7',
    port: '16161',
    'unit.hrDeviceIndex': '1919',
    takenAt: 'Taken',
    kind: 'Label printer',
    'asked[]': 'Identity, Counters, Supplies, State, Alerts',
    'identity.manufacturer': 'Ricoh',
    'identity.model': 'MP C3003',
    'identity.serialNumber': 'E153M930272',
    'identity.macAddress': '00:26:73:73:D6:60',
    'identity.hostName': 'HOST-NAME-1',
    'identity.location': 'Own location 2',
    'identity.assetNumber': 'ASSET-4',
    'identity.firmware': 'FW-5',
    'identity.sysObjectId': '1.3.6.1.4.1.367.1.1',
    'counters.life': '100,001',
    'counters.lifeUnit': 'feet',
    'counters.vendorLife': '100,002',
    'counters.billing': 'the vendor’s life count',
    ...Object.fromEntries(
      (['total', 'print', 'copy', 'fax', 'scan'] as const).flatMap((name, at) => [
        [`counters.${name}.all`, `${at + 2}00,001`],
        [`counters.${name}.mono`, `${at + 2}00,002`],
        [`counters.${name}.color`, `${at + 2}00,003`],
      ]),
    ),
    'counters.duplex': '700,001',
    'counters.largeFormat': '700,002',
    'counters.other[].name': 'Counter: Two-color',
    'counters.other[].value': '9,007,199,254,740,993',
    'counters.other[].unit': 'millimetres',
    'supplies[].index': '7.77',
    'supplies[].type': 'ink',
    'supplies[].color': 'Light cyan',
    'supplies[].description': 'Description 8',
    'supplies[].partNumber': 'PART-9',
    'supplies[].serialNumber': 'SUPPLY-SERIAL-10',
    'supplies[].percent': '37',
    'supplies[].state': 'OK',
    'supplies[].level': '4,811',
    'supplies[].capacity': '12,013',
    'supplies[].unit': 'tenthsOfMilliliters',
    'status.state': 'Warming up',
    'status.errors[]': 'Paper low',
    'alerts[].severity': 'Critical',
    'alerts[].group': 'alertGroup11',
    'alerts[].code': 'alertCode12',
    'alerts[].text': 'Alert text 13',
    'alerts[].location.group': 'placeGroup14',
    'alerts[].location.index': '1515',
    'alerts[].location.name': 'Place name 16',
    'driver.name': 'driver-17',
    'driver.version': 'version 18',
    'driver.generic': 'driver-17, version',
    'provenance[].oids[]': '1.3.6.1.4.1.24.25',
    'provenance[].how': 'put together from 1 object',
    'provenance[].evidence': 'a real machine’s answers',
    'provenance[].check': 'check 28',
    'completeness.state': 'in part',
    'completeness.missing[]': 'Fax, colour',
    'completeness.reasons[]': 'does not tell',
    'wire.requests': '2,121',
    'wire.packets': '2,222',
    'wire.bytes': '23\u00a0kB',
  };
  const { page, faults } = await scene.open({
    path: machinePath(full.id),
    devices: [full],
    past: (_, route) => ({ log, origins, 'readings/latest': { readings: [reading] } })[route as 'log'] as unknown,
  });
  const text = (await allText(page)).toLowerCase();
  const leaves = leavesOf(Reading);
  assert.deepEqual(
    leaves.filter((path) => seen[path] === undefined),
    [],
    'fields of the contract that no page is said to show',
  );
  assert.deepEqual(
    leaves.filter((path) => !text.includes((seen[path] ?? '').toLowerCase())),
    [],
    'fields of the contract that cannot be found on the page',
  );
  assert.ok(leaves.length >= 60);
  assert.deepEqual(faults, []);
  await page.close();
});

test('a number opens where it comes from, below the counters, and closes again', { skip }, async () => {
  const { page } = await scene.open({ path: MACHINE });
  const number = page.getByRole('button', { name: '44,110' });
  await number.focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('region', { name: 'Where 44,110 comes from' });
  await box.waitFor();
  for (const words of [
    '1.3.6.1.4.1.367.3.2.1.2.19.5.1.9.20',
    'ricohEngCounterValue',
    'the value as told',
    'mono + colour = all',
    'receipt signed by central',
  ])
    assert.ok(((await box.textContent()) ?? '').includes(words), words);
  assert.equal(await number.getAttribute('aria-expanded'), 'true');
  // What is not told says why.
  await page.getByRole('button', { name: 'not told' }).first().click();
  await page.getByRole('region', { name: /^Why .* is not told$/ }).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  assert.equal(await page.locator('.origin').count(), 0);
  await page.close();
});

test('charts follow the range, stand as a table too, and name what is missing', { skip }, async () => {
  const { page, faults } = await scene.open({ path: MACHINE });
  await page.locator('canvas').nth(1).waitFor();
  for (const [range, title] of [
    ['Day', 'Pages per hour'],
    ['Year', 'Pages per month'],
    ['Month', 'Pages per day'],
  ] as const) {
    await page.getByRole('button', { name: range, exact: true }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await page.locator('.machine-pages canvas').waitFor();
  }
  // Toner has a range of its own, a quarter at first; both stand in the address.
  const toner = page.getByRole('group', { name: 'Range: Toner level' });
  assert.equal(await toner.getByRole('button', { pressed: true }).textContent(), '90 d');
  await toner.getByRole('button', { name: '1 y' }).click();
  await page.locator('.machine-toner canvas').waitFor();
  await page.getByRole('heading', { name: 'Pages per day' }).waitFor();
  assert.equal(new URL(page.url()).search, '?toner=year');
  await page.locator('.machine-pages').getByRole('button', { name: 'As a table' }).click();
  const rows = page.locator('.machine-pages tbody tr');
  assert.equal(await rows.count(), 31);
  const cells = await rows.allInnerTexts();
  assert.ok(
    cells.some((row) => row.includes('no reading')),
    'a day without a reading is not zero',
  );
  assert.ok(
    cells.every((row) => !/-\d/.test(row)),
    'never negative',
  );
  const download = page.waitForEvent('download');
  await page.locator('.machine-pages').getByRole('button', { name: 'CSV' }).click();
  assert.equal((await download).suggestedFilename(), 'Pages per day.csv');
  assert.deepEqual(faults, []);
  await page.close();
});

test('a machine is removed after a question that names it', { skip }, async () => {
  const { page, box } = await scene.open({ path: MACHINE });
  await page.getByRole('button', { name: 'Remove this machine' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove RNP00257373D660?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(box.devices.size, 13);
  await page.getByRole('button', { name: 'Remove this machine' }).click();
  await dialog.getByRole('button', { name: 'Remove RNP00257373D660' }).click();
  await page.getByText('Displaying 1–12 of 12').waitFor();
  assert.equal(await page.getByText('RNP00257373D660 is removed.').count(), 1);
  await page.close();
});

test('who has not signed in sees all of it and can change nothing', { skip }, async () => {
  const { page } = await scene.open({ path: MACHINE, as: 'viewing' });
  await page.locator('.event').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Remove this machine' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Read now' }).count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Its own page' }).getAttribute('rel'), 'noreferrer noopener');
  await page.close();
});

test('alerts are said in the reader’s language beside the machine’s own words, on a phone without scrolling sideways', {
  skip,
}, async () => {
  const { page, faults } = await scene.open({ path: MACHINE, browser: { width: 390, locale: 'de' } });
  const panel = page.locator('.machine-alerts');
  await panel.getByText('Abdeckung offen').waitFor();
  const said = ((await panel.textContent()) ?? '').replaceAll('\u00a0', ' ');
  for (const words of ['Wenig Papier', 'Warnung', 'Fach 3', 'Paper low', 'Kein Papier', 'No paper: Tray 2', 'Stau'])
    assert.ok(said.includes(words), `${words} in ${said}`);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.machine-alerts *, .machine-readings *')]
      .filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible',
      )
      .map(({ className }) => String(className)),
  );
  assert.deepEqual(wide, []);
  assert.ok(((await page.locator('.machine-words').textContent()) ?? '').includes('Paper low'));
  assert.deepEqual(faults, []);
  await page.close();
});

test('a past that cannot be read says so, and the values stay', { skip }, async () => {
  const { page } = await scene.open({ path: MACHINE });
  await page.locator('.event').first().waitFor();
  await page.route('**/api/v1/devices/*/*', (route) => route.abort());
  await page.getByRole('button', { name: 'Year', exact: true }).click();
  await page.locator('.machine-pages').getByText('This could not be read').waitFor();
  assert.ok(((await page.locator('.matrix').textContent()) ?? '').includes('44,110'));
  await page.unroute('**/api/v1/devices/*/*');
  await page.locator('.machine-pages').getByRole('button', { name: 'Try again' }).click();
  await page.locator('.machine-pages canvas').waitFor();
  await page.close();
});

test('values of the past that a machine sent run nowhere', { skip }, async () => {
  const told = device();
  const alerts = PAYLOADS.map((text, at) => ({
    alert: {
      severity: 'critical' as const,
      group: text,
      code: text,
      text,
      location: { group: text, index: at, name: text },
    },
    began: told.lastSeen,
    ended: null,
  }));
  const events = PAYLOADS.flatMap((text) =>
    (['new', 'moved', 'replaced', 'clash', 'back', 'firmware', 'supplyReplaced', 'counterBack'] as const).map(
      (event) => ({
        at: told.lastSeen,
        event,
        detail: { address: text, from: text, to: text, otherAddress: text, supply: text, counter: text, more: '1' },
      }),
    ),
  );
  const origins = PAYLOADS.map((text) => ({
    path: `counters.${text}`,
    objects: [{ oid: text, name: text, source: text }],
    how: 'value' as const,
    evidence: 'mib' as const,
    check: text,
  }));
  const answers = {
    log: { alerts, events },
    origins: {
      driver: told.driver,
      asked: 1,
      origins,
      unused: origins.map(({ path, objects }) => ({ path, objects, value: path, why: 'refused', detail: path })),
      sent: null,
    },
    'readings/latest': { readings: [{ ...mockReading(told), identity: { sysObjectId: PAYLOADS[0] } }] },
  };
  const { page, faults } = await scene.open({ path: MACHINE, past: (_, route) => answers[route as 'log'] });
  await page.locator('.machine-events').getByRole('button', { name: /more$/ }).click();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page
    .locator('.machine-origins .origins')
    .first()
    .locator('tbody tr')
    .nth(PAYLOADS.length - 1)
    .waitFor();
  await page.getByText('Told and not used').click();
  assert.equal(await page.locator('.unused tbody tr').count(), PAYLOADS.length);
  assert.equal(await page.locator('.event').count(), events.length);
  assert.equal(await page.locator('.spells tbody tr').count(), PAYLOADS.length);
  assert.equal(await page.evaluate(() => 'ran' in window), false);
  assert.deepEqual(faults, []);
  await page.close();
});

test('only an address leads to a machine’s own page', () => {
  const table = [
    ['192.168.10.126', 'http://192.168.10.126/'],
    ['2001:db8::7', 'http://[2001:db8::7]/'],
    ['fe80::1%eth0', null],
    ['256.1.1.1', null],
    ['1.2.3', null],
    ['evil.example', null],
    ['1.2.3.4@evil.example', null],
    ['javascript:alert(1)', null],
    ['1.2.3.4/../x', null],
    ['', null],
    ['::ffff:1.2.3.4', 'http://[::ffff:102:304]/'],
  ] as const;
  for (const [address, href] of table) assert.equal(ownPage(address), href, address);
});

test('an icon drawn as one path begins each of its shapes where it stood', () => {
  assert.equal(pathOf('<path d="m2 2 20 20"/><path d="m16 9-5.5 5.5L8 12"/>'), 'M2 2l20 20M16 9l-5.5 5.5L8 12');
  assert.equal(pathOf('<circle cx="12" cy="12" r="10"/>'), 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0');
  assert.throws(() => pathOf('<line x1="1"/>'));
});
