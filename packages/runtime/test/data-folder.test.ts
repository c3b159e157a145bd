import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dataFolderPath, openDataFolder } from '../src/index.ts';

const base = mkdtempSync(join(tmpdir(), 'rsb-folder-'));
after(() => rmSync(base, { recursive: true }));

test('the folder is private and belongs to one opener at a time', () => {
  const path = join(base, 'one');
  const first = openDataFolder(path);
  assert.ok(first.ok);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  assert.deepEqual(openDataFolder(path), { ok: false, error: { path, pid: process.pid } });
  first.value.release();
  const again = openDataFolder(path);
  assert.ok(again.ok);
  again.value.release();
});

test('a lock left by a killed process is taken over, also when its number runs again as another program', () => {
  for (const [name, left] of [
    ['killed', `${spawnSync('true').pid} 12345`],
    ['number reused after a reboot', `${process.pid} 1`],
    ['half written', ''],
  ] as const) {
    const path = join(base, name);
    const made = openDataFolder(path);
    assert.ok(made.ok);
    writeFileSync(join(path, 'lock'), left);
    const opened = openDataFolder(path);
    assert.ok(opened.ok, name);
    assert.match(readFileSync(join(path, 'lock'), 'utf8'), new RegExp(`^${process.pid} \\d+$`));
    opened.value.release();
  }
});

test('of many that start at once beside a dead lock one has the folder, and nothing else stays in it', async () => {
  const path = join(base, 'at once');
  const made = openDataFolder(path);
  assert.ok(made.ok);
  writeFileSync(join(path, 'lock'), `${spawnSync('true').pid} 12345`);
  const source = new URL('../src/index.ts', import.meta.url).href;
  const opener = `
    const { openDataFolder } = await import(${JSON.stringify(source)});
    console.log(openDataFolder(${JSON.stringify(path)}).ok ? 'taken' : 'refused');
    process.stdin.resume();`;
  const openers = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '-e', opener]));
  const said = await Promise.all(
    openers.map(async ({ stdout }) => {
      for await (const text of stdout) return String(text).trim();
      return 'nothing';
    }),
  );
  assert.deepEqual(said.sort(), ['refused', 'refused', 'refused', 'refused', 'refused', 'taken']);
  assert.deepEqual(readdirSync(path), ['lock']);
  for (const each of openers) each.stdin.end();
});

test('a folder that cannot be made is said at once', () => {
  assert.throws(() => openDataFolder('/proc/rsb/box'), /ENOENT/);
  const file = join(base, 'file');
  writeFileSync(file, '');
  assert.throws(() => openDataFolder(file), /is not a folder/);
});

test('a folder of other use is refused and left as it is; an open one of ours is closed', () => {
  const foreign = join(base, 'foreign');
  mkdirSync(foreign, { mode: 0o755 });
  writeFileSync(join(foreign, 'letter.txt'), '');
  assert.throws(() => openDataFolder(foreign), /folder of its own/);
  assert.equal(statSync(foreign).mode & 0o777, 0o755);
  for (const [name, content] of [
    ['given empty by the service manager', []],
    ['restored from a copy', ['box.sqlite']],
  ] as const) {
    const path = join(base, name);
    mkdirSync(path, { mode: 0o755 });
    for (const file of content) writeFileSync(join(path, file), '');
    const opened = openDataFolder(path);
    assert.ok(opened.ok);
    assert.equal(statSync(path).mode & 0o777, 0o700, name);
    opened.value.release();
  }
});

test('the place: option, RSB_DATA, STATE_DIRECTORY, then the home folder', () => {
  const env = { RSB_DATA: '/data/rsb', STATE_DIRECTORY: '/var/lib/rsb:/other' };
  assert.equal(dataFolderPath('box', '/given', env), '/given');
  assert.equal(dataFolderPath('box', undefined, env), '/data/rsb');
  assert.equal(dataFolderPath('box', undefined, { STATE_DIRECTORY: env.STATE_DIRECTORY }), '/var/lib/rsb');
  assert.match(dataFolderPath('central', undefined, {}), /\.local\/state\/rsb\/central$/);
});
