/**
 * A network of a test's own: nothing in it reaches another machine, and ICMP sockets are allowed in it whatever this
 * machine allows. It is gone with the process that holds it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** With root's rights, or with those that a user has in a user namespace. */
const WAYS = [['--net'], ['--user', '--map-root-user', '--net']];
/** The group that both ways run with. */
const ALLOW_PING = 'ip link set lo up && echo "0 0" > /proc/sys/net/ipv4/ping_group_range';

export interface NamespaceMeans {
  readonly way: readonly string[];
}

/** Undefined where this machine lets us make none; with RSB_REQUIRE_ALL=1 that is a failure. */
export function findNamespaceMeans(): NamespaceMeans | undefined {
  for (const way of WAYS) {
    if (spawnSync('unshare', [...way, 'sh', '-c', ALLOW_PING]).status === 0) return { way };
  }
  if (process.env['RSB_REQUIRE_ALL'] === '1') throw new Error('this machine lets no network namespace be made');
  return undefined;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a file of tests by the test runner in a namespace of its own; `prepare` is a script that lays out the network. */
export async function testInNamespace({ way }: NamespaceMeans, file: string, prepare = ':'): Promise<Ended> {
  const { NODE_TEST_CONTEXT: _outer, ...env } = process.env;
  const script = `${ALLOW_PING} && ${prepare} && exec "$0" --test --test-reporter=tap "$1"`;
  const child = spawn('unshare', [...way, 'sh', '-c', script, process.execPath, file], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/**
 * A cable to a second namespace, in which `alive` answer: 10.77.0.1/24 on our side, or fd77::1/64 where they have IPv6
 * alone. The process behind it ends with the shell that started it; its number is in `RSB_FAR`.
 */
export function cable(alive: readonly string[]): string {
  const isSix = alive.every((address) => address.includes(':'));
  // Nobody else is there who might have the address too.
  const withPrefix = (address: string) => (isSix ? `${address}/64 dev far nodad` : `${address}/24 dev far`);
  const there = [
    'ip link set lo up',
    'ip link set far up',
    ...alive.map((address) => `ip addr add ${withPrefix(address)}`),
  ];
  return [
    'ip link add near type veth peer name far',
    isSix ? 'ip addr add fd77::1/64 dev near nodad' : 'ip addr add 10.77.0.1/24 dev near',
    'ip link set near up',
    // A process of its own holds the other end; it leaves when its input closes, which the test runner holds open.
    'mkfifo "$RSB_HOLD"',
    '{ unshare --net sh -c \'exec cat < "$RSB_HOLD" > /dev/null\' & far=$!; }',
    'exec 9> "$RSB_HOLD"',
    'while [ "$(readlink /proc/$far/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done',
    'ip link set far netns $far',
    `nsenter --net=/proc/$far/ns/net sh -c '${there.join(' && ')}'`,
    'export RSB_FAR=$far',
  ].join(' && ');
}

/** A cable whose far end is nobody's: a program reads and writes its packets itself. `address` with its prefix is ours. */
export const wireCable = (address: string): string =>
  [
    'ip link add near type veth peer name far',
    // No neighbours are looked for: each address is the program's.
    'ip link set near arp off',
    'ip link set far arp off',
    'sysctl -qw net.ipv6.conf.near.disable_ipv6=1 net.ipv6.conf.far.disable_ipv6=1 || true',
    `ip addr add ${address} dev near`,
    'ip link set far up',
    'ip link set near up',
  ].join(' && ');
