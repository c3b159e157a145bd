import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

test('the place: option, RSB_DATA, STATE_DIRECTORY, then the home folder', () => {
  const env = { RSB_DATA: '/data/rsb', STATE_DIRECTORY: '/var/lib/rsb:/other' };
  assert.equal(dataFolderPath('box', '/given', env), '/given');
  assert.equal(dataFolderPath('box', undefined, env), '/data/rsb');
  assert.equal(dataFolderPath('box', undefined, { STATE_DIRECTORY: env.STATE_DIRECTORY }), '/var/lib/rsb');
  assert.match(dataFolderPath('central', undefined, {}), /\.local\/state\/rsb\/central$/);
});
