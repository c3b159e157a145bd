/**
 * Runs every test of the project, or those named: `npm test -- packages/snmp`. Every object that a box, a scan or a read
 * asked for during the run is held against the allow-list as the last test of the run.
 */
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

interface Counts {
  readonly tests: number;
  readonly passed: number;
  readonly skipped: number;
  readonly todo: number;
}

const root = resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const whole = wanted.length === 0;
const inFolder = (folder: string) => globSync(`${folder}/**/*.test.ts`, { cwd: root, exclude: ['**/node_modules/**'] });
const files = whole
  ? [...inFolder('packages'), ...inFolder('test')]
  : wanted.flatMap((path) => (statSync(join(root, path)).isDirectory() ? inFolder(path) : [path]));

/** Milliseconds of each file. */
const took = new Map<string, number>();

function runTests(paths: readonly string[]): Promise<Counts> {
  return new Promise((done, fail) => {
    const stream = run({
      cwd: root,
      files: paths.map((path) => join(root, path)),
      concurrency: availableParallelism(),
      // Ends what hangs; a busy machine may take minutes for what a quiet one does in seconds.
      timeout: 600_000,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    stream.on('test:summary', ({ file, counts, duration_ms }) => {
      if (file === undefined) done(counts);
      else took.set(relative(root, file), duration_ms);
    });
    stream.on('error', fail);
    stream.compose(spec).pipe(process.stdout, { end: false });
  });
}

/** Loaded only where it is wanted: central's store is a second of work that a run of another package does without. */
async function startSharedPostgres() {
  const { sharePostgres } = await import('../packages/central/test/shared-postgres.ts');
  return sharePostgres();
}

const last = 'test/asked-objects.test.ts';
const scratch = mkdtempSync(join(tmpdir(), 'rsb-test-'));
const askedLog = join(scratch, 'asked');
process.env['RSB_ASKED_LOG'] = askedLog;
// Every test file is a process of its own, and most import the same modules: compiled once, not two hundred times.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'rsb-test-compile-cache');
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
const postgres = files.some((file) => file.startsWith('packages/central')) ? await startSharedPostgres() : undefined;
const counts: Counts[] = [];
try {
  counts.push(await runTests(files.filter((file) => file !== last).sort()));
  if (whole) {
    process.env['RSB_ASKED_READ'] = askedLog;
    counts.push(await runTests([last]));
  }
} finally {
  await postgres?.stop();
  rmSync(scratch, { recursive: true, force: true });
}

if (whole) {
  const slowest = [...took].sort(([, one], [, other]) => other - one).slice(0, 15);
  process.stdout.write('\nSlowest files, in seconds:\n');
  for (const [file, ms] of slowest) process.stdout.write(`${(ms / 1000).toFixed(1).padStart(7)}  ${file}\n`);
}
const total = (member: keyof Counts) => counts.reduce((sum, part) => sum + part[member], 0);
const failed = total('tests') - total('passed') - total('skipped') - total('todo');
process.exitCode = failed > 0 || total('passed') === 0 ? 1 : 0;
process.stdout.write(`\n${total('passed')} passed, ${failed} failed, ${total('skipped')} skipped\n`);
