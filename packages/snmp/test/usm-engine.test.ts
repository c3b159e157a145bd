/** SNMPv3 over the life of a device: first contact, restarts, clocks that drift, another device at its address. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { millis, seconds } from '@rsb/runtime';
import { BerWriter } from '../src/ber.ts';
import type { UsmCredential, UsmReason } from '../src/index.ts';
import { oid } from '../src/oid.ts';
import { PDU_TAG } from '../src/pdu.ts';
import { writeResponsePdu } from '../src/response.ts';
import type { UsmAgent } from '../src/usm/agent.ts';
import { decodeEnvelope, encodeAround, FLAG, scopedIn } from '../src/usm/message.ts';
import { Salts } from '../src/usm/privacy.ts';
import { reportObject } from '../src/usm/report.ts';
import { honestAnswer, reply, table } from './agent.ts';
import { driven } from './engine-under-test.ts';
import { fromHex } from './hex.ts';
import {
  agentOn,
  ENGINE_ID,
  engineFacing,
  NAME,
  OPEN,
  RIGHT_ANSWER,
  SEALING,
  SHORT,
  SIGNING,
  saidBy,
  USERS,
  user,
} from './usm-device.ts';
import { isRight, site, usm } from './usm-site.ts';

/** A signed report about time, said again without a signature; anything else as it is. */
function unsigned(message: Uint8Array): Uint8Array {
  const envelope = decodeEnvelope(message);
  assert.ok(envelope.ok);
  const scoped = scopedIn(envelope.value, { auth: null, privacy: null });
  if ((envelope.value.flags & FLAG.auth) === 0 || scoped?.pduTag !== PDU_TAG.report) return message;
  const { engineId } = envelope.value;
  const writer = new BerWriter();
  const varbinds = [{ oid: reportObject('notInTimeWindow'), value: { type: 'counter32', value: 1 } as const }];
  writeResponsePdu(writer, { requestId: 0, errorStatus: 0, errorIndex: 0, varbinds }, PDU_TAG.report);
  const header = { ...envelope.value, reportable: false, contextEngineId: engineId, contextName: new Uint8Array(0) };
  return encodeAround(writer, header, { auth: null, privacy: null }, new Salts(new Uint8Array(8)));
}

describe('a device with SNMPv3 users', () => {
  for (const credential of USERS) {
    it(`costs one exchange more at first contact, and none later (${credential.user})`, async () => {
      const { get, engine } = site();
      const costs: number[] = [];
      for (let time = 0; time < 3; time += 1) {
        const got = await get(credential);
        isRight(got);
        costs.push(got.cost.packets);
      }
      assert.deepEqual(costs, [4, 2, 2]);
      await engine.close();
    });
  }

  it('is met once by calls that run side by side', async () => {
    const { engine, target, clock, sent } = site();
    const calls = USERS.map((credential) => engine.get(target(credential), [NAME], { patience: SHORT }));
    for (const got of await driven(clock, Promise.all(calls))) isRight(got);
    assert.equal(sent.length, 4);
    await engine.close();
  });

  it('is asked again where the discovery or the request is lost', async () => {
    const lossy = site({}, (place) => place === 1 || place === 3);
    const got = await lossy.get(SEALING);
    isRight(got);
    assert.deepEqual([got.cost.requests, got.cost.packets], [4, 6]);
    await lossy.engine.close();
  });

  it('is silent as any other: no more packets than v2c would cost', async () => {
    const { get, engine, sent } = site({}, () => true);
    const got = await get(SEALING);
    assert.deepEqual([got.failure, got.cost.packets, sent.length], [{ kind: 'timeout', undiscovered: true }, 3, 3]);
    await engine.close();
  });

  it('that was restarted is followed in the same call', async () => {
    const test = site();
    isRight(await test.get(SEALING));
    await test.clock.advance(seconds(1000));
    test.restart({ boots: 8 });
    const after = await test.get(SEALING);
    isRight(after);
    assert.deepEqual([after.cost.packets, (await test.get(SEALING)).cost.packets], [4, 2]);
    await test.engine.close();
  });

  it('that forgets its boots is followed too, as it signs what it says', async () => {
    const test = site({ boots: 1 });
    await test.clock.advance(seconds(10));
    isRight(await test.get(SIGNING));
    await test.clock.advance(seconds(5000));
    test.restart({ boots: 1 });
    isRight(await test.get(SIGNING));
    test.restart({ boots: 0 });
    isRight(await test.get(SIGNING));
    await test.engine.close();
  });

  it('that is restarted in the middle of a walk is read to the end', async () => {
    const column = '1.3.6.1.2.1.43.11.1.1.9';
    const rows = honestAnswer(table([column], 60));
    let requests = 0;
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      requests += 1;
      if (requests === 4) agent = agentOn(clock, { boots: 8 });
      return saidBy(agent, bytes, rows);
    });
    const got = await driven(test.clock, test.engine.walk(test.target(SEALING), [oid(column)], { patience: SHORT }));
    assert.deepEqual([got.end, got.varbinds.length], ['complete', 60]);
    await test.engine.close();
  });

  for (const [how, drift] of [
    ['slower', 0.9],
    ['faster', 1.1],
  ] as const) {
    it(`whose clock runs ${how} is followed without a packet more`, async () => {
      let elapsed = 0;
      let agent: UsmAgent | undefined;
      const test = engineFacing((bytes, clock) => {
        agent ??= agentOn({ ...clock, monotonic: () => millis(elapsed * drift) });
        return saidBy(agent, bytes);
      });
      const get = () => driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT }));
      isRight(await get());
      for (let hour = 0; hour < 20; hour += 1) {
        await test.clock.advance(seconds(1000));
        elapsed += 1_000_000;
        const got = await get();
        isRight(got);
        assert.equal(got.cost.packets, 2);
      }
      await test.engine.close();
    });

    it(`whose clock runs ${how} and is asked once a day is set right by its report`, async () => {
      let elapsed = 0;
      let agent: UsmAgent | undefined;
      const test = engineFacing((bytes, clock) => {
        agent ??= agentOn({ ...clock, monotonic: () => millis(elapsed * drift) });
        return saidBy(agent, bytes);
      });
      const get = () => driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT }));
      isRight(await get());
      await test.clock.advance(seconds(86_400));
      elapsed += 86_400_000;
      const got = await get();
      isRight(got);
      assert.equal(got.cost.packets, 4);
      await test.engine.close();
    });
  }

  it('that tells no clock at discovery costs one exchange more, once', async () => {
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      const discovery = saidBy(agentOn(clock, { boots: 0 }), bytes);
      return test.sent.length === 1 ? discovery : saidBy(agent, bytes);
    });
    const get = () => driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT }));
    const costs: number[] = [];
    for (let time = 0; time < 2; time += 1) {
      const got = await get();
      isRight(got);
      costs.push(got.cost.packets);
    }
    assert.deepEqual(costs, [6, 2]);
    await test.engine.close();
  });

  it('that does not sign what it says of its clock is followed after a wait', async () => {
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      return saidBy(agent, bytes).map(unsigned);
    });
    const get = () => driven(test.clock, test.engine.get(test.target(SIGNING), [NAME], { patience: SHORT }));
    isRight(await get());
    agent = agentOn(test.clock, { boots: 8 });
    isRight(await get());
    assert.equal((await get()).cost.packets, 2);
    await test.engine.close();
  });

  it('is believed by its signed word where an unsigned one came before', async () => {
    let agent: UsmAgent | undefined;
    let forging = false;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      const said = saidBy(agent, bytes);
      // The same report with a clock of later boots, and no signature.
      const forged = saidBy(agentOn(clock, { boots: 50 }), bytes).map(unsigned);
      if (!forging) return said;
      forging = false;
      return [...forged, ...said];
    });
    const get = () => driven(test.clock, test.engine.get(test.target(SIGNING), [NAME], { patience: SHORT }));
    isRight(await get());
    agent = agentOn(test.clock, { boots: 8 });
    forging = true;
    const got = await get();
    isRight(got);
    assert.equal(got.cost.requests, 2);
    await test.engine.close();
  });

  it('whose time never fits costs two requests, not a circle', async () => {
    let boots = 100;
    const test = engineFacing((bytes, clock) => {
      // Each datagram meets a device that was restarted once more.
      boots += 1;
      return saidBy(agentOn(clock, { boots }), bytes);
    });
    const got = await driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT }));
    assert.deepEqual([got.failure, got.cost.requests], [usm('notInTimeWindow'), 3]);
    await test.engine.close();
  });

  it('that was replaced is found out and read in the same call', async () => {
    const test = site();
    isRight(await test.get(SEALING));
    test.restart({ engineId: fromHex('80001f8880ffffffff00000000'), boots: 2 });
    isRight(await test.get(SEALING));
    assert.equal((await test.get(SEALING)).cost.packets, 2);
    await test.engine.close();
  });

  it('that was replaced by one that drops what is for another is met anew at the next contact', async () => {
    let agent: UsmAgent | undefined;
    let other = false;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      if (!other) return saidBy(agent, bytes);
      const envelope = decodeEnvelope(bytes);
      assert.ok(envelope.ok);
      const isForeign = Buffer.compare(envelope.value.engineId, ENGINE_ID) === 0;
      return isForeign ? [] : saidBy(agent, bytes);
    });
    const get = () => driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT }));
    isRight(await get());
    other = true;
    agent = agentOn(test.clock, { engineId: fromHex('80001f8880ffffffff00000000') });
    assert.deepEqual((await get()).failure, { kind: 'timeout' });
    const met = await get();
    isRight(met);
    assert.equal(met.cost.packets, 4);
    await test.engine.close();
  });

  it('that was replaced after it was never read costs no try more', async () => {
    const test = site();
    assert.deepEqual((await test.get(user('nobody', null))).failure, usm('unknownUser'));
    test.restart({ engineId: fromHex('80001f8880ffffffff00000000'), boots: 2 });
    const got = await test.get(SEALING);
    isRight(got);
    assert.equal(got.cost.packets, 4);
    await test.engine.close();
  });
});

const LOGINS: readonly [why: string, credential: UsmCredential, reason: UsmReason][] = [
  ['an unknown user', user('nobody', 'sha256', 'aes128'), 'unknownUser'],
  ['a wrong passphrase', user('signing', 'sha256', null, ['another phrase', '']), 'wrongDigest'],
  ['another protocol', user('signing', 'sha1'), 'wrongDigest'],
  ['a level that is too low', user('sealing', 'sha256'), 'unsupportedLevel'],
  ['a level that is too high', user('signing', 'sha256', 'des'), 'unsupportedLevel'],
];

describe('a login that is wrong', () => {
  for (const [why, credential, reason] of LOGINS) {
    it(`${why} is told after one packet, and the right login is asked nothing more`, async () => {
      const test = site();
      const wrong = await test.get(credential);
      assert.deepEqual([wrong.failure, wrong.varbinds, wrong.cost.requests], [usm(reason), [], 2]);
      const right = await test.get(SEALING);
      isRight(right);
      assert.equal(right.cost.packets, 2);
      await test.engine.close();
    });
  }

  it('that asks for secrecy without a signature is not sent', async () => {
    const test = site();
    const { privacy } = SEALING;
    const got = await test.get({ ...SEALING, auth: null, privacy });
    assert.deepEqual([got.failure, test.sent.length], [usm('unsupportedLevel'), 0]);
    await test.engine.close();
  });

  it('is not believed of a device that has signed for it: all tries are made', async () => {
    let isForging = false;
    let agent: UsmAgent | undefined;
    let place = 0;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      place += 1;
      if (!isForging) return saidBy(agent, bytes);
      // Somebody else tells of an unknown user, and the first two requests are lost.
      const forged = saidBy(agentOn(clock, { users: [] }), bytes);
      return place <= 4 ? forged : [...forged, ...saidBy(agent, bytes)];
    });
    const get = () => driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT }));
    isRight(await get());
    isForging = true;
    isRight(await get());
    assert.equal(place, 5);
    await test.engine.close();
  });
});

describe('a request by an SNMPv3 user', () => {
  it('tells observers its objects, and discovery none', async () => {
    const asked: string[] = [];
    let agent: UsmAgent | undefined;
    const test = engineFacing(
      (bytes, clock) => {
        agent ??= agentOn(clock);
        return saidBy(agent, bytes);
      },
      { observer: (_address, object, pdu) => asked.push(`${pdu} ${object}`) },
    );
    isRight(await driven(test.clock, test.engine.get(test.target(SEALING), [NAME], { patience: SHORT })));
    assert.deepEqual(asked, [`get ${NAME}`]);
    await test.engine.close();
  });

  it('is as long as planned: many objects go into several messages below 1,400 octets', async () => {
    const objects = table(['1.3.6.1.2.1.43.11.1.1.9', '1.3.6.1.2.1.43.11.1.1.8'], 100);
    const answer = honestAnswer(objects);
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      return saidBy(agent, bytes, answer);
    });
    const names = objects.map((each) => each.oid);
    const got = await driven(test.clock, test.engine.get(test.target(SEALING), names, { patience: SHORT }));
    assert.deepEqual([got.failure, got.varbinds.length], [null, 200]);
    for (const bytes of test.sent) assert.ok(bytes.length <= 1400, `${bytes.length} octets`);
    await test.engine.close();
  });

  it('is no longer than what the device says it can take', async () => {
    const objects = table(['1.3.6.1.2.1.43.11.1.1.9'], 40);
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock, { largestMessage: 484 });
      return saidBy(agent, bytes, honestAnswer(objects));
    });
    const names = objects.map((each) => each.oid);
    for (let call = 0; call < 2; call += 1) {
      const before = test.sent.length;
      const got = await driven(test.clock, test.engine.get(test.target(SEALING), names, { patience: SHORT }));
      assert.deepEqual([got.failure, got.varbinds.length], [null, 40]);
      // At first contact the first call was planned before the device could say so.
      if (call === 1) for (const bytes of test.sent.slice(before)) assert.ok(bytes.length <= 484, `${bytes.length}`);
    }
    await test.engine.close();
  });

  it('is halved where the answer is too big', async () => {
    const objects = table(['1.3.6.1.2.1.43.11.1.1.9'], 16);
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      return saidBy(agent, bytes, honestAnswer(objects, { most: 5 }));
    });
    const names = objects.map((each) => each.oid);
    const got = await driven(test.clock, test.engine.get(test.target(SIGNING), names, { patience: SHORT }));
    assert.deepEqual([got.failure, got.varbinds.length], [null, 16]);
    await test.engine.close();
  });

  it('is asked in the named context', async () => {
    const got: string[] = [];
    let agent: UsmAgent | undefined;
    const test = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      if (Buffer.from(bytes).includes('printers')) got.push('printers');
      return saidBy(agent, bytes, (request, datagram) =>
        request.oids.length === 0 ? [reply(request, [])] : RIGHT_ANSWER(request, datagram),
      );
    });
    const credential = { ...OPEN, context: 'printers' };
    isRight(await driven(test.clock, test.engine.get(test.target(credential), [NAME], { patience: SHORT })));
    assert.deepEqual(got, ['printers']);
    await test.engine.close();
  });
});
