/** Where a server keeps its data: mode 0700, one process at a time. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { failure, type Outcome, success } from './outcome.ts';

export interface DataFolder {
  readonly path: string;
  /** Gives the folder free again; called once, at the end. */
  release(): void;
}

export interface FolderInUse {
  readonly path: string;
  readonly pid: number;
}

/** `--data`, else RSB_DATA, else STATE_DIRECTORY (systemd), else ~/.local/state/rsb/NAME. */
export function dataFolderPath(name: 'box' | 'central', option: string | undefined, env: NodeJS.ProcessEnv): string {
  const path = option ?? env['RSB_DATA'] ?? env['STATE_DIRECTORY']?.split(':')[0];
  return path ? resolve(path) : join(homedir(), '.local', 'state', 'rsb', name);
}

/** Makes the folder, takes its lock. A lock whose process is gone (kill -9, power cut) is taken over. */
export function openDataFolder(path: string): Outcome<DataFolder, FolderInUse> {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const lock = join(path, 'lock');
  for (;;) {
    try {
      const handle = openSync(lock, 'wx', 0o600);
      writeSync(handle, `${process.pid} ${processStart(process.pid) ?? ''}`);
      closeSync(handle);
      return success({ path, release: () => rmSync(lock, { force: true }) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [pid, start] = existsSync(lock) ? readFileSync(lock, 'utf8').split(' ') : [];
      if (pid && start && processStart(Number(pid)) === start) return failure({ path, pid: Number(pid) });
      rmSync(lock, { force: true });
    }
  }
}

/**
 * When a process started, in ticks since boot (proc(5), field 22 of stat): a process number alone comes back after a
 * reboot and would lock the box out of its own data. Undefined where no such process runs.
 */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
