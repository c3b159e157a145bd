import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SettingsView } from '@rsb/contract';
import { settingsWith } from '../src/box/first-start/first-settings.ts';
import { changesOf } from '../src/box/settings/changes.ts';
import {
  credentialPlace,
  draftFrom,
  freshCredential,
  inputFrom,
  numberFaults,
  rebased,
  type SettingsDraft,
  timeOfDay,
  withAuth,
  withPrivacy,
} from '../src/box/settings/draft.ts';
import { sectionOf } from '../src/box/settings/sections.ts';
import { settingWord } from '../src/box/settings/setting-words.ts';
import { placeAfter } from '../src/routing/router.ts';
import { mockSettings } from './mock/mock-settings.ts';

const base = mockSettings('normal');
const en = { locale: 'en' } as const;
const edited = (part: Partial<SettingsDraft>): SettingsDraft => ({ ...draftFrom(base), ...part });
const withRange = (at: number, part: object) =>
  edited({ ranges: draftFrom(base).ranges.map((range, index) => (index === at ? { ...range, ...part } : range)) });

test('what was not edited is sent as it came, secrets left out', () => {
  const { credentials, revision: _, proxyPasswordSet: __, ...all } = base;
  // What has a page of its own stays as it is when it is left out.
  const { withhold: _withhold, keepSent: _keepSent, metrics: _metrics, fromCentral: _from, ...rest } = all;
  const input = inputFrom(draftFrom(base), base);
  assert.deepEqual(input, { ...rest, credentials: credentials.map(({ id, version }) => ({ id, version })) });
  assert.deepEqual(changesOf(draftFrom(base), base), []);
});

test('a change says where, what it was and what it becomes', () => {
  const table: readonly (readonly [SettingsDraft, readonly object[]])[] = [
    [
      withRange(1, { range: '192.168.16.0/23' }),
      [{ path: '/ranges/1/range', old: '192.168.7.0/24', new: '192.168.16.0/23' }],
    ],
    [
      withRange(1, { packetsPerSecond: '8', on: false }),
      [
        { path: '/ranges/1/packetsPerSecond', range: '192.168.7.0/24', old: '4', new: '8' },
        { path: '/ranges/1/on', range: '192.168.7.0/24', old: 'true', new: 'false' },
      ],
    ],
    [
      edited({ ranges: draftFrom(base).ranges.slice(0, 2) }),
      [{ path: '/ranges/2', old: '192.168.17.0/24', new: null }],
    ],
    [edited({ scan: '8:30' }), [{ path: '/times/scan', old: '09:00', new: '08:30' }]],
    [edited({ centralUrl: '' }), [{ path: '/central/url', old: 'https://central.example', new: '' }]],
    // A secret is never among the values.
    [
      edited({
        credentials: draftFrom(base).credentials.map((each) =>
          each.id === 'site' ? { ...each, community: 'hush' } : each,
        ),
      }),
      [{ path: '/credentials/1/community', old: null, new: null }],
    ],
    [edited({ proxyPassword: 'hush' }), [{ path: '/proxyPassword', old: null, new: null }]],
  ];
  for (const [draft, changes] of table) assert.deepEqual(changesOf(draft, base), changes);
  assert.equal(JSON.stringify(table.map(([draft]) => changesOf(draft, base))).includes('hush'), false);
});

test('every change has words', () => {
  const draft = edited({
    ranges: [
      {
        ...draftFrom(base).ranges[0],
        key: 'a',
        origin: 0,
        range: '10.0.0.0/24',
        note: 'n',
        credentials: ['site'],
        packetsPerSecond: '1',
        kilobytesPerHour: '100',
        hours: [[9], [9], [9], [9], [9], [], []],
        ping: false,
        on: false,
      },
    ],
    snmpPort: '1161',
    packetsPerSecond: '1',
    kilobytesPerHour: '2000',
    scan: '01:00',
    counters: '5',
    state: '5',
    language: 'fr',
    zone: 'UTC',
    supplyMark: '5',
    openReading: false,
    hostNames: 'box',
    centralUrl: 'https://other.example',
    proxy: { url: 'http://p', user: 'u', exceptions: 'a, b' },
    proxyPassword: 'x',
    ca: 'x',
  });
  const changes = changesOf(draft, base);
  assert.ok(changes.length >= 23);
  for (const { path } of changes) {
    assert.notEqual(settingWord(path, en), path, path);
    assert.ok(sectionOf(path), path);
  }
  assert.equal(settingWord('/some/thing', en), '/some/thing');
  assert.equal(settingWord('/devices/Ricoh E153/serviceId', en), 'Service ID, Ricoh E153');
});

test('numbers that are none are named with their limits before anything is sent', () => {
  const faults = (draft: SettingsDraft) => [...numberFaults(inputFrom(draft, base)).keys()];
  assert.deepEqual(faults(draftFrom(base)), []);
  assert.deepEqual(faults(edited({ counters: 'often', snmpPort: '0', supplyMark: '', state: '7.5' })), [
    '/snmpPort',
    '/times/counters',
    '/times/state',
    '/supplyMark',
  ]);
  assert.deepEqual(faults(withRange(2, { packetsPerSecond: 'x' })), ['/ranges/2/packetsPerSecond']);
  assert.deepEqual(faults(withRange(2, { packetsPerSecond: '2,5' })), []);
});

test('a time of day is taken as people write it', () => {
  const table = [
    ['09:00', '09:00'],
    ['9:05', '09:05'],
    ['9h', '09:00'],
    ['9 h 30', '09:30'],
    ['21.15', '21:15'],
    ['9 Uhr', '09:00'],
    ['24:00', '24:00'],
    ['noon', 'noon'],
  ] as const;
  for (const [text, time] of table) assert.equal(timeOfDay(text), time);
});

test('a credential that no range uses any more is not kept, and errors find the one they mean', () => {
  const draft = withRange(1, { credentials: ['public'] });
  assert.deepEqual(
    inputFrom(draft, base).credentials.map(({ id }) => id),
    ['public'],
  );
  assert.equal(credentialPlace(draftFrom(base), 'site'), 1);
  assert.equal(credentialPlace(draft, 'site'), -1);
  assert.equal(freshCredential(draftFrom(base).credentials).id, 'access-3');
});

test('edits stay mine over what another tab saved', () => {
  const theirs: SettingsView = {
    ...base,
    revision: 8,
    ranges: base.ranges.slice(1),
    times: { ...base.times, counters: 30 },
  };
  const mine = rebased(withRange(1, { packetsPerSecond: '8' }), theirs);
  assert.deepEqual(changesOf(mine, theirs), [
    { path: '/ranges/0', old: null, new: '192.168.10.0/24' },
    { path: '/ranges/1/packetsPerSecond', range: '192.168.7.0/24', old: '4', new: '8' },
    { path: '/times/counters', old: '30', new: '60' },
  ]);
});

test('the first start saves the ticked networks only, asked with the community given', () => {
  const empty = mockSettings('setup');
  const network = (range: string, isOn: boolean) => ({ range, addresses: 254, note: 'eth0', isOn, isOwn: true });
  const networks = [network('10.0.0.0/24', true), network('10.0.1.0/24', false)];
  const plain = settingsWith(empty, networks, 'public');
  assert.deepEqual(
    plain.ranges.map(({ range, credentials, on }) => ({ range, credentials, on })),
    [{ range: '10.0.0.0/24', credentials: ['public'], on: true }],
  );
  assert.equal(
    plain.credentials.some((each) => each.community !== undefined),
    false,
  );
  const own = settingsWith(empty, networks, 'site-community');
  assert.equal(own.credentials.find((each) => each.id === own.ranges[0]?.credentials[0])?.community, 'site-community');
});

test('after signing in one comes back to this app only', () => {
  const table = [
    ['?to=%2Fsettings', '/settings'],
    ['', '/'],
    ['?to=https%3A%2F%2Fevil.example', '/'],
    ['?to=%2F%2Fevil.example', '/'],
    ['?to=%2F%5Cevil.example', '/'],
    ['?to=%2Fsignin', '/'],
  ] as const;
  for (const [query, place] of table) assert.equal(placeAfter(query), place);
});

test('an SNMPv3 user is typed in, kept without its passphrases, and asked for both where the hash changes', () => {
  const saved: SettingsView['credentials'][number] = {
    id: 'lab',
    version: 'v3',
    user: 'reader',
    context: '',
    auth: { protocol: 'sha256', setAt: '2025-01-12T08:00:00Z' },
    privacy: { protocol: 'aes128', setAt: '2025-01-12T08:00:00Z' },
  };
  const view: SettingsView = {
    ...base,
    credentials: [saved],
    ranges: base.ranges.map((range) => ({ ...range, credentials: ['lab'] })),
  };
  const draft = draftFrom(view);
  const [user] = draft.credentials;
  assert.ok(user);
  const inputOf = (credential: typeof user) => inputFrom({ ...draft, credentials: [credential] }, view).credentials[0];
  assert.deepEqual(inputOf(user), {
    id: 'lab',
    version: 'v3',
    user: 'reader',
    context: '',
    auth: { protocol: 'sha256' },
    privacy: { protocol: 'aes128' },
  });
  assert.deepEqual(changesOf(draft, view), []);

  const cipher = withPrivacy(user, 'aes256', saved);
  assert.deepEqual([cipher.auth?.passphrase, cipher.privacy?.passphrase], [null, null], 'the key fits every cipher');
  const hash = withAuth(user, 'sha512', saved);
  assert.deepEqual([hash.auth?.passphrase, hash.privacy?.passphrase], ['', '']);
  assert.deepEqual(withAuth(hash, 'sha256', saved), user, 'and back');
  assert.deepEqual([withAuth(user, null, saved).privacy, withPrivacy(user, null, saved).privacy], [null, null]);

  const typed = { ...hash, auth: { protocol: 'sha512' as const, setAt: null, passphrase: 'canary phrase' } };
  assert.deepEqual(inputOf(typed)?.auth, { protocol: 'sha512', passphrase: 'canary phrase' });
  const changes = changesOf({ ...draft, credentials: [typed] }, view);
  assert.deepEqual(
    changes.map(({ path, old, new: fresh }) => [path, old, fresh]),
    [
      ['/credentials/0/auth', 'sha256', 'sha512'],
      ['/credentials/0/auth/passphrase', null, null],
    ],
  );
  const words = changes.map(({ path }) => settingWord(path, { locale: 'en' }));
  assert.deepEqual(words, ['Authentication', 'Passphrase, authentication']);
  assert.equal(settingWord('/credentials/lab/privacy', { locale: 'de' }), 'Verschlüsselung, lab');
});
