/** Runs a bench: `npm run bench -- NAME [OPTION …]`; without a name, lists them. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const BENCHES: Readonly<Record<string, { readonly file: string; readonly what: string }>> = {
  network: {
    file: 'packages/box/bench/network.ts',
    what: 'a /24 discovered, read and polled in a network namespace, beside fping, snmpbulkwalk and others',
  },
  reads: { file: 'packages/box/bench/reads.ts', what: 'packets and bytes of first reads and polls, by capture' },
  get: { file: 'packages/snmp/bench/get.ts', what: 'GETs a second and their CPU time' },
  fleet: { file: 'packages/snmp/bench/fleet.ts', what: 'ten thousand printers, 20 ms away, asked once' },
  echoes: { file: 'packages/icmp/bench/echoes.ts', what: '65,000 echoes to loopback' },
  ingest: {
    file: 'packages/central/bench/ingest.ts',
    what: 'values a second into central over TLS, signed and committed, on both engines',
  },
  archive: {
    file: 'packages/central/bench/archive.ts',
    what: 'bytes a value after months are closed, a year of days, an old day, working a reading through',
  },
  'busy-box': {
    file: 'packages/box/bench/busy-box.ts',
    what: 'answers of a box that reads 250 machines, for 20 readers, with central down',
  },
  machines: { file: 'packages/web/bench/machines.ts', what: 'the Machines page in Chromium' },
  'what-left': { file: 'packages/box/bench/what-left.ts', what: 'search through everything that a box has sent' },
  lists: { file: 'packages/central/bench/lists.ts', what: 'the lists of central with a large fleet' },
};

const root = resolve(import.meta.dirname, '..');
const [name = '', ...options] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, bench.file), ...options], {
    stdio: 'inherit',
    // Stripped sources are kept, as by `rsb`: from the second run on what strips them (35 MiB) is not loaded.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/rsb-bench'), ...process.env },
  });
  child.once('close', (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  for (const [each, { what }] of Object.entries(BENCHES)) process.stdout.write(`${each.padEnd(10)} ${what}\n`);
  process.exitCode = name === '' ? 0 : 2;
}
