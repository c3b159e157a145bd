/** Both apps in a real browser, from the running demo: what a person sees and does. Leaves the pictures of the README. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserOptions, type Chromium, launchChromium, whyNoChromium } from '../packages/web/test/chromium.ts';
import { type RsbProcess, root, startRsb } from './rsb-process.ts';

interface DemoLine {
  readonly box: { readonly url: string };
  readonly central: { readonly url: string };
  readonly user: string;
  readonly password: string;
}

const missing = whyNoChromium();
const skip = missing !== null && process.env['RSB_REQUIRE_ALL'] !== '1' ? missing : false;
const pictures = join(root, process.env['RSB_PICTURES'] ?? 'test-output/pictures');
let chromium: Chromium;
let demo: RsbProcess;
let line: DemoLine;
const opened: Page[] = [];

before(async () => {
  if (skip) return;
  mkdirSync(pictures, { recursive: true });
  chromium = await launchChromium();
  demo = startRsb(['demo', '--box-port', '0', '--central-port', '0', '--json']);
  line = JSON.parse((await demo.printed(/^\{.*\}$/m))[0]) as DemoLine;
});
// A page left open goes on drawing what the demo changes.
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});
after(async () => {
  await chromium?.close();
  await demo?.stop();
});

/** A page that reports every console error, failed request and request to another host as a fault. */
async function openPage(url: string, options: BrowserOptions = {}) {
  const reader = await chromium.open(options);
  const page = await reader.newPage();
  opened.push(page);
  const faults: string[] = [];
  const host = new URL(url).host;
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (to.protocol !== 'data:' && to.host !== host) faults.push(`request to another host: ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });
/** The strictest a browser can be: no secure context, as at http://192.168.1.20. */
const asOnTheLan = (url: string) => url.replace(/127\.0\.0\.1|localhost/, 'box.test');

test('the Device Manager shows the thirteen machines with the seed numbers', { skip }, async () => {
  const { page, faults } = await openPage(line.box.url);
  await page.getByText('Displaying 1–13 of 13').waitFor();
  assert.match((await page.textContent('body')) ?? '', /Page 1 of 1/);
  const row = page.getByRole('row').filter({ hasText: 'RNPE35736' });
  const told = (await row.textContent()) ?? '';
  for (const value of [
    '127.0.10.9',
    'Aficio MP C2050',
    'V2284701060',
    '00:00:74:E3:67:36',
    '708695',
    '50,408',
    '22,802',
    '27,606',
    '11,720',
    '24,488',
  ]) {
    assert.ok(told.includes(value), `${value} in ${told}`);
  }
  assert.match((await page.textContent('header')) ?? '', /Device Manager\s*\(Agent \d{9}\)/);
  await page.setViewportSize({ width: 1440, height: 860 });
  await picture(page, 'device-manager');
  assert.deepEqual(faults, []);
});

test('signing in opens what changes something; a wrong password is said at its field', { skip }, async () => {
  const { page, faults } = await openPage(asOnTheLan(`${line.box.url}/settings`));
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').first().waitFor();
  assert.deepEqual(
    faults.splice(0).map((text) => text.replace(/:.*status of /, ' ')),
    ['error 401 (Unauthorized)'],
  );
  await page.getByLabel('Name', { exact: true }).fill(line.user);
  await password.fill(line.password);
  await page.keyboard.press('Enter');
  await page.getByText('127.0.10.0/24').first().waitFor();
  await picture(page, 'settings');
  await page.goto(asOnTheLan(line.box.url));
  await page.getByRole('button', { name: 'Scan now' }).waitFor();
  assert.deepEqual(faults, []);
});

test('a script in the address of the page or in its query runs nowhere', { skip }, async () => {
  const { page, faults } = await openPage(
    `${line.box.url}/machines/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E?search=%3Cscript%3E`,
  );
  await page
    .getByRole('link', { name: /machines/i })
    .first()
    .waitFor();
  assert.deepEqual(faults, []);
});

test('central: sign in, the day, customer, box, thirteen machines, one with its charts', { skip }, async () => {
  const { page, faults } = await openPage(line.central.url.replace('localhost', 'central.test'));
  const inputs = page.locator('input');
  await inputs.nth(0).fill(line.user);
  await inputs.nth(1).fill(line.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  await page
    .getByRole('link', { name: /^Customers/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Transports Riehl' }).first().click();
  await page.getByRole('row').filter({ hasText: 'RNPE35736' }).waitFor();
  const table = page.getByRole('table').filter({ hasText: 'RNPE35736' });
  assert.equal(await table.getByRole('row').count(), 14, 'a head and thirteen machines');
  const told = (await table.getByRole('row').filter({ hasText: 'RNPE35736' }).textContent()) ?? '';
  for (const value of ['V2284701060', '50,408', '22,802', '27,606', '708695'])
    assert.ok(told.includes(value), `${value} in ${told}`);
  await picture(page, 'central-customer');
  await page.getByText('RNPE35736').first().click();
  await page.locator('canvas').first().waitFor();
  await page.getByText('V2284701060').first().waitFor();
  await picture(page, 'central-device');
  assert.deepEqual(faults, []);
});

for (const [what, path] of [
  ['the Device Manager', (demoLine: DemoLine) => demoLine.box.url],
  ['central', (demoLine: DemoLine) => demoLine.central.url],
] as const) {
  test(`${what} has no serious accessibility fault`, { skip }, async () => {
    const { page } = await openPage(path(line));
    await page.getByRole('main').waitFor();
    await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
      };
      const result = await axe.run();
      return result.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    assert.deepEqual(violations, []);
  });
}

test('search narrows the list, an empty result says how many there are', { skip }, async () => {
  const { page, faults } = await openPage(asOnTheLan(line.box.url));
  await page.getByText('Displaying 1–13 of 13').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('ricoh');
  await page.getByText('Displaying 1–4 of 4').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('sharp');
  await page.getByText('No machine matches “sharp”').waitFor();
  await page.getByText('13 machines are known').waitFor();
  assert.deepEqual(faults, []);
});

for (const [locale, words] of [
  ['fr-FR', /Affichage|Page 1 sur 1/],
  ['de-DE', /Seite 1 von 1/],
] as const) {
  test(`in ${locale} and in the dark, on a phone, nothing overflows`, { skip }, async () => {
    const { page, faults } = await openPage(asOnTheLan(line.box.url), { locale, dark: true });
    await page.getByText(words).first().waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('RNPEB7829').first().waitFor();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
    await picture(page, `device-manager-390-dark-${locale.slice(0, 2)}`);
    assert.deepEqual(faults, []);
  });
}
