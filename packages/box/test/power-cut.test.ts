/** kill -9 in the middle of storing, again and again: nothing that was said to be stored is lost, nothing is doubled. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { digestOf } from '@rsb/contract/digest';
import { openStore } from '../src/store/open-store.ts';

const ROUNDS = 4;
const STORED_BEFORE_KILL = 25;

/** Ends when the process is gone; answers the names that it told of as stored. */
async function storeUntilKilled(folder: string): Promise<readonly string[]> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'box-process.ts'), folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (told.length === STORED_BEFORE_KILL) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(child.signalCode, 'SIGKILL');
  return told;
}

test('readings, items and devices agree after every power cut', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-cut-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const told: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    told.push(...(await storeUntilKilled(folder)));
    const { db, state } = openStore(folder);
    assert.equal(state, 'known');
    assert.equal(db.one('PRAGMA integrity_check')?.['integrity_check'], 'ok');
    const items = db.all('SELECT epoch, seq, kind, digest, body FROM outbox_item ORDER BY place');
    assert.deepEqual(
      items.map(({ seq }) => seq),
      items.map((_, index) => index + 1),
      'sequence numbers without holes',
    );
    assert.equal(new Set(items.map(({ epoch }) => epoch)).size, 1);
    for (const { digest, body } of items) assert.equal(digestOf(JSON.parse(String(body))), digest);
    const sent = items.filter(({ kind }) => kind === 'reading').map(({ epoch, seq }) => `${epoch} ${seq}`);
    const kept = db.all('SELECT epoch, seq FROM reading ORDER BY place').map(({ epoch, seq }) => `${epoch} ${seq}`);
    assert.deepEqual(kept, sent, 'each stored reading has its item, and no item is without');
    for (const name of told) assert.ok(sent.includes(name), `${name} was told as stored and is lost`);
    assert.equal(items.filter(({ kind }) => kind === 'deviceEvent').length, 5, 'five machines, new once each');
    db.close();
  }
  assert.ok(told.length >= ROUNDS * STORED_BEFORE_KILL);
});
