/**
 * Makes what git does not hold: the compiled messages and the two browser apps. Does nothing where the sources have not
 * changed since the last build, so that every command may call it first.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

interface Step {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly run: (output: string) => void;
}

const run = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: process.env });

const steps: readonly Step[] = [
  {
    name: 'messages',
    inputs: [
      'packages/messages/messages/**/*.json',
      'packages/messages/project.inlang/settings.json',
      'package-lock.json',
    ],
    output: 'packages/messages/generated',
    run: (output) =>
      run(
        'node_modules/@inlang/paraglide-js/bin/run.js',
        'compile',
        '--project',
        'packages/messages/project.inlang',
        '--outdir',
        output,
        '--strategy',
        'baseLocale',
        '--no-emit-readme',
        '--output-structure',
        'locale-modules',
        '--silent',
      ),
  },
  {
    name: 'web',
    inputs: [
      'packages/web/src/**/*',
      'packages/web/build.ts',
      'packages/web/public/**/*',
      'packages/messages/messages/**/*.json',
      'packages/messages/src/**/*.ts',
      'package-lock.json',
    ],
    output: 'packages/web/dist',
    run: (output) => run('packages/web/build.ts', output),
  },
];

function fingerprint(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of globSync([...patterns], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

for (const step of steps) {
  const output = join(root, step.output);
  const stamp = join(output, '.stamp');
  const wanted = fingerprint(step.inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
  // Built beside and moved in place, so that two commands started at once never see half a build.
  const fresh = `${output}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(dirname(fresh), { recursive: true });
  try {
    step.run(fresh);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write(`building ${step.name} failed\n`);
    throw error;
  }
  writeFileSync(join(fresh, '.stamp'), wanted);
  const old = `${output}.old.${process.pid}`;
  if (existsSync(output)) renameSync(output, old);
  try {
    renameSync(fresh, output);
  } catch (error) {
    // Another command moved its own, equal build in first.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}
