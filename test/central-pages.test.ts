/** Every page of central over a fleet with a past: three languages, both themes, 390 to 1440 px, and hostile words. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { prepare, type RunningCentral, startCentral } from '@rsb/central';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import type { Page } from 'playwright-core';
import { enrolBox, newBoxKey } from '../packages/central/test/box-peer.ts';
import { okay, type Person, signedIn } from '../packages/central/test/running-central.ts';
import { readingItem } from '../packages/central/test/sample-items.ts';
import { fillFleet } from '../packages/cli/src/demo/past.ts';
import { webRoot } from '../packages/cli/src/web-root.ts';
import { ROUTES } from '../packages/web/src/central/router.ts';
import { type Browser, type BrowserOptions, openBrowser, whyNoChromium } from '../packages/web/test/chromium.ts';
import { PAYLOADS } from '../packages/web/test/mock/payloads.ts';
import { root } from './rsb-process.ts';

const missing = whyNoChromium();
const skip = missing !== null && process.env['RSB_REQUIRE_ALL'] !== '1' ? missing : false;
const PASSWORD = 'a password of the test alone';
/** Where each page's picture is left; none are made where it is not set. */
const pictures = process.env['RSB_PICTURES'];

let central: RunningCentral;
let person: Person;
let invitation = '';
const ends: (() => unknown)[] = [];

before(async () => {
  if (skip) return;
  const path = mkdtempSync(join(tmpdir(), 'rsb-central-pages-'));
  ends.push(() => rmSync(path, { recursive: true, force: true }));
  const folder = okay(openDataFolder(path));
  ends.push(() => folder.release());
  const parts = { clock: systemClock(), random: systemRandom(), log: silentLog(), webRoot: webRoot('central') };
  central = okay(await startCentral({ folder, host: '127.0.0.1', port: 0, ...parts }));
  ends.push(() => central.close());
  okay(
    await prepare(central, { dealer: 'OfficePartner', user: 'demo', password: PASSWORD, customer: 'Transports Riehl' }),
  );
  await fillFleet(
    central,
    { customers: 3, months: 2, zone: 'Europe/Paris' },
    () => undefined,
    new AbortController().signal,
  );
  person = await signedIn(central.url, '/api/v1/session', { user: 'demo', password: PASSWORD });
  const invited = await person.call('POST', '/api/v1/invitations', {
    name: 'N. Weber',
    role: 'admin',
    customer: null,
    days: 1,
  });
  assert.equal(invited.status, 201, JSON.stringify(invited.body));
  invitation = (invited.body as { code: string }).code;
});
after(async () => {
  for (const end of ends.reverse()) await end();
});

async function listed<T>(path: string): Promise<readonly T[]> {
  const { status, body } = await person.call('GET', path);
  assert.equal(status, 200, path);
  assert.ok(Array.isArray(body), path);
  return body;
}

/** A concrete address for each pattern of the router. */
async function addresses(): Promise<readonly string[]> {
  const customers = await listed<{ id: string; name: string }>('/api/v1/customers');
  let found: { customer: string; agent: string; device: string } | null = null;
  for (const { id } of customers) {
    const [box] = await listed<{ agent: string }>(`/api/v1/customers/${id}/boxes`);
    const [device] = await listed<{ id: string }>(`/api/v1/customers/${id}/devices`);
    if (box && device) found = { customer: id, agent: box.agent, device: device.id };
  }
  assert.ok(found, 'a customer with a box and a machine');
  const of = { ':customer': found.customer, ':agent': found.agent, ':device': found.device };
  return ROUTES.map((pattern) => {
    let path: string = pattern;
    for (const [name, value] of Object.entries(of)) path = path.replace(name, encodeURIComponent(value));
    assert.ok(!path.includes(':'), `${pattern} needs an address`);
    return path === '/join' ? `${path}#${invitation}` : path;
  });
}

interface Reader {
  readonly name: string;
  readonly browser: BrowserOptions;
  /** Contrast is a matter of the theme, words of the language: each theme is held against axe. */
  readonly axe: boolean;
  /** Widths at which it is measured, not photographed, after its own. */
  readonly also: readonly number[];
}

const size = (width: number, height: number): BrowserOptions => ({ width, height, reducedMotion: true });
const READERS: readonly Reader[] = [
  { name: 'en light 1440', axe: true, browser: { ...size(1440, 900), locale: 'en-GB' }, also: [768] },
  {
    name: 'fr dark 390',
    axe: true,
    browser: { ...size(390, 844), locale: 'fr-FR', dark: true, touch: true },
    also: [],
  },
  { name: 'de dark 1440', axe: false, browser: { ...size(1440, 900), locale: 'de-DE', dark: true }, also: [1024, 390] },
];

interface Opened {
  readonly page: Page;
  readonly faults: string[];
}

/** Pages for those who have no session yet. */
const SIGNED_OUT = ['/signin', '/join'];

async function as(browser: Browser, reader: Person | null): Promise<void> {
  await browser.context.clearCookies();
  if (reader === null) return;
  const [name = '', value = ''] = (reader.headers['cookie'] ?? '').split('=', 2);
  await browser.context.addCookies([{ name, value, url: central.url }]);
}

async function openSignedIn(browser: Browser): Promise<Opened> {
  await as(browser, person);
  const page = await browser.context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (to.protocol !== 'data:' && to.host !== new URL(central.url).host) faults.push(`another host: ${request.url()}`);
  });
  return { page, faults };
}

/** Waits for the page's own content: its heading, its requests, its fonts. */
async function settled(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('h1, h2').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('.loading') === null);
  await page.evaluate(() => document.fonts.ready);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as {
      readonly axe: { run(on: Document): Promise<{ readonly violations: readonly Violation[] }> };
    };
    return axe.run(document);
  });
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`),
  );
}

for (const { name, axe: isAxe, browser: options, also } of READERS) {
  test(`no page overflows or reports a fault${isAxe ? ', nor has one that axe finds' : ''}: ${name}`, {
    skip,
  }, async () => {
    const browser = await openBrowser(options);
    try {
      const { page, faults } = await openSignedIn(browser);
      const wrong: string[] = [];
      let looked = 0;
      for (const path of await addresses()) {
        await as(browser, SIGNED_OUT.some((start) => path.startsWith(start)) ? null : person);
        await settled(page, central.url + path);
        if (pictures) {
          const folder = join(root, pictures, 'central', name.replaceAll(' ', '-'));
          mkdirSync(folder, { recursive: true });
          await page.screenshot({ path: join(folder, `${path.replaceAll('/', '_')}.png`), fullPage: true });
        }
        if (isAxe) wrong.push(...(await violations(page)).map((text) => `${path} ${text}`));
        for (const width of [options.width ?? 0, ...also]) {
          await page.setViewportSize({ width, height: 900 });
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (overflow > 0) wrong.push(`${path} is ${overflow} px too wide at ${width}`);
        }
        await page.setViewportSize({ width: options.width ?? 0, height: options.height ?? 0 });
        wrong.push(...faults.splice(0).map((text) => `${path} ${text}`));
        looked += 1;
      }
      assert.deepEqual(wrong, []);
      assert.equal(looked, ROUTES.length);
    } finally {
      await browser.close();
    }
  });
}

test('what a machine or a customer is called runs on no page', { skip }, async () => {
  // Four in each word, so that few machines say them all.
  const hostile = PAYLOADS.flatMap((_, at) => (at % 4 === 0 ? [PAYLOADS.slice(at, at + 4).join(' ')] : []));
  const [name] = hostile;
  const made = await person.call('POST', '/api/v1/customers', { name });
  assert.equal(made.status, 201);
  const { id } = made.body as { id: string };
  const code = await person.call('POST', `/api/v1/customers/${id}/codes`, { days: 1 });
  const box = await enrolBox(central.url, (code.body as { code: string }).code, newBoxKey());
  const said = await box.report(
    hostile.map((text, at) =>
      readingItem(
        at + 1,
        {
          takenAt: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, ''),
          identity: {
            ...{ manufacturer: text, model: text, serialNumber: `P${at}`, hostName: text },
            ...{ location: text, firmware: text, assetNumber: text, macAddress: null },
          },
        },
        `Poison:${at}`,
      ),
    ),
  );
  assert.deepEqual([...new Set(said.map(({ result }) => result))], ['stored']);
  const devices = await listed<{ id: string }>(`/api/v1/customers/${id}/devices`);
  assert.equal(devices.length, hostile.length);

  const browser = await openBrowser(size(1440, 900));
  try {
    const { page, faults } = await openSignedIn(browser);
    const paths = [
      ...['/', '/fleet', '/boxes', '/customers', '/alerts', '/import', '/settings', `/customers/${id}`],
      `/customers/${id}/boxes/${box.agent}`,
      ...devices.map((device) => `/customers/${id}/devices/${device.id}`),
    ];
    for (const path of paths) {
      await settled(page, central.url + path);
      assert.equal(await page.evaluate(() => 'ran' in window), false, path);
    }
    assert.deepEqual(faults, []);
    assert.equal(paths.length, 9 + hostile.length);
  } finally {
    await browser.close();
  }
});
