/** What a reader does with the Device Manager, in a real browser against a mock box. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ENROLMENT_CODE, PASSWORD, SETUP_CODE } from './mock/mock-box.ts';
import { iso } from './mock/mock-settings.ts';
import { type Stage, skip, stage } from './mock/opened-page.ts';
import { manyDevices } from './mock/seed-devices.ts';

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

const nameOf = 'a.machine-link';

test('rows sort by any column, the order is remembered', { skip }, async () => {
  const { page, faults } = await scene.open({});
  const names = () => page.locator(nameOf).allTextContents();
  assert.equal((await names())[0], 'Fs-1370-119');
  await page.getByRole('button', { name: /Life count/ }).click();
  assert.equal((await names())[0], 'KMB66E54');
  await page.getByRole('button', { name: /Life count/ }).click();
  assert.equal((await names())[0], 'RNPEB7829');
  await page.reload();
  await page.locator(nameOf).first().waitFor();
  assert.equal((await names())[0], 'RNPEB7829');
  assert.equal(
    await page
      .locator('th[aria-sort="descending"]')
      .textContent()
      .then((text) => text?.startsWith('Life')),
    true,
  );
  await page.evaluate(() => localStorage.clear());
  assert.deepEqual(faults, []);
});

test('filters and counts narrow the list, stand in the address, and clear', { skip }, async () => {
  const { page, faults } = await scene.open({});
  await page.getByRole('button', { name: 'Manufacturer', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /Ricoh/ }).click();
  await page.getByText('Displaying 1–4 of 4').waitFor();
  assert.match(page.url(), /\?manufacturer=Ricoh$/);
  await page.getByRole('button', { name: '1 in trouble' }).click();
  await page.getByText('Displaying 1–1 of 1').waitFor();
  await page.getByRole('button', { name: 'Clear Manufacturer' }).click();
  await page.keyboard.press('Escape');
  await page.getByText('Displaying 1–13 of 13').waitFor();
  assert.deepEqual(faults, []);
});

test('a list longer than a page is paged', { skip }, async () => {
  const { page, faults } = await scene.open({});
  await page.locator('.pager select').selectOption('10');
  await page.getByText('Displaying 1–10 of 13').waitFor();
  await page.getByText(/Page 1 of 2/).waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByText('Displaying 11–13 of 13').waitFor();
  assert.equal(await page.locator('tr[data-id]').count(), 3);
  assert.deepEqual(faults, []);
});

test('a search through a long list shows the rows it leaves and no others, also after it found nothing', {
  skip,
}, async () => {
  const { page, faults } = await scene.open({ devices: manyDevices(120, Date.parse('2026-11-24T14:02:24Z')) });
  const read = () =>
    page
      .getByRole('row')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.textContent));
  const search = page.getByRole('searchbox');
  await page.getByText('Displaying 1–120 of 120').waitFor();
  const before = await read();
  await search.fill('-0001');
  await page.getByText('Displaying 1–10 of 10').waitFor();
  const few = await read();
  assert.equal(few.length, 10);
  for (const name of few) assert.match(name ?? '', /-0001\d$/);
  await search.fill('no machine is called so');
  await page.getByText('No machine matches').waitFor();
  assert.equal(await page.getByRole('row').count(), 0, 'what waits is not read out');
  assert.equal(await page.locator('tr[data-id]').count(), 0);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('tr:visible').count(), 0, 'nor printed');
  await page.emulateMedia({ media: 'screen' });
  await search.fill('-0001');
  await page.getByText('Displaying 1–10 of 10').waitFor();
  assert.deepEqual(await read(), few);
  await search.fill('');
  await page.getByText('Displaying 1–120 of 120').waitFor();
  assert.deepEqual((await read()).slice(0, 10), before.slice(0, 10));
  // A row that comes under the pointer offers its button in its own cell, whatever its elements showed before.
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 2000);
  await page.locator('.machine-row:hover .name-read').waitFor();
  await page.waitForFunction(() => {
    const button = document.querySelector('.machine-row:hover .name-read');
    const cell = button?.closest('th')?.getBoundingClientRect();
    const box = button?.getBoundingClientRect();
    return cell !== undefined && box !== undefined && box.left >= cell.left && box.right <= cell.right;
  });
  assert.deepEqual(faults, []);
});

test('selected rows get a location together, and it can be undone', { skip }, async () => {
  const { page, box, faults } = await scene.open({});
  await page.locator(nameOf).first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+X');
  await page.getByText('3 machines selected').waitFor();
  await page.locator('.bulk').getByRole('button', { name: 'Location' }).click();
  await page.keyboard.type('Keller');
  await page.keyboard.press('Enter');
  await page.getByText('Saved. 3 machines changed.').waitFor();
  const noted = () => [...box.devices.values()].filter((device) => device.locationNote === 'Keller').length;
  assert.equal(noted(), 3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.textContent?.includes('Keller'));
  assert.equal(noted(), 0);
  assert.deepEqual(faults, []);
});

test('what a scan will cost is said where the hand goes, before it is pressed', { skip }, async () => {
  const { page, faults } = await scene.open({});
  const button = page.getByRole('button', { name: 'Scan now' });
  const tip = page.getByRole('tooltip');
  assert.equal(await tip.count(), 0);
  await button.focus();
  await tip.getByText('762 addresses, 81 s at most').waitFor();
  assert.match((await tip.textContent()) ?? '', /1,524 packets, 93.kB/);
  assert.equal(await button.getAttribute('aria-describedby'), await tip.getAttribute('id'));
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: /^Scan now 762 addresses/ }).waitFor();
  assert.equal(await page.getByRole('menuitemradio', { name: 'Machines' }).getAttribute('aria-checked'), 'true');
  await page.getByRole('menuitem', { name: 'OfficePartner +33 3 88 00 00 00' }).waitFor();
  await page.getByRole('menuitemradio', { name: 'dark' }).click();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await page.evaluate(() => localStorage.clear());
  assert.deepEqual(faults, []);
});

test('the Service ID is typed in its cell', { skip }, async () => {
  const { page, box, faults } = await scene.open({});
  await page.getByRole('button', { name: /Change location and Service ID of RNP0025735AS21B/ }).click();
  await page.getByRole('textbox', { name: 'Service ID' }).fill('708190');
  await page.keyboard.press('Enter');
  await page.getByText('708190').waitFor();
  assert.equal([...box.devices.values()].find((device) => device.hostName === 'RNP0025735AS21B')?.serviceId, '708190');
  assert.deepEqual(faults, []);
});

test('who is not signed in sees everything and can change nothing', { skip }, async () => {
  const { page, faults } = await scene.open({ as: 'viewing' });
  await page.getByText('Viewing is open. Sign in to change something.').waitFor();
  assert.equal(await page.getByRole('button', { name: /Scan now|Read all now/ }).count(), 0);
  assert.equal(await page.locator('td.col-monitored input').count(), 0);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Networks' }).waitFor();
  assert.match(page.url(), /\/settings$/);
  assert.deepEqual(faults, []);
});

test('a changed value is drawn at once, and rows do not jump under the pointer', { skip }, async () => {
  const { page, box, faults } = await scene.open({});
  const device = [...box.devices.values()].find((each) => each.hostName === 'KMB66E54');
  assert.ok(device?.counters);
  await page.getByRole('button', { name: /Life count/ }).click();
  await page.locator('tr[data-id]').nth(5).hover();
  const { counters } = device;
  box.put({ ...device, counters: { takenAt: iso(Date.now()), value: { ...counters.value, life: 999_999 } } });
  await page.getByText('999,999').waitFor();
  await page.getByText(/moved/).waitFor();
  assert.equal(await page.locator(nameOf).first().textContent(), 'KMB66E54');
  await page.getByRole('button', { name: 'Sort again' }).click();
  assert.equal(await page.locator(nameOf).last().textContent(), 'KMB66E54');
  assert.deepEqual(faults, []);
});

test('a lost box is told with its time, values stay, and come alive again', { skip }, async () => {
  const { page, box, faults } = await scene.open({});
  await page.getByText('Rows are live.').waitFor();
  // The page tries again by itself too: only what the button asks for gets through.
  await page.evaluate(() => {
    const press = () => document.documentElement.setAttribute('data-pressed', '');
    document.addEventListener('click', press, { capture: true });
  });
  await page.route('**/api/v1/events*', async (route) =>
    (await page.locator('html[data-pressed]').count()) > 0 ? route.continue() : route.abort(),
  );
  box.dropStreams();
  await page.getByText(/No connection to the box for \d+\ss\./).waitFor();
  await page.getByText(/Trying again in \d+\ss\./).waitFor();
  assert.equal(await page.locator('tr.old').count(), 13);
  assert.match((await page.locator('tr[data-id]').first().textContent()) ?? '', /as of/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Rows are live.').waitFor();
  assert.deepEqual(faults, []);
});

test('a range is checked as it is typed; the save bar says what changes; a fault stands at its field', {
  skip,
}, async () => {
  const { page, box, faults } = await scene.open({ path: '/settings' });
  await page.getByRole('button', { name: /192\.168\.7\.0.*254 addresses.*1 printer/ }).click();
  const range = page.getByLabel('Range', { exact: true });
  await range.fill('10.0.0.0/40');
  await page.getByRole('alert').waitFor();
  await range.fill('192.168.8.0/24');
  await page.getByText('254 addresses, 192.168.8.1 to 192.168.8.254. Was 192.168.7.0/24.').waitFor();
  await page.getByText('Range 192.168.7.0/24 → 192.168.8.0/24').waitFor();
  await page.locator('.range-editor').getByLabel('Limit').fill('many');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('A number from 0 to 1,000.').waitFor();
  assert.equal(box.settings().revision, 7);
  await page.locator('.range-editor').getByLabel('Limit').fill('5');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved. 2 settings changed.').waitFor();
  assert.equal(box.settings().ranges[1]?.range, '192.168.8.0/24');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /192\.168\.7\.0/ }).waitFor();
  assert.equal(box.settings().ranges[1]?.range, '192.168.7.0/24');
  assert.deepEqual(faults, []);
});

test('settings saved in another tab are told, shown beside mine, and not overwritten', { skip }, async () => {
  const { page, box, faults } = await scene.open({ path: '/settings/times' });
  await page.getByLabel('Counters, every').fill('30');
  box.saveElsewhere({ times: { ...box.settings().times, counters: 15 } });
  await page.getByText(/Saved in another tab at/).waitFor();
  await page.getByRole('cell', { name: '15', exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save changes' }).isDisabled(), true);
  await page.getByRole('button', { name: 'Use mine' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved. 1 setting changed.').waitFor();
  assert.equal(box.settings().times.counters, 30);
  assert.deepEqual(faults, []);
});

test('the first start: code, password, line check, enrolment, networks, scan', { skip }, async () => {
  const { page, box, faults, url } = await scene.open({ as: 'setup' });
  await page.waitForURL(`${url}/start`);
  await page.getByLabel('Set-up code').fill('0000');
  await page.getByLabel('Password for this box').fill('a short sentence');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('This is not the set-up code.').waitFor();
  await page.getByLabel('Set-up code').fill(SETUP_CODE);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('eth0 is connected.').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Address of central').fill('https://central.example');
  await page.getByLabel('Enrolment code').fill('wrong');
  await page.getByRole('button', { name: 'Enrol this box' }).click();
  await page.getByText('This enrolment code is not known.').waitFor();
  await page.getByLabel('Enrolment code').fill(ENROLMENT_CODE);
  await page.getByRole('button', { name: 'Enrol this box' }).click();
  await page.getByText('Enrolled as agent 411223312.').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('eth0, this box is 192.168.10.20').waitFor();
  assert.equal(await page.locator('.choice input:checked').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Continue' }).isDisabled(), true);
  await page.locator('.choice').first().click();
  await page.getByLabel('Range').fill('192.168.7.0/2');
  await page.getByRole('button', { name: 'Use 192.168.7.0/24' }).click();
  await page.getByText('254 addresses, 192.168.7.1 to 192.168.7.254.').waitFor();
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('2 networks, 508 addresses').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  assert.deepEqual(box.settings().ranges, []);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('Scanning 192.168.17.0/24').waitFor();
  assert.deepEqual(
    box.settings().ranges.map(({ range }) => range),
    ['192.168.10.0/24', '192.168.7.0/24'],
  );
  box.step(400);
  await page.getByText('400 of 762 addresses').waitFor();
  box.step(400);
  await page.getByText('11 of 13 arrived at central.').waitFor();
  await page.getByRole('button', { name: 'To the machines' }).click();
  await page.getByText('Displaying 1–13 of 13').waitFor();
  assert.deepEqual(faults, []);
});

test('edited settings wait while another page is looked at', { skip }, async () => {
  const { page, box, faults } = await scene.open({ path: '/settings/times' });
  await page.getByLabel('Daily scan').fill('8h30');
  await page.getByText('Daily scan 09:00 → 08:30').waitFor();
  await page.getByRole('link', { name: 'Machines' }).click();
  await page.getByText('Displaying 1–13 of 13').waitFor();
  await page.getByRole('link', { name: 'Settings (not saved)' }).click();
  await page.getByRole('link', { name: 'Times' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved. 1 setting changed.').waitFor();
  assert.equal(box.settings().times.scan, '08:30');
  assert.deepEqual(faults, []);
});
