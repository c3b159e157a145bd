/** A site of simulated devices on the wire: an agent each, all at one port. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Clock, type Random, systemClock, systemRandom } from '@rsb/runtime';
import type { Request } from '@rsb/snmp/message';
import { type Agent, startAgent, type Traffic } from './agent.ts';
import type { Fault } from './fault.ts';
import type { SimulatedMachine } from './machine.ts';
import { type CaptureProblem, loadCapture } from './snmprec.ts';

export interface SiteOptions {
  readonly machines: readonly SimulatedMachine[];
  /** 0 picks one that is free at every address. */
  readonly port: number;
  /** For late answers only. */
  readonly clock?: Pick<Clock, 'after' | 'monotonic'>;
  readonly random?: Random;
  readonly onRequest?: (address: string, request: Request) => void;
}

export interface RunningSite {
  readonly port: number;
  /** In the order of the machines. */
  readonly addresses: readonly string[];
  /** Replaces the faults of one machine; an empty list mends it. */
  misbehave(address: string, faults: readonly Fault[]): void;
  traffic(address: string): Traffic;
  /** Puts a machine at an address, in the place of the one that was there. */
  plugIn(machine: SimulatedMachine): Promise<void>;
  unplug(address: string): Promise<void>;
  close(): Promise<void>;
}

/** A site that cannot be put on the wire: the program that wants it cannot start. */
export class SiteBindError extends Error {
  readonly code: string;
  readonly address: string;
  readonly port: number;

  constructor(code: string, address: string, port: number) {
    super(`cannot bind UDP ${address}:${port} (${code})`);
    this.name = 'SiteBindError';
    this.code = code;
    this.address = address;
    this.port = port;
  }
}

const PORTS_TRIED = 20;

export async function startSite(options: SiteOptions): Promise<RunningSite> {
  const { machines, onRequest } = options;
  const surroundings = {
    clock: options.clock ?? systemClock(),
    random: options.random ?? systemRandom(),
    ...(onRequest === undefined ? {} : { onRequest }),
  };
  const started = await startAll(machines, options.port, surroundings);
  const agents = new Map(started.map((agent) => [agent.address, agent]));
  const port = started[0]?.port ?? options.port;
  const agentAt = (address: string): Agent => {
    const agent = agents.get(address);
    if (agent === undefined) throw new Error(`no simulated machine at ${address}`);
    return agent;
  };
  const unplug = async (address: string) => {
    const agent = agents.get(address);
    agents.delete(address);
    await agent?.close();
  };
  return {
    port,
    addresses: machines.map(({ address }) => address),
    misbehave: (address, faults) => agentAt(address).misbehave(faults),
    traffic: (address) => agentAt(address).traffic,
    async plugIn(machine) {
      await unplug(machine.address);
      agents.set(machine.address, await startAgent(machine, port, surroundings));
    },
    unplug,
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.close()));
      agents.clear();
    },
  };
}

/** The lines of `rsb simulate`: who answers where. */
export const siteLines = (machines: readonly SimulatedMachine[]): readonly string[] =>
  machines.map(({ address, name }) => `${address} ${name}`);

async function startAll(
  machines: readonly SimulatedMachine[],
  wanted: number,
  surroundings: Parameters<typeof startAgent>[2],
): Promise<readonly Agent[]> {
  let failed: SiteBindError | undefined;
  for (let attempt = 0; attempt < (wanted === 0 ? PORTS_TRIED : 1); attempt += 1) {
    const agents: Agent[] = [];
    let port = wanted;
    failed = undefined;
    for (const machine of machines) {
      try {
        const agent = await startAgent(machine, port, surroundings);
        agents.push(agent);
        port = agent.port;
      } catch (error) {
        failed = new SiteBindError((error as NodeJS.ErrnoException).code ?? String(error), machine.address, port);
        break;
      }
    }
    if (failed === undefined) return agents;
    await Promise.all(agents.map((agent) => agent.close()));
    // Another program has the port that the system gave for the first address at a later one: try another.
    if (failed.code !== 'EADDRINUSE') break;
  }
  throw failed ?? new Error('unreachable: a site is bound or a failure is known');
}

export interface CapturesSite {
  readonly machines: readonly SimulatedMachine[];
  readonly problems: readonly (CaptureProblem & { readonly file: string })[];
}

/**
 * Every `.snmprec` of a folder, in the order of their names, at 127.60.0.1, .2 … .250, 127.60.1.1 and so on. Rows of
 * ipAddrTable stay as captured: they name the address that the real machine had.
 */
export function capturesSite(folder: string, options: { readonly network?: string } = {}): CapturesSite {
  const network = options.network ?? '127.60';
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.snmprec'))
    .sort();
  const problems: (CaptureProblem & { file: string })[] = [];
  const machines = files.map((file, index) => {
    const { mib, capture } = loadCapture(join(folder, file));
    problems.push(...capture.problems.map((problem) => ({ ...problem, file })));
    const address = `${network}.${Math.floor(index / 250)}.${(index % 250) + 1}`;
    return { address, name: basename(file, '.snmprec'), mib };
  });
  return { machines, problems };
}
