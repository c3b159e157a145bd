/**
 * CPU that a GET of ten objects costs, codec and engine and system calls together, beside the npm library net-snmp in
 * the same run: the ratio says more than the microseconds. `node packages/snmp/bench/get.ts [GETS]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Secret, systemClock, systemRandom } from '@rsb/runtime';
import snmp from 'net-snmp';
import { allowList, createEngine, oid, type Target } from '../src/index.ts';
import { ASKED } from './agent.ts';

const AGENTS = 32;
const gets = Number(process.argv[2] ?? 200_000);

interface Figures {
  readonly perSecond: number;
  readonly cpuMicros: number;
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
  return { perSecond: (count / (performance.now() - begin)) * 1000, cpuMicros: (user + system) / count };
}

async function ours(ports: readonly number[]): Promise<Figures> {
  const engine = createEngine({
    clock: systemClock(),
    random: systemRandom(),
    allow: allowList([oid('1.3.6.1.2.1.43')]),
  });
  const credential = { version: 'v2c', community: new Secret('public') } as const;
  const targets: Target[] = ports.map((port, index) => ({ address: `127.9.0.${index + 1}`, port, credential }));
  const ask = async (agent: number) => (await engine.get(targets[agent] as Target, ASKED)).varbinds.length;
  await measure(gets / 10, ask);
  const figures = await measure(gets, ask);
  await engine.close();
  return figures;
}

async function theirs(ports: readonly number[]): Promise<Figures> {
  const options = { version: snmp.Version2c, retries: 0 };
  const sessions = ports.map((port, index) =>
    snmp.createSession(`127.9.0.${index + 1}`, 'public', { ...options, port }),
  );
  const ask = (agent: number) =>
    new Promise<number>((resolve, reject) => {
      const session = sessions[agent];
      session?.get([...ASKED], (error, varbinds) => (error ? reject(error) : resolve(varbinds?.length ?? 0)));
    });
  await measure(gets / 10, ask);
  const figures = await measure(gets, ask);
  for (const session of sessions) session.close();
  return figures;
}

async function agents(): Promise<{ child: ChildProcess; ports: readonly number[] }> {
  const child = fork(join(import.meta.dirname, 'agent.ts'), [String(AGENTS)]);
  const [message] = (await once(child, 'message')) as [{ ports: readonly number[] }];
  return { child, ports: message.ports };
}

const show = (name: string, { perSecond, cpuMicros }: Figures) =>
  process.stdout.write(`${name.padEnd(10)} ${cpuMicros.toFixed(1)} µs CPU a GET, ${Math.round(perSecond)} GET/s\n`);

const { child, ports } = await agents();
const own = await ours(ports);
const other = await theirs(ports);
child.kill();
show('engine', own);
show('net-snmp', other);
process.stdout.write(`ratio      ${(own.cpuMicros / other.cpuMicros).toFixed(2)}\n`);
