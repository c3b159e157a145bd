/** A machine that speaks SNMPv3 alone, asked by the engine. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { millis, Secret, seededRandom, systemClock } from '@rsb/runtime';
import {
  allowList,
  type Credential,
  createEngine,
  oid,
  type RunningEngine,
  type UsmCredential,
  usmKey,
} from '@rsb/snmp';
import { mibOf, type RunningSite, startSite } from '../src/index.ts';
import { integer, row, scalar, text } from '../src/values.ts';

const ADDRESS = '127.61.3.1';
const DESCRIPTION = oid('1.3.6.1.2.1.1.1.0');
const LEVELS = oid('1.3.6.1.2.1.43.11.1.1.9');
const FLEET: UsmCredential = {
  version: 'v3',
  user: 'fleet',
  context: '',
  auth: { protocol: 'sha256', key: usmKey('sha256', 'maplesyrup') },
  privacy: { protocol: 'aes128', key: usmKey('sha256', 'otherphrase') },
};
const PATIENCE = { timeout: millis(5000), retries: 0 };

describe('a machine with users', () => {
  let site: RunningSite;
  let engine: RunningEngine;
  const get = (credential: Credential, timeout = PATIENCE.timeout) =>
    engine.get({ address: ADDRESS, port: site.port, credential }, [DESCRIPTION], { patience: { timeout, retries: 0 } });

  before(async () => {
    site = await startSite({
      machines: [
        {
          address: ADDRESS,
          name: 'locked',
          mib: mibOf([
            scalar('1.3.6.1.2.1.1.1', text('a printer')),
            ...row('1.3.6.1.2.1.43.11.1.1', '1.1', { 9: integer(40) }),
            ...row('1.3.6.1.2.1.43.11.1.1', '1.2', { 9: integer(20) }),
          ]),
          versions: [],
          usm: { engineId: Uint8Array.of(0x80, 0, 0x1f, 0x88, 4, 1, 2, 3), boots: 3, users: [FLEET] },
        },
      ],
      port: 0,
      clock: systemClock(),
      random: seededRandom(1),
    });
    engine = createEngine({
      clock: systemClock(),
      random: seededRandom(2),
      allow: allowList([DESCRIPTION, LEVELS]),
    });
  });
  after(async () => {
    await engine.close();
    await site.close();
  });

  it('tells its user what it tells others by community', async () => {
    const got = await get(FLEET);
    assert.equal(got.failure, null);
    assert.deepEqual(
      got.varbinds.map(({ value }) => value),
      [text('a printer')],
    );
    const target = { address: ADDRESS, port: site.port, credential: FLEET };
    const walked = await engine.walk(target, [LEVELS], { patience: PATIENCE });
    assert.deepEqual(
      walked.varbinds.map(({ value }) => value),
      [integer(40), integer(20)],
    );
    assert.equal(walked.end, 'complete');
  });

  it('tells others nothing', async () => {
    const community = await get({ version: 'v2c', community: new Secret('public') }, millis(200));
    assert.deepEqual([community.failure, community.varbinds], [{ kind: 'timeout' }, []]);
    const stranger = await get({ ...FLEET, user: 'stranger' }, millis(200));
    assert.deepEqual([stranger.failure, stranger.varbinds], [{ kind: 'usm', reason: 'unknownUser' }, []]);
  });
});
