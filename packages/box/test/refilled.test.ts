/** What polls go by: the capacity and the name of a supply are asked again when another one may be in its place, and only then. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PARTS } from '@rsb/contract';
import { millis, systemClock } from '@rsb/runtime';
import { type MibObject, mibOf } from '@rsb/simulator';
import { oid, type SnmpValue } from '@rsb/snmp';
import { type LearnedPlan, pollDevice, readDevice } from '../src/read/index.ts';
import { community, siteUnderTest } from './simulated-site.ts';

const options = { patience: { timeout: millis(4000), retries: 1 } };
const text = (words: string): SnmpValue => ({ type: 'octets', value: Buffer.from(words) });
const integer = (value: number): SnmpValue => ({ type: 'integer', value });

interface Cartridge {
  readonly name?: string;
  readonly capacity?: number;
  readonly level: number;
}

const machineWith = (...cartridges: readonly Cartridge[]) =>
  mibOf([
    [oid('1.3.6.1.2.1.1.1.0'), text('A printer of nobody in particular')],
    [oid('1.3.6.1.2.1.1.2.0'), { type: 'oid', value: oid('1.3.6.1.4.1.99999.1') }],
    [oid('1.3.6.1.2.1.43.5.1.1.17.1'), text('SN123456')],
    [oid('1.3.6.1.2.1.43.10.2.1.4.1.1'), { type: 'counter32', value: 4711 }],
    ...cartridges.flatMap(({ name, capacity, level }, at): MibObject[] =>
      Object.entries({
        5: integer(3),
        6: text(name ?? `Black cartridge ${at + 1}`),
        7: integer(7),
        ...(capacity === undefined ? {} : { 8: integer(capacity) }),
        9: integer(level),
      }).map(([column, value]) => [oid(`1.3.6.1.2.1.43.11.1.1.${column}.1.${at + 1}`), value]),
    ),
  ]);

it('a new cartridge is told with its own capacity at once, and what did not change is not asked', async () => {
  const address = '127.70.254.1';
  const other = { capacity: 5000, level: 4000 };
  const plugged = (mib: ReturnType<typeof machineWith>) => ({ address, name: 'cartridges', mib });
  const { snmp, port, site } = await siteUnderTest([plugged(machineWith({ capacity: 8000, level: 4000 }, other))]);
  const deps = { clock: systemClock(), snmp };
  const target = { address, port, credentials: [community('public')], parts: PARTS };
  const first = await readDevice(deps, target, options);
  assert.ok(first.plan);
  let plan: LearnedPlan = first.plan;
  let requests = 0;
  for (const [mib, packets, expected] of [
    // Used, by little.
    [machineWith({ capacity: 8000, level: 3900 }, other), 2, [49, 3900, 8000, 'Black cartridge 1']],
    // A larger one.
    [machineWith({ name: 'Black XL', capacity: 20000, level: 20000 }, other), 4, [100, 20000, 20000, 'Black XL']],
    [machineWith({ name: 'Black XL', capacity: 20000, level: 19000 }, other), 2, [95, 19000, 20000, 'Black XL']],
    // A used small one: less by far than an hour takes.
    [machineWith({ capacity: 8000, level: 4000 }, other), 4, [50, 4000, 8000, 'Black cartridge 1']],
    // The level is not known, and then again.
    [machineWith({ capacity: 8000, level: -3 }, other), 4, [null, null, 8000, 'Black cartridge 1']],
    [machineWith({ capacity: 8000, level: -3 }, other), 2, [null, null, 8000, 'Black cartridge 1']],
    [machineWith({ capacity: 8000, level: 2000 }, other), 4, [25, 2000, 8000, 'Black cartridge 1']],
  ] as const) {
    await site.plugIn(plugged(mib));
    const poll = await pollDevice(deps, { ...target, plan: JSON.parse(JSON.stringify(plan)) as LearnedPlan }, options);
    const [supply, same] = poll.readings[0].supplies ?? [];
    assert.deepEqual([supply?.percent, supply?.level, supply?.capacity, supply?.description], expected);
    assert.deepEqual([same?.percent, same?.capacity], [80, 5000]);
    assert.equal(poll.cost.packets, packets, String(expected));
    assert.ok(poll.plan);
    plan = poll.plan;
    requests += poll.cost.requests;
  }
  assert.equal(requests, 11);
  // One that no longer tells a capacity is read whole, and has no percentage.
  await site.plugIn(plugged(machineWith({ level: 7000 }, other)));
  const last = await pollDevice(deps, { ...target, plan }, options);
  const [supply] = last.readings[0].supplies ?? [];
  assert.deepEqual([supply?.percent, supply?.capacity], [null, null]);
});
