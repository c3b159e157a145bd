/** One run of Debian's fping over a batch of addresses: a line for each, as soon as its fate is known. */

import { spawn } from 'node:child_process';
import { isIP } from 'node:net';
import { createInterface } from 'node:readline';
import { type Clock, type Millis, millis, seconds } from '@rsb/runtime';
import type { EchoResult } from './echo-sweep.ts';

export interface FpingBatch {
  /** All of one family. */
  readonly addresses: readonly string[];
  readonly timeout: Millis;
  readonly retries: number;
  /** Between two sends. */
  readonly interval: Millis;
}

export interface FpingCost {
  packets: number;
  bytes: number;
}

export interface FpingRun {
  /** Resolves when the program has ended and each address was told, as unknown where the program failed. */
  readonly ended: Promise<FpingCost>;
  stop(): void;
}

/** fping's own default, as `ping` sends. */
export const FPING_DATA_BYTES = 56;
const ECHO_BYTES = 8 + FPING_DATA_BYTES;
/** An ICMP error quotes the header and 8 bytes of what caused it (RFC 792). */
const ERROR_BYTES = 8 + 28;
/** fping waits longer for each further try by this factor (-B). */
const BACKOFF = 1.5;
/** Beyond what the waits add up to, it hangs. */
const GRACE = seconds(10);

export function runFping(
  deps: { readonly program: string; readonly clock: Clock },
  batch: FpingBatch,
  tell: (result: EchoResult) => void,
): FpingRun {
  const open = new Set(batch.addresses.filter((address) => isIP(address) !== 0));
  for (const address of batch.addresses) if (!open.has(address)) tell(unknown(address));
  const sent = open.size;
  const header = isIP(batch.addresses[0] ?? '') === 6 ? 40 : 20;
  const child = spawn(deps.program, argumentsOf(batch), {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its words are read, so they must be the English ones.
    env: { LC_ALL: 'C' },
  });
  const watchdog = deps.clock.after('fping hangs', longestRun(batch), () => child.kill('SIGKILL'));
  let stopped = false;
  let echoes: number | undefined;
  let replies = 0;
  let errors = 0;

  // A broken pipe means that it ended early; `close` says so with its exit code.
  child.stdin.on('error', () => {});
  child.stdin.end([...open].map((address) => `${address}\n`).join(''));

  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, address = '', word, time] = /^(\S+) is (alive|unreachable)(?: \(([\d.]+) ms\))?$/.exec(line) ?? [];
    if (!open.delete(address)) return;
    if (word === 'alive') replies += 1;
    tell({ address, alive: word === 'alive', roundTrip: time === undefined ? null : millis(Number(time)) });
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    const [, count, what] =
      /^\s*(\d+) (ICMP Echos sent|ICMP Echo Replies received|other ICMP received)/.exec(line) ?? [];
    if (what === 'ICMP Echos sent') echoes = Number(count);
    else if (what === 'ICMP Echo Replies received') replies = Number(count);
    else if (what === 'other ICMP received') errors = Number(count);
  });

  const ended = new Promise<FpingCost>((resolve) => {
    const finish = () => {
      watchdog.cancel();
      if (!stopped) for (const address of open) tell(unknown(address));
      open.clear();
      // Without its statistics (killed) every address counts as sent to once: rather too many than too few.
      const out = echoes ?? sent;
      resolve({
        packets: out + replies + errors,
        bytes: (out + replies) * (header + ECHO_BYTES) + errors * (header + ERROR_BYTES),
      });
    };
    child.once('error', () => {
      // Not started at all: nothing was sent.
      if (child.pid === undefined) echoes = 0;
      finish();
    });
    child.once('close', finish);
  });
  return {
    ended,
    stop() {
      stopped = true;
      child.kill('SIGTERM');
    },
  };
}

function argumentsOf({ timeout, retries, interval }: FpingBatch): string[] {
  // -e: with the round trip, -s: with what was sent; without -a and -u both fates are told.
  return [
    '-e',
    '-s',
    '-r',
    String(retries),
    '-t',
    String(Math.ceil(timeout)),
    '-B',
    String(BACKOFF),
    '-i',
    String(interval),
  ];
}

function longestRun({ addresses, timeout, retries, interval }: FpingBatch): Millis {
  let waits = 0;
  for (let attempt = 0; attempt <= retries; attempt += 1) waits += timeout * BACKOFF ** attempt;
  return millis(addresses.length * (retries + 1) * interval + waits + GRACE);
}

const unknown = (address: string): EchoResult => ({ address, alive: null, roundTrip: null });
