/** What a device signed of its clock outlives the engine: an answer from before is no answer. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seconds } from '@rsb/runtime';
import { BerWriter } from '../src/ber.ts';
import { PDU_TAG } from '../src/pdu.ts';
import { writeResponsePdu } from '../src/response.ts';
import { decodeEnvelope, encodeAround, scopedIn } from '../src/usm/message.ts';
import { protectionOn } from '../src/usm/peer.ts';
import { Salts } from '../src/usm/privacy.ts';
import { integer } from './agent.ts';
import { driven } from './engine-under-test.ts';
import { agentOn, ENGINE_ID, engineFacing, NAME, OPEN, RIGHT, SEALING, SHORT, SIGNING, saidBy } from './usm-device.ts';
import { isRight, site, usm } from './usm-site.ts';

describe('a clock that was signed to an earlier run', () => {
  const before = { engineId: '80001f8880a3b1c2d300000000', boots: 7, time: 5000 };

  it('is told by the engine once something was signed, and not of users without a signature', async () => {
    const test = site();
    assert.equal(test.engine.signedClock?.('127.18.0.1', 161), null);
    isRight(await test.get(OPEN));
    assert.equal(test.engine.signedClock?.('127.18.0.1', 161), null);
    await test.clock.advance(seconds(42));
    isRight(await test.get(SIGNING));
    const { engineId } = before;
    assert.deepEqual(test.engine.signedClock?.('127.18.0.1', 161), { engineId, boots: 7, time: 42 });
    await test.engine.close();
  });

  /** A device that does not look at the clock of requests, as whoever repeats what was recorded does not. */
  const careless = (boots: number, time: number) => {
    const salts = new Salts(new Uint8Array(8));
    const protection = protectionOn(ENGINE_ID, SIGNING);
    return engineFacing((datagram, clock) => {
      const agent = agentOn(clock, { boots });
      const envelope = decodeEnvelope(datagram);
      assert.ok(envelope.ok);
      if (envelope.value.engineId.length === 0) return saidBy(agent, datagram);
      const scoped = scopedIn(envelope.value, protection);
      assert.ok(scoped);
      const writer = new BerWriter();
      const varbinds = [{ oid: NAME, value: integer(RIGHT) }];
      const { requestId } = scoped;
      writeResponsePdu(writer, { requestId, errorStatus: 0, errorIndex: 0, varbinds }, PDU_TAG.response);
      const header = { ...envelope.value, boots, time, reportable: false };
      const scope = { contextEngineId: ENGINE_ID, contextName: new Uint8Array(0) };
      return [encodeAround(writer, { ...header, ...scope }, protection, salts)];
    });
  };

  for (const [what, boots, time, isBelieved] of [
    ['an earlier boot', 6, 900_000, false],
    ['the same boot, more than 150 s earlier', 7, 4849, false],
    ['the same boot, within the window', 7, 4850, true],
    ['the same boot, later', 7, 9000, true],
    ['a later boot', 8, 3, true],
  ] as const) {
    it(`${isBelieved ? 'lets in' : 'keeps out'} an answer of ${what}`, async () => {
      const { engine, clock, target } = careless(boots, time);
      engine.recallClocks?.([before]);
      const got = await driven(clock, engine.get(target(SIGNING), [NAME], { patience: SHORT }));
      if (isBelieved) isRight(got);
      else assert.deepEqual([got.failure, got.varbinds], [usm('notInTimeWindow'), []]);
      await engine.close();
    });
  }

  it('is no obstacle for a device that forgot its boots: it says so in a report that it signs', async () => {
    const test = site({ boots: 1 });
    test.engine.recallClocks?.([before]);
    isRight(await test.get(SEALING));
    assert.equal(test.engine.signedClock?.('127.18.0.1', 161)?.boots, 1);
    assert.equal((await test.get(SEALING)).cost.packets, 2);
    await test.engine.close();
  });

  it('costs nothing where the device went on', async () => {
    const test = site({ boots: 9 });
    test.engine.recallClocks?.([before]);
    const got = await test.get(SEALING);
    isRight(got);
    assert.equal(got.cost.packets, 4);
    await test.engine.close();
  });
});
