/** A central of the test's own with its dashboard: two customers, a box and a machine each, and people of every role. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CentralDeviceView, SiteView } from '@rsb/contract';
import type { BrowserContext, Page } from 'playwright-core';
import { newPerson } from '../packages/central/test/callers.ts';
import { newTestCentral, PASSWORD, type TestCentral } from '../packages/central/test/running-central.ts';
import { readingItem } from '../packages/central/test/sample-items.ts';
import { type BrowserOptions, launchChromium, whyNoChromium } from '../packages/web/test/chromium.ts';
import { root } from './rsb-process.ts';

const missing = whyNoChromium();
export const skip = missing !== null && process.env['RSB_REQUIRE_ALL'] !== '1' ? missing : false;
export { PASSWORD };

export interface HouseCustomer {
  readonly id: string;
  readonly name: string;
  readonly agent: string;
  readonly device: string;
  readonly serial: string;
  /** A second site, beside the one that every customer has. */
  readonly site: string;
}

export interface House extends TestCentral {
  /** As browsers open it: a name that passkeys work at. */
  readonly url: string;
  readonly ours: HouseCustomer;
  readonly theirs: HouseCustomer;
  open(options?: BrowserOptions): Promise<OpenedPage>;
  /** Signed in, at that place. */
  as(user: string, path: string): Promise<OpenedPage>;
  close(): Promise<void>;
}

export interface OpenedPage {
  readonly page: Page;
  /** Exceptions, what the browser's console says, requests to another host. */
  readonly faults: string[];
}

export const READER = 'Rita Reader';
export const TECHNICIAN = 'Tom Technician';

export async function openHouse(): Promise<House> {
  const webRoot = join(root, 'packages/web/dist/central');
  assert.ok(existsSync(join(webRoot, 'index.html')), 'npm run build makes the pages');
  const ends: (() => void | Promise<void>)[] = [];
  const shared = await newTestCentral({ after: (end) => void ends.push(end) }, { webRoot });
  const ours = await newCustomer(shared, 'Riehl & Söhne', 'E153M930272');
  const theirs = await newCustomer(shared, 'Other Works', 'X777Y000001');
  await newPerson(shared, TECHNICIAN, 'technician');
  await newPerson(shared, READER, 'reader', ours.id);
  await shared.central.work.worker.runUntil(shared.central.work.clock.now() + 60_000);
  const url = shared.central.url.replace('127.0.0.1', 'localhost');
  const chromium = await launchChromium();
  const pageOf = async (reader: BrowserContext): Promise<OpenedPage> => {
    const page = await reader.newPage();
    await page.addInitScript(countAsked);
    return { page, faults: faultsOf(page, new URL(url).host) };
  };
  const open = async (options: BrowserOptions = {}) => pageOf(await chromium.open({ reducedMotion: true, ...options }));
  /** By person: who has signed in once opens further pages in the same browser. */
  const signedIn = new Map<string, BrowserContext>();
  return {
    ...shared,
    url,
    ours,
    theirs,
    open,
    async as(user, path) {
      const known = signedIn.get(user);
      if (known) {
        const again = await pageOf(known);
        await again.page.goto(url + path);
        return again;
      }
      const opened = await open();
      await opened.page.goto(`${url}/signin?to=${encodeURIComponent(path)}`);
      const inputs = opened.page.locator('input');
      await inputs.nth(0).fill(user);
      await inputs.nth(1).fill(PASSWORD);
      await opened.page.keyboard.press('Enter');
      await opened.page.waitForURL((to) => !to.pathname.startsWith('/signin'));
      signedIn.set(user, opened.page.context());
      return opened;
    },
    async close() {
      await chromium.close();
      for (const end of ends.reverse()) await end();
    },
  };
}

async function newCustomer(shared: TestCentral, name: string, serial: string): Promise<HouseCustomer> {
  const id = await shared.newCustomer(name);
  const box = await shared.newBox(id);
  const status = { state: 'down' as const, errors: ['serviceRequested' as const] };
  await box.report([readingItem(1, { identity: { serialNumber: serial }, status }, `Ricoh:${serial}`)]);
  const base = `/api/v1/customers/${id}`;
  const { body } = await shared.person.call('POST', `${base}/sites`, { name: `Depot ${name}`, address: null });
  const devices = (await shared.person.call('GET', `${base}/devices`)).body as CentralDeviceView[];
  return { id, name, agent: box.agent, device: devices[0]?.id ?? assert.fail(), serial, site: (body as SiteView).id };
}

/** In the page, before its own scripts: how many of its questions are open. The stream of events has no end and is none. */
function countAsked(): void {
  const { fetch } = window;
  const counts = window as unknown as { asked: number };
  counts.asked = 0;
  window.fetch = async (...args) => {
    counts.asked += 1;
    try {
      const answer = await fetch(...args);
      // Open until the last byte: what is read of it later is there at once.
      await answer.clone().arrayBuffer();
      return answer;
    } finally {
      counts.asked -= 1;
    }
  };
}

/** Frames in which nothing is asked: what an answer makes is drawn in the first, and what that asks is asked by the third. */
const QUIET_FRAMES = 4;

/** All that a page asks has been answered and drawn. */
export async function isSettled(page: Page): Promise<void> {
  await page.evaluate(async (frames) => {
    const counts = window as unknown as { readonly asked: number };
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    for (let quiet = 0; quiet < frames; ) {
      await frame();
      const isOpen = counts.asked > 0 || document.querySelector('.loading') !== null;
      quiet = isOpen ? 0 : quiet + 1;
    }
  }, QUIET_FRAMES);
}

function faultsOf(page: Page, host: string): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (!['data:', 'blob:'].includes(to.protocol) && to.host !== host) faults.push(`to another host: ${request.url()}`);
  });
  return faults;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing serious by axe, nothing wider than the page. */
export async function isSound(page: Page, where: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as {
      readonly axe: {
        run(how: object): Promise<{ readonly violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await run.run({ resultTypes: ['violations'], selectors: false });
    return {
      violations: violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
  assert.deepEqual(found, { violations: [], overflow: 0 }, where);
}
