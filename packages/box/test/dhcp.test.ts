/** Whatever addresses DHCP deals out: no machine is doubled, none takes another's place in the books. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity, Item } from '@rsb/contract';
import { instant, manualClock, seededRandom } from '@rsb/runtime';
import fc from 'fast-check';
import { createOutbox } from '../src/outbox/index.ts';
import { UNKNOWN_IDENTITY } from '../src/service/identity-merge.ts';
import { recognise } from '../src/service/recognise.ts';
import { createRecorder } from '../src/service/recorder.ts';
import { createSilences } from '../src/service/silences.ts';
import { openDatabase } from '../src/store/database.ts';
import { createDevices } from '../src/store/devices.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';
import { createReadings } from '../src/store/readings.ts';
import { pastOf } from './machine-past.ts';
import { countersOf, sampleReading } from './sample-reading.ts';

/** What a machine tells of itself; firmware differs in what it leaves empty. */
type Keys = 'both' | 'serial' | 'mac';

interface Machine {
  readonly keys: Keys;
  readonly number: number;
}

function identityOf({ keys, number }: Machine): Partial<Identity> {
  const serialNumber = `Q66389${1000 + number}`;
  const macAddress = `00:c0:ee:b5:f1:${(16 + number).toString(16)}`;
  return {
    serialNumber: keys === 'mac' ? null : serialNumber,
    macAddress: keys === 'serial' ? null : macAddress,
  };
}

function books() {
  const db = openDatabase(':memory:');
  migrate(db);
  const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));
  const devices = createDevices(db, createFacts(db));
  const readings = createReadings(db);
  const outbox = createOutbox(db, { clock, random: seededRandom(1) });
  const silences = createSilences(db, clock);
  const recorder = createRecorder({ db, devices, readings, silences, past: pastOf(db), outbox, clock });
  return {
    devices,
    readings,
    see(address: string, machine: Machine, life: number): string {
      const reading = sampleReading(address, identityOf(machine), life, { counters: countersOf(life) });
      const { port, unit } = reading;
      const identity = reading.identity ?? UNKNOWN_IDENTITY;
      const found = recognise({ address, port, unit: unit.hrDeviceIndex, identity }, devices);
      const told = { reading, objects: [], learned: undefined, credential: 'public' };
      return recorder.record(told, found.kind === 'new' ? null : found.device).device.id;
    },
    endScan: () => recorder.tellReplaced(),
    events: () =>
      outbox
        .entries({ limit: 10_000 })
        .filter(({ kind }) => kind === 'deviceEvent')
        .map(({ body }) => (JSON.parse(body) as Extract<Item, { kind: 'deviceEvent' }>['body']).event),
  };
}

const address = (place: number): string => `10.0.0.${place + 1}`;

test('machines that trade addresses for many mornings stay who they are, told by serial number, MAC, or both', () => {
  let rounds = 0;
  const site = fc.integer({ min: 2, max: 6 }).chain((count) =>
    fc.record({
      keys: fc.array(fc.constantFrom<Keys>('both', 'serial', 'mac'), { minLength: count, maxLength: count }),
      mornings: fc.array(
        // A few addresses more than machines: some are free for a day.
        fc.shuffledSubarray([...Array(count + 2).keys()], { minLength: count, maxLength: count }),
        { minLength: 1, maxLength: 6 },
      ),
    }),
  );
  fc.assert(
    fc.property(site, ({ keys, mornings }) => {
      const { devices, readings, see, endScan, events } = books();
      const machines = keys.map((each, number): Machine => ({ keys: each, number }));
      const ids = machines.map((machine, place) => see(address(place), machine, 1000 * (place + 1)));
      assert.equal(new Set(ids).size, machines.length);
      endScan();
      for (const [morning, places] of mornings.entries()) {
        for (const [index, machine] of machines.entries()) {
          const place = places[index] ?? 0;
          assert.equal(see(address(place), machine, 1000 * (index + 1) + morning), ids[index]);
        }
        assert.deepEqual(endScan(), [], 'who was found elsewhere was not replaced');
        rounds += 1;
      }
      assert.equal(devices.all().length, machines.length);
      for (const [index, id] of ids.entries()) {
        const device = devices.find(id);
        assert.equal(device?.displacedBy, null);
        assert.equal(device.address, address(mornings.at(-1)?.[index] ?? -1));
        assert.equal(readings.lastParts(id).counters?.value.life, 1000 * (index + 1) + mornings.length - 1);
      }
      assert.deepEqual(new Set(events().filter((event) => event !== 'moved')), new Set(['new']));
      assert.equal(events().filter((event) => event === 'new').length, machines.length);
    }),
    { numRuns: 25, seed: 20261125 },
  );
  assert.ok(rounds > 25);
});

test('a serial number that comes or goes with the firmware does not double a machine that its MAC tells', () => {
  const { devices, see, events } = books();
  const id = see(address(0), { keys: 'mac', number: 1 }, 100);
  assert.equal(see(address(4), { keys: 'both', number: 1 }, 101), id);
  assert.equal(see(address(7), { keys: 'serial', number: 1 }, 102), id, 'known by its serial number since');
  assert.equal(see(address(2), { keys: 'mac', number: 1 }, 103), id);
  assert.equal(devices.all().length, 1);
  assert.deepEqual(events().sort(), ['moved', 'moved', 'moved', 'new']);
});

test('another machine at an address that was left is new, and the one that left is replaced only if found nowhere', () => {
  const { devices, see, endScan, events } = books();
  const old = see(address(0), { keys: 'both', number: 1 }, 100);
  const fresh = see(address(0), { keys: 'mac', number: 2 }, 7);
  assert.notEqual(fresh, old);
  assert.deepEqual(endScan(), [old]);
  assert.equal(see(address(3), { keys: 'both', number: 1 }, 101), old);
  assert.deepEqual(endScan(), []);
  assert.equal(devices.all().length, 2);
  assert.equal(events().filter((event) => event === 'replaced').length, 1);
});
