/** SNMPv3 against Debian's snmpd: each protocol with each other one, what it says to wrong logins, and walks. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { millis, systemClock } from '@rsb/runtime';
import type { AuthProtocol, PrivacyProtocol, RunningEngine, Target, UsmCredential } from '../src/index.ts';
import { oid } from '../src/oid.ts';
import { targetAt } from './agent.ts';
import { skipWithout } from './debian.ts';
import { engineOn, PATIENT } from './engine-under-test.ts';
import { type Snmpd, startSnmpd } from './snmpd.ts';
import { user } from './usm-device.ts';

const AUTH: Readonly<Record<AuthProtocol, string>> = {
  md5: 'MD5',
  sha1: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const PRIVACY: Readonly<Record<PrivacyProtocol, string>> = {
  des: 'DES',
  aes128: 'AES',
  aes192: 'AES-192',
  aes256: 'AES-256',
  aes192c: 'AES-192-C',
  aes256c: 'AES-256-C',
};
const SYS_NAME = oid('1.3.6.1.2.1.1.5.0');
const LEVELS = oid('1.3.6.1.2.1.43.11.1.1.9.1');
const CAPACITIES = oid('1.3.6.1.2.1.43.11.1.1.8.1');
const SUPPLIES = 6;

const auths = Object.keys(AUTH) as readonly AuthProtocol[];
const privacies = Object.keys(PRIVACY) as readonly PrivacyProtocol[];
const PAIRS = auths.flatMap((auth) => [null, ...privacies].map((privacy) => ({ auth, privacy })));
const nameOf = (auth: AuthProtocol, privacy: PrivacyProtocol | null) => `${auth}${privacy ?? ''}`;

const CONFIGURATION = [
  'sysName box',
  ...Array.from({ length: 30 }, (_, row) => `override ${LEVELS}.${row + 1} integer ${row * 100}`),
  ...Array.from({ length: SUPPLIES }, (_, row) => `override ${CAPACITIES}.${row + 1} integer ${row * 1000}`),
  'createUser open',
  'rouser open noauth',
  ...PAIRS.flatMap(({ auth, privacy }) => [
    `createUser ${nameOf(auth, privacy)} ${AUTH[auth]} maplesyrup ${privacy ? `${PRIVACY[privacy]} otherphrase` : ''}`,
    `rouser ${nameOf(auth, privacy)} ${privacy ? 'priv' : 'auth'}`,
  ]),
];

/** One try, as the reason is known after it. */
const BRIEF = { timeout: millis(500), retries: 3 } as const;

const WRONG: readonly [why: string, credential: UsmCredential, failure: unknown, requests: number][] = [
  ['an unknown user', user('nobody', null), { kind: 'usm', reason: 'unknownUser' }, 1],
  ['an unknown user who signs', user('nobody', 'sha1'), { kind: 'usm', reason: 'unknownUser' }, 1],
  ['a wrong passphrase', user('sha1', 'sha1', null, ['wrongphrase', '']), { kind: 'usm', reason: 'wrongDigest' }, 1],
  ['another digest', user('sha256', 'sha224'), { kind: 'usm', reason: 'wrongDigest' }, 1],
  ['a level that is too low', user('sha1', null), { kind: 'usm', reason: 'noAccess' }, 1],
  ['no encryption where it is asked', user('md5des', 'md5'), { kind: 'usm', reason: 'noAccess' }, 1],
  ['encryption where there is none', user('md5', 'md5', 'des'), { kind: 'usm', reason: 'unsupportedLevel' }, 1],
];

describe("SNMPv3 users of Debian's snmpd", { skip: skipWithout('snmpd') }, () => {
  let agent: Snmpd;
  let engine: RunningEngine;
  const target = (credential: UsmCredential): Target => ({ address: agent.address, port: agent.port, credential });

  before(async () => {
    agent = await startSnmpd('127.16.0.2', CONFIGURATION);
    engine = engineOn(systemClock());
  });
  after(async () => {
    await engine.close();
    await agent.stop();
  });

  it('are met with one exchange more, and then with none', async () => {
    const open = target(user('open', null));
    const first = await engine.get(open, [SYS_NAME], { patience: PATIENT });
    const second = await engine.get(open, [SYS_NAME], { patience: PATIENT });
    assert.deepEqual([first.failure, first.varbinds.length, first.cost.packets], [null, 1, 4]);
    assert.deepEqual([second.failure, second.varbinds.length, second.cost.packets], [null, 1, 2]);
  });

  it('are polled hour after hour with two packets: objects and rows, signed and encrypted', async () => {
    const own = engineOn(systemClock());
    const sealed = target(user('sha256aes128', 'sha256', 'aes128'));
    const rows = Array.from({ length: SUPPLIES }, (_, row) => `${row + 1}`);
    const polls = [];
    for (let hour = 0; hour < 4; hour += 1) {
      polls.push(await own.poll(sealed, [SYS_NAME], [CAPACITIES], { rows, patience: PATIENT }));
    }
    await own.close();
    for (const { get, walk } of polls) {
      assert.deepEqual([get.failure, get.varbinds.length], [null, 1]);
      assert.deepEqual([walk.end, walk.varbinds.length], ['complete', SUPPLIES]);
    }
    // The first one finds out whose engine it is and what its clock says.
    assert.deepEqual(
      polls.map(({ cost }) => cost.packets),
      [4, 2, 2, 2],
    );
  });

  for (const { auth, privacy } of PAIRS) {
    it(`${auth} with ${privacy ?? 'no encryption'}`, async () => {
      const got = await engine.get(target(user(nameOf(auth, privacy), auth, privacy)), [SYS_NAME], {
        patience: PATIENT,
      });
      assert.equal(got.failure, null);
      assert.deepEqual(
        got.varbinds.map(({ value }) => value),
        [{ type: 'octets', value: new Uint8Array(Buffer.from('box')) }],
      );
      assert.equal(got.cost.packets, 2);
    });
  }

  it('42 pairs were tried', () => assert.equal(PAIRS.length, 42));

  for (const [why, credential, failure, requests] of WRONG) {
    it(`${why} is told as what it is, after one packet`, async () => {
      const got = await engine.get(target(credential), [SYS_NAME, LEVELS], { patience: BRIEF });
      assert.deepEqual([got.failure, got.varbinds, got.cost.requests], [failure, [], requests]);
    });
  }

  it('walk as v2c does', async () => {
    const asked = [oid('1.3.6.1.2.1.1'), LEVELS];
    const sealed = await engine.walk(target(user('sha512aes256', 'sha512', 'aes256')), asked, { patience: PATIENT });
    const plain = await engine.walk(targetAt(agent.address, agent.port), asked, { patience: PATIENT });
    assert.equal(sealed.end, 'complete');
    const settled = ({ varbinds }: typeof plain) => varbinds.filter(({ value }) => value.type !== 'timeTicks');
    assert.deepEqual(settled(sealed), settled(plain));
    assert.ok(sealed.varbinds.length > 35, `${sealed.varbinds.length} objects`);
    assert.ok(sealed.cost.requests <= plain.cost.requests + 2, `${sealed.cost.requests} requests`);
  });
});
