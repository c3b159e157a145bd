/** Starting and stopping: taken ports, settings from a file, a folder in use, a copy of an older store. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { SettingsInput, SettingsView } from '@rsb/contract';
import { noSweep } from '@rsb/icmp';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { createEngine } from '@rsb/snmp';
import { startBox } from '../src/start.ts';
import { asInput, rangeSetting, startTestBox } from './box-at-work.ts';

function start(folder: string, more: { readonly port?: number; readonly settingsFile?: string } = {}) {
  const opened = openDataFolder(folder);
  assert.ok(opened.ok);
  const clock = systemClock();
  const random = systemRandom();
  return startBox({
    folder: opened.value,
    host: '127.0.0.1',
    port: 0,
    version: '0.0.0-test',
    clock,
    random,
    log: silentLog(),
    engine: ({ gate, allow }) => createEngine({ clock, random, gate, allow }),
    echo: noSweep(),
    webRoot: '/nowhere',
    ...more,
  }).finally(() => opened.value.release());
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a taken port is said with its number, and the store is free again', async (t) => {
  const box = await startTestBox(t);
  const port = Number(new URL(box.url).port);
  const folder = folderOf(t);
  for (let again = 0; again < 2; again += 1) {
    const started = await start(folder, { port });
    assert.ok(!started.ok);
    assert.deepEqual(started.error, { code: 'portTaken', params: { port, address: '127.0.0.1' } });
  }
});

for (const [name, spoil] of [
  ['a damaged store', (folder: string) => writeFileSync(join(folder, 'box.sqlite'), 'no database at all'.repeat(300))],
  ['a damaged key', (folder: string) => writeFileSync(join(folder, 'secret.key'), 'half')],
] as const) {
  test(`${name} is said, not thrown`, async (t) => {
    const folder = folderOf(t);
    spoil(folder);
    const started = await start(folder);
    assert.ok(!started.ok);
    assert.deepEqual([started.error.code, started.error.params['path']], ['folderUnusable', folder]);
  });
}

describe('settings from a file', () => {
  const content = async (t: TestContext): Promise<SettingsInput> => {
    const box = await startTestBox(t);
    await box.setUp();
    const input = asInput(await box.reader.ask<SettingsInput>('GET', '/settings'));
    return {
      ...input,
      ranges: [rangeSetting('127.0.10.0/24')],
      credentials: [{ id: 'public', version: 'v2c', community: 'public' }],
    };
  };

  test('take the place of the stored ones, once', async (t) => {
    const file = join(folderOf(t), 'settings.json');
    writeFileSync(file, JSON.stringify(await content(t)));
    const box = await startTestBox(t, { settingsFile: file });
    await box.setUp();
    const first = await box.reader.ask<SettingsView>('GET', '/settings');
    assert.equal(first.ranges[0]?.range, '127.0.10.0/24');
    await box.restart();
    const second = await box.reader.ask<SettingsView>('GET', '/settings');
    assert.equal(second.revision, first.revision, 'the same file again changes nothing');
  });

  const bad: readonly (readonly [string, (input: SettingsInput) => string, RegExp])[] = [
    ['no JSON', () => '{', /JSON/],
    ['another shape', (input) => JSON.stringify({ ...input, supplyMark: 'ten' }), /^\/supplyMark /],
    [
      'a range that is none',
      (input) => JSON.stringify({ ...input, ranges: [rangeSetting('10.0.0.0/40')] }),
      /^\/ranges\/0\/range rangeInvalid$/,
    ],
  ];
  for (const [name, write, detail] of bad) {
    test(`${name} stops the start and says where`, async (t) => {
      const folder = folderOf(t);
      const file = join(folder, 'settings.json');
      writeFileSync(file, write(await content(t)));
      const started = await start(join(folder, 'data'), { settingsFile: file });
      assert.ok(!started.ok);
      assert.equal(started.error.code, 'fileUnusable');
      assert.match(String(started.error.params['detail']), detail);
    });
  }

  test('a file that is not there', async (t) => {
    const folder = folderOf(t);
    const started = await start(folder, { settingsFile: join(folder, 'none.json') });
    assert.ok(!started.ok && started.error.code === 'fileUnusable');
  });
});
