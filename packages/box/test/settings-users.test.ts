/** SNMPv3 users in the settings: what is refused and where, keys in place of passphrases, what a later save keeps. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { CredentialInput, ErrorCode, SettingsInput } from '@rsb/contract';
import { instant, manualClock, seededRandom, silentLog } from '@rsb/runtime';
import { usmKey } from '@rsb/snmp';
import { createChangeLog, createSettings, defaultSettings, type Settings } from '../src/settings/index.ts';
import { openStore } from '../src/store/open-store.ts';
import { openVault } from '../src/store/vault.ts';
import { asInput } from './box-at-work.ts';

const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));
const AUTH = 'canary-auth-phrase';
const PRIVACY = 'canary-priv-phrase';
const user = (more: Partial<CredentialInput> = {}): CredentialInput => ({
  id: 'lab',
  version: 'v3',
  user: 'reader',
  auth: { protocol: 'sha256', passphrase: AUTH },
  privacy: { protocol: 'aes128', passphrase: PRIVACY },
  ...more,
});

function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-users-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { db } = openStore(folder);
  const vault = openVault(join(folder, 'secret.key'), { db, random: seededRandom(1), clock, log: silentLog() });
  const changeLog = createChangeLog(db, clock);
  const defaults = defaultSettings({ zone: 'Europe/Paris', language: 'en' });
  const make = () => createSettings({ db, vault, changeLog, defaults });
  return { folder, db, vault, changeLog, settings: make(), reopened: make };
}

const save = (settings: Settings, ...credentials: CredentialInput[]) => {
  const input = { ...asInput(settings.view() as unknown as SettingsInput), credentials };
  return settings.save(input, settings.revision, 'test');
};

describe('a user that is refused, at the field that is wrong', () => {
  const cases: readonly [string, CredentialInput, readonly (readonly [ErrorCode, string])[]][] = [
    ['without a name', user({ user: '' }), [['userNameMissing', '/user']]],
    ['with a name of 33 octets', user({ user: `${'é'.repeat(16)}x` }), [['userNameTooLong', '/user']]],
    ['with a context of 34 octets', user({ context: 'é'.repeat(17) }), [['userNameTooLong', '/context']]],
    [
      'with a passphrase of seven characters',
      user({ auth: { protocol: 'sha1', passphrase: 'pässwör' } }),
      [['passphraseTooShort', '/auth/passphrase']],
    ],
    [
      'with two short passphrases',
      user({ auth: { protocol: 'md5', passphrase: 'x' }, privacy: { protocol: 'des', passphrase: '' } }),
      [
        ['passphraseTooShort', '/auth/passphrase'],
        ['passphraseTooShort', '/privacy/passphrase'],
      ],
    ],
    ['encrypted without authentication', user({ auth: null }), [['privacyWithoutAuth', '/privacy']]],
    [
      'with protocols but no passphrase',
      user({ auth: { protocol: 'sha512' }, privacy: { protocol: 'aes256c' } }),
      [
        ['passphraseMissing', '/auth/passphrase'],
        ['passphraseMissing', '/privacy/passphrase'],
      ],
    ],
  ];
  for (const [what, credential, faults] of cases) {
    test(what, (t) => {
      const { settings } = open(t);
      const saved = save(settings, { id: 'public', version: 'v2c' }, credential);
      assert.ok(!saved.ok);
      assert.deepEqual(
        saved.error.map(({ code, field }) => [code, field]),
        faults.map(([code, field]) => [code, `/credentials/1${field}`]),
      );
      assert.equal(settings.revision, 0);
    });
  }
});

test('the passphrase becomes its key at once: neither it nor the key is in view, log, store or any file', (t) => {
  const { folder, settings, changeLog, db, reopened } = open(t);
  assert.ok(save(settings, user()).ok);
  for (const credential of [settings.credential('lab'), reopened().credential('lab')]) {
    assert.ok(credential?.version === 'v3');
    assert.equal(credential.auth?.key.reveal(), usmKey('sha256', AUTH).reveal());
    // The key for encryption is stretched with the hash of the authentication protocol (RFC 3826 §1.2).
    assert.equal(credential.privacy?.key.reveal(), usmKey('sha256', PRIVACY).reveal());
    assert.deepEqual(
      [credential.user, credential.context, credential.auth?.protocol, credential.privacy?.protocol],
      ['reader', '', 'sha256', 'aes128'],
    );
    const printed = JSON.stringify(credential);
    assert.ok(!printed.includes(usmKey('sha256', AUTH).reveal()));
  }
  const setAt = '2026-11-24T08:00:00Z';
  assert.deepEqual(settings.view().credentials, [
    {
      id: 'lab',
      version: 'v3',
      user: 'reader',
      context: '',
      auth: { protocol: 'sha256', setAt },
      privacy: { protocol: 'aes128', setAt },
    },
  ]);
  db.run('PRAGMA wal_checkpoint(TRUNCATE)');
  const secrets = [AUTH, PRIVACY, usmKey('sha256', AUTH).reveal(), usmKey('sha256', PRIVACY).reveal()];
  const kept = [JSON.stringify([settings.view(), settings.document, changeLog.latest(100)])];
  const files = readdirSync(folder);
  assert.ok(files.some((name) => name.endsWith('.sqlite')));
  for (const name of files) kept.push(readFileSync(join(folder, name), 'latin1'));
  for (const secret of secrets) for (const text of kept) assert.ok(!text.includes(secret));
});

test('the change log tells user and protocols, and of passphrases only that they were set', (t) => {
  const { settings, changeLog } = open(t);
  assert.ok(save(settings, { id: 'public', version: 'v2c' }, user()).ok);
  const told = Object.fromEntries(changeLog.latest(100).map(({ path, new: fresh }) => [path, fresh]));
  assert.deepEqual(told, {
    '/credentials/lab/version': 'v3',
    '/credentials/lab/user': 'reader',
    '/credentials/lab/auth': 'sha256',
    '/credentials/lab/privacy': 'aes128',
    '/credentials/lab/auth/passphrase': '•••',
    '/credentials/lab/privacy/passphrase': '•••',
  });
});

describe('a later save', () => {
  const keyOf = (settings: Settings, part: 'auth' | 'privacy') => {
    const credential = settings.credential('lab');
    return credential?.version === 'v3' ? credential[part]?.key.reveal() : undefined;
  };

  test('with id and version alone, or as the view gives it, keeps all and is no new revision', (t) => {
    const { settings } = open(t);
    assert.ok(save(settings, user()).ok);
    const { revision } = settings;
    assert.ok(save(settings, { id: 'lab', version: 'v3' }).ok);
    assert.ok(save(settings, settings.view().credentials[0] as CredentialInput).ok);
    assert.ok(save(settings, user()).ok);
    assert.equal(settings.revision, revision);
    assert.equal(keyOf(settings, 'auth'), usmKey('sha256', AUTH).reveal());
  });

  test('with another privacy protocol keeps the key, which does not depend on it', (t) => {
    const { settings } = open(t);
    assert.ok(save(settings, user()).ok);
    assert.ok(save(settings, user({ auth: { protocol: 'sha256' }, privacy: { protocol: 'aes256' } })).ok);
    assert.equal(keyOf(settings, 'privacy'), usmKey('sha256', PRIVACY).reveal());
  });

  test('with another authentication protocol needs both passphrases again, for both keys are made by it', (t) => {
    const { settings } = open(t);
    assert.ok(save(settings, user()).ok);
    const { id, version } = user();
    const saved = save(settings, { id, version, auth: { protocol: 'sha512' } });
    assert.ok(!saved.ok);
    assert.deepEqual(
      saved.error.map(({ field }) => field),
      ['/credentials/0/auth/passphrase', '/credentials/0/privacy/passphrase'],
    );
    const auth = { protocol: 'sha512', passphrase: AUTH } as const;
    assert.ok(save(settings, user({ auth })).ok);
    assert.equal(keyOf(settings, 'privacy'), usmKey('sha512', PRIVACY).reveal());
  });

  test('with a lower level, another version or without the user drops the keys', (t) => {
    const { settings, vault } = open(t);
    const has = () => [vault.setAt('auth/lab') !== null, vault.setAt('privacy/lab') !== null];
    assert.ok(save(settings, user()).ok);
    assert.ok(save(settings, user({ privacy: null })).ok);
    assert.deepEqual(has(), [true, false]);
    assert.ok(save(settings, user({ auth: null, privacy: null })).ok);
    assert.deepEqual(has(), [false, false]);
    assert.ok(save(settings, user()).ok);
    assert.ok(save(settings, { id: 'lab', version: 'v2c', community: 'canary' }).ok);
    assert.deepEqual(has(), [false, false]);
    assert.ok(save(settings, user()).ok);
    assert.equal(vault.setAt('community/lab'), null);
    assert.ok(save(settings, { id: 'public', version: 'v2c', community: 'public' }).ok);
    assert.deepEqual(has(), [false, false]);
  });

  test('of a user without keys, or whose key cannot be opened: not usable, and the page is told where', (t) => {
    const { settings, db } = open(t);
    assert.ok(save(settings, user({ auth: null, privacy: null })).ok);
    assert.ok(settings.credential('lab')?.version === 'v3');
    assert.ok(save(settings, user()).ok);
    db.run("UPDATE secret SET sealed = X'00' WHERE name = 'privacy/lab'");
    assert.equal(settings.credential('lab'), null);
    const saved = save(settings, { id: 'lab', version: 'v3' });
    assert.ok(!saved.ok && saved.error.some(({ field }) => field === '/credentials/0/privacy/passphrase'));
  });
});
