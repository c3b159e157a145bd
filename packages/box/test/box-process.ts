/** A process that stores readings as fast as it can, until it is killed. Prints a line after each. */
import { instant, manualClock, systemRandom } from '@rsb/runtime';
import { createOutbox } from '../src/outbox/index.ts';
import { recognise } from '../src/service/recognise.ts';
import { createRecorder } from '../src/service/recorder.ts';
import { createSilences } from '../src/service/silences.ts';
import { createDevices } from '../src/store/devices.ts';
import { createFacts } from '../src/store/facts.ts';
import { openStore } from '../src/store/open-store.ts';
import { createReadings } from '../src/store/readings.ts';
import { pastOf } from './machine-past.ts';
import { sampleReading } from './sample-reading.ts';

const [folder = ''] = process.argv.slice(2);
const { db } = openStore(folder);
const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));
const outbox = createOutbox(db, { clock, random: systemRandom() });
const devices = createDevices(db, createFacts(db));
const recorder = createRecorder({
  db,
  devices,
  readings: createReadings(db),
  silences: createSilences(db, clock),
  past: pastOf(db),
  outbox,
  clock,
});

for (let count = 0; count < 100_000; count += 1) {
  const reading = sampleReading(`10.0.0.${count % 5}`, { serialNumber: `SERIAL${count % 5}` }, count);
  const { address, port, unit, identity } = reading;
  if (!identity) throw new Error('a sample has an identity');
  const found = recognise({ address, port, unit: unit.hrDeviceIndex, identity }, devices);
  const told = { reading, objects: [], learned: undefined, credential: 'public' };
  const { item } = recorder.record(told, found.kind === 'new' ? null : found.device);
  process.stdout.write(`${item?.epoch} ${item?.seq}\n`);
}
