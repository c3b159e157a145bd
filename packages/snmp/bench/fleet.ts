/**
 * Ten thousand printers, 20 ms away, each asked ten objects once without a rate limit: bars 30 s and 150 MiB.
 * `node packages/snmp/bench/fleet.ts [PRINTERS [AT ONCE]]`
 */
import { loadavg } from 'node:os';
import { systemClock, systemRandom } from '@rsb/runtime';
import { allowList, createEngine, oid } from '../src/index.ts';
import { ASKED } from './agent.ts';
import { hasQuickSite, isInside, startSite } from './site.ts';

const LATENCY = 20;
const printers = Number(process.argv[2] ?? 10_000);
/** Asked at once. */
const lanes = Number(process.argv[3] ?? 1000);

if (!hasQuickSite()) {
  process.stdout.write('skipped: needs ../shared/tools/snmpsite.c, gcc and unshare\n');
} else if (isInside(import.meta.filename)) {
  const site = await startSite(printers, LATENCY);
  const engine = createEngine({
    clock: systemClock(),
    random: systemRandom(),
    allow: allowList([oid('1.3.6.1.2.1.43')]),
  });
  process.stdout.write(
    `${site.name}, ${lanes} asked at once; load ${loadavg()[0]?.toFixed(1)}; RSS ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB\n`,
  );
  for (const round of ['first', 'second']) {
    let requests = 0;
    let whole = 0;
    const cpu = process.cpuUsage();
    const begin = performance.now();
    const left = site.targets.values();
    const lane = async () => {
      for (const target of left) {
        const { cost, varbinds } = await engine.get(target, ASKED);
        requests += cost.requests;
        if (varbinds.length === ASKED.length) whole += 1;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    const { user, system } = process.cpuUsage(cpu);
    process.stdout.write(
      `${round} poll: ${whole} of ${printers} in ${((performance.now() - begin) / 1000).toFixed(2)} s, ` +
        `${requests - printers} requests repeated, ${((user + system) / printers).toFixed(1)} µs CPU each, ` +
        `RSS at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`,
    );
  }
  await engine.close();
  site.stop();
}
