/** What one read may take of a device: however it answers, the read ends in time and keeps what was told. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { PARTS } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { instant, Secret, seededRandom } from '@rsb/runtime';
import { type Fault, seedSite, startSite } from '@rsb/simulator';
import { type Allowance, allowList, createEngine, oid } from '@rsb/snmp';
import { pollDevice, READ_ALLOWANCE, readDevice } from '../src/read/index.ts';
import { patientClock } from './patient-clock.ts';

const [machine] = seedSite({ gear: false });
assert.ok(machine);
const site = await startSite({ machines: [machine], port: 0 });
const time = patientClock(instant(Date.UTC(2026, 10, 24, 8)));
const { clock } = time;
time.drive(site);
const parts = { clock, allow: allowList(allowedObjects()) };
const engines = Array.from({ length: 40 }, (_, seed) => createEngine({ ...parts, random: seededRandom(seed) }));
let used = 0;
/** One that remembers nothing of how the device behaved before. */
const freshEngine = () => {
  const engine = engines[used];
  assert.ok(engine);
  used += 1;
  return time.engine.watched(engine);
};
after(async () => {
  await time.stop();
  await Promise.all(engines.map((engine) => engine.close()));
  await site.close();
});

const credentials = (['v2c', 'v1'] as const).map((version) => ({ version, community: new Secret('public') }));
const target = { address: machine.address, port: site.port, credentials, parts: PARTS };
/** One more question may be out when the allowance ends: three tries. */
const LAST_QUESTION = 12_000;

async function read(faults: readonly Fault[], allowance?: Allowance) {
  site.misbehave(target.address, faults);
  const begin = clock.monotonic();
  const result = await readDevice({ snmp: freshEngine(), clock }, target, allowance ? { allowance } : {});
  site.misbehave(target.address, []);
  return { ...result, took: clock.monotonic() - begin };
}

describe('a read ends in time with a device that', () => {
  const faults: readonly (readonly [string, readonly Fault[]])[] = [
    ['cuts every answer', [{ kind: 'truncated' }]],
    ['sends garbage', [{ kind: 'garbage' }]],
    ['answers other names', [{ kind: 'wrongNames' }]],
    ['answers half of each question', [{ kind: 'halfAnswers' }]],
    ['walks in a circle', [{ kind: 'circle' }]],
    ['walks for ever', [{ kind: 'endless' }]],
    ['loses two of three', [{ kind: 'loses', lost: 2, outOf: 3 }]],
    ['says nothing of its supplies', [{ kind: 'silentBelow', objects: [oid('1.3.6.1.2.1.43.11')] }]],
  ];
  for (const [name, each] of faults) {
    it(name, async () => {
      const { took, cost } = await read(each);
      assert.ok(took <= READ_ALLOWANCE.waiting + LAST_QUESTION, `${took} ms`);
      assert.ok(cost.requests <= READ_ALLOWANCE.requests + 3, `${cost.requests} requests`);
      const brief = await read(each, { requests: 250, waiting: 20_000 });
      assert.ok(brief.took <= 20_000 + LAST_QUESTION, `${brief.took} ms while somebody waits`);
    });
  }
  assert.equal(faults.length, 8);
});

describe('what was told in time', () => {
  it('is kept, and the rest says why it is missing', async () => {
    const whole = await read([]);
    const short = await read([], { requests: 2, waiting: 45_000 });
    const [reading] = short.readings;
    assert.equal(reading.completeness.state, 'partial');
    assert.equal(reading.counters?.life, whole.readings[0].counters?.life);
    assert.equal(reading.identity?.serialNumber, whole.readings[0].identity?.serialNumber);
    // Identifying told a level; of what, and how much of it that is, was not told in time.
    for (const { percent } of reading.supplies ?? []) assert.equal(percent, null);
    assert.equal(reading.completeness.reasons['supplies'], 'tookTooLong');
    assert.equal(reading.completeness.reasons['alerts'], 'tookTooLong');
    assert.equal(short.plan, null, 'half a read teaches no plan');
    assert.equal(short.cost.requests, 2);
  });

  it('and a poll that has to read anew has one allowance for both', async () => {
    const snmp = freshEngine();
    const { plan } = await readDevice({ snmp, clock }, target);
    assert.ok(plan);
    const other = { ...plan, driverVersion: plan.driverVersion, anchors: [...plan.anchors, oid('1.3.6.1.2.1.1.6.0')] };
    const allowance = { requests: 2, waiting: 45_000 };
    const poll = await pollDevice({ snmp, clock }, { ...target, plan: { ...other, known: [] } }, { allowance });
    assert.equal(poll.cost.requests, 2);
    assert.equal(allowance.requests, 0);
  });
});
