/** Both apps in a real browser, from the running demo: what a person sees and does. Leaves the pictures of the README. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Browser, openBrowser, whyNoChromium } from '../packages/web/test/chromium.ts';
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
const open: Browser[] = [];
let demo: RsbProcess;
let line: DemoLine;

before(async () => {
  if (skip) return;
  mkdirSync(pictures, { recursive: true });
  demo = startRsb(['demo', '--box-port', '0', '--central-port', '0', '--json']);
  line = JSON.parse((await demo.printed(/^\{.*\}$/m))[0]) as DemoLine;
});
after(async () => {
  await Promise.all(open.map((browser) => browser.close()));
  await demo?.stop();
});

/** A page that reports every console error, failed request and request to another host as a fault. */
async function openPage(url: string, options: Parameters<typeof openBrowser>[0] = {}) {
  const browser = await openBrowser(options);
  open.push(browser);
  const page = await browser.context.newPage();
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
  await picture(page, 'device-manager');
  assert.deepEqual(faults, []);
});

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
