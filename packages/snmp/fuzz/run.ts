/**
 * `npm run fuzz -- [--packets 10000000] [--seed N]`: the mutants of the test, many more of them, and what they cost: the
 * longest time that one packet took all decoders, and what the heap grew by.
 */
import { parseArgs } from 'node:util';
import { systemRandom } from '@rsb/runtime';
import { type CampaignResult, runCampaign } from './campaign.ts';

/** A round of its own seed, so that a failure is found again quickly. */
const ROUND = 100_000;
const LONGEST_PACKET_MS = 20;
const MOST_HEAP_MIB = 10;

const { values } = parseArgs({
  options: { packets: { type: 'string', default: '10000000' }, seed: { type: 'string' } },
});
const packets = Number(values.packets);
const firstSeed = values.seed === undefined ? systemRandom().below(2 ** 31) : Number(values.seed);

/** Milliseconds. On a busy machine the wall clock tells of other programs too. */
let longest = 0;
let longestCpu = 0;
const timed = (work: () => void): void => {
  const cpu = process.threadCpuUsage();
  const begin = performance.now();
  work();
  longest = Math.max(longest, performance.now() - begin);
  const { user, system } = process.threadCpuUsage(cpu);
  longestCpu = Math.max(longestCpu, (user + system) / 1000);
};

const heapMiB = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

let done = 0;
let believed = 0;
let steps = 0;
let before = heapMiB();
for (let round = 0; done < packets; round += 1) {
  const seed = firstSeed + round;
  const count = Math.min(ROUND, packets - done);
  let result: CampaignResult;
  try {
    result = await runCampaign({ packets: count, seed, engineEvery: 5, around: timed });
  } catch (error) {
    process.stdout.write(`seed ${seed} (repeat: npm run fuzz -- --packets ${count} --seed ${seed})\n`);
    throw error;
  }
  // The first round compiles and fills what is kept for ever.
  if (round === 0 && packets > ROUND) {
    before = heapMiB();
    longest = 0;
    longestCpu = 0;
  }
  done += count;
  believed += result.believed;
  steps += result.steps;
  process.stdout.write(`${done} packets, seed ${seed}\n`);
}
const grown = heapMiB() - before;
process.stdout.write(
  `${done} packets, no exception, ${believed} right answers among them, ${(steps / done).toFixed(1)} elements a packet\n` +
    `longest packet ${longest.toFixed(2)} ms, ${longestCpu.toFixed(2)} ms of CPU (bar ${LONGEST_PACKET_MS}), heap +${grown.toFixed(1)} MiB (bar ${MOST_HEAP_MIB})\n`,
);
if (grown > MOST_HEAP_MIB) process.exitCode = 1;
