/**
 * What reading costs on the wire: for each capture the first read of a device that nothing is known of, and the hourly
 * poll of counters and state together, in IP packets and bytes of both directions.
 * `node packages/box/bench/reads.ts [FOLDER] [v1]`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PARTS } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { millis, Secret, seededRandom, systemClock } from '@rsb/runtime';
import { capturesSite, startSite } from '@rsb/simulator';
import { allowList, createEngine } from '@rsb/snmp';
import { pollDevice, readDevice } from '../src/read/index.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const folder =
  positionals.find((each) => each !== 'v1') ?? join(import.meta.dirname, '../../../../shared/captures/printers');
const version = positionals.includes('v1') ? 'v1' : 'v2c';
const { machines } = capturesSite(folder, { network: '127.68' });
const site = await startSite({ machines, port: 0 });
const clock = systemClock();
const snmp = createEngine({ clock, random: seededRandom(1), allow: allowList(allowedObjects()) });
const patience = { timeout: millis(1000), retries: 1 };
const credentials = [{ version, community: new Secret('public') }] as const;

interface Row {
  readonly name: string;
  readonly driver: string;
  readonly supplies: number;
  readonly first: { readonly packets: number; readonly bytes: number };
  /** The next full read, which looks for what is told without its sign. */
  readonly second: { readonly packets: number; readonly bytes: number };
  readonly poll: { readonly packets: number; readonly bytes: number };
}

const rows: Row[] = [];
for (const { address, name } of machines) {
  const target = { address, port: site.port, credentials, parts: PARTS };
  const first = await readDevice({ snmp, clock }, { ...target, before: 'none' }, { patience });
  if (!first.plan) {
    console.error(`${name}: ${JSON.stringify(first.readings[0].completeness)}`);
    continue;
  }
  const second = await readDevice({ snmp, clock }, { ...target, before: first.plan }, { patience });
  const poll = await pollDevice({ snmp, clock }, { ...target, plan: first.plan }, { patience });
  const supplies = first.readings.reduce((sum, reading) => sum + (reading.supplies?.length ?? 0), 0);
  rows.push({
    name,
    driver: first.driver?.name ?? '',
    supplies,
    first: first.cost,
    second: second.cost,
    poll: poll.cost,
  });
}
await snmp.close();
await site.close();

rows.sort((a, b) => a.poll.bytes - b.poll.bytes);
const line = (name: string, driver: string, ...numbers: readonly (number | string)[]) =>
  console.log(
    name.slice(0, 40).padEnd(41) + driver.padEnd(12) + numbers.map((each) => String(each).padStart(9)).join(''),
  );
line('capture', 'driver', 'supplies', 'first', 'bytes', 'second', 'bytes', 'poll', 'bytes');
for (const { name, driver, supplies, first, second, poll } of rows) {
  line(name, driver, supplies, first.packets, first.bytes, second.packets, second.bytes, poll.packets, poll.bytes);
}
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const most = (numbers: readonly number[]) => Math.max(...numbers);
for (const [name, of] of [
  ['median', median],
  ['most', most],
] as const) {
  line(
    name,
    `${rows.length} devices`,
    of(rows.map(({ supplies }) => supplies)),
    of(rows.map(({ first }) => first.packets)),
    of(rows.map(({ first }) => first.bytes)),
    of(rows.map(({ second }) => second.packets)),
    of(rows.map(({ second }) => second.bytes)),
    of(rows.map(({ poll }) => poll.packets)),
    of(rows.map(({ poll }) => poll.bytes)),
  );
}
