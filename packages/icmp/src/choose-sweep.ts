/** Which means to ping this machine has. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Clock, millis } from '@rsb/runtime';
import type { EchoSweep } from './echo-sweep.ts';
import { fpingSweep } from './fping-sweep.ts';
import { noSweep } from './no-sweep.ts';

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

/**
 * fping where it is installed and may ping: it is tried on this machine's own loopback, since without its capability
 * (containers drop it) every address would look dead.
 */
export async function chooseSweep({
  clock,
  which,
}: {
  readonly clock: Clock;
  readonly which: Which;
}): Promise<EchoSweep> {
  const program = which('fping');
  if (program === undefined) return noSweep();
  const sweep = fpingSweep({ program, clock });
  let allowed = false;
  for await (const { alive } of sweep.sweep(['127.0.0.1'], { rate: 0, timeout: millis(500), retries: 1 })) {
    allowed = alive === true;
  }
  // The trial never left this machine.
  sweep.cost.packets = 0;
  sweep.cost.bytes = 0;
  return allowed ? sweep : noSweep();
}
