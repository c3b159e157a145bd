/** Every page in every language: nothing that axe calls serious, nothing that overflows, nothing that a printer says runs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { DeviceView } from '@rsb/contract';
import type { Page } from 'playwright-core';
import { machinePath, ROUTES } from '../src/box/router.ts';
import { SECTIONS } from '../src/box/settings/sections.ts';
import type { BrowserOptions } from './chromium.ts';
import type { MockState } from './mock/mock-settings.ts';
import { type Opened, type Stage, skip, stage } from './mock/opened-page.ts';
import { PAYLOADS } from './mock/payloads.ts';
import { seedDevices } from './mock/seed-devices.ts';

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MACHINE = '/machines/serial%3AV2293901188';

/** Address and the state of the box in which it is opened; each route of the router at least once. */
const PAGES: readonly (readonly [string, MockState])[] = [
  ['/', 'normal'],
  ['/', 'scanning'],
  ['/', 'empty'],
  ['/', 'away'],
  ['/?search=sharp', 'normal'],
  [MACHINE, 'normal'],
  ['/left', 'normal'],
  ['/left', 'empty'],
  ['/left', 'away'],
  ['/left/39', 'normal'],
  ['/left/4', 'viewing'],
  ['/health', 'normal'],
  ['/health', 'empty'],
  ['/health', 'away'],
  ['/health', 'viewing'],
  ['/settings', 'normal'],
  ...SECTIONS.map((section) => [`/settings/${section}`, 'normal'] as const),
  ['/start', 'setup'],
  ['/signin', 'closed'],
];

/** Made of what other pages of the list show in the same colours, but for what is named. */
const SAME_COLOURS: readonly (readonly [...(typeof PAGES)[number], string | null])[] = [
  ['/', 'scanning', '.scan'],
  ['/', 'away', '.facts, .banner'],
  ['/?search=sharp', 'normal', null],
  ['/left', 'empty', null],
  ['/left', 'away', '.sentence, .banner'],
  ['/health', 'empty', null],
  ['/health', 'viewing', null],
  ['/settings', 'normal', null],
];

interface Reader {
  readonly name: string;
  /** Contrast is a matter of the theme: each is held against axe once. */
  readonly axe: boolean;
  readonly browser: BrowserOptions;
}

const desk = { width: 1440, height: 900, reducedMotion: true };
const phone = { width: 390, height: 844, touch: true, reducedMotion: true };
const READERS: readonly Reader[] = [
  { name: 'English, light, 1440', axe: true, browser: { ...desk, locale: 'en-GB' } },
  { name: 'French, dark, phone', axe: true, browser: { ...phone, locale: 'fr-FR', dark: true } },
  { name: 'German, dark, 1440', axe: false, browser: { ...desk, locale: 'de-DE', dark: true } },
];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/**
 * Contrast is two thirds of the work: it is looked at where colours may be others than on the pages before. Only what is
 * found wrong is described, and not by selectors: a third of the rest.
 */
async function violations(page: Page, contrastOf: string | null): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(async (of) => {
    const { axe } = window as unknown as {
      readonly axe: { run(on: object, how: object): Promise<{ readonly violations: readonly Violation[] }> };
    };
    const look = async (on: object, how: object) =>
      (await axe.run(on, { ...how, resultTypes: ['violations'], selectors: false })).violations;
    const isWhole = of === 'html';
    const all = await look(document, { rules: { 'color-contrast': { enabled: isWhole } } });
    // What is named and not there is an error of axe's, so that a new name is noticed here.
    return of === null || isWhole ? all : [...all, ...(await look({ include: of }, { runOnly: ['color-contrast'] }))];
  }, contrastOf);
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`),
  );
}

/** Leads there within the app, as a link does, and waits for a heading that was not there before. */
async function ledTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    for (const heading of document.querySelectorAll('#content :is(h1, h2)')) heading.setAttribute('data-before', '');
    const link = document.createElement('a');
    link.href = to;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.locator('#content :is(h1, h2):not([data-before])').first().waitFor({ state: 'attached' });
}

/** Shows what the page before it in the list shows: it is loaded. */
const SAME_HEADINGS: readonly string[] = ['/settings/networks'];

const isOf = (route: string, path: string): boolean =>
  new RegExp(`^${route.replaceAll(/:[^/]+/g, '[^/]+')}$`).test(path.split('?', 1)[0] ?? '');

test('the list of pages covers the router', () => {
  const covered = (route: string) => PAGES.some(([path]) => isOf(route, path));
  assert.deepEqual(
    ROUTES.filter((route) => !covered(route)),
    [],
  );
});

for (const { name, axe: isAxe, browser } of READERS) {
  test(`no page overflows${isAxe ? ', nor has a fault that axe finds' : ''}: ${name}`, { skip }, async () => {
    let counted = 0;
    // One page for all addresses of a box: each is reached by a link, so that axe is loaded once. The reader without axe loads
    // the first address of each route anew: what is drawn is the same.
    const opened = new Map<MockState, Omit<Opened, 'box'>>();
    const loaded = new Set<string>();
    for (const [path, as] of PAGES) {
      const known = opened.get(as);
      const { page, faults, url } = known ?? (await scene.open({ as, path, browser }));
      const isLoaded = ROUTES.filter((route) => isOf(route, path)).every((route) => loaded.has(route));
      for (const route of ROUTES) if (isOf(route, path)) loaded.add(route);
      if (known && (isAxe || isLoaded) && !SAME_HEADINGS.includes(path)) await ledTo(page, path);
      else if (known) await page.goto(`${url}${path}`);
      else opened.set(as, { page, faults, url });
      await page.locator('#content').locator('h1, h2').first().waitFor({ state: 'attached' });
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      await page.evaluate(() => document.fonts.ready);
      const seen = SAME_COLOURS.find((each) => each[0] === path && each[1] === as);
      if (isAxe) assert.deepEqual(await violations(page, seen ? seen[2] : 'html'), [], `${path} ${as}`);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(overflow <= 0, `${path} ${as} is ${overflow} px too wide`);
      assert.deepEqual(faults, [], `${path} ${as}`);
      counted += 1;
    }
    await Promise.all([...opened.values()].map(({ page }) => page.close()));
    assert.equal(counted, PAGES.length);
  });
}

test('at 1440 no word of the list is cut off, in any language', { skip }, async () => {
  const { page } = await scene.open({ browser: { ...desk, locale: 'en-GB' } });
  await page.locator('tr[data-id]').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  for (const [lang, name, word] of [
    ['en', 'English', 'Serial no.'],
    ['fr', 'Français', 'N° de série'],
    ['de', 'Deutsch', 'Seriennummer'],
  ] as const) {
    await page.locator('.top-tools button').first().click();
    await page.getByRole('menuitemradio', { name }).click();
    await page.getByRole('columnheader', { name: word }).waitFor();
    const cut = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          '.head-first, .head-second, .state-first, .state-detail, .cell-first, .cell-second',
        ),
      ]
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => element.textContent),
    );
    // The second line of a machine that is not monitored may end early: its first line says it.
    assert.deepEqual(
      cut.filter((text) => !/^(connue|bekannt|known)/.test(text ?? '')),
      [],
      lang,
    );
  }
  await page.close();
});

/** Every string that a printer can send, replaced. */
function poisoned(device: DeviceView, text: string, at: number): DeviceView {
  return {
    ...device,
    id: `poison ${at} ${text}`,
    manufacturer: text,
    model: text,
    serialNumber: text,
    hostName: text,
    location: text,
    assetNumber: text,
    firmware: text,
    locationNote: text,
    group: text,
    serviceId: text,
    note: text,
    supplies: device.supplies && {
      ...device.supplies,
      value: device.supplies.value.map((supply) => ({
        ...supply,
        description: text,
        partNumber: text,
        serialNumber: text,
        unit: text,
      })),
    },
    status: { takenAt: device.lastSeen, value: { state: 'down', errors: ['jammed'] } },
    alerts: {
      takenAt: device.lastSeen,
      value: [
        { severity: 'critical', group: 'input', code: text, text, location: { group: text, index: 1, name: text } },
      ],
    },
    counters: device.counters && {
      ...device.counters,
      value: { ...device.counters.value, other: [{ name: text, value: 1, unit: 'count' }] },
    },
    driver: { name: text, version: 1, generic: false },
    completeness: { state: 'partial', missing: [text], reasons: { [text]: text } },
  };
}

/** Leads to another machine as a link does, and waits until its name stands there. */
async function followed(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement('a');
    link.href = to;
    Object.assign(window, { nameBefore: document.querySelector('h1')?.textContent });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForFunction(
    () =>
      document.querySelector('h1') !== null &&
      document.querySelector('h1')?.textContent !== (window as unknown as { readonly nameBefore: string }).nameBefore,
  );
}

test('nothing that a printer sends runs on any page', { skip }, async () => {
  const [first] = seedDevices(Date.now());
  assert.ok(first);
  const devices = PAYLOADS.map((text, at) => poisoned(first, text, at));
  const { page, faults, url } = await scene.open({ devices });
  await page.getByText(`Displaying 1–${PAYLOADS.length} of ${PAYLOADS.length}`).waitFor();
  const ran = () => page.evaluate(() => 'ran' in window);
  assert.equal(await ran(), false);
  await page.getByRole('button', { name: 'Location', exact: true }).click();
  assert.equal(await ran(), false);
  let opened = 0;
  for (const device of devices) {
    const path = machinePath(device.id);
    // By an address from outside, or by a link within: what is drawn is the same.
    if (opened % 10 === 0) await page.goto(`${url}${path}`);
    else await followed(page, path);
    await page.locator('.machine-grid').waitFor();
    assert.equal(await page.locator('h1').textContent(), device.hostName);
    assert.equal(await ran(), false, device.hostName ?? '');
    opened += 1;
  }
  assert.equal(opened, PAYLOADS.length);
  assert.deepEqual(faults, []);
});
