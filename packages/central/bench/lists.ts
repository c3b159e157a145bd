/**
 * The dashboard's lists with a large fleet: Today, the fleet by customer and as one list in each order, searches, boxes; p95
 * of each over HTTP, from this process. Of the machines the first thousand have 18 months of days.
 * `npm run bench -- lists [sqlite] [postgres] [--machines N] [--turns N]`
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDataFolder, seededRandom, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { standingOf } from '../src/fleet/standing.ts';
import { startCentral } from '../src/start.ts';
import { openStore } from '../src/store/open.ts';
import { insertRows } from '../src/store/rows.ts';
import { newFleet } from './fleet-readings.ts';
import { benchPlaces } from './places.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    machines: { type: 'string', default: '100000' },
    turns: { type: 'string', default: '40' },
  },
});
const [machines, turns] = [Number(options.machines), Number(options.turns)];
const PER_CUSTOMER = 50;
const WITH_DAYS = 1000;
const DAYS = 548;
const AT_ONCE = 2000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MODELS = [
  'MP C3003',
  'MP C2050',
  'IM C4500',
  'FS-1370DN',
  'TASKalfa 3554ci',
  'M507',
  'HL-L6400DW',
  'bizhub C258',
  'C8030',
];
const PASSWORD = 'correct horse battery staple';

for await (const place of benchPlaces(positionals)) {
  const folder = openDataFolder(join(place.folder, 'central'));
  if (!folder.ok) throw new Error('the folder is in use');
  const started = performance.now();
  await fill(
    place.databaseUrl === undefined ? { file: join(folder.value.path, 'central.sqlite') } : { url: place.databaseUrl },
  );
  process.stderr.write(`${place.engine}: filled in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
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
  const get = await signedIn(central.value.url, central.value.setupCode ?? '');
  const pages = [
    ...[
      'today',
      'fleet/counts',
      'fleet/groups',
      'fleet/groups?view=trouble',
      'fleet',
      'fleet?view=supplies&sort=supply',
    ],
    ...[
      'fleet?sort=trouble&order=desc',
      'fleet?sort=month&order=desc',
      'fleet?sort=total&order=desc',
      'fleet?sort=read',
    ],
    ...[
      'fleet?q=E15000777',
      'fleet?q=customer%201234',
      'fleet/groups?q=ricoh',
      'fleet?model=MP%20C3003',
      'fleet?view=silent',
    ],
    ...['fleet/models', 'fleet/boxes', 'fleet/boxes?silent=true'],
  ];
  let worst = 0;
  for (const path of pages) {
    await get(path);
    const durations: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const begun = performance.now();
      await get(path);
      durations.push(performance.now() - begun);
    }
    durations.sort((one, other) => one - other);
    const p95 = durations[Math.floor(turns * 0.95)] ?? 0;
    worst = Math.max(worst, p95);
    process.stdout.write(
      `${place.engine}  ${path.padEnd(36)} median ${(durations[turns >> 1] ?? 0).toFixed(0).padStart(4)} ms  p95 ${p95.toFixed(0).padStart(4)} ms\n`,
    );
  }
  process.stdout.write(
    `${place.engine}: ${machines} machines, worst p95 ${worst.toFixed(0)} ms; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  await central.value.close();
  folder.value.release();
  await place.end();
}

async function fill(where: { readonly file: string } | { readonly url: string }): Promise<void> {
  const opened = await openStore(where, silentLog());
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const { db, reader } = opened.value;
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const dice = seededRandom(3);
  const readingOf = newFleet(now);
  for (let from = 0; from < machines; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, machines - from);
    const customers = Array.from({ length: Math.ceil(count / PER_CUSTOMER) }, (_, at) => 1 + from / PER_CUSTOMER + at);
    const rows = Array.from({ length: count }, (_, at) => machine(from + at, now, readingOf, dice.below(1000)));
    await db.transaction().execute(async (tx) => {
      await insertRows(
        tx,
        'customer',
        customers.map((id) => ({ id, name: `Customer ${String(id * 7919).slice(-4)} ${id}`, created_at: now })),
      );
      await insertRows(
        tx,
        'site',
        customers.map((customer_id) => ({ customer_id, id: 1, name: 'Colmar', address: null, created_at: now })),
      );
      await insertRows(
        tx,
        'box',
        customers.map((customer_id) => ({
          ...{
            customer_id,
            agent: agentOf(customer_id),
            public_key: '',
            enrolled_at: 0,
            version: '0.1.0',
            zone: 'UTC',
          },
          last_heard: customer_id % 40 === 0 ? now - 30 * HOUR : now,
        })),
      );
      await insertRows(
        tx,
        'device',
        rows.map(({ device }) => device),
      );
      await insertRows(
        tx,
        'device_part',
        rows.flatMap(({ parts }) => parts),
      );
      await insertRows(
        tx,
        'standing',
        rows.map(({ standing }) => standing),
      );
      await insertRows(
        tx,
        'question',
        rows.flatMap(({ question }) => question),
      );
      for (const { days } of rows) await insertRows(tx, 'device_day', days);
    });
  }
  await reader.destroy();
  await db.destroy();
}

function agentOf(customer: number): string {
  return String(100_000_000 + customer);
}

function machine(number: number, now: number, readingOf: ReturnType<typeof newFleet>, chance: number) {
  const customer_id = 1 + Math.floor(number / PER_CUSTOMER);
  const device_id = number + 1;
  const at = chance < 20 ? now - 60 * HOUR : now - (number % 60) * 60_000;
  const { reading } = readingOf(number, number % 5);
  const { counters = null, supplies = [] } = reading;
  const identity =
    reading.identity === undefined ? null : { ...reading.identity, model: MODELS[number % MODELS.length] ?? null };
  const status = {
    state: 'idle' as const,
    errors: chance > 980 ? (['jammed'] as const) : chance > 950 ? (['doorOpen'] as const) : [],
  };
  const day = Math.floor(now / DAY);
  const days = Array.from({ length: number < WITH_DAYS ? DAYS : 0 }, (_, back) => ({
    ...{ customer_id, device_id, day: day - back, all_pages: 90 + (back % 40), mono: 60, color: 30 + (back % 40) },
    ...{ print: 50, copy: 40, fax: null, scan: 12, beyond: null, hours: null, last: '{}' },
  }));
  const place = { epoch_no: 1, seq: number + 1, at };
  const device = {
    ...{ customer_id, id: device_id, agent: agentOf(customer_id), local_id: `Ricoh:${identity?.serialNumber}` },
    ...{
      address: reading.address ?? '',
      kind: 'mfp',
      manufacturer_key: 'ricoh',
      serial_key: identity?.serialNumber ?? null,
    },
    ...{ mac: identity?.macAddress ?? null, completeness: '{"state":"complete","missing":[],"reasons":{}}' },
    ...{ readings: 13_000, first_heard: now - DAYS * DAY, last_heard: at, ...place },
  };
  const told = { identity, counters, supplies, status, alerts: [] };
  const parts = Object.entries(told).map(([part, value]) => ({
    ...{
      customer_id,
      device_id,
      part: part as 'identity',
      taken_at: new Date(at).toISOString(),
      value: JSON.stringify(value),
    },
    ...place,
  }));
  const standing = {
    customer_id,
    ...standingOf(
      {
        device: device as never,
        identity,
        counters,
        supplies,
        status: status as never,
        alerts: [],
        readAt: at,
        notes: { serviceId: String(700_000 + number), group: null, location: null, monitored: true },
        isReplaced: false,
        mark: 10,
        silentHours: 48,
        days: days.slice(0, 84),
        today: day,
      },
      undefined,
    ),
  };
  const question =
    chance === 500
      ? [
          {
            ...{
              customer_id,
              device_id,
              key: `fell@${at}`,
              why: 'fell',
              at,
              from_at: at - DAY,
              to_at: at,
              counts: '[]',
            },
            answer: null,
          },
        ]
      : [];
  return { device, parts, standing, days, question };
}

async function signedIn(url: string, code: string): Promise<(path: string) => Promise<void>> {
  const setup = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, dealer: 'Dealer', user: 'admin', password: PASSWORD }),
  });
  const cookie = setup.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path) => {
    const answer = await fetch(`${url}/api/v1/${path}`, { headers: { cookie } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  };
}
