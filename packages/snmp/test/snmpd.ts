/** Debian's snmpd on an address of its own, with a configuration and a state folder of its own. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { boundSocket } from './agent.ts';
import { findProgram } from './debian.ts';

export interface Snmpd {
  readonly address: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** `configuration` are lines of snmpd.conf(5); the address and the community "public" are added. */
export async function startSnmpd(address: string, configuration: readonly string[]): Promise<Snmpd> {
  const program = findProgram('snmpd');
  if (program === undefined) throw new Error('snmpd is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'rsb-snmpd-'));
  const state = join(folder, 'state');
  mkdirSync(state);
  const port = await freePort(address);
  const file = join(folder, 'agent.conf');
  writeFileSync(file, [`agentaddress udp:${address}:${port}`, 'rocommunity public', ...configuration, ''].join('\n'));
  const child = spawn(program, ['-f', '-Lo', '-C', '-c', file], {
    // It writes its state into a file named snmpd.conf, which must not be the one that it reads.
    env: { ...process.env, SNMP_PERSISTENT_DIR: state, SNMPCONFPATH: folder, MIBS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('NET-SNMP version')) resolve();
    });
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    child.once('exit', () => reject(new Error(`snmpd ended: ${lines.join('\n')}`)));
    child.once('error', reject);
  });
  await ready;
  return {
    address,
    port,
    async stop() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(address: string): Promise<number> {
  const socket = await boundSocket(address);
  const { port } = socket.address();
  socket.close();
  return port;
}

/** One line for each object as `snmpwalk -Onetx` prints it: numbers throughout, texts in hex. */
export async function snmpwalk(agent: Snmpd, version: 'v1' | 'v2c', root: string): Promise<string[]> {
  const program = findProgram('snmpwalk');
  if (program === undefined) throw new Error('snmpwalk is not installed');
  const options = [version === 'v1' ? '-v1' : '-v2c', '-c', 'public', '-m', '', '-Onetx', '-t', '2'];
  const run = await promisify(execFile)(program, [...options, `${agent.address}:${agent.port}`, `.${root}`], {
    maxBuffer: 1 << 24,
  });
  const lines: string[] = [];
  for (const line of run.stdout.split('\n')) {
    // Long texts go on in the next line.
    if (line.startsWith('.')) lines.push(line.trimEnd());
    else if (line !== '' && !line.startsWith('End of MIB')) lines.push(`${lines.pop() ?? ''} ${line.trimEnd()}`);
  }
  return lines;
}
