/** What a box in another's place is offered: all that the other had, as far as central knows it, and what central cannot know. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProposedSettings, RangeSetting, ToldSettings } from '@rsb/contract';
import { settingsOfBox } from '../src/proposals/settings-of-box.ts';

const range = (text: string, ...credentials: string[]): RangeSetting => ({
  range: text,
  note: '',
  credentials,
  packetsPerSecond: 10,
  kilobytesPerHour: null,
  hours: null,
  ping: true,
  on: true,
});
const told = (own: Partial<ToldSettings> = {}): ToldSettings => ({
  ranges: [range('10.1.0.0/24', 'public')],
  credentials: [{ id: 'public', version: 'v2c', isPublic: true }],
  snmpPort: 161,
  packetsPerSecond: 25,
  kilobytesPerHour: null,
  times: { scan: '08:30', counters: 30, state: 60 },
  language: 'fr',
  zone: 'Europe/Paris',
  supplyMark: 12,
  proxy: false,
  ...own,
});
const SITE = { id: 'site', version: 'v2c', community: 'not to be read' } as const;
const V3 = {
  id: 'v3',
  version: 'v3',
  user: 'reader',
  auth: { protocol: 'sha256', passphrase: 'long enough' },
  privacy: null,
} as const;
const PUBLIC = { id: 'public', version: 'v2c', community: 'public' } as const;

test('nothing is known: nothing is offered', () => assert.equal(settingsOfBox([], null), null));

test('what was accepted bit by bit is one: later words count, credentials stay beside each other', () => {
  const accepted: ProposedSettings[] = [
    { ranges: [range('10.1.0.0/24', 'site')], credentials: [SITE], supplyMark: 15 },
    { credentials: [V3], zone: 'Europe/Paris' },
    { supplyMark: 20 },
  ];
  assert.deepEqual(settingsOfBox(accepted, null), {
    settings: { ranges: [range('10.1.0.0/24', 'site')], credentials: [SITE, V3], supplyMark: 20, zone: 'Europe/Paris' },
    lacking: [],
  });
});

test('what the box told last counts: changed there by hand, it is so for the next one', () => {
  const credentials = [...told().credentials, { id: 'site', version: 'v2c', isPublic: false } as const];
  const ranges = [range('10.1.0.0/24', 'public'), range('10.2.0.0/24', 'site', 'public')];
  const { proxy: _proxy, ...plain } = told({ ranges, credentials });
  assert.deepEqual(
    settingsOfBox([{ ranges: [range('10.9.0.0/24', 'site')], credentials: [SITE] }], told({ ranges, credentials })),
    {
      settings: { ...plain, credentials: [PUBLIC, SITE] },
      lacking: [],
    },
  );
});

test('secrets that were typed in at the box are named; a range that needs one waits, switched off', () => {
  const credentials = [
    { id: 'local', version: 'v2c', isPublic: false } as const,
    { id: 'v3', version: 'v3', isPublic: false } as const,
  ];
  const ranges = [range('10.1.0.0/24', 'local'), range('10.2.0.0/24', 'local', 'v3')];
  const found = settingsOfBox([{ credentials: [V3] }], told({ ranges, credentials, proxy: true }));
  assert.deepEqual(found?.lacking, ['local', 'proxy']);
  assert.deepEqual(found?.settings.ranges, [
    { ...range('10.1.0.0/24', 'public'), on: false },
    range('10.2.0.0/24', 'v3'),
  ]);
  assert.deepEqual(found?.settings.credentials, [V3, PUBLIC]);
  assert.equal(found?.settings.proxy, undefined);
});

test('a proxy that central proposed goes with it, with its password; one taken away since does not', () => {
  const accepted = [{ proxy: { url: 'http://proxy:3128', user: 'box', exceptions: [] }, proxyPassword: 'secret' }];
  const here = settingsOfBox(accepted, told({ proxy: true }))?.settings;
  assert.deepEqual([here?.proxy?.url, here?.proxyPassword], ['http://proxy:3128', 'secret']);
  assert.equal(settingsOfBox(accepted, told({ proxy: false }))?.settings.proxy, undefined);
});

test('a secret of another kind under the same name is no secret for it', () => {
  const credentials = [{ id: 'site', version: 'v3', isPublic: false } as const];
  const found = settingsOfBox([{ credentials: [SITE] }], told({ credentials, ranges: [range('10.1.0.0/24', 'site')] }));
  assert.deepEqual(found?.lacking, ['site']);
});
