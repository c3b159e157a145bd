/** A real central on loopback with one dealer and one customer, and a code for one box. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { prepare, startCentral } from '@rsb/central';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';

export async function startTestCentral(t: TestContext): Promise<{ readonly url: string; readonly code: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-central-'));
  const opened = openDataFolder(folder);
  assert.ok(opened.ok);
  const started = await startCentral({
    folder: opened.value,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
  });
  assert.ok(started.ok);
  t.after(async () => {
    await started.value.close();
    opened.value.release();
    rmSync(folder, { recursive: true, force: true });
  });
  const prepared = await prepare(started.value, {
    dealer: 'Dealer',
    user: 'admin',
    password: 'correct horse battery staple',
    customer: 'Customer SA',
  });
  assert.ok(prepared.ok);
  return { url: started.value.url, code: prepared.value.code };
}
