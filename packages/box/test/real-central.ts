/** A real central on loopback; with one dealer, one customer and a code for one box where a test needs no more. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type CentralOptions, prepare, type RunningCentral, startCentral } from '@rsb/central';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';

export async function runCentral(
  t: TestContext,
  options: Partial<CentralOptions> = {},
): Promise<{ readonly central: RunningCentral; readonly folder: string }> {
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
    ...options,
  });
  assert.ok(started.ok);
  t.after(async () => {
    await started.value.close();
    opened.value.release();
    rmSync(folder, { recursive: true, force: true });
  });
  return { central: started.value, folder };
}

export async function startTestCentral(t: TestContext): Promise<{ readonly url: string; readonly code: string }> {
  const { central } = await runCentral(t);
  const prepared = await prepare(central, {
    dealer: 'Dealer',
    user: 'admin',
    password: 'correct horse battery staple',
    customer: 'Customer SA',
  });
  assert.ok(prepared.ok);
  return { url: central.url, code: prepared.value.code };
}
