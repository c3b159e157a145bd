/** A central in a process of its own, to be killed: `node central-process.ts FOLDER PUBLIC-URL [DATABASE-URL]`. */
import { startCentral } from '@rsb/central';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';

const [, , path = '', publicUrl = '', databaseUrl] = process.argv;
const folder = openDataFolder(path);
if (!folder.ok) throw new Error(`the folder is in use by ${folder.error.pid}`);
const central = await startCentral({
  folder: folder.value,
  databaseUrl,
  host: '127.0.0.1',
  port: 0,
  publicUrl,
  clock: systemClock(),
  random: systemRandom(),
  log: silentLog(),
  webRoot: null,
});
if (!central.ok) throw new Error(JSON.stringify(central.error));
process.stdout.write(`${JSON.stringify({ url: central.value.url, setupCode: central.value.setupCode })}\n`);
