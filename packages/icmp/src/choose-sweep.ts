/** Which means to ping this machine has. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Clock, millis, type Outcome, type Random, systemRandom } from '@rsb/runtime';
import { TOKEN_BYTES } from './echo-packet.ts';
import type { EchoSweep } from './echo-sweep.ts';
import { FPING_DATA_BYTES } from './fping-run.ts';
import { fpingSweep } from './fping-sweep.ts';
import { loadEchoSockets, type OpenEchoSocket } from './icmp-socket.ts';
import { noSweep } from './no-sweep.ts';
import { socketSweep } from './socket-sweep.ts';

/** Where a program is; undefined where it is not installed. */
export type Which = (program: string) => string | undefined;

/** Looks along a PATH. */
export function whichOn(path: string | undefined): Which {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return (program) => folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface ChooseDeps {
  readonly clock: Clock;
  readonly which: Which;
  readonly random?: Random;
  /** How sockets of our own are got; the system's where it is left out. */
  readonly sockets?: () => Promise<Outcome<OpenEchoSocket, string>>;
}

/**
 * Our own socket, else fping, else none. Each is tried on this machine's own loopback: a system that forbids sockets, or
 * an fping without its capability (containers drop it), would let every address look dead.
 */
export async function chooseSweep(deps: ChooseDeps): Promise<EchoSweep> {
  const { clock, which, random = systemRandom(), sockets = loadEchoSockets } = deps;
  const open = await sockets();
  if (open.ok) {
    const sweep = await tried(socketSweep({ clock, random, open: open.value }));
    if (sweep) return sweep;
  }
  const program = which('fping');
  const sweep = program === undefined ? undefined : await tried(fpingSweep({ program, clock }));
  return sweep ?? noSweep();
}

/** The one that would be tried first, by what may be opened here: for estimates, as nothing is sent. */
export async function likelyMeans({
  which,
  sockets = loadEchoSockets,
}: Pick<ChooseDeps, 'which' | 'sockets'>): Promise<Pick<EchoSweep, 'method' | 'dataBytes'>> {
  const open = await sockets();
  const opened = open.ok ? open.value(4, () => {}) : null;
  if (opened?.ok) {
    opened.value.close();
    return { method: 'socket', dataBytes: TOKEN_BYTES };
  }
  return which('fping') === undefined
    ? { method: 'none', dataBytes: 0 }
    : { method: 'fping', dataBytes: FPING_DATA_BYTES };
}

async function tried(sweep: EchoSweep): Promise<EchoSweep | undefined> {
  let allowed = false;
  for await (const { alive } of sweep.sweep(['127.0.0.1'], { rate: 0, timeout: millis(500), retries: 1 })) {
    allowed = alive === true;
  }
  // The trial never left this machine.
  sweep.cost.packets = 0;
  sweep.cost.bytes = 0;
  if (allowed) return sweep;
  await sweep.close();
  return undefined;
}
