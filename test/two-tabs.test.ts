/**
 * Two tabs on the settings of a real box, section by section: the tab that was opened first and saves last is told what
 * another saved meanwhile, and overwrites nothing of it. The stream of events is kept from it, so that it cannot know before.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CertificateView, type PersonList, READ_ALL, type SettingsInput, type SettingsView } from '@rsb/contract';
import type { Page } from 'playwright-core';
import { PASSWORD, rangeSetting, startTestBox, type TestBox } from '../packages/box/test/box-at-work.ts';
import { issueFor, makeAuthority } from '../packages/box/test/line-certificates.ts';
import { SECTIONS } from '../packages/web/src/box/settings/sections.ts';
import { launchChromium, whyNoChromium } from '../packages/web/test/chromium.ts';
import { root } from './rsb-process.ts';

const missing = whyNoChromium();
const skip = missing !== null && process.env['RSB_REQUIRE_ALL'] !== '1' ? missing : false;

interface Case {
  readonly path: string;
  /** What the older tab has typed in and not saved. */
  readonly typed: (page: Page) => Promise<void>;
  readonly elsewhere: (box: TestBox) => Promise<void>;
  readonly saved: (page: Page) => Promise<void>;
  readonly told: RegExp;
  /** What must be as the other tab left it, and what it left. */
  readonly holds: (box: TestBox) => Promise<unknown>;
  readonly left: unknown;
}

const settingsOf = (box: TestBox): Promise<SettingsView> => box.reader.ask<SettingsView>('GET', '/settings');
const SAVED_ELSEWHERE = /Saved in another tab at/;
const STALE = /The settings were saved elsewhere in the meantime\. Yours were not saved/;
const CHANGED = /This was changed elsewhere in the meantime\. Yours was not saved/;
const MARIE = { name: 'Marie', role: 'technician', password: 'a long password', until: null };
const theirs = issueFor(['box.test'], makeAuthority('Customer CA'));

/** Sections of the one document of settings: each saves by the bar at the foot. */
const section = (
  path: string,
  typed: Case['typed'],
  change: (settings: SettingsInput) => SettingsInput,
  left: (settings: SettingsView) => unknown,
  value: unknown,
): Case => ({
  path: `/settings/${path}`,
  typed,
  elsewhere: (box) => box.settings(change),
  saved: (page) => page.getByRole('button', { name: 'Save changes' }).click(),
  told: SAVED_ELSEWHERE,
  holds: async (box) => left(await settingsOf(box)),
  left: value,
});

const CASES: readonly Case[] = [
  section(
    'networks',
    (page) => page.getByLabel('SNMP port').fill('1610'),
    (settings) => ({ ...settings, ranges: [rangeSetting('127.0.99.1', { on: false })] }),
    ({ snmpPort, ranges }) => [snmpPort, ranges.map(({ range }) => range)],
    [161, ['127.0.99.1']],
  ),
  section(
    'times',
    (page) => page.getByLabel('Counters, every').fill('30'),
    (settings) => ({ ...settings, times: { ...settings.times, counters: 15 } }),
    ({ times }) => times.counters,
    15,
  ),
  section(
    'reading',
    (page) => page.getByRole('switch', { name: 'Alerts' }).click(),
    (settings) => ({ ...settings, whatToRead: { ...READ_ALL, supplies: false } }),
    ({ whatToRead }) => [whatToRead.supplies, whatToRead.alerts],
    [false, true],
  ),
  section(
    'central',
    async (page) => {
      await page.getByRole('switch', { name: 'Through a proxy' }).click();
      await page.getByLabel('Proxy', { exact: true }).fill('http://mine.example:3128');
    },
    (settings) => ({ ...settings, central: { ...settings.central, url: 'https://theirs.example' } }),
    ({ central }) => [central.url, central.proxy],
    ['https://theirs.example', null],
  ),
  section(
    'language',
    (page) => page.getByLabel('Warning mark of supplies').fill('12'),
    (settings) => ({ ...settings, supplyMark: 15 }),
    ({ supplyMark }) => supplyMark,
    15,
  ),
  section(
    'password',
    (page) => page.getByRole('switch', { name: 'Everyone on this network may look' }).click(),
    (settings) => ({ ...settings, hostNames: ['theirs.example'] }),
    ({ openReading, hostNames }) => [openReading, hostNames],
    [true, ['theirs.example']],
  ),
  {
    path: '/settings/people',
    typed: (page) => page.locator('.person summary', { hasText: 'Marie' }).click(),
    elsewhere: async (box) => {
      await box.reader.ask('PATCH', '/people/Marie', { role: 'viewer' });
    },
    saved: (page) => page.locator('.person', { hasText: 'Marie' }).getByRole('button', { name: 'Disable' }).click(),
    told: CHANGED,
    holds: async (box) =>
      (await box.reader.ask<PersonList>('GET', '/people')).people
        .filter(({ name }) => name === 'Marie')
        .map(({ role, disabled }) => [role, disabled]),
    left: [['viewer', false]],
  },
  {
    path: '/settings/password',
    typed: async (page) => {
      await page.getByText('Use the customer’s certificate').click();
      const mine = issueFor(['box.test'], makeAuthority('Another CA'));
      await page.getByLabel(/^Certificate, then/).fill(mine.cert);
      await page.getByLabel(/^Private key/).fill(mine.key);
    },
    elsewhere: async (box) => {
      await box.reader.ask('PUT', '/certificate', { certificate: theirs.cert, key: theirs.key });
    },
    saved: (page) => page.getByRole('button', { name: 'Use it' }).click(),
    told: CHANGED,
    holds: async (box) => (await box.reader.ask<CertificateView>('GET', '/certificate')).issuer,
    left: 'Customer CA',
  },
  {
    path: '/settings/backup',
    typed: async (page) => {
      const file = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the file' }).click();
      await page.locator('input[type=file]').setInputFiles(await (await file).path());
      await page.getByRole('button', { name: 'See what will change' }).click();
      await page.getByRole('button', { name: 'Restore these settings' }).waitFor();
    },
    elsewhere: (box) => box.settings((settings) => ({ ...settings, supplyMark: 17 })),
    saved: (page) => page.getByRole('button', { name: 'Restore these settings' }).click(),
    told: STALE,
    holds: async (box) => (await settingsOf(box)).supplyMark,
    left: 17,
  },
  {
    path: '/left',
    typed: (page) => page.getByRole('switch', { name: 'MAC address' }).click(),
    elsewhere: async (box) => {
      const { withhold } = await settingsOf(box);
      await box.reader.ask('PUT', '/disclosure', { withhold: { ...withhold, hostName: true } });
    },
    saved: (page) => page.locator('#may-leave').getByRole('button', { name: 'Save' }).click(),
    told: STALE,
    holds: async (box) => {
      const { withhold } = await settingsOf(box);
      return [withhold.hostName, withhold.macAddress];
    },
    left: [true, false],
  },
  {
    path: '/left',
    typed: (page) => page.getByRole('switch', { name: /metrics/ }).waitFor(),
    elsewhere: (box) => box.settings((settings) => ({ ...settings, supplyMark: 18 })),
    saved: (page) => page.getByRole('switch', { name: /metrics/ }).click(),
    told: STALE,
    holds: async (box) => (await settingsOf(box)).metrics,
    left: false,
  },
  {
    path: '/left',
    typed: (page) => page.locator('.from-central select').first().waitFor(),
    elsewhere: (box) => box.settings((settings) => ({ ...settings, supplyMark: 19 })),
    saved: async (page) => {
      await page.locator('.from-central select').first().selectOption('never');
    },
    told: STALE,
    holds: async (box) => (await settingsOf(box)).fromCentral.settings,
    left: 'ask',
  },
];

/** Nothing is saved there: the change log is read only. */
const READ_ONLY = ['changes'];

test('a second tab that saves what is older is told, in every section', { skip }, async (t) => {
  const box = await startTestBox(t, { webRoot: join(root, 'packages/web/dist/box') });
  await box.setUp();
  await box.reader.ask('POST', '/people', MARIE);
  const chromium = await launchChromium();
  t.after(() => chromium.close());
  const reader = await chromium.open({ width: 1440, height: 1200, reducedMotion: true });
  await reader.route('**/api/v1/events**', (route) => route.abort());
  const page = await reader.newPage();
  await page.goto(`${box.url}/signin`);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).last().click();
  await page.locator('.machines').waitFor();

  const covered = new Set<string>();
  for (const { path, typed, elsewhere, saved, told, holds, left } of CASES) {
    await t.test(`${path}, ${JSON.stringify(left)}`, async () => {
      await page.goto(`${box.url}${path}`);
      await typed(page);
      await elsewhere(box);
      const before = await holds(box);
      assert.deepEqual(before, left, 'what the other tab saved');
      await saved(page);
      await page.getByText(told).first().waitFor();
      assert.deepEqual(await holds(box), left, 'still as the other tab left it');
      covered.add(path);
    });
  }
  assert.deepEqual(
    SECTIONS.filter((each) => !covered.has(`/settings/${each}`)),
    READ_ONLY,
  );
});
