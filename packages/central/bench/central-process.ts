/** A central with TLS for a bench, until its input ends: `central-process.ts FOLDER BOXES [DATABASE-URL]`. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCentral } from '@rsb/central';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';

const [, , path = '', boxes = '1', databaseUrl] = process.argv;
const folder = openDataFolder(join(path, 'central'));
if (!folder.ok) throw new Error(`the folder is in use by ${folder.error.pid}`);
const started = await startCentral({
  folder: folder.value,
  databaseUrl,
  host: '127.0.0.1',
  port: 0,
  tls: { cert: readFileSync(join(path, 'tls.crt'), 'utf8'), key: readFileSync(join(path, 'tls.key'), 'utf8') },
  clock: systemClock(),
  random: systemRandom(),
  log: silentLog(),
  webRoot: null,
});
if (!started.ok) throw new Error(JSON.stringify(started.error));
const { url, work, close } = started.value;
const codes: string[] = [];
for (let box = 0; box < Number(boxes); box += 1) {
  const customer = await work.addCustomer(`Customer ${box}`);
  codes.push((await work.enrolment.issue(work.database.forCustomer(customer), 7)).code);
}
process.stdout.write(`${JSON.stringify({ url, codes })}\n`);
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${user + system}\n`);
});
await once(process.stdin, 'end');
await close();
folder.value.release();
