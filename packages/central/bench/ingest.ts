/**
 * How many values a second central takes in, and what working them through costs: reports over TLS, signed, each item
 * checked and stored once, committed before its receipt; making, compressing and signing them included.
 * `npm run bench -- ingest [sqlite] [postgres] [--readings N] [--boxes N] [--report N]`
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { enrolClient } from './box-client.ts';
import { newFleet, readingItemOf, valuesOf } from './fleet-readings.ts';
import { benchPlaces, makeCertificate, startCentralProcess } from './places.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    readings: { type: 'string', default: '8000' },
    boxes: { type: 'string', default: '4' },
    report: { type: 'string', default: '250' },
  },
});
const [total, boxes, size] = [Number(options.readings), Number(options.boxes), Number(options.report)];
const HOUR = 3_600_000;
/** Machines at each box: a report is one hour of so many of them. */
const MACHINES = 250;

for await (const place of benchPlaces(positionals)) {
  const { cert } = makeCertificate(place.folder);
  const central = await startCentralProcess(place, boxes);
  const clients = await Promise.all(central.codes.map((code) => enrolClient(central.url, code, cert)));
  const each = Math.floor(total / boxes / size);
  const begin = Math.floor(Date.now() / HOUR) * HOUR - 60 * 24 * HOUR;
  let [stored, values] = [0, 0];
  const send = async (client: (typeof clients)[number], box: number, from: number, to: number) => {
    const readingOf = newFleet(begin);
    for (let report = from; report < to; report += 1) {
      const items = Array.from({ length: size }, (_, index) => {
        const number = report * size + index;
        const body = readingOf(box * MACHINES + (number % MACHINES), Math.floor(number / MACHINES));
        values += valuesOf(body);
        return readingItemOf(number + 1, body);
      });
      const added = await client.report(items);
      stored += added;
    }
  };
  // The first report meets code that is not compiled yet, and machines that are not known yet.
  await Promise.all(clients.map((client, box) => send(client, box, 0, 1)));
  [stored, values] = [0, 0];
  const before = await central.processorTime();
  const [started, own] = [performance.now(), process.cpuUsage()];
  await Promise.all(clients.map((client, box) => send(client, box, 1, each + 1)));
  const seconds = (performance.now() - started) / 1000;
  const busy = (await central.processorTime()) - before;
  const { user, system } = process.cpuUsage(own);
  const load = loadavg()[0]?.toFixed(1);
  process.stdout.write(
    `${place.engine}: ${stored} readings with ${values} values in ${seconds.toFixed(1)} s: ` +
      `${Math.round(values / seconds)} values/s, ${Math.round(stored / seconds)} readings/s ` +
      `(${(values / stored).toFixed(1)} values a reading, ${boxes} boxes, ${size} readings a report, load ${load}); ` +
      `processor time a reading: central ${Math.round((busy * 1e6) / stored)} µs, boxes ${Math.round((user + system) / stored)} µs\n`,
  );
  for (const client of clients) client.end();
  await central.end();
  await place.end();
}
