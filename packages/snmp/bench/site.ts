/**
 * The other side of the benches: the C simulator of `../shared/tools` where it and a compiler are there, in a network
 * namespace of its own, since one cheap process then answers for ten thousand addresses; else agents of Node.
 */
import { type ChildProcess, execFileSync, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@rsb/runtime';
import type { Target } from '../src/index.ts';
import { ASKED } from './agent.ts';

const SOURCE = join(import.meta.dirname, '../../../../shared/tools/snmpsite.c');
const INSIDE = 'RSB_BENCH_INSIDE';
const PORT = 16_161;

export interface Site {
  /** What answers, for the table's heading. */
  readonly name: string;
  readonly targets: readonly Target[];
  stop(): void;
}

const credential = { version: 'v2c', community: new Secret('public') } as const;
/** 127.9.0.1 and on. */
const addressOf = (index: number): string => `127.9.${(index + 1) >> 8}.${(index + 1) & 255}`;

/** Whether the C simulator can be had here; a namespace keeps it off every real interface. */
export function hasQuickSite(): boolean {
  if (!existsSync(SOURCE)) return false;
  const tried = spawnSync('unshare', ['-rn', 'sh', '-c', 'ip link set lo up && gcc --version'], { stdio: 'ignore' });
  return tried.status === 0;
}

/** True in the process that shall measure: the outer one has run it inside, and only passes its end on. */
export function isInside(script: string): boolean {
  if (process.env[INSIDE] !== undefined || !hasQuickSite()) return true;
  const command = ['ip link set lo up && exec "$0" "$@"', process.execPath, ...process.execArgv, script];
  const run = spawnSync('unshare', ['-rn', 'sh', '-c', ...command, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: '1' },
  });
  process.exitCode = run.status ?? 1;
  return false;
}

/** Each answer comes after `latency` milliseconds. */
export async function startSite(addresses: number, latency = 0): Promise<Site> {
  return process.env[INSIDE] === undefined ? startAgents(Math.min(addresses, 32)) : startQuick(addresses, latency);
}

async function startQuick(addresses: number, latency: number): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-bench-'));
  const program = join(folder, 'snmpsite');
  execFileSync('gcc', ['-O2', '-w', '-o', program, SOURCE]);
  const captures = join(folder, 'captures');
  mkdirSync(captures);
  writeFileSync(join(captures, 'ten.snmprec'), ASKED.map((name, index) => `${name}|2|${index * 1000}\n`).join(''));
  const map = join(folder, 'map');
  writeFileSync(map, `${addressOf(0)}-${addressOf(addresses - 1)} ten\n`);
  const options = ['--caps', captures, '--map', map, '--port', String(PORT), '--no-detail'];
  const child = spawn(program, [...options, '--latency-ms', String(latency)], { stdio: ['ignore', 'ignore', 'pipe'] });
  await once(child.stderr, 'data');
  return {
    name: `C simulator, ${addresses} addresses, ${latency} ms away`,
    targets: Array.from({ length: addresses }, (_, index) => ({ address: addressOf(index), port: PORT, credential })),
    stop: () => end(child, folder),
  };
}

export async function startAgents(agents: number): Promise<Site> {
  const child = fork(join(import.meta.dirname, 'agent.ts'), [String(agents)]);
  const [message] = (await once(child, 'message')) as [{ ports: readonly number[] }];
  return {
    name: `${agents} agents of Node in one process`,
    targets: message.ports.map((port, index) => ({ address: `127.9.0.${index + 1}`, port, credential })),
    stop: () => end(child),
  };
}

function end(child: ChildProcess, folder?: string): void {
  child.kill();
  if (folder !== undefined) rmSync(folder, { recursive: true });
}
