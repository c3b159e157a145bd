/** Runs every test of the project, or those named: `npm test -- packages/snmp`. The last lines are the runner's own count. */
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const inFolder = (folder: string) => globSync(`${folder}/**/*.test.ts`, { cwd: root, exclude: ['**/node_modules/**'] });
const files =
  wanted.length === 0
    ? [...inFolder('packages'), ...inFolder('test')]
    : wanted.flatMap((path) => (statSync(join(root, path)).isDirectory() ? inFolder(path) : [path]));

const run = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--test', '--test-reporter=spec', ...files.sort()],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
