/**
 * What the archive of closed months takes and how fast it tells: bytes a value in the whole database, a device's year of
 * days, a single day with its hours, and what working a reading through costs.
 * `npm run bench -- archive [sqlite] [postgres] [--machines N] [--days N]`
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { CLOSE_MONTH } from '../src/archive/close-month.ts';
import { judgeItem } from '../src/ingest/judge-item.ts';
import { storeReport } from '../src/ingest/store-report.ts';
import { byHour, explainDay } from '../src/work/usage-of.ts';
import { databaseSize } from './database-size.ts';
import { newFleet, readingItemOf, valuesOf } from './fleet-readings.ts';
import { benchPlaces } from './places.ts';
import { shiftedCentral } from './shifted-central.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { machines: { type: 'string', default: '4' }, days: { type: 'string', default: '400' } },
});
const [machines, days] = [Number(options.machines), Number(options.days)];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

for await (const place of benchPlaces(positionals)) {
  const { clock, random, log, shift, work, store, close } = await shiftedCentral(place);
  const agent = '411223312';
  await store.boxes.add({ agent, public_key: 'none', enrolled_at: 0, version: '0.1.0' });
  const empty = await databaseSize(place);
  const begin = Math.floor(clock.now() / DAY) * DAY - days * DAY;
  const readingOf = newFleet(begin);
  let [values, readings, seq] = [0, 0, 0];
  const started = performance.now();
  for (let hour = 0; hour < days * 24; hour += 60) {
    const items = Array.from({ length: machines * 60 }, (_, index) => {
      const body = readingOf(index % machines, hour + Math.floor(index / machines));
      values += valuesOf(body);
      readings += 1;
      seq += 1;
      const raw = Buffer.from(JSON.stringify(readingItemOf(seq, body)));
      return judgeItem({ raw, depth: 8 });
    });
    const time = (begin + hour * HOUR + 60 * HOUR) as ReturnType<typeof clock.now>;
    shift.milliseconds = time - clock.now();
    for (let from = 0; from < items.length; from += 500)
      await storeReport(
        { store, former: [], agent, clock: { ...clock, now: () => time }, random, log },
        items.slice(from, from + 500),
      );
  }
  const filled = performance.now() - started;
  shift.milliseconds = 0;
  const worked = performance.now();
  await work.worker.runUntil(clock.now() + 60_000, ['device']);
  const first = performance.now() - worked;
  const [device] = await store.devices.list(agent);
  if (!device) throw new Error('no device');
  // As from hour to hour: one reading more, and what was settled stays so.
  const again = performance.now();
  const TURNS = 20;
  for (let turn = 0; turn < TURNS; turn += 1) {
    await store.jobs.demand([{ kind: 'device', subject: String(device.id), dueAt: 0, since: clock.now() }]);
    await work.worker.runUntil(clock.now(), ['device']);
  }
  const each = (performance.now() - again) / TURNS;
  shift.milliseconds = 8 * DAY;
  const closing = performance.now();
  await work.worker.runUntil(clock.now() + 8 * DAY, [CLOSE_MONTH]);
  const closed = performance.now() - closing;
  const size = (await databaseSize(place)) - empty;
  const day = Math.floor(clock.now() / DAY);
  const timed = async (times: number, run: (turn: number) => Promise<unknown>) => {
    const durations: number[] = [];
    for (let turn = 0; turn < times; turn += 1) {
      const start = performance.now();
      await run(turn);
      durations.push(performance.now() - start);
    }
    return durations.sort((one, other) => one - other);
  };
  const year = await timed(50, () => store.results.days(device.id, day - 365, day));
  const oneDay = await timed(10, async (turn) => {
    const old = day - 60 - turn * 29;
    return byHour(await store.results.days(device.id, old - 1, old + 1), old * DAY, (old + 1) * DAY);
  });
  const explained = await timed(10, (turn) => explainDay(store, device, dateOf(day - 60 - turn * 29)));
  const middle = (list: readonly number[]) => (list[list.length >> 1] ?? 0).toFixed(1);
  const stored = (await store.blocks.keysOf(device.id, 0)).length;
  process.stdout.write(
    `${place.engine}: ${readings} readings, ${values} values of ${machines} machines in ${days} days: ${(size / values).toFixed(2)} bytes a value, ` +
      `${(size / readings).toFixed(0)} bytes a reading in the whole database (${stored} closed months a machine); ` +
      `a device's year of days ${middle(year)} ms, an old day by hours ${middle(oneDay)} ms, explained reading by reading ${middle(explained)} ms; ` +
      `filling ${((filled * 1000) / readings).toFixed(0)} µs a reading, working through all ${((first * 1000) / readings).toFixed(0)} µs a reading, ` +
      `one reading more ${each.toFixed(1)} ms, closing ${((closed * 1000) / readings).toFixed(0)} µs a reading; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  await close();
  await place.end();
}
