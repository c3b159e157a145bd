/** Backup and restore: secrets sealed or left out, what changes told first, bad files refused at their place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BackupFile, ChangeList, RestoreCheck, SettingsView } from '@rsb/contract';
import { problem, rangeSetting, startTestBox, type TestBox } from './box-at-work.ts';

const PASSPHRASE = 'a passphrase for the safe';
const SECRETS = ['theircommunity', 'theirpassphrase', 'theirproxypassword'];

async function filled(box: TestBox): Promise<void> {
  await box.setUp();
  await box.settings((settings) => ({
    ...settings,
    ranges: [rangeSetting('10.1.0.0/28', { credentials: ['site', 'user'], hours: [[8], [], [], [], [], [], []] })],
    credentials: [
      ...settings.credentials,
      { id: 'site', version: 'v2c', community: 'theircommunity' },
      { id: 'user', version: 'v3', user: 'reader', auth: { protocol: 'sha1', passphrase: 'theirpassphrase' } },
    ],
    central: { ...settings.central, proxy: { url: 'http://proxy.test:3128', user: 'u', exceptions: [] } },
    proxyPassword: 'theirproxypassword',
    supplyMark: 17,
  }));
}

const backup = (box: TestBox, passphrase?: string): Promise<BackupFile> =>
  box.reader.ask('POST', '/backup', passphrase === undefined ? {} : { passphrase });
const view = (box: TestBox): Promise<SettingsView> => box.reader.ask('GET', '/settings');
const comparable = ({ revision: _, credentials, ...rest }: SettingsView) => ({
  ...rest,
  credentials: JSON.parse(JSON.stringify(credentials).replaceAll(/"setAt":"[^"]+"/g, '"setAt":"set"')),
});

test('onto another box with the passphrase: all is there again, secrets too', async (t) => {
  const [from, to] = [await startTestBox(t), await startTestBox(t)];
  await filled(from);
  await to.setUp();
  const file = await backup(from, PASSPHRASE);
  const text = JSON.stringify(file);
  for (const secret of SECRETS) assert.equal(text.includes(secret), false, secret);
  const { body, status } = await to.reader.call<RestoreCheck>('POST', '/restore/check', {
    file: text,
    passphrase: PASSPHRASE,
  });
  assert.equal(status, 200);
  assert.deepEqual([body.isSealed, body.missing], [false, []]);
  assert.ok(body.changes.some(({ path, old, new: fresh }) => path === '/supplyMark' && old === '10' && fresh === '17'));
  assert.equal((await view(to)).supplyMark, 10, 'nothing is saved by looking');
  const request = { file: text, passphrase: PASSPHRASE };
  const stale = await to.reader.call('POST', '/restore', request, { 'if-match': `"${body.revision + 1}"` });
  assert.equal(problem(stale).code, 'settingsStale');
  await to.reader.ask('POST', '/restore', request, { 'if-match': `"${body.revision}"` });
  assert.deepEqual(comparable(await view(to)), comparable(await view(from)));
  // What was restored is as good as what was saved: its own backup opens to the same.
  const again = await backup(to, PASSPHRASE);
  await from.reader.ask(
    'POST',
    '/restore',
    { file: JSON.stringify(again), passphrase: PASSPHRASE },
    { 'if-match': `"${(await view(from)).revision}"` },
  );
  assert.deepEqual(comparable(await view(from)), comparable(await view(to)));
  const { changes } = await to.reader.ask<ChangeList>('GET', '/changes');
  const told = JSON.stringify(changes);
  for (const secret of SECRETS) assert.equal(told.includes(secret), false, secret);
  assert.ok(changes.some(({ path }) => path === '/credentials/site/community'));
});

test('without a passphrase no secret is in it, and the ones that are missing are named', async (t) => {
  const [from, to] = [await startTestBox(t), await startTestBox(t)];
  await filled(from);
  await to.setUp();
  const file = await backup(from);
  assert.equal(file.secrets, null);
  const text = JSON.stringify(file);
  const check = await to.reader.ask<RestoreCheck>('POST', '/restore/check', { file: text });
  assert.deepEqual([check.isSealed, check.missing], [false, ['site', 'user']]);
  await to.reader.ask('POST', '/restore', { file: text }, { 'if-match': `"${check.revision}"` });
  const restored = await view(to);
  assert.deepEqual(restored.ranges[0]?.credentials, ['site', 'user']);
  const site = restored.credentials.find(({ id }) => id === 'site');
  assert.ok(site && site.version !== 'v3' && site.setAt === null && !site.isPublic, 'to be typed in again');
  // On the box that it came from, nothing is lost.
  const own = await from.reader.ask<RestoreCheck>('POST', '/restore/check', { file: text });
  assert.deepEqual([own.missing, own.changes], [[], []]);
  await from.reader.ask('POST', '/restore', { file: text }, { 'if-match': `"${own.revision}"` });
  assert.equal((await view(from)).proxyPasswordSet, true);
});

test('a sealed file without its passphrase says so, with a wrong one it is refused', async (t) => {
  const box = await startTestBox(t);
  await filled(box);
  const file = JSON.stringify(await backup(box, PASSPHRASE));
  assert.equal((await box.reader.ask<RestoreCheck>('POST', '/restore/check', { file })).isSealed, true);
  const wrong = problem(await box.reader.call('POST', '/restore/check', { file, passphrase: 'another passphrase' }));
  assert.deepEqual([wrong.code, wrong.errors?.[0]?.field], ['backupPassphraseWrong', '/passphrase']);
  const short = problem(await box.reader.call('POST', '/backup', { passphrase: 'short' }));
  assert.deepEqual([short.code, short.errors?.[0]?.field], ['passphraseTooShort', '/passphrase']);
});

test('bad files are refused at their place, and change nothing', async (t) => {
  const box = await startTestBox(t);
  await filled(box);
  const good = await backup(box, PASSPHRASE);
  const before = await view(box);
  const settings = good.settings as Record<string, unknown>;
  const bad: readonly (readonly [string, unknown, string])[] = [
    ['no JSON', '{"rsbBackup": 1', 'backupInvalid'],
    ['another file', JSON.stringify({ hello: 'world' }), 'backupInvalid'],
    ['a list', '[]', 'backupInvalid'],
    ['a newer one', JSON.stringify({ ...good, rsbBackup: 2 }), 'backupNewer'],
    [
      'a range too many',
      JSON.stringify({
        ...good,
        settings: { ...settings, ranges: [rangeSetting('8.8.8.0/24', { credentials: ['site'] })] },
      }),
      'backupInvalid',
    ],
    ['a zone that is none', JSON.stringify({ ...good, settings: { ...settings, zone: 'Mars/Base' } }), 'backupInvalid'],
    [
      'a credential that is not there',
      JSON.stringify({ ...good, settings: { ...settings, credentials: [settings['credentials']].flat().slice(0, 1) } }),
      'backupInvalid',
    ],
    [
      'a cost that would hold the box',
      JSON.stringify({ ...good, secrets: { ...good.secrets, memory: 99_000_000 } }),
      'backupInvalid',
    ],
  ];
  for (const [name, file, code] of bad) {
    const told = problem(
      await box.reader.call(
        'POST',
        '/restore',
        { file, passphrase: PASSPHRASE },
        { 'if-match': `"${before.revision}"` },
      ),
    );
    assert.deepEqual([told.code, told.errors?.[0]?.field], [code, '/file'], name);
  }
  assert.deepEqual(await view(box), before);
});
