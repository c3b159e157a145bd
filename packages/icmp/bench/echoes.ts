/**
 * 65,000 echoes to this machine's own loopback as fast as a sweep sends them: `node packages/icmp/bench/echoes.ts [RATE]`.
 * Run it where ICMP sockets are allowed, e.g. in a namespace:
 * `unshare --net sh -c 'ip link set lo up; echo "0 0" > /proc/sys/net/ipv4/ping_group_range; node …'`
 */
import { millis, systemClock } from '@rsb/runtime';
import { chooseSweep, whichOn } from '../src/index.ts';

const ECHOES = 65_000;
const rate = Number(process.argv[2] ?? 0);
const clock = systemClock();
const sweep = await chooseSweep({ clock, which: whichOn(process.env['PATH']) });
const addresses = Array.from({ length: ECHOES }, (_, index) => `127.1.${index >> 8}.${index & 255}`);
const startedAt = clock.monotonic();
const before = process.cpuUsage();
let alive = 0;
for await (const result of sweep.sweep(addresses, { rate, timeout: millis(1000), retries: 0 })) {
  if (result.alive) alive += 1;
}
const seconds = (clock.monotonic() - startedAt) / 1000;
const { user, system } = process.cpuUsage(before);
await sweep.close();
process.stdout.write(
  `${sweep.method}: ${alive} of ${ECHOES} answered, ${ECHOES - alive} lost, ${seconds.toFixed(2)} s, ` +
    `${Math.round(ECHOES / seconds)} echoes/s, ${((user + system) / ECHOES).toFixed(1)} µs CPU each\n`,
);
