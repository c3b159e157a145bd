/**
 * What an hour's readings cost central once they are stored: processor time of each kind of job for a reading more of a
 * machine with a month behind it. 100,000 machines read each hour are 28 readings a second: 36 ms each are one core.
 * `npm run bench -- hourly-work [sqlite] [postgres] [--machines N] [--days N] [--rounds N]`
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { judgeItem } from '../src/ingest/judge-item.ts';
import { storeReport } from '../src/ingest/store-report.ts';
import { databaseProcessors } from './database-processors.ts';
import { newFleet, readingItemOf } from './fleet-readings.ts';
import { benchPlaces } from './places.ts';
import { shiftedCentral } from './shifted-central.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    machines: { type: 'string', default: '20' },
    days: { type: 'string', default: '35' },
    rounds: { type: 'string', default: '12' },
  },
});
const [machines, days, rounds] = [Number(options.machines), Number(options.days), Number(options.rounds)];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KINDS = [['device'], ['alertDevice'], ['alertBox']] as const;

for await (const place of benchPlaces(positionals)) {
  const { clock, random, log, shift, work, store, close } = await shiftedCentral(place);
  await work.worker.close();
  const agent = '411223312';
  await store.boxes.add({ agent, public_key: 'none', enrolled_at: 0, version: '0.1.0' });
  const begin = Math.floor(clock.now() / DAY) * DAY - days * DAY;
  const readingOf = newFleet(begin);
  let seq = 0;
  const sendHours = async (from: number, to: number): Promise<void> => {
    const time = (begin + to * HOUR) as ReturnType<typeof clock.now>;
    shift.milliseconds = time - clock.now();
    const items = Array.from({ length: machines * (to - from) }, (_, index) => {
      seq += 1;
      const body = readingOf(index % machines, from + Math.floor(index / machines));
      return judgeItem({ raw: Buffer.from(JSON.stringify(readingItemOf(seq, body))), depth: 8 });
    });
    for (let at = 0; at < items.length; at += 500)
      await storeReport(
        { store, former: [], agent, clock: { ...clock, now: () => time }, random, log },
        items.slice(at, at + 500),
      );
  };
  const processors = await databaseProcessors(place.databaseUrl);
  // By day, as it would have come: then each machine has the cuts that it has in life.
  for (let day = 0; day < days; day += 1) {
    await sendHours(day * 24, day * 24 + 24);
    for (const kinds of KINDS) await work.worker.runUntil(clock.now() + shift.milliseconds + HOUR / 2, kinds);
  }
  const spent: Record<string, { ms: number; jobs: number }> = {};
  const measured = async (name: string, run: () => Promise<number>): Promise<void> => {
    const before = await processors.busy();
    const jobs = await run();
    const known = spent[name] ?? { ms: 0, jobs: 0 };
    spent[name] = { ms: known.ms + (await processors.busy()) - before, jobs: known.jobs + jobs };
  };
  for (let round = 0; round < rounds; round += 1) {
    const hour = days * 24 + round;
    await measured('ingest', async () => {
      await sendHours(hour, hour + 1);
      return machines;
    });
    for (const kinds of KINDS)
      await measured(kinds[0], () => work.worker.runUntil(clock.now() + shift.milliseconds + HOUR / 2, kinds));
  }
  let total = 0;
  for (const [name, { ms, jobs }] of Object.entries(spent)) {
    const each = ms / (machines * rounds);
    total += each;
    process.stdout.write(
      `${place.engine}  ${name.padEnd(12)} ${(ms / Math.max(1, jobs)).toFixed(1)} ms a job, ${(jobs / (machines * rounds)).toFixed(2)} jobs and ${each.toFixed(1)} ms a reading\n`,
    );
  }
  process.stdout.write(
    `${place.engine}  ${total.toFixed(1)} ms of processor time a reading: 100,000 machines an hour take ${((total * 100_000) / HOUR).toFixed(2)} cores; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  await processors.end();
  await close();
  await place.end();
}
