/** Central's pages in a real browser by role: what a dealer changes there, and what a reader of one customer gets to see. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AlertDetail, AlertPage, NotesView, PreparedView, SettingsHere } from '@rsb/contract';
import { ROUTES } from '../packages/web/src/central/router.ts';
import {
  type House,
  type HouseCustomer,
  isSettled,
  isSound,
  openHouse,
  READER,
  skip,
  TECHNICIAN,
} from './central-house.ts';

let house: House;
before(async () => {
  if (!skip) house = await openHouse();
});
after(() => house?.close());

/** Pages that are there for who is not signed in. */
const OUTSIDE: readonly string[] = ['/join', '/start', '/signin'];
/** Pages of the dealer's house. */
const OF_HOUSE: readonly string[] = [
  '/alerts/rules',
  '/alerts/channels',
  '/alerts/deliveries',
  '/settings/api',
  '/import',
];
const NO_ALERT = '/alerts/:customer/:alert';

const placeOf = (route: string, customer: HouseCustomer): string =>
  route
    .replace(':customer', customer.id)
    .replace(':agent', customer.agent)
    .replace(':device', customer.device)
    .replace(':alert', '1');

test('a reader sees one customer, changes nothing, and finds nothing of the dealer or of others', {
  skip,
}, async () => {
  const { page } = await house.as(READER, '/');
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
  });
  const walked = { own: 0, foreign: 0, house: 0 };
  const nothing = /Nothing is found|is not known here/;
  for (const route of ROUTES) {
    if (OUTSIDE.includes(route)) continue;
    await page.goto(house.url + placeOf(route, house.ours));
    const main = page.getByRole('main');
    if (OF_HOUSE.includes(route) || route === NO_ALERT) {
      await main.getByText(nothing).first().waitFor();
      walked.house += 1;
    } else {
      await main.getByRole('heading', { level: 1 }).waitFor();
      await isSettled(page);
      const told = (await page.locator('body').textContent()) ?? '';
      for (const secret of [house.theirs.name, house.theirs.agent, house.theirs.serial, TECHNICIAN])
        assert.ok(!told.includes(secret), `${route} tells ${secret}`);
      for (const word of [
        'Add a',
        'Edit',
        'Rename',
        'Revoke',
        'Replace',
        'Move',
        'Propose',
        'Invite',
        'Assign',
        'Import',
      ])
        assert.equal(
          await page.getByRole('button', { name: word }).count(),
          word === 'Add a' && route === '/settings' ? 1 : 0,
          `${route}: ${word}`,
        );
      walked.own += 1;
    }
    if (!route.includes(':')) continue;
    assert.deepEqual(
      refused.splice(0).filter((line) => !line.includes('/alerts/1')),
      [],
      `what ${route} asks is a reader's to ask`,
    );
    await page.goto(house.url + placeOf(route, house.theirs));
    await main.getByRole('heading', { level: 1, name: nothing }).waitFor();
    await isSettled(page);
    const told = (await page.locator('body').textContent()) ?? '';
    for (const secret of [house.theirs.name, house.theirs.serial])
      assert.ok(!told.includes(secret), `${route}: ${secret}`);
    assert.ok(
      refused.splice(0).every((line) => line.startsWith('404')),
      route,
    );
    walked.foreign += 1;
  }
  assert.deepEqual(refused, []);
  assert.equal(walked.own + walked.house, ROUTES.length - OUTSIDE.length);
  assert.equal(walked.foreign, ROUTES.filter((route) => route.includes(':')).length);
});

test('a technician writes about a machine, places it, and sets its own mark', { skip }, async () => {
  const { customer, device } = { customer: house.ours.id, device: house.ours.device };
  const { page, faults } = await house.as(TECHNICIAN, `/customers/${customer}/devices/${device}`);
  const notes = page.getByRole('region', { name: 'Typed in' });
  await notes.getByRole('button', { name: 'Edit' }).click();
  await notes.getByLabel('Service ID').fill('708189');
  await notes.getByLabel('Note').fill('<b>behind the door</b>');
  await notes.getByLabel('Stands at').selectOption({ label: 'Depot Riehl & Söhne' });
  await isSound(page, 'notes');
  await notes.getByRole('button', { name: 'Save' }).click();
  await notes.getByText('708189').waitFor();
  await notes.getByText('(waits for the box)').first().waitFor();
  await notes.getByText('<b>behind the door</b>').waitFor();
  const base = `/api/v1/customers/${customer}/devices/${device}`;
  const written = (await house.person.call('GET', `${base}/notes`)).body as NotesView;
  assert.deepEqual(
    [written.serviceId, written.note, written.waiting],
    ['708189', '<b>behind the door</b>', ['serviceId', 'note']],
  );
  assert.deepEqual((await house.person.call('GET', `${base}/site`)).body, { site: house.ours.site, byHand: true });

  const settings = page.getByRole('region', { name: 'Settings here' });
  await settings.getByText('Empty: 10 %, as delivered').waitFor();
  await settings.getByLabel('Supply is low at').fill('25');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByText('set here').waitFor();
  const own = async () => ((await house.person.call('GET', `${base}/settings`)).body as SettingsHere).own;
  assert.deepEqual(await own(), { supplyMark: 25 });
  await settings.getByRole('button', { name: 'Reset all' }).click();
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByText('Empty: 10 %, as delivered').waitFor();
  assert.deepEqual(await own(), {});
  assert.deepEqual(faults, []);
});

test('a customer gets its agency; its box a site, its next box a code and what it needs there', { skip }, async () => {
  await house.person.call('POST', '/api/v1/agencies', { name: 'North' });
  const { page, faults } = await house.as(TECHNICIAN, `/customers/${house.theirs.id}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('region', { name: 'Name, number, agency' });
  await form.getByLabel('Agency').selectOption({ label: 'North' });
  await form.getByLabel('Customer number').fill('K-17');
  await isSound(page, 'customer');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  const { number, agency } = (await house.person.call('GET', `/api/v1/customers/${house.theirs.id}`)).body as {
    number: string;
    agency: string;
  };
  assert.equal(number, 'K-17');
  assert.ok(agency);

  await page.getByRole('button', { name: 'Settings of Depot Other Works' }).click();
  const there = page.getByRole('region', { name: 'Handed down at Depot Other Works' });
  await there.getByLabel('Delivery takes').fill('5');
  await there.getByRole('button', { name: 'Save' }).click();
  await there.getByText('set here').waitFor();

  await page.getByRole('button', { name: 'Add a box' }).click();
  await page.getByLabel('Site of the box').selectOption({ label: 'Depot Other Works' });
  const prepare = page.getByRole('region', { name: 'Prepare the next box' });
  await prepare.getByLabel('Networks, one a line').fill('192.168.10.0/24');
  await prepare.getByLabel('SNMP version').selectOption('v3');
  await prepare.getByLabel('User', { exact: true }).fill('monitor');
  const [first, second] = ['a long passphrase', 'another passphrase'];
  await prepare.locator('input[type=password]').nth(0).fill(first);
  await prepare.locator('input[type=password]').nth(1).fill(second);
  await prepare.getByText('Through a proxy').click();
  await prepare.getByLabel('Proxy', { exact: true }).fill('http://proxy.example:3128');
  await prepare.getByLabel('Password at the proxy').fill('proxy secret');
  await isSound(page, 'prepare');
  await prepare.getByRole('button', { name: 'Prepare', exact: true }).click();
  await prepare.getByText('192.168.10.0/24, v3 monitor, Proxy http://proxy.example:3128').waitFor();
  const path = `/api/v1/customers/${house.theirs.id}/sites/${house.theirs.site}/prepared`;
  const { settings } = (await house.person.call('GET', path)).body as PreparedView;
  assert.deepEqual(settings?.proxy, { url: 'http://proxy.example:3128', user: null, exceptions: [] });
  const told = JSON.stringify(settings);
  for (const secret of [first, second, 'proxy secret']) assert.ok(!told.includes(secret), 'a secret comes back');
  await page.getByRole('button', { name: 'Make a code' }).click();
  await page.getByLabel('Enrolment code').waitFor();

  await page.goto(`${house.url}/customers/${house.theirs.id}/boxes/${house.theirs.agent}`);
  await page.getByRole('button', { name: 'Move…' }).click();
  await page.getByLabel('Site of the box').selectOption({ label: 'Depot Other Works' });
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByText(`Box ${house.theirs.agent} stands at Depot Other Works now.`).waitFor();
  await page.getByRole('button', { name: 'Move…' }).click();
  await page.getByLabel('Customer', { exact: true }).selectOption({ label: house.ours.name });
  await page.getByLabel('Site of the box').selectOption({ label: `Depot ${house.ours.name}` });
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.waitForURL(`${house.url}/customers/${house.ours.id}/boxes/${house.theirs.agent}`);
  await page.getByText(`Depot ${house.ours.name}`).first().waitFor();
  assert.deepEqual(faults, []);
});

test('a mail’s link opens the very alert; it is given to another person, with a note', { skip }, async () => {
  const { alerts } = (await house.person.call('GET', `/api/v1/alerts?customer=${house.ours.id}`)).body as AlertPage;
  const alert = alerts[0] ?? assert.fail('the machine is down');
  const path = `/alerts/${alert.customer}/${alert.id}`;
  const { page, faults } = await house.as('admin', path);
  const steps = page.getByRole('region', { name: 'What happened' });
  await steps.getByText('central', { exact: true }).first().waitFor();
  await isSound(page, 'one alert');
  await steps.getByLabel('Note').fill('Rings tomorrow');
  await page.getByRole('button', { name: `Actions for ${alert.label}` }).click();
  await page.getByRole('menuitemradio', { name: `Assign to ${TECHNICIAN}` }).click();
  await steps.getByText('Rings tomorrow', { exact: true }).waitFor();
  await steps.getByText(`Assigned to ${TECHNICIAN}`).waitFor();
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('Acknowledged by admin').waitFor();
  const own = `/api/v1/customers/${alert.customer}/alerts/${alert.id}`;
  const detail = (await house.person.call('GET', own)).body as AlertDetail;
  assert.deepEqual([detail.alert.assignedTo, detail.alert.status], [TECHNICIAN, 'acknowledged']);
  const reader = await house.as(READER, path);
  await reader.page.getByText('Acknowledged by admin').waitFor();
  assert.equal(await reader.page.getByRole('button', { name: /Acknowledge|Actions for/ }).count(), 0);
  assert.deepEqual([...faults, ...reader.faults], []);
});

test('the API is described on a page of its own, searched, and its shapes lead on', { skip }, async () => {
  const { page, faults } = await house.as('admin', '/settings/api');
  const operations = page.locator('.api-operation');
  await operations.first().waitFor();
  const all = await operations.count();
  assert.ok(all > 150, `${all} operations and shapes`);
  await page.getByRole('searchbox').fill('usage explain');
  await page.getByText('Which readings a day', { exact: false }).click();
  assert.equal(await operations.count(), 1);
  await page.getByText('read:devices').waitFor();
  await page.getByText('curl -X GET').waitFor();
  await isSound(page, 'one operation');
  await page.getByRole('searchbox').fill('');
  await page.goto(`${house.url}/settings/api#shape-UsageExplanation`);
  await page.locator('#shape-UsageExplanation[open]').waitFor();
  assert.deepEqual(faults, []);
});

test('a list is come back to as it was left, also after a load; one button clears its filters', { skip }, async () => {
  const { page, faults } = await house.as(TECHNICIAN, '/fleet');
  const place = () => page.evaluate(() => location.pathname + location.search);
  const sidebar = page.getByRole('navigation', { name: 'Places' });
  const clear = page.getByRole('button', { name: 'Clear the filters' });
  const search = page.getByRole('searchbox');
  await search.fill('riehl');
  await page.getByRole('button', { name: /^In trouble/ }).click();
  await page.waitForURL(/view=trouble/);
  await sidebar.getByRole('link', { name: /^Boxes/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Boxes' }).waitFor();
  await search.pressSequentially(house.theirs.agent.slice(0, 8));
  // What is found takes the list's place while somebody types on.
  await page.getByText(house.ours.agent).waitFor({ state: 'detached' });
  await page.getByText(house.theirs.agent).waitFor();
  await page.keyboard.type(house.theirs.agent.slice(8));
  assert.equal(await search.inputValue(), house.theirs.agent);
  await sidebar.getByRole('link', { name: /^Alerts/ }).click();
  await page.getByLabel('Severity').selectOption('warning');
  await sidebar.getByRole('link', { name: /^Fleet/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  assert.equal(await place(), '/fleet?q=riehl&view=trouble');
  assert.equal(await search.inputValue(), 'riehl');
  await page.waitForFunction(() => document.title.startsWith('Fleet – '));
  await page.goto(`${house.url}/settings`);
  await sidebar.getByRole('link', { name: /^Alerts/ }).click();
  await page.waitForURL(/\/alerts\?severity=warning$/);
  await sidebar.getByRole('link', { name: /^Boxes/ }).click();
  await page.waitForURL(/\/boxes\?q=\d{9}$/);
  await sidebar.getByRole('link', { name: /^Fleet/ }).click();
  await page.waitForURL(/view=trouble/);
  await clear.click();
  await page.waitForURL(`${house.url}/fleet`);
  await clear.waitFor({ state: 'detached' });
  await sidebar.getByRole('link', { name: /^Customers/ }).click();
  await page.waitForURL(`${house.url}/customers`);
  await sidebar.getByRole('link', { name: /^Fleet/ }).click();
  await page.waitForURL(`${house.url}/fleet`);
  assert.deepEqual(faults, []);
});

test('what is typed stays when somebody else saves first, and what they changed is told', { skip }, async () => {
  const base = `/api/v1/customers/${house.theirs.id}`;
  const save = async (path: string, change: object) => {
    const { revision } = (await house.person.call('GET', path)).body as { readonly revision: number };
    const { status } = await house.person.call('PUT', path, change, { 'if-match': `"${revision}"` });
    assert.equal(status, 200, path);
  };
  const { page } = await house.as('admin', `/customers/${house.theirs.id}/devices/${house.theirs.device}`);
  /** The page learns nothing more of it before it saves itself. */
  const holdUntilSaved = async (path: string) => {
    const saved = page.waitForRequest((request) => request.method() === 'PUT', { timeout: 120_000 });
    await page.route(`**${path}`, async (route) => {
      if (route.request().method() === 'GET') await saved;
      await route.continue();
    });
  };
  const settings = page.getByRole('region', { name: 'Settings here' });
  await settings.getByLabel('Supply is low at').fill('25');
  const path = `${base}/devices/${house.theirs.device}/settings`;
  await holdUntilSaved(path);
  await save(path, { supplyMark: 15, silentHours: 70 });
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings
    .getByText('Saved by somebody else meanwhile: Supply is low at: 15\u00a0% and Machine silent after: 70 hours.')
    .waitFor();
  assert.equal(await settings.getByLabel('Supply is low at').inputValue(), '25', 'typed');
  assert.equal(await settings.getByLabel('Machine silent after').inputValue(), '70', 'untouched: theirs');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByText('Saved by somebody else').waitFor({ state: 'detached' });
  const own = async () => ((await house.person.call('GET', path)).body as SettingsHere).own;
  assert.deepEqual(await own(), { supplyMark: 25, silentHours: 70 });
  await save(path, {});

  await page.goto(`${house.url}/alerts/channels`);
  const mail = page.getByRole('region', { name: 'Mail server' });
  await mail.getByLabel('Host').fill('mine.example');
  await mail.getByLabel('Password').fill('a secret of mine');
  const theirs = {
    host: 'theirs.example',
    port: 465,
    security: 'tls',
    authority: null,
    user: 'them',
    from: 'a@b.example',
  };
  await holdUntilSaved('/api/v1/alerts/mail-server');
  await save('/api/v1/alerts/mail-server', theirs);
  await mail.getByLabel('Sender').fill('mine@b.example');
  await mail.getByRole('button', { name: 'Save' }).click();
  await mail.getByText('Saved by somebody else meanwhile: Host: theirs.example').waitFor();
  const held = ['Host', 'Port', 'Sender', 'User'].map((label) => mail.getByLabel(label, { exact: true }).inputValue());
  assert.deepEqual(await Promise.all(held), ['mine.example', '465', 'mine@b.example', 'them']);
  assert.equal(await mail.getByLabel('Password').inputValue(), 'a secret of mine');
  await mail.getByRole('button', { name: 'Show theirs' }).click();
  assert.equal(await mail.getByLabel('Host').inputValue(), 'theirs.example');
});
