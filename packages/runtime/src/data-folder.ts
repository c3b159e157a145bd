/** Where a server keeps its data: mode 0700, one process at a time. */
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
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
  makeFolder(path);
  closeToOthers(path);
  const lock = join(path, 'lock');
  // Written whole under a name of its own and linked: nobody sees a lock that does not yet say whose it is.
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${processStart(process.pid) ?? ''}`, { mode: 0o600 });
  try {
    for (;;) {
      if (linked(own, lock)) return success({ path, release: () => rmSync(lock, { force: true }) });
      const holder = holderOf(lock);
      if (holder !== null) return failure({ path, pid: holder });
      putAside(lock, `${own}.old`);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** A folder that others may look into is closed where it is new or ours; one of other use, such as /tmp, is left as it is. */
function closeToOthers(path: string): void {
  if ((statSync(path).mode & 0o077) === 0) return;
  const content = readdirSync(path);
  if (content.length > 0 && !content.some((name) => /\.sqlite$|^lock$|\.key$/.test(name))) {
    throw new Error('it holds other files and is open to others; name a folder of its own');
  }
  chmodSync(path, 0o700);
}

/** False where another lock is there already. */
function linked(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** The living process that a lock belongs to. */
function holderOf(lock: string): number | null {
  const [pid, start] = existsSync(lock) ? readFileSync(lock, 'utf8').split(' ') : [];
  return pid && start && processStart(Number(pid)) === start ? Number(pid) : null;
}

/** Another opener may have taken the old lock over since it was looked at: then its own lock is given back. */
function putAside(lock: string, aside: string): void {
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return;
  }
  if (holderOf(aside) !== null) linked(aside, lock);
  rmSync(aside, { force: true });
}

/** Level by level: `recursive` of `mkdirSync` never ends below a folder that refuses with ENOENT, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new Error(`${path} is not a folder`);
    return;
  }
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
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
