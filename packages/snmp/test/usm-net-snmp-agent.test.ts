/** SNMPv3 users of the npm library net-snmp's agent: another reading of the same standards, both key dialects in it. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { millis, systemClock } from '@rsb/runtime';
import snmp from 'net-snmp';
import type { AuthProtocol, PrivacyProtocol, RunningEngine } from '../src/index.ts';
import { oid } from '../src/oid.ts';
import { boundSocket } from './agent.ts';
import { engineOn, PATIENT } from './engine-under-test.ts';
import { user } from './usm-device.ts';

const ADDRESS = '127.17.0.2';
/** One try, as the reason is known after it. */
const BRIEF = { timeout: millis(300), retries: 3 } as const;
const LIFE = '1.3.6.1.4.1.1347.43.1';

const AUTH: Readonly<Record<AuthProtocol, snmp.AuthProtocols>> = {
  md5: snmp.AuthProtocols.md5,
  sha1: snmp.AuthProtocols.sha,
  sha224: snmp.AuthProtocols.sha224,
  sha256: snmp.AuthProtocols.sha256,
  sha384: snmp.AuthProtocols.sha384,
  sha512: snmp.AuthProtocols.sha512,
};
/** It knows no AES-192, and its DES is one that OpenSSL 3 has no more. */
const PRIVACY: Readonly<Partial<Record<PrivacyProtocol, snmp.PrivProtocols>>> = {
  aes128: snmp.PrivProtocols.aes,
  aes256: snmp.PrivProtocols.aes256b,
  aes256c: snmp.PrivProtocols.aes256r,
};

const auths = Object.keys(AUTH) as readonly AuthProtocol[];
const privacies = Object.keys(PRIVACY) as readonly PrivacyProtocol[];
const PAIRS = auths.flatMap((auth) => [null, ...privacies].map((privacy) => ({ auth, privacy })));
const nameOf = (auth: AuthProtocol, privacy: PrivacyProtocol | null) => `${auth}${privacy ?? ''}`;

describe("SNMPv3 users of the net-snmp agent's", () => {
  let agent: ReturnType<typeof snmp.createAgent>;
  let engine: RunningEngine;
  let port: number;

  before(async () => {
    const free = await boundSocket(ADDRESS);
    ({ port } = free.address());
    free.close();
    agent = snmp.createAgent({ port, address: ADDRESS, transport: 'udp4' }, () => {});
    const [socket] = Object.values<Socket>(agent.listener.sockets);
    assert.ok(socket);
    await once(socket, 'listening');
    const authorizer = agent.getAuthorizer();
    authorizer.addUser({ name: 'open', level: snmp.SecurityLevel.noAuthNoPriv });
    for (const { auth, privacy } of PAIRS) {
      const signing = { name: nameOf(auth, privacy), authProtocol: AUTH[auth], authKey: 'maplesyrup' };
      const privProtocol = privacy === null ? undefined : PRIVACY[privacy];
      authorizer.addUser(
        privProtocol === undefined
          ? { ...signing, level: snmp.SecurityLevel.authNoPriv }
          : { ...signing, level: snmp.SecurityLevel.authPriv, privProtocol, privKey: 'otherphrase' },
      );
    }
    const mib = agent.getMib();
    mib.registerProvider({
      name: 'life',
      type: snmp.MibProviderType.Scalar,
      oid: LIFE,
      scalarType: snmp.ObjectType.Counter,
      maxAccess: snmp.MaxAccess['read-only'],
    });
    mib.setScalarValue('life', 83_203);
    engine = engineOn(systemClock());
  });
  after(async () => {
    await engine.close();
    agent.close();
  });

  for (const { auth, privacy } of [{ auth: null, privacy: null }, ...PAIRS]) {
    it(`${auth ?? 'no signature'} with ${privacy ?? 'no encryption'}`, async () => {
      const credential = user(auth === null ? 'open' : nameOf(auth, privacy), auth, privacy);
      const target = { address: ADDRESS, port, credential };
      const got = await engine.get(target, [oid(`${LIFE}.0`)], { patience: PATIENT });
      assert.equal(got.failure, null);
      assert.deepEqual(
        got.varbinds.map(({ value }) => value),
        [{ type: 'counter32', value: 83_203 }],
      );
      const walked = await engine.walk(target, [oid(LIFE)], { patience: PATIENT });
      assert.deepEqual([walked.end, walked.varbinds.length], ['complete', 1]);
    });
  }

  it('24 pairs were tried', () => assert.equal(PAIRS.length, 24));

  it('a user that it does not know is told as such', async () => {
    const target = { address: ADDRESS, port, credential: user('nobody', 'sha256', 'aes128') };
    const { failure, cost } = await engine.get(target, [oid(`${LIFE}.0`)], { patience: BRIEF });
    assert.deepEqual([failure, cost.requests], [{ kind: 'usm', reason: 'unknownUser' }, 1]);
  });
});
