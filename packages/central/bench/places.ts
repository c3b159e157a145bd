/** A central of a bench's own on each engine, in a process of its own, and boxes that are enrolled at it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/postgres-cluster.ts';

export interface BenchPlace {
  readonly engine: 'SQLite' | 'PostgreSQL';
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  end(): Promise<void>;
}

/** PostgreSQL where it can be had, else only SQLite, with the reason on stderr. */
export async function* benchPlaces(only: readonly string[]): AsyncGenerator<BenchPlace> {
  if (only.length === 0 || only.includes('sqlite')) {
    const folder = newFolder();
    yield { engine: 'SQLite', folder, databaseUrl: undefined, end: async () => remove(folder) };
  }
  if (only.length > 0 && !only.includes('postgres')) return;
  const cluster = await startPostgres();
  if (typeof cluster === 'string') {
    process.stderr.write(`PostgreSQL: ${cluster}\n`);
    return;
  }
  const folder = newFolder();
  yield {
    engine: 'PostgreSQL',
    folder,
    databaseUrl: await cluster.newDatabase(),
    async end() {
      await cluster.stop();
      remove(folder);
    },
  };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'rsb-bench-'));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

export function makeCertificate(folder: string): { readonly cert: string; readonly key: string } {
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

export interface CentralProcess {
  readonly url: string;
  readonly codes: readonly string[];
  /** Seconds that its processor was busy; what a machine under load tells as well as an idle one. */
  processorTime(): Promise<number>;
  end(): Promise<void>;
}

/** `bench/central-process.ts` in a process of its own: as in life, boxes do not share its processor time. */
export async function startCentralProcess(place: BenchPlace, boxes: number): Promise<CentralProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(process.env['RSB_BENCH_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['RSB_BENCH_PROFILE']}`] : []),
      join(import.meta.dirname, 'central-process.ts'),
      place.folder,
      String(boxes),
      ...(place.databaseUrl ? [place.databaseUrl] : []),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout?.setEncoding('utf8');
  for await (const [chunk] of on(child.stdout ?? child, 'data')) {
    said += String(chunk);
    if (said.includes('\n')) break;
  }
  const { url, codes } = JSON.parse(said);
  return {
    url,
    codes,
    async processorTime() {
      child.stdin?.write('time\n');
      const [said] = await once(child.stdout ?? child, 'data');
      return Number(String(said)) / 1e6;
    },
    async end() {
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
  };
}
