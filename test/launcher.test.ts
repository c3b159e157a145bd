/** `bin/rsb.mjs`, which every start goes through: on a Node that fits, and on the older one of a machine. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from './rsb-process.ts';

const LAUNCHER = join(root, 'packages/cli/bin/rsb.mjs');
const FLAG = '--max-semi-space-size=8';

/** As a shell finds it outside of npm: older than the one that the project pins. */
function olderNode(): string | undefined {
  const programs = ['/usr/bin', '/usr/local/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
    .map((folder) => join(folder, 'node'))
    .filter((program) => existsSync(program));
  return programs.find((program) => {
    const version = execFileSync(program, ['--version'], { encoding: 'utf8' });
    return Number(/^v(\d+)/.exec(version)?.[1]) < 26;
  });
}

const older = olderNode();
/**
 * In the place of the command: tells how it was started, and lives until it is told to end. What a command itself does is
 * shown once, by a real box.
 */
const STUB = `
const { argv, execArgv, env } = process;
process.on('SIGTERM', () => process.exit(7));
console.log(JSON.stringify({ args: argv.slice(2), flags: execArgv, locale: env.LC_ALL }));
if (argv[2] === 'scan') process.exit(2);
setInterval(() => {}, 60_000);
`;

const started = new Set<ChildProcess>();
const folder = mkdtempSync(join(tmpdir(), 'rsb-launcher-'));
after(() => {
  // A box that is left would hold the pipes, and with them this test.
  for (const { pid = 0 } of started) for (const each of processes(pid).toReversed()) process.kill(each.pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The launcher before a stub. */
function launcherOfStub(): string {
  const cli = join(folder, 'stub/packages/cli');
  for (const each of ['bin', 'src']) mkdirSync(join(cli, each), { recursive: true });
  const copy = join(cli, 'bin/rsb.mjs');
  copyFileSync(LAUNCHER, copy);
  writeFileSync(join(cli, 'src/entry.ts'), STUB);
  symlinkSync(join(root, 'node_modules'), join(folder, 'stub/node_modules'));
  return copy;
}

const stub = launcherOfStub();

function start(node: string, launcher: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(node, [launcher, ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  started.add(child);
  const ended = once(child, 'close').finally(() => started.delete(child));
  let text = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => pattern.test(text) && resolve(text);
      child.stdout.on('data', look);
      ended.then(() => reject(new Error(`ended: ${text}${errors}`)), reject);
      look();
    });
  return { child, ended, printed, errors: () => errors };
}

/** The process itself, or the one that it started. */
function processes(pid: number): readonly { readonly pid: number; readonly command: readonly string[] }[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.map(Number)].map((each) => ({
    pid: each,
    command: readFileSync(`/proc/${each}/cmdline`, 'utf8').split('\0'),
  }));
}

it('a box gets its flags, arguments and environment, and SIGTERM ends it cleanly', async () => {
  const data = join(folder, 'data');
  const args = ['box', '--port', '0', '--host', '127.0.0.1', '--data', data, '--log', 'error'];
  const { child, ended, printed, errors } = start(process.execPath, LAUNCHER, args, { LC_ALL: 'de_DE.UTF-8' });
  // In German, as the environment says.
  await printed(/Einrichtungscode: /);
  const all = processes(child.pid ?? 0);
  assert.equal(all.length, 1, 'no process more than is needed');
  const [{ command = [] } = {}] = all;
  assert.ok(command.includes(FLAG), command.join(' '));
  assert.deepEqual(command.slice(command.indexOf(LAUNCHER) + 1, -1), args);
  assert.ok(readdirSync(data).some((file) => file.endsWith('.sqlite')));
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], errors());
  assert.equal(errors(), '', 'no warning, no error');
});

const starters = [
  ['a Node that fits', process.execPath, 1],
  ['an older Node', older, 2],
] as const;

for (const [what, node, count] of starters) {
  describe(`from ${what}`, { skip: node === undefined && 'this machine has no older Node' }, () => {
    for (const [command, flags] of [
      ['box', [FLAG]],
      ['simulate', []],
    ] as const) {
      it(`${command} gets flags, arguments and environment as it should, and a signal`, async () => {
        assert.ok(node);
        const args = [command, '--port', '0', 'a b'];
        const { child, ended, printed, errors } = start(node, stub, args, { LC_ALL: 'de_DE.UTF-8' });
        const told = JSON.parse(await printed(/\}\n/)) as unknown;
        assert.deepEqual(told, { args, flags, locale: 'de_DE.UTF-8' });
        assert.equal(processes(child.pid ?? 0).length, count, 'no process more than is needed');
        child.kill('SIGTERM');
        assert.deepEqual(await ended, [7, null], errors());
        assert.equal(errors(), '', 'no warning, no error');
      });
    }

    it('what ends by itself ends with its exit code', async () => {
      assert.ok(node);
      assert.deepEqual(await start(node, stub, ['scan']).ended, [2, null]);
    });
  });
}

it('what kills a command behind an older Node ends that as well, by the same signal', {
  skip: older === undefined && 'this machine has no older Node',
}, async () => {
  assert.ok(older);
  const { child, ended, printed } = start(older, stub, ['simulate']);
  await printed(/\}\n/);
  process.kill(processes(child.pid ?? 0).at(-1)?.pid ?? Number.NaN, 'SIGKILL');
  assert.deepEqual(await ended, [null, 'SIGKILL']);
});
