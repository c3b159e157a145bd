/** `rsb` as a person starts it: a process of its own, which a test may also kill -9. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export interface RsbProcess {
  /** All that was printed on stdout so far. */
  readonly output: () => string;
  /** Resolves with the match once stdout has it; fails when the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** As a power cut would: nothing is told, nothing is cleaned up. */
  kill(): Promise<void>;
  /** SIGTERM, as a service manager stops it; the exit code. */
  stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startRsb(args: readonly string[], env: NodeJS.ProcessEnv = {}): RsbProcess {
  const child = spawn(process.execPath, [join(root, 'packages/cli/src/entry.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  let text = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    output: () => text,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match) resolve(match);
        };
        look();
        child.stdout.on('data', look);
        ended.then(() => reject(new Error(`rsb ${args.join(' ')} ended: ${text}${errors}`)), reject);
      }),
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      return child.exitCode;
    },
  };
}

/** Runs a command to its end. */
export async function runRsb(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [join(root, 'packages/cli/src/entry.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  return { code, stdout, stderr };
}
