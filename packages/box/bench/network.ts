/**
 * What the box puts onto a network, beside what other programs put there for the same purpose, in one run:
 * `npm run bench -- network [--vpn] [--captures FOLDER]`. It makes a network namespace with a site of 50 printers, 11 other
 * SNMP agents, 51 addresses that answer a ping alone and 144 dead ones, and counts packets at the site's end of the cable.
 * `--vpn` adds the site at 150 ms, 2 % loss and 4 packets a second, which takes some five minutes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { vpn: { type: 'boolean', default: false }, captures: { type: 'string' } } });
const shared = join(import.meta.dirname, '../../../../shared/captures/printers');
const captures = values.captures ?? (existsSync(shared) ? shared : '');

const LAYOUT = [
  'ip link set lo up',
  // ICMP sockets for the user that we are in here.
  'echo "0 0" > /proc/sys/net/ipv4/ping_group_range',
  // A cable whose far end a program reads and writes itself: no neighbours are looked for.
  'ip link add near type veth peer name far',
  'ip link set near arp off',
  'ip link set far arp off',
  'ip addr add 10.77.0.254/24 dev near',
  'ip link set far up',
  'ip link set near up',
  // For the sweep of a /16: 4,096 addresses that the kernel itself answers for, the others lead nowhere.
  'ip link add hole type veth peer name bottom',
  'ip link set hole arp off',
  'ip link set bottom arp off',
  'ip addr add 10.76.0.1/32 dev hole',
  'ip link set bottom up',
  'ip link set hole up',
  'ip route add 10.78.0.0/16 dev hole src 10.76.0.1',
  'ip route add local 10.78.16.0/20 dev lo',
].join(' && ');

const ways = [['--net'], ['--user', '--map-root-user', '--net']];
const way = ways.find((each) => spawnSync('unshare', [...each, 'sh', '-c', LAYOUT]).status === 0);
const inside = join(import.meta.dirname, 'network/in-namespace.ts');
const args = ['--disable-warning=ExperimentalWarning', inside, captures, values.vpn ? 'vpn' : ''];
if (way) {
  const script = `${LAYOUT} && exec "$0" "$@"`;
  const child = spawn('unshare', [...way, 'sh', '-c', script, process.execPath, ...args], { stdio: 'inherit' });
  child.once('close', (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  process.stdout.write(
    'No network namespace may be made here, so that this runs on loopback: there everybody answers a ping, nothing is\n' +
      'lost, and what is counted is what the box counts itself.\n\n',
  );
  const { benchOnLoopback } = await import('./network/on-loopback.ts');
  await benchOnLoopback(captures);
}
