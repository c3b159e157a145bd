/**
 * The dashboard's lists with a large fleet, over HTTP: Today, the fleet by customer and as one list in each order, searches,
 * boxes, customers, alerts, a machine's year. Of each the wall time, and the processor time of central and its database, which
 * a machine that is busy with other work tells as well as an idle one.
 * `npm run bench -- lists [sqlite] [postgres] [--machines N] [--days-of N] [--turns N]`
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { startCentral } from '../src/start.ts';
import { databaseProcessors } from './database-processors.ts';
import { DAYS, fillLargeFleet } from './large-fleet.ts';
import { benchPlaces } from './places.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    machines: { type: 'string', default: '100000' },
    'days-of': { type: 'string', default: '10000' },
    turns: { type: 'string', default: '40' },
  },
});
const [machines, turns] = [Number(options.machines), Number(options.turns)];
const withDays = Math.min(machines, Number(options['days-of']));
const PASSWORD = 'correct horse battery staple';

const PAGES = [
  ...['today', 'today?mine=true', 'fleet/counts', 'fleet/models'],
  ...['fleet/groups', 'fleet/groups?view=trouble', 'fleet/groups?view=silent', 'fleet/groups?q=ricoh'],
  ...[
    'fleet',
    'fleet?view=supplies&sort=supply',
    'fleet?view=silent',
    'fleet?view=old&sort=read',
    'fleet?view=questions',
  ],
  ...['trouble', 'month', 'total', 'read', 'supply'].map((sort) => `fleet?sort=${sort}&order=desc`),
  ...['fleet?model=MP%20C3003', 'fleet?model=MP%20C3003&sort=total', 'fleet?customer=77', 'fleet?box=100000077'],
  ...['E15000777', '000777', 'customer%201234', 'ricoh%20colmar', 'ricoh%20c3003%20700', 'nothing', '1'].map(
    (words) => `fleet?q=${words}`,
  ),
  ...['fleet/boxes', 'fleet/boxes?silent=true', 'fleet/boxes?q=100000077', 'customers?limit=100'],
  ...['alerts', 'alerts?status=open&severity=warning'],
  ...['rnpe1500007', 'ricoh', 'nothing', 'c3003%20colmar'].map((words) => `alerts?q=${words}`),
  ...[
    'customers/1/devices?limit=100',
    'customers/1/devices/7/usage?step=day',
    'customers/1/devices/7/usage?step=month',
  ],
];

for await (const place of benchPlaces(positionals)) {
  const folder = openDataFolder(join(place.folder, 'central'));
  if (!folder.ok) throw new Error('the folder is in use');
  const started = performance.now();
  await fillLargeFleet(
    place.databaseUrl === undefined ? { file: join(folder.value.path, 'central.sqlite') } : { url: place.databaseUrl },
    { machines, withDays },
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stderr.write(
    `${place.engine}: ${machines} machines, ${withDays} of them with ${DAYS} days, filled in ${seconds} s\n`,
  );
  const central = await startCentral({
    folder: folder.value,
    databaseUrl: place.databaseUrl,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
  });
  if (!central.ok) throw new Error(JSON.stringify(central.error));
  // What is looked at behind the lists, once a day and at each start, is not what is measured here.
  await central.value.work.worker.close();
  const get = await signedIn(central.value.url, central.value.setupCode ?? '');
  const processors = await databaseProcessors(place.databaseUrl);
  const worst = { wall: 0, processor: 0 };
  for (const path of PAGES) {
    await get(path);
    const durations: number[] = [];
    const before = await processors.busy();
    for (let turn = 0; turn < turns; turn += 1) {
      durations.push(await get(path));
    }
    const processor = ((await processors.busy()) - before) / turns;
    durations.sort((one, other) => one - other);
    const p95 = durations[Math.floor(turns * 0.95)] ?? 0;
    worst.wall = Math.max(worst.wall, p95);
    worst.processor = Math.max(worst.processor, processor);
    const told = [durations[turns >> 1] ?? 0, p95, processor].map((each) => each.toFixed(0).padStart(4));
    process.stdout.write(
      `${place.engine}  ${path.padEnd(40)} median ${told[0]} ms  p95 ${told[1]} ms  processor ${told[2]} ms\n`,
    );
  }
  process.stdout.write(
    `${place.engine}: worst p95 ${worst.wall.toFixed(0)} ms, worst processor time ${worst.processor.toFixed(0)} ms; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  await processors.end();
  await central.value.close();
  folder.value.release();
  await place.end();
}

/** Tells the milliseconds of each answer; where the limit of a caller is reached, waits for it outside of them. */
async function signedIn(url: string, code: string): Promise<(path: string) => Promise<number>> {
  const setup = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, dealer: 'Dealer', user: 'admin', password: PASSWORD }),
  });
  const cookie = setup.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path) => {
    for (;;) {
      const begun = performance.now();
      const answer = await fetch(`${url}/api/v1/${path}`, { headers: { cookie } });
      const text = await answer.text();
      const took = performance.now() - begun;
      if (answer.status === 200) return took;
      if (answer.status !== 429) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
      await sleep(1000 * Number(answer.headers.get('retry-after') ?? '1'));
    }
  };
}
