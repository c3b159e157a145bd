/**
 * CPU that a GET of ten objects costs, by each socket, beside the npm library net-snmp and Debian's snmpget in the same
 * run: the ratio says more than the microseconds, which a busy machine stretches. The first line leaves the wire out: what
 * codec and engine cost by themselves.
 * `node packages/snmp/bench/get.ts [GETS]`
 */
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { systemClock, systemRandom } from '@rsb/runtime';
import snmp from 'net-snmp';
import {
  allowList,
  createEngine,
  type OpenUdpSocket,
  oid,
  openPlainSocket,
  openUdpSocket,
  type Target,
} from '../src/index.ts';
import { ASKED, PASSPHRASES, quickAnswers, USER } from './agent.ts';
import { isInside, startAgents, startSite } from './site.ts';

/** Requests on their way at once. */
const LANES = 64;
const ADDRESSES = 256;
const SNMPGETS = 100;
/** Agents that know a user. */
const USERS = 32;
const gets = Number(process.argv[2] ?? 100_000);

interface Figures {
  readonly perSecond: number;
  /** Microseconds a GET. */
  readonly user: number;
  readonly system: number;
}

/** Runs `ask` in many lanes side by side until `count` answers came. */
async function measure(count: number, ask: (turn: number) => Promise<number>): Promise<Figures> {
  let started = 0;
  const lane = async (first: number) => {
    for (let turn = first; started < count; turn += LANES) {
      started += 1;
      if ((await ask(turn)) !== ASKED.length) throw new Error('an answer is missing');
    }
  };
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (count / (performance.now() - begin)) * 1000, user: user / count, system: system / count };
}

const cpuOf = ({ user, system }: Figures) => user + system;

/** Rounds that are measured: the middle one is told, as others on the machine disturb some of them. */
const ROUNDS = 9;

interface Measured extends Figures {
  /** Microseconds of CPU a GET in the quickest round. */
  readonly least: number;
}

/** Three rounds before warm up. */
async function warmed(count: number, ask: (turn: number) => Promise<number>): Promise<Measured> {
  for (let round = 0; round < 3; round += 1) await measure(count / ROUNDS, ask);
  const rounds: Figures[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(count / ROUNDS, ask));
  rounds.sort((one, other) => cpuOf(one) - cpuOf(other));
  const [quickest, middle] = [rounds[0] as Figures, rounds[ROUNDS >> 1] as Figures];
  return { ...middle, least: cpuOf(quickest) };
}

const nth = <T>(from: readonly T[], turn: number): T => from[turn % from.length] as T;

async function engine(targets: readonly Target[], openSocket: OpenUdpSocket, count = gets): Promise<Measured> {
  const allow = allowList([oid('1.3.6.1.2.1.43')]);
  const asking = createEngine({ clock: systemClock(), random: systemRandom(), allow, openSocket });
  const figures = await warmed(count, async (turn) => (await asking.get(nth(targets, turn), ASKED)).varbinds.length);
  await asking.close();
  return figures;
}

/** A session for each address, as it has no other way. */
async function netSnmp(targets: readonly Target[]): Promise<Measured> {
  const sessions = targets
    .slice(0, LANES)
    .map(({ address, port }) =>
      snmp.createSession(address, 'public', { version: snmp.Version2c, retries: 0, timeout: 60_000, port }),
    );
  const ask = (turn: number): Promise<number> =>
    new Promise((resolve, reject) => {
      nth(sessions, turn).get([...ASKED], (error, varbinds) =>
        error ? reject(error) : resolve(varbinds?.length ?? 0),
      );
    });
  const figures = await warmed(gets / 2, ask);
  for (const session of sessions) session.close();
  return figures;
}

/** The same by a user, signed and encrypted. */
async function netSnmpByUser(targets: readonly Target[]): Promise<Measured> {
  const user = {
    name: USER.user,
    level: snmp.SecurityLevel.authPriv,
    authProtocol: snmp.AuthProtocols.sha256,
    authKey: PASSPHRASES[0],
    privProtocol: snmp.PrivProtocols.aes,
    privKey: PASSPHRASES[1],
  };
  const sessions = targets.map(({ address, port }) =>
    snmp.createV3Session(address, user, { retries: 0, timeout: 60_000, port }),
  );
  const ask = (turn: number): Promise<number> =>
    new Promise((resolve, reject) => {
      nth(sessions, turn).get([...ASKED], (error, varbinds) =>
        error ? reject(error) : resolve(varbinds?.length ?? 0),
      );
    });
  const figures = await warmed(gets / 10, ask);
  for (const session of sessions) session.close();
  return figures;
}

/** A process for each GET, one after the other: the CPU of children is not told here, so its time stands for it. */
function snmpget(targets: readonly Target[]): Measured | null {
  const [target] = targets;
  if (target === undefined || spawnSync('snmpget', ['-V']).status !== 0) return null;
  const begin = performance.now();
  for (let count = 0; count < SNMPGETS; count += 1) {
    const address = `${target.address}:${target.port}`;
    const run = spawnSync('snmpget', ['-v2c', '-c', 'public', '-m', '', '-On', address, ...ASKED]);
    if (run.status !== 0) return null;
  }
  const milliseconds = performance.now() - begin;
  const user = (milliseconds / SNMPGETS) * 1000;
  return { perSecond: (SNMPGETS / milliseconds) * 1000, user, system: 0, least: user };
}

/** Answers in the same process, all that were asked in one turn of the loop together. */
function noWire(): OpenUdpSocket {
  const answers = quickAnswers();
  return (_family, onDatagram) => {
    const waiting: { bytes: Uint8Array; port: number; address: string }[] = [];
    const deliver = () => {
      for (const { bytes, port, address } of waiting.splice(0)) onDatagram(answers(bytes), address, port);
    };
    return {
      send(bytes, port, address) {
        waiting.push({ bytes: new Uint8Array(bytes), port, address });
        if (waiting.length === 1) setImmediate(deliver);
      },
      close: () => {},
    };
  };
}

if (isInside(import.meta.filename)) {
  const site = await startSite(ADDRESSES);
  process.stdout.write(`GET of ten objects, ${gets} each; ${site.name}; load ${loadavg()[0]?.toFixed(1)}\n`);
  process.stdout.write('                        µs CPU   (user, system)   least    GET/s   ratio\n');
  const batch = await engine(site.targets, openUdpSocket);
  const show = (name: string, figures: Measured | null) => {
    if (figures === null) return;
    const { user, system, perSecond, least } = figures;
    process.stdout.write(
      `${name.padEnd(20)} ${cpuOf(figures).toFixed(1).padStart(9)}   (${user.toFixed(1)}, ${system.toFixed(1)})`.padEnd(
        48,
      ) +
        `${least.toFixed(1)}`.padStart(6) +
        `${Math.round(perSecond)}`.padStart(9) +
        `${(cpuOf(figures) / cpuOf(batch)).toFixed(2)}`.padStart(8) +
        '\n',
    );
  };
  show('engine, no wire', await engine(site.targets, noWire()));
  show('engine, one socket', batch);
  show("engine, Node's socket", await engine(site.targets, openPlainSocket));
  show('net-snmp (npm)', await netSnmp(site.targets));
  show('snmpget (wall)', snmpget(site.targets));
  site.stop();
  const agents = await startAgents(USERS);
  process.stdout.write(`By an SNMPv3 user, SHA-256 and AES-128, ${gets / 10} each; ${agents.name}\n`);
  const sealed = agents.targets.map((target) => ({ ...target, credential: USER }));
  show('engine, one socket', await engine(sealed, openUdpSocket, gets / 10));
  show('net-snmp (npm)', await netSnmpByUser(sealed));
  agents.stop();
}
