/**
 * CPU that a GET of ten objects costs, beside the npm library net-snmp in the same run: the ratio says more than the
 * microseconds. The first line leaves the wire out: what codec and engine cost by themselves.
 * `node packages/snmp/bench/get.ts [GETS]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Secret, systemClock, systemRandom } from '@rsb/runtime';
import snmp from 'net-snmp';
import { allowList, createEngine, type OpenUdpSocket, oid, openUdpSocket, type Target } from '../src/index.ts';
import { ASKED, quickAnswers } from './agent.ts';

const AGENTS = 32;
const gets = Number(process.argv[2] ?? 200_000);

interface Figures {
  readonly perSecond: number;
  /** Microseconds a GET. */
  readonly user: number;
  readonly system: number;
}

/** Runs `ask` for each agent side by side until `count` answers came. */
async function measure(count: number, ask: (agent: number) => Promise<number>): Promise<Figures> {
  let started = 0;
  const lane = async (agent: number) => {
    while (started < count) {
      started += 1;
      if ((await ask(agent)) !== ASKED.length) throw new Error('an answer is missing');
    }
  };
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await Promise.all(Array.from({ length: AGENTS }, (_, agent) => lane(agent)));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (count / (performance.now() - begin)) * 1000, user: user / count, system: system / count };
}

/** The first tenth warms up. */
async function warmed(ask: (agent: number) => Promise<number>): Promise<Figures> {
  await measure(gets / 10, ask);
  return measure(gets, ask);
}

async function engine(ports: readonly number[], openSocket: OpenUdpSocket): Promise<Figures> {
  const allow = allowList([oid('1.3.6.1.2.1.43')]);
  const asking = createEngine({ clock: systemClock(), random: systemRandom(), allow, openSocket });
  const credential = { version: 'v2c', community: new Secret('public') } as const;
  const targets: Target[] = ports.map((port, index) => ({ address: `127.9.0.${index + 1}`, port, credential }));
  const figures = await warmed(async (agent) => (await asking.get(targets[agent] as Target, ASKED)).varbinds.length);
  await asking.close();
  return figures;
}

async function netSnmp(ports: readonly number[]): Promise<Figures> {
  const sessions = ports.map((port, index) =>
    snmp.createSession(`127.9.0.${index + 1}`, 'public', { version: snmp.Version2c, retries: 0, port }),
  );
  const figures = await warmed(
    (agent) =>
      new Promise((resolve, reject) => {
        sessions[agent]?.get([...ASKED], (error, varbinds) => (error ? reject(error) : resolve(varbinds?.length ?? 0)));
      }),
  );
  for (const session of sessions) session.close();
  return figures;
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
        waiting.push({ bytes, port, address });
        if (waiting.length === 1) setImmediate(deliver);
      },
      close: () => {},
    };
  };
}

async function startAgents(): Promise<{ child: ChildProcess; ports: readonly number[] }> {
  const child = fork(join(import.meta.dirname, 'agent.ts'), [String(AGENTS)]);
  const [message] = (await once(child, 'message')) as [{ ports: readonly number[] }];
  return { child, ports: message.ports };
}

const cpuOf = ({ user, system }: Figures) => user + system;
const show = (name: string, figures: Figures) =>
  process.stdout.write(
    `${name.padEnd(18)} ${cpuOf(figures).toFixed(1)} µs CPU a GET (${figures.user.toFixed(1)} user, ` +
      `${figures.system.toFixed(1)} system), ${Math.round(figures.perSecond)} GET/s\n`,
  );

const { child, ports } = await startAgents();
show('engine, no wire', await engine(ports, noWire()));
const ours = await engine(ports, openUdpSocket);
show('engine, one socket', ours);
const theirs = await netSnmp(ports);
show('net-snmp', theirs);
child.kill();
process.stdout.write(`ratio              ${(cpuOf(ours) / cpuOf(theirs)).toFixed(2)}\n`);
