/**
 * A hundred thousand spoiled packets on each run, with a new seed: no exception, work bounded by the packet's size, nothing
 * believed that was not said in answer to the question, and the true answer still taken. `npm run fuzz` runs more.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemRandom } from '@rsb/runtime';
import { runCampaign } from '../fuzz/campaign.ts';
import { MUTATION_NAMES } from '../fuzz/mutator.ts';

const PACKETS = 100_000;
const ENGINE_EVERY = 10;

it(`${PACKETS} mutants`, async (test) => {
  const seed = Number(process.env['RSB_FUZZ_SEED'] ?? systemRandom().below(2 ** 32));
  test.diagnostic(`repeat with RSB_FUZZ_SEED=${seed}`);
  const result = await runCampaign({ packets: PACKETS, seed, engineEvery: ENGINE_EVERY });
  const engines = result.throughEngines;
  assert.equal(result.packets, PACKETS);
  assert.equal(engines.v1 + engines.v2c + engines.v3, PACKETS / ENGINE_EVERY);
  for (const count of Object.values(engines)) assert.ok(count > PACKETS / ENGINE_EVERY / 4, JSON.stringify(engines));
  // A mutator that spoils nothing, or everything beyond recognition, would prove nothing.
  assert.ok(result.believed > 100, `${result.believed} mutants were right answers by themselves`);
  for (const name of MUTATION_NAMES) assert.ok((result.used[name] ?? 0) > 500, `${name}: ${result.used[name]}`);
});
