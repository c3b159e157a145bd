/** Settings: what is refused and where, revisions, secrets that are never given back, the change log. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { ErrorCode, SettingsInput } from '@rsb/contract';
import { instant, manualClock, seededRandom, silentLog } from '@rsb/runtime';
import { createChangeLog, createSettings, defaultSettings, type Settings } from '../src/settings/index.ts';
import { openStore } from '../src/store/open-store.ts';
import { openVault } from '../src/store/vault.ts';
import { asInput, rangeSetting } from './box-at-work.ts';

const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));

function open(t: TestContext, folder = mkdtempSync(join(tmpdir(), 'rsb-settings-'))) {
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { db } = openStore(folder);
  const vault = openVault(join(folder, 'secret.key'), { db, random: seededRandom(1), clock, log: silentLog() });
  const changeLog = createChangeLog(db, clock);
  const defaults = defaultSettings({ zone: 'Europe/Paris', language: 'en' });
  return { folder, db, changeLog, settings: createSettings({ db, vault, changeLog, defaults }) };
}

/** What the page would send after loading. */
const input = (settings: Settings, more: Partial<SettingsInput> = {}): SettingsInput => ({
  ...asInput(settings.view() as unknown as SettingsInput),
  ...more,
});

const communityOf = (settings: Settings, id: string): string | undefined => {
  const credential = settings.credential(id);
  return credential && credential.version !== 'v3' ? credential.community.reveal() : undefined;
};
const isPublic = (settings: Settings): boolean | undefined => {
  const [, view] = settings.view().credentials;
  return view && view.version !== 'v3' ? view.isPublic : undefined;
};

test('before anything is set: no range, community public, nine o’clock, hourly', (t) => {
  const { settings } = open(t);
  const { ranges, credentials, times, packetsPerSecond, zone, revision, snmpPort } = settings.view();
  assert.deepEqual(
    { ranges, times, packetsPerSecond, zone, revision, snmpPort },
    {
      ranges: [],
      times: { scan: '09:00', counters: 60, state: 60 },
      packetsPerSecond: 25,
      zone: 'Europe/Paris',
      revision: 0,
      snmpPort: 161,
    },
  );
  assert.deepEqual(credentials, [{ id: 'public', version: 'v2c', isPublic: true, setAt: null }]);
  assert.equal(communityOf(settings, 'public'), 'public');
});

describe('what is refused, each at its field', () => {
  const ranges = (...texts: string[]) => ({ ranges: texts.map((text) => rangeSetting(text)) });
  const central = (more: Partial<SettingsInput['central']>) => ({
    central: { url: null, proxy: null, ca: null, ...more },
  });
  const proxy = (url: string) => central({ proxy: { url, user: null, exceptions: [] } });
  const refused: readonly [string, Partial<SettingsInput>, readonly (readonly [ErrorCode, string])[]][] = [
    ['a prefix above 32', ranges('10.0.0.0/40'), [['rangeInvalid', '/ranges/0/range']]],
    ['300 in an address', ranges('192.168.1.0/24', '192.168.300.1'), [['rangeInvalid', '/ranges/1/range']]],
    ['a huge range', ranges('10.0.0.0/8'), [['rangeTooLarge', '/ranges/0/range']]],
    ['the public internet', ranges('8.8.8.0/24'), [['rangePublic', '/ranges/0/range']]],
    ['half in the public internet', ranges('10.0.0.1, 9.9.9.9'), [['rangePublic', '/ranges/0/range']]],
    ['nothing', ranges(' , '), [['rangeEmpty', '/ranges/0/range']]],
    [
      'an overlap',
      ranges('10.0.0.0/24', '10.0.1.0/24', '10.0.0.200-10.0.1.20'),
      [
        ['rangeOverlap', '/ranges/2/range'],
        ['rangeOverlap', '/ranges/2/range'],
      ],
    ],
    [
      'an overlap behind a range that cannot be read',
      ranges('10.0.0.0/24', 'x', '10.0.0.5'),
      [
        ['rangeInvalid', '/ranges/1/range'],
        ['rangeOverlap', '/ranges/2/range'],
      ],
    ],
    [
      'a credential that is not there',
      { ranges: [rangeSetting('10.0.0.1', { credentials: ['public', 'gone'] })] },
      [['credentialUnknown', '/ranges/0/credentials/1']],
    ],
    [
      'a credential without community',
      { credentials: [{ id: 'new', version: 'v1' }] },
      [['credentialMissing', '/credentials/0/community']],
    ],
    [
      'a credential twice',
      {
        credentials: [
          { id: 'public', version: 'v1' },
          { id: 'public', version: 'v2c' },
        ],
      },
      [['fieldInvalid', '/credentials/1/id']],
    ],
    ['no zone', { zone: 'Europe/Strasbourg' }, [['zoneUnknown', '/zone']]],
    ['an offset for a zone', { zone: '+01:00' }, [['zoneUnknown', '/zone']]],
    ['central in the clear', central({ url: 'http://central.example' }), [['urlInsecure', '/central/url']]],
    [
      'central at another machine in the clear',
      central({ url: 'http://192.168.1.5:8090' }),
      [['urlInsecure', '/central/url']],
    ],
    ['no URL', central({ url: 'central.example' }), [['urlInvalid', '/central/url']]],
    ['another protocol', central({ url: 'ftp://central.example' }), [['urlInvalid', '/central/url']]],
    ['a login in the URL', central({ url: 'https://box:pw@central.example' }), [['urlInvalid', '/central/url']]],
    ['a proxy that is none', proxy('proxy:8080/path'), [['urlInvalid', '/central/proxy/url']]],
    ['a text for a certificate', central({ ca: 'hello' }), [['certificateInvalid', '/central/ca']]],
    [
      'half a certificate',
      central({ ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }),
      [['certificateInvalid', '/central/ca']],
    ],
    [
      'a private key',
      central({ ca: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' }),
      [['certificateInvalid', '/central/ca']],
    ],
    [
      'several at once',
      { ...ranges('x'), zone: 'Nowhere', ...central({ url: 'x' }) },
      [
        ['rangeInvalid', '/ranges/0/range'],
        ['zoneUnknown', '/zone'],
        ['urlInvalid', '/central/url'],
      ],
    ],
  ];
  for (const [name, change, faults] of refused) {
    test(name, (t) => {
      const { settings } = open(t);
      const saved = settings.save(input(settings, change), 0, 'test');
      assert.ok(!saved.ok);
      assert.deepEqual(
        saved.error.map(({ code, field }) => [code, field]),
        faults,
      );
      assert.equal(settings.revision, 0, 'nothing was saved');
    });
  }

  for (const url of [
    'https://central.example',
    'https://central.example:8443/rsb',
    'http://localhost:8090',
    'http://127.0.0.1:1',
  ]) {
    test(`${url} is fine`, (t) => {
      const { settings } = open(t);
      assert.ok(settings.save(input(settings, central({ url })), 0, 'test').ok);
    });
  }
});

describe('revisions', () => {
  test('a second tab’s stale save changes nothing', (t) => {
    const { settings } = open(t);
    const first = input(settings, { supplyMark: 15 });
    const second = input(settings, { supplyMark: 20 });
    assert.ok(settings.save(first, 0, 'first tab').ok);
    const stale = settings.save(second, 0, 'second tab');
    assert.ok(!stale.ok);
    assert.equal(stale.error[0]?.code, 'settingsStale');
    assert.equal(settings.document.supplyMark, 15);
    assert.equal(settings.revision, 1);
  });

  test('saving the same again is no new one', (t) => {
    const { settings } = open(t);
    assert.ok(settings.save(input(settings), 0, 'test').ok);
    assert.equal(settings.revision, 0);
    const turned = [rangeSetting('10.0.1.0/24'), rangeSetting('10.0.0.0/24')];
    assert.ok(settings.save(input(settings, { ranges: turned }), 0, 'test').ok);
    assert.ok(settings.save(input(settings, { ranges: turned.toReversed() }), 1, 'test').ok);
    assert.equal(settings.revision, 2, 'another order is something else');
  });

  test('survive a restart', (t) => {
    const first = open(t);
    assert.ok(first.settings.save(input(first.settings, { ranges: [rangeSetting('10.0.0.0/24')] }), 0, 'test').ok);
    first.db.close();
    const { settings } = open(t, first.folder);
    assert.equal(settings.revision, 1);
    assert.equal(settings.document.ranges[0]?.range, '10.0.0.0/24');
  });
});

describe('secrets', () => {
  const withCommunity = (community?: string): Partial<SettingsInput> => ({
    credentials: [
      { id: 'public', version: 'v2c' },
      { id: 'warehouse', version: 'v1', ...(community !== undefined && { community }) },
    ],
  });

  test('a community is set, kept by leaving it out, replaced, and never given back', (t) => {
    const { settings, changeLog } = open(t);
    assert.ok(settings.save(input(settings, withCommunity('canary-one')), settings.revision, 'test').ok);
    assert.equal(communityOf(settings, 'warehouse'), 'canary-one');
    assert.ok(settings.save(input(settings, withCommunity()), settings.revision, 'test').ok);
    assert.equal(communityOf(settings, 'warehouse'), 'canary-one');
    assert.ok(settings.save(input(settings, withCommunity('canary-two')), settings.revision, 'test').ok);
    assert.equal(communityOf(settings, 'warehouse'), 'canary-two');
    assert.ok(!JSON.stringify([settings.view(), settings.document, changeLog.latest(100)]).includes('canary'));
    assert.deepEqual(settings.view().credentials[1], {
      id: 'warehouse',
      version: 'v1',
      isPublic: false,
      setAt: '2026-11-24T08:00:00Z',
    });
  });

  test('a credential that is removed takes its community with it', (t) => {
    const { settings } = open(t);
    assert.ok(settings.save(input(settings, withCommunity('canary-one')), settings.revision, 'test').ok);
    assert.ok(
      settings.save(input(settings, { credentials: [{ id: 'public', version: 'v2c' }] }), settings.revision, 'test').ok,
    );
    const back = settings.save(input(settings, withCommunity()), settings.revision, 'test');
    assert.ok(!back.ok && back.error[0]?.code === 'credentialMissing');
  });

  test('“public” is no secret, and may become one', (t) => {
    const { settings } = open(t);
    assert.ok(settings.save(input(settings, withCommunity('public')), settings.revision, 'test').ok);
    assert.equal(isPublic(settings), true);
    assert.ok(settings.save(input(settings, withCommunity('canary')), settings.revision, 'test').ok);
    assert.equal(isPublic(settings), false);
    assert.equal(communityOf(settings, 'warehouse'), 'canary');
  });

  test('the proxy’s password goes with the proxy', (t) => {
    const { settings } = open(t);
    const proxy = { url: 'http://proxy.example:3128', user: 'box', exceptions: ['*.local'] };
    const central = { url: null, proxy, ca: null };
    assert.ok(settings.save(input(settings, { central, proxyPassword: 'canary' }), settings.revision, 'test').ok);
    assert.equal(settings.proxyPassword()?.reveal(), 'canary');
    assert.equal(settings.view().proxyPasswordSet, true);
    assert.ok(settings.save(input(settings, { central }), settings.revision, 'test').ok);
    assert.equal(settings.proxyPassword()?.reveal(), 'canary', 'kept by leaving it out');
    assert.ok(settings.save(input(settings, { central: { ...central, proxy: null } }), settings.revision, 'test').ok);
    assert.equal(settings.proxyPassword(), null);
  });
});

test('the change log says who changed what from what to what', (t) => {
  const { settings, changeLog } = open(t);
  const change = {
    ranges: [rangeSetting('192.168.1.0/24', { note: 'Office' })],
    times: { scan: '07:30', counters: 60, state: 60 },
  };
  assert.ok(settings.save(input(settings, change), 0, '192.168.1.5').ok);
  const entries = changeLog.latest(100).map(({ who, path, old, new: fresh }) => [who, path, old, fresh]);
  assert.deepEqual(
    entries.find(([, path]) => path === '/times/scan'),
    ['192.168.1.5', '/times/scan', '09:00', '07:30'],
  );
  assert.deepEqual(
    entries.find(([, path]) => path === '/ranges/192.168.1.0~124/note'),
    ['192.168.1.5', '/ranges/192.168.1.0~124/note', '', 'Office'],
  );
  const count = entries.length;
  assert.ok(settings.save(input(settings), 1, 'test').ok);
  assert.equal(changeLog.latest(100).length, count, 'a save that changes nothing is not an entry');
});
