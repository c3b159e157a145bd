/**
 * How long the pages wait for a box that is at work: a real box process reads 250 machines of a simulated site in another
 * process, central is down, and 20 people with a session and an open stream each ask for the list, for one machine and for
 * the settings. `node packages/box/bench/busy-box.ts [--machines 250] [--readers 20] [--seconds 20] [--pause 250]`;
 * `--pause 0` asks again as soon as the answer is there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { prepare, startCentral } from '@rsb/central';
import type { BoxView, DeviceList, SessionView, SettingsInput } from '@rsb/contract';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { type Asked, Person } from './busy/readers.ts';

const { values } = parseArgs({
  options: {
    machines: { type: 'string', default: '250' },
    readers: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
    pause: { type: 'string', default: '250' },
  },
});
const MACHINES = Number(values.machines);
const READERS = Number(values.readers);
const MEASURED = Number(values.seconds) * 1000;
const PAUSE = Number(values.pause);
const PASSWORD = 'correct horse battery';
const BAR = 200;
/** Answers over which the processor time of one is told. */
const ALONE = 50;

const root = mkdtempSync(join(tmpdir(), 'rsb-busy-'));
const children: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts a process and answers what the first line that `find` understands says. */
function started<T>(
  args: readonly string[],
  find: (line: string) => T | undefined,
): Promise<readonly [T, ChildProcess]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LANG: 'C' },
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = find(line);
      if (found !== undefined) resolve([found, child]);
    });
  });
}

const cli = join(import.meta.dirname, '../../cli/bin/rsb.mjs');
const [site] = await started([join(import.meta.dirname, 'busy/site.ts'), String(MACHINES)], (line) => {
  return JSON.parse(line) as { readonly port: number; readonly ranges: readonly string[] };
});
const said: string[] = [];
const [, boxProcess] = await started(
  [cli, 'box', '--host', '127.0.0.1', '--port', '0', '--data', join(root, 'box'), '--log', 'error'],
  (line) => {
    said.push(line);
    return said.length >= 3 ? said : undefined;
  },
);
const url = /http:\/\/\S+:\d+/.exec(said.join('\n'))?.[0] ?? '';
const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/.exec(said.join('\n'))?.[0] ?? '';

const technician = new Person(url);
const session = await technician.call<SessionView>('POST', '/setup', { code, password: PASSWORD });
technician.useToken(session.csrfToken ?? '');
await enrol();
await settings();
await technician.call('POST', '/scan');
while ((await technician.call<BoxView>('GET', '/state')).scan !== null) await wait(200);
const { devices } = await technician.call<DeviceList>('GET', '/devices');
process.stdout.write(`${devices.length} machines known, central is down, load ${loadavg()[0]?.toFixed(1)}\n`);

process.stdout.write(`\nprocessor time of the box for an answer:\n`);
await costs();

const people = await Promise.all(
  Array.from({ length: READERS }, async () => {
    const person = technician.another();
    await person.openStream();
    return person;
  }),
);
report('the box idle', await measured(MEASURED / 4, async () => {}));
let reads = 0;
report(
  `while ${devices.length} machines are read`,
  await measured(MEASURED, async (isOver) => {
    while (!isOver()) {
      await technician.call('POST', '/scan');
      while ((await technician.call<BoxView>('GET', '/state')).scan !== null && !isOver()) await wait(100);
      if (!isOver()) reads += devices.length;
    }
  }),
);
process.stdout.write(
  `${reads} machines read meanwhile, ${Math.round(people.reduce((sum, each) => sum + each.streamed, 0) / 1000)} kB streamed\n`,
);
for (const each of [...people, technician]) each.close();
process.exit(0);

/** At a central that answers once, and is then gone. */
async function enrol(): Promise<void> {
  const folder = openDataFolder(join(root, 'central'));
  if (!folder.ok) throw new Error('no folder for central');
  const central = await startCentral({
    folder: folder.value,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
  });
  if (!central.ok) throw new Error('central does not start');
  const names = { dealer: 'Dealer', user: 'admin', password: 'correct horse battery staple', customer: 'Customer SA' };
  const prepared = await prepare(central.value, names);
  if (!prepared.ok) throw new Error('central is not prepared');
  await technician.call('POST', '/enrolment', { url: central.value.url, code: prepared.value.code });
  await central.value.close();
  folder.value.release();
}

async function settings(): Promise<void> {
  const { revision, ...now } = await technician.call<SettingsInput & { readonly revision: number }>('GET', '/settings');
  const { proxyPasswordSet: _set, ...input } = now as SettingsInput & { readonly proxyPasswordSet?: boolean };
  const change: SettingsInput = {
    ...input,
    credentials: now.credentials.map(({ id, version }) => ({ id, version }) as SettingsInput['credentials'][number]),
    snmpPort: site.port,
    packetsPerSecond: 0,
    ranges: site.ranges.map((range) => ({
      range,
      note: '',
      credentials: ['public'],
      packetsPerSecond: 0,
      kilobytesPerHour: null,
      hours: null,
      ping: false,
      on: true,
    })),
  };
  await technician.call('PUT', '/settings', change, { 'if-match': `"${revision}"` });
}

/** What the pages ask, of one of the machines. */
function asks(at: number): readonly (readonly [string, string])[] {
  const id = encodeURIComponent(devices[(at * 17) % devices.length]?.id ?? '');
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString();
  return [
    ['page', '/'],
    ['list', '/api/v1/devices'],
    ['state', '/api/v1/state'],
    ['machine: log', `/api/v1/devices/${id}/log`],
    ['machine: origins', `/api/v1/devices/${id}/origins`],
    ['machine: history', `/api/v1/devices/${id}/history?from=${from}`],
    ['settings', '/api/v1/settings'],
  ];
}

/** What an answer takes of the processor, one after the other: what this machine does besides does not matter. */
async function costs(): Promise<void> {
  for (const [what, path] of asks(0)) {
    const before = processorTime();
    for (let count = 0; count < ALONE; count += 1) await technician.timed(what, path);
    process.stdout.write(`  ${what.padEnd(18)} ${((processorTime() - before) / ALONE).toFixed(1)} ms\n`);
  }
}

interface Measured {
  readonly asked: readonly Asked[];
  /** Processor time of the box per second. */
  readonly processor: number;
}

async function measured(time: number, work: (isOver: () => boolean) => Promise<void>): Promise<Measured> {
  const began = performance.now();
  const before = processorTime();
  const isOver = () => performance.now() - began > time;
  const asked: Asked[] = [];
  const reader = async (person: Person, at: number) => {
    const pages = asks(at);
    // Not all at one and the same thing.
    for (let turn = at; !isOver(); turn += 1) {
      const [what, path] = pages[turn % pages.length] ?? ['page', '/'];
      asked.push(await person.timed(what, path));
      if (PAUSE > 0) await wait(PAUSE);
    }
  };
  await Promise.all([work(isOver), ...people.map(reader)]);
  return { asked, processor: (processorTime() - before) / ((performance.now() - began) / 1000) };
}

/** Milliseconds of the box's process so far, from its kernel account (proc(5), utime and stime in ticks of 10 ms). */
function processorTime(): number {
  const fields = readFileSync(`/proc/${boxProcess.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function report(name: string, { asked, processor }: Measured): void {
  const refused = asked.filter(({ status }) => status !== 200).length;
  process.stdout.write(
    `\n${name}: ${READERS} readers, pause ${PAUSE} ms, the box takes ${Math.round(processor / 10)} % of a processor, load ${loadavg()[0]?.toFixed(1)}, ${refused} refused\n`,
  );
  for (const what of ['all', ...new Set(asked.map((each) => each.what))]) {
    const some = what === 'all' ? asked : asked.filter((each) => each.what === what);
    const sorted = some.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const over = sorted.filter((ms) => ms > BAR).length;
    const bytes = some.reduce((sum, each) => sum + each.bytes, 0) / Math.max(1, some.length) / 1000;
    process.stdout.write(
      `  ${what.padEnd(18)} ${String(some.length).padStart(5)} answers  median ${at(0.5).toFixed(0).padStart(5)} ms  p95 ${at(0.95).toFixed(0).padStart(5)} ms  worst ${at(1).toFixed(0).padStart(5)} ms  over ${BAR} ms: ${over}  ${bytes.toFixed(1)} kB\n`,
    );
  }
}
