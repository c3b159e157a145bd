/** How an SNMPv3 user is named on the command line: what each spelling means, and what each mistake says. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { LOCALES } from '@rsb/messages';
import { type Credential, usmKey } from '@rsb/snmp';
import { ASKING_OPTIONS, parseAsking } from '../src/asking-options.ts';
import { parseOptions } from '../src/options.ts';
import { scan } from '../src/scan.ts';
import { test as testCommand } from '../src/test.ts';
import { capturedIo } from './captured-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'rsb-v3-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'phrase');
writeFileSync(file, 'from a file\nsecond line\n');

const PATIENCE = { timeout: 1000, retries: 0 } as Parameters<typeof parseAsking>[1];

function credentialsOf(args: readonly string[], env: Record<string, string> = {}): readonly Credential[] {
  const options = parseOptions(args, ASKING_OPTIONS);
  assert.ok(options.ok, JSON.stringify(options));
  const asking = parseAsking(options.value.values, PATIENCE, { env, locale: 'en' });
  assert.ok(asking.ok, JSON.stringify(asking));
  return asking.value.credentials;
}

const told = (credential: Credential | undefined) => {
  assert.ok(credential?.version === 'v3');
  const { user, context, auth, privacy } = credential;
  return [
    user,
    context,
    auth && [auth.protocol, auth.key.reveal()],
    privacy && [privacy.protocol, privacy.key.reveal()],
  ];
};

describe('a user of SNMPv3', () => {
  const A = 'auth phrase';
  const P = 'priv phrase';
  type Auth = Parameters<typeof usmKey>[0];
  const cases: readonly [string, readonly string[], readonly [Auth | null, string, string | null, string], object?][] =
    [
      ['by name alone', [], [null, '', null, '']],
      [
        'protocol and passphrase in one',
        ['--v3-auth', `sha256:${A}`, '--v3-priv', `aes256:${P}`],
        ['sha256', A, 'aes256', P],
      ],
      ['a passphrase alone', ['--v3-auth', A, '--v3-priv', P], ['sha1', A, 'aes128', P]],
      ['authentication alone', ['--v3-auth', `md5:${A}`], ['md5', A, null, '']],
      ['as other tools spell it', ['--v3-auth', `SHA:${A}`, '--v3-priv', `AES:${P}`], ['sha1', A, 'aes128', P]],
      ['with hyphens', ['--v3-auth', `SHA-512:${A}`, '--v3-priv', `AES-256-C:${P}`], ['sha512', A, 'aes256c', P]],
      ['a passphrase with a colon', ['--v3-auth', 'sha224:a:phrase:more'], ['sha224', 'a:phrase:more', null, '']],
      [
        'in options of their own',
        ['--v3-auth', 'sha384', '--v3-auth-pass', A, '--v3-priv', 'des', '--v3-priv-pass', P],
        ['sha384', A, 'des', P],
      ],
      [
        'from the first line of a file',
        ['--v3-auth', 'sha256', '--v3-auth-file', file, '--v3-priv-file', file],
        ['sha256', 'from a file', 'aes128', 'from a file'],
      ],
      [
        'from the environment',
        ['--v3-auth', 'sha256', '--v3-priv', 'aes192c'],
        ['sha256', A, 'aes192c', P],
        { RSB_V3_AUTH_PASS: A, RSB_V3_PRIV_PASS: P },
      ],
    ];
  for (const [what, args, [auth, authPhrase, privacy, privPhrase], env] of cases) {
    it(what, () => {
      const [credential, ...others] = credentialsOf(['--v3-user', 'reader', ...args], { ...env });
      assert.deepEqual(others, []);
      assert.deepEqual(told(credential), [
        'reader',
        '',
        auth && [auth, usmKey(auth, authPhrase).reveal()],
        // By the hash of the authentication, whatever the cipher.
        auth && privacy && [privacy, usmKey(auth, privPhrase).reveal()],
      ]);
    });
  }

  it('goes before communities, which are tried only where they are named too', () => {
    const tried = (...args: string[]) => credentialsOf(args).map(({ version }) => version);
    assert.deepEqual(tried(), ['v2c', 'v1']);
    assert.deepEqual(tried('--v3-user', 'reader'), ['v3']);
    assert.deepEqual(tried('--v3-user', 'reader', '--community', 'a'), ['v3', 'v2c', 'v1']);
  });

  it('in a context', () => {
    const [credential] = credentialsOf(['--v3-user', 'reader', '--v3-context', 'printer']);
    assert.deepEqual(told(credential).slice(0, 2), ['reader', 'printer']);
  });
});

describe('a mistake is exit 2 with a sentence that says what to do, and without the passphrase', () => {
  const user = ['--v3-user', 'reader'];
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['no user', ['--v3-auth', 'sha1:canary-phrase'], /--v3-auth .*--v3-user/],
    ['no user for a context', ['--v3-context', 'x'], /--v3-context .*--v3-user/],
    ['an empty name', ['--v3-user', ''], /--v3-user ?: .*32/],
    ['a name of 33 octets', ['--v3-user', 'é'.repeat(17)], /--v3-user ?: .*32/],
    ['a long context', [...user, '--v3-context', 'x'.repeat(33)], /--v3-context ?: .*32/],
    ['encryption alone', [...user, '--v3-priv', 'aes:canary-phrase'], /--v3-priv .*--v3-auth/],
    ['an unknown hash', [...user, '--v3-auth', 'sha3:canary-phrase'], /--v3-auth ?: .*sha3.* md5, sha1, sha224/],
    [
      'an unknown cipher',
      [...user, '--v3-auth', 'canary-phrase', '--v3-priv', '3des:canary-phrase'],
      /--v3-priv ?: .*3des.* des, aes128/,
    ],
    ['a hash without passphrase', [...user, '--v3-auth', 'sha256'], /--v3-auth sha256:.*RSB_V3_AUTH_PASS/],
    ['a short passphrase', [...user, '--v3-auth', 'canary1'], /--v3-auth ?: .* 8 /],
    ['a short one behind its protocol', [...user, '--v3-auth', 'sha256:canary1'], /--v3-auth ?: .* 8 /],
    [
      'a short one for encryption',
      [...user, '--v3-auth', 'canary-phrase', '--v3-priv', 'des:canary1'],
      /--v3-priv ?: .* 8 /,
    ],
    ['a file that is not there', [...user, '--v3-auth-file', join(folder, 'none')], /none/],
  ];
  for (const [what, args, says] of cases) {
    it(what, async () => {
      for (const locale of LOCALES) {
        const io = capturedIo({ locale });
        assert.equal(await testCommand(['127.0.0.1', ...args], io), 2);
        assert.match(io.err().replaceAll(/\s+/g, ' '), says);
        assert.doesNotMatch(io.err(), /canary/);
        assert.equal(io.out(), '');
      }
      const io = capturedIo();
      assert.equal(await scan(['127.0.0.1', '--estimate', ...args], io), 2);
    });
  }
});
