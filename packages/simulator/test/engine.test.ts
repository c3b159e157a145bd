import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Secret, systemClock, systemRandom } from '@rsb/runtime';
import { allowList, createEngine, oid, type RunningEngine, type Target } from '@rsb/snmp';
import { allObjects, type RunningSite, seedMachines, seedSite, startSite } from '../src/index.ts';
import { shown } from './asker.ts';

const MIB_2 = oid('1.3.6.1.2.1');
const PRIVATE = oid('1.3.6.1.4.1');

describe("the box's own engine reads the site", () => {
  const machines = seedSite();
  let site: RunningSite;
  let engine: RunningEngine;

  before(async () => {
    site = await startSite({ machines, port: 0 });
    engine = createEngine({ clock: systemClock(), random: systemRandom(), allow: allowList([MIB_2, PRIVATE]) });
  });
  after(async () => {
    await engine.close();
    await site.close();
  });

  const target = (address: string, version: 'v1' | 'v2c'): Target => ({
    address,
    port: site.port,
    credential: { version, community: new Secret('public') },
  });

  for (const version of ['v1', 'v2c'] as const) {
    it(`walks every machine to its end by ${version}, and sees what its store holds`, async () => {
      let walked = 0;
      for (const { address, name, mib } of machines) {
        const { varbinds, end } = await engine.walk(target(address, version), [MIB_2, PRIVATE], {
          limits: { requests: 1000, varbinds: 5000 },
        });
        assert.equal(end, 'complete', name);
        // v1 cannot carry a Counter64.
        const expected = [...allObjects(mib, oid('1.3'))].filter(
          ({ value }) => version === 'v2c' || value.type !== 'counter64',
        );
        const line = (each: (typeof expected)[number]) => `${each.oid} ${shown(each.value)}`;
        assert.deepEqual(varbinds.map(line).sort(), expected.map(line).sort(), name);
        walked += varbinds.length;
      }
      assert.ok(walked > 4000, `${walked} objects`);
    });

    it(`gets the life counts of all thirteen side by side by ${version}`, async () => {
      const life = oid('1.3.6.1.2.1.43.10.2.1.4.1.1');
      const answers = await Promise.all(
        seedMachines.map(({ facts }) => engine.get(target(facts.address, version), [life])),
      );
      const told = answers.map(({ varbinds }) => varbinds[0]?.value);
      assert.deepEqual(
        told.map((value) => (value?.type === 'counter32' ? value.value : null)),
        [28536, 178297, 6068, 14882, 45960, 16604, 24988, 90692, 50408, 230885, 83203, 20595, 12345],
      );
    });
  }
});
