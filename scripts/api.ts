/** Writes the dashboard's API client from the document that central itself answers with; a test holds it against that. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startCentral } from '@rsb/central';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { clientSource, type OpenApi } from './api/client-source.ts';

const root = resolve(import.meta.dirname, '..');
const target = join(root, 'packages/web/src/central/api/central-api.ts');

const path = mkdtempSync(join(tmpdir(), 'rsb-api-'));
const folder = openDataFolder(path);
if (!folder.ok) throw new Error(JSON.stringify(folder.error));
const central = await startCentral({
  folder: folder.value,
  host: '127.0.0.1',
  port: 0,
  clock: systemClock(),
  random: systemRandom(),
  log: silentLog(),
  webRoot: null,
});
if (!central.ok) throw new Error(JSON.stringify(central.error));
const answer = await fetch(`${central.value.url}/api/openapi.json`);
writeFileSync(target, clientSource((await answer.json()) as OpenApi));
await central.value.close();
folder.value.release();
rmSync(path, { recursive: true });
execFileSync('biome', ['format', '--write', target], { stdio: 'ignore' });
