/** Wrong credentials against Debian's snmpd, each told by its own cause, in three languages. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Cause, DiagnosisView } from '@rsb/contract';
import type { EchoResult, EchoSweep } from '@rsb/icmp';
import { LOCALES } from '@rsb/messages';
import { millis } from '@rsb/runtime';
import { skipWithout } from '@rsb/snmp/test/debian';
import { type Snmpd, startSnmpd } from '@rsb/snmp/test/snmpd';
import { read } from '../src/read.ts';
import { scan } from '../src/scan.ts';
import { type TestMeans, test } from '../src/test.ts';
import { diagnosisText } from '../src/test-text.ts';
import { capturedIo, within } from './captured-io.ts';

const AUTH = 'right for auth';
const PRIV = 'right for priv';
/** A view of sysDescr alone hides the Printer-MIB; `override` puts a small printer into the others. */
const PRINTER = [
  'override .1.3.6.1.2.1.1.2.0 object_id .1.3.6.1.4.1.367.1.1',
  'override .1.3.6.1.2.1.43.5.1.1.16.1 octet_str "Office printer"',
  'override .1.3.6.1.2.1.43.5.1.1.17.1 octet_str "SN123456"',
  'override .1.3.6.1.2.1.43.10.2.1.4.1.1 counter 4711',
  'override .1.3.6.1.2.1.25.3.2.1.2.1 object_id .1.3.6.1.2.1.25.3.1.5',
  'override .1.3.6.1.2.1.25.3.2.1.3.1 octet_str "RICOH MP C3003"',
];
const CONFIGURATION = [
  `createUser full SHA-256 "${AUTH}" AES "${PRIV}"`,
  `createUser old MD5 "${AUTH}" DES "${PRIV}"`,
  `createUser unsealed SHA-256 "${AUTH}"`,
  'createUser plain',
  `createUser blind SHA-256 "${AUTH}" AES "${PRIV}"`,
  `createUser nobody SHA-256 "${AUTH}" AES "${PRIV}"`,
  'rouser full priv',
  'rouser old priv',
  'rouser unsealed auth',
  'rouser plain noauth',
  'rouser blind priv -V system',
  'view system included .1.3.6.1.2.1.1.1',
  ...PRINTER,
];

/** Loopback answers every echo: here it does as well. */
const pinging: Partial<TestMeans> = {
  sweep: async (): Promise<EchoSweep> => ({
    method: 'socket',
    dataBytes: 16,
    async *sweep(addresses) {
      for await (const address of addresses) yield { address, alive: true, roundTrip: millis(1) } satisfies EchoResult;
    },
    cost: { packets: 0, bytes: 0 },
    close: async () => {},
  }),
};

const user = (name: string, auth?: string, priv?: string): readonly string[] => [
  '--v3-user',
  name,
  ...(auth === undefined ? [] : ['--v3-auth', auth]),
  ...(priv === undefined ? [] : ['--v3-priv', priv]),
];

/** What is wrong, how it is asked, the cause, and a word of it in each language. */
const WRONG: readonly [string, readonly string[], Cause, readonly [RegExp, RegExp, RegExp]][] = [
  [
    'a wrong community',
    ['--community', 'wrong'],
    'wrongCommunity',
    [/not with this community/, /pas avec cette communauté/, /nicht mit dieser Community/],
  ],
  [
    'an unknown user',
    user('stranger', `sha256:${AUTH}`, `aes128:${PRIV}`),
    'unknownUser',
    [/no user of this name/, /pas d'utilisateur de ce nom/, /keinen Benutzer dieses Namens/],
  ],
  [
    'a wrong passphrase of authentication',
    user('full', 'sha256:wrong for auth', `aes128:${PRIV}`),
    'wrongDigest',
    [/passphrase of authentication/, /phrase secrète d'authentification/, /Passphrase der Authentifizierung/],
  ],
  [
    'a wrong protocol of authentication',
    user('full', `sha512:${AUTH}`, `aes128:${PRIV}`),
    'wrongDigest',
    [/protocol \(MD5, SHA/, /protocole \(MD5, SHA/, /Protokoll \(MD5, SHA/],
  ],
  [
    'a wrong passphrase of encryption',
    user('full', `sha256:${AUTH}`, 'aes128:wrong for priv'),
    'wrongPrivacy',
    [/passphrase of encryption/, /phrase secrète de chiffrement/, /Passphrase der Verschlüsselung/],
  ],
  [
    'a wrong protocol of encryption',
    user('full', `sha256:${AUTH}`, `des:${PRIV}`),
    'wrongPrivacy',
    [/protocol \(DES, AES/, /protocole \(DES, AES/, /Protokoll \(DES, AES/],
  ],
  [
    'a level too low',
    user('full', `sha256:${AUTH}`),
    'levelTooLow',
    [/that was not given/, /qui n'ont pas été donnés/, /die nicht angegeben wurde/],
  ],
  [
    'a level too high',
    user('unsealed', `sha256:${AUTH}`, `aes128:${PRIV}`),
    'unsupportedLevel',
    [/set up without it/, /réglé sans cela/, /ohne sie eingerichtet/],
  ],
  [
    'a view without the Printer-MIB',
    user('blind', `sha256:${AUTH}`, `aes128:${PRIV}`),
    'notPrinter',
    [/no Printer-MIB/, /pas de Printer-MIB/, /keine Printer-MIB/],
  ],
  [
    'neither authentication nor encryption, where both are wanted',
    user('full'),
    'levelTooLow',
    [/that was not given/, /qui n'ont pas été donnés/, /die nicht angegeben wurde/],
  ],
  [
    'authentication for a user who has none',
    user('plain', `sha256:${AUTH}`),
    'unsupportedLevel',
    [/set up without it/, /réglé sans cela/, /ohne sie eingerichtet/],
  ],
  [
    'a user without any right',
    user('nobody', `sha256:${AUTH}`, `aes128:${PRIV}`),
    'levelTooLow',
    [/no right to read/, /aucun droit de lecture/, /kein Recht zu lesen/],
  ],
  [
    'MD5 and DES with a wrong passphrase of encryption',
    user('old', `md5:${AUTH}`, 'des:wrong for priv'),
    'wrongPrivacy',
    [/passphrase of encryption/, /phrase secrète de chiffrement/, /Passphrase der Verschlüsselung/],
  ],
  [
    'a context that is not there',
    [...user('full', `sha256:${AUTH}`, `aes128:${PRIV}`), '--v3-context', 'elsewhere'],
    'unknownContext',
    [/Leave the context empty/, /Laissez le contexte vide/, /Kontext leer lassen/],
  ],
];

const RIGHT: readonly [string, readonly string[]][] = [
  ['a community', ['--community', 'public']],
  ['authentication and encryption', user('full', `sha256:${AUTH}`, `aes128:${PRIV}`)],
  ['MD5 and DES', user('old', `md5:${AUTH}`, `des:${PRIV}`)],
  ['authentication alone', user('unsealed', `sha256:${AUTH}`)],
  ['a name alone', user('plain')],
];

describe('against Debian’s snmpd', { skip: skipWithout('snmpd') }, () => {
  let agent: Snmpd;
  before(async () => {
    agent = await startSnmpd('127.0.66.2', CONFIGURATION);
  });
  after(() => agent.stop());
  const place = () => `${agent.address}:${agent.port}`;
  const BRIEF = ['--timeout', '300ms', '--retries', '1', '--rate', '0'];

  const diagnosed = async (args: readonly string[]): Promise<readonly [DiagnosisView, number]> => {
    const io = capturedIo();
    const exit = await test([place(), ...BRIEF, '--json', ...args], io, pinging);
    assert.equal(io.err(), '');
    assert.doesNotMatch(io.out(), /right for|wrong for/);
    return [io.lines()[0] as unknown as DiagnosisView, exit];
  };
  /** Most of a mistake is waiting: all are made side by side, each by an engine of its own. */
  const told: (readonly [DiagnosisView, number])[] = [];
  before(async () => {
    told.push(...(await Promise.all([...RIGHT, ...WRONG].map(([, args]) => diagnosed(args)))));
  });

  for (const [index, [what]] of RIGHT.entries()) {
    it(`${what}: a printer that can be read`, () => {
      const [diagnosis, exit] = told[index] ?? assert.fail();
      const { cause, attempts, driver } = diagnosis;
      assert.deepEqual([cause, exit, driver?.name], ['printer', 0, 'ricoh'], JSON.stringify(attempts));
    });
  }

  for (const [index, [what, , expected, words]] of WRONG.entries()) {
    it(`${what}: ${expected}`, () => {
      const [diagnosis, exit] = told[RIGHT.length + index] ?? assert.fail();
      assert.equal(diagnosis.cause, expected, JSON.stringify(diagnosis.attempts));
      assert.equal(exit, expected === 'notPrinter' ? 3 : 4);
      for (const [place, locale] of LOCALES.entries()) {
        assert.match(diagnosisText(diagnosis, locale), words[place] ?? assert.fail());
      }
    });
  }

  it('at least eight different mistakes, at least seven different causes', () => {
    assert.ok(WRONG.length >= 8);
    assert.ok(new Set(WRONG.map(([, , cause]) => cause)).size >= 7);
  });

  it('several users and communities: the first that is right, whatever is wrong with the others', async () => {
    const [{ cause, attempts }] = await diagnosed([...user('full', 'sha256:wrong for auth'), '--community', 'public']);
    assert.equal(cause, 'printer');
    assert.deepEqual(
      attempts.map(({ version, user: name, state }) => [version, name, state]),
      [
        ['v3', 'full', 'wrongDigest'],
        ['v2c', null, 'printer'],
        ['v1', null, 'printer'],
      ],
    );
  });

  it('is found and read by its user, and a refusal says why', async () => {
    const right = user('full', `sha256:${AUTH}`, `aes128:${PRIV}`);
    const found = capturedIo();
    assert.equal(await scan([agent.address, '--port', String(agent.port), '--no-ping', '--json', ...right], found), 0);
    assert.equal(within(found.lines().at(-1), 'summary')['printers'], 1);
    const reading = capturedIo();
    assert.equal(await read([place(), '--json', ...right], reading), 0);
    const [line] = reading.lines();
    assert.equal(within(line, 'counters')['life'], 4711);
    const refused = capturedIo();
    assert.equal(await read([place(), '--json', ...user('full', 'sha256:wrong for auth')], refused), 4);
    assert.match(refused.err(), /passphrase or protocol are other ones/);
    assert.doesNotMatch(refused.err() + refused.out(), /wrong for/);
  });
});
