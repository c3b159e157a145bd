/** What a sighting means: the same machine, moved, replaced, new; and that all of it is stored or nothing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Identity, type Item, type Provenance, parseItem, type Reading, type Status } from '@rsb/contract';
import { hours, instant, isoInstant, type ManualClock, manualClock, minutes, seededRandom } from '@rsb/runtime';
import { createOutbox, type Outbox } from '../src/outbox/index.ts';
import { UNKNOWN_IDENTITY } from '../src/service/identity-merge.ts';
import { recognise } from '../src/service/recognise.ts';
import { createRecorder, type Recorder } from '../src/service/recorder.ts';
import { createSilences } from '../src/service/silences.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { createDevices, type Devices } from '../src/store/devices.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';
import { createReadings, type Readings } from '../src/store/readings.ts';
import { pastOf } from './machine-past.ts';
import { countersOf, sampleReading } from './sample-reading.ts';

interface Bench {
  readonly db: Database;
  readonly clock: ManualClock;
  readonly devices: Devices;
  readonly readings: Readings;
  readonly recorder: Recorder;
  readonly outbox: Outbox;
  /** Stores a sighting as the device that it is recognised as; the old place is taken to be empty. */
  see(reading: Reading): string;
  miss(id: string): void;
  items(): readonly Item[];
  /** Kinds of device events, each with its device. */
  events(): readonly (readonly [string, string])[];
}

const START = instant(Date.UTC(2026, 10, 24, 8));

function bench(): Bench {
  const db = openDatabase(':memory:');
  migrate(db);
  const clock = manualClock(START);
  const devices = createDevices(db, createFacts(db));
  const readings = createReadings(db);
  const outbox = createOutbox(db, { clock, random: seededRandom(1) });
  const recorder = createRecorder({
    db,
    devices,
    readings,
    silences: createSilences(db, clock),
    past: pastOf(db),
    outbox,
    clock,
  });
  const items = () =>
    outbox
      .entries({ limit: 10_000 })
      .map(({ epoch, seq, kind, at, digest, body }): Item => {
        const parsed = parseItem({ epoch, seq, kind, at, digest, body: JSON.parse(body) });
        assert.ok(parsed.ok, `item ${seq} is as the contract says: ${JSON.stringify(parsed)}`);
        return parsed.value;
      })
      .reverse();
  return {
    db,
    clock,
    devices,
    readings,
    recorder,
    outbox,
    see(reading) {
      const { address, port, unit, identity } = reading;
      const sighting = { address, port, unit: unit.hrDeviceIndex, identity: identity ?? UNKNOWN_IDENTITY };
      const found = recognise(sighting, devices);
      const device = found.kind === 'new' ? null : found.device;
      const told = { reading, objects: ['1.3.6.1.2.1.43.10.2.1.4.1.1'], learned: undefined, credential: 'public' };
      return recorder.record(told, device).device.id;
    },
    miss(id) {
      const device = devices.find(id);
      assert.ok(device);
      recorder.recordSilence(device, { state: 'unreachable', missing: [], reasons: {} });
    },
    items,
    events: () =>
      items().flatMap((item) => (item.kind === 'deviceEvent' ? [[item.body.event, item.body.device] as const] : [])),
  };
}

const counters = countersOf;
const reading = (address: string, who: Partial<Identity>, more: Partial<Reading> = {}): Reading =>
  sampleReading(address, who, 100, more);

const A = { serialNumber: 'Q663894857', macAddress: '00:c0:ee:b5:f1:a0' };
const B = { serialNumber: 'Q663894848', macAddress: '00:c0:ee:b5:f0:7c' };

describe('who a device is', () => {
  const names: readonly (readonly [string, Partial<Identity>, string])[] = [
    ['manufacturer and serial number', A, 'Kyocera Q663894857'],
    ['else the MAC', { macAddress: A.macAddress }, '00:c0:ee:b5:f1:a0'],
    ['else address and unit', {}, '10.0.0.1#1'],
    ['a serial number that a factory forgot is none', { serialNumber: '00000000' }, '10.0.0.1#1'],
    ['nor is a word in its place', { serialNumber: 'Not set', macAddress: A.macAddress }, '00:c0:ee:b5:f1:a0'],
    ['a MAC of zeros is none', { macAddress: '00:00:00:00:00:00' }, '10.0.0.1#1'],
    ['nor is a group address', { macAddress: '01:00:5e:00:00:01' }, '10.0.0.1#1'],
  ];
  for (const [name, who, id] of names) {
    test(name, () => {
      assert.equal(bench().see(reading('10.0.0.1', who)), id);
    });
  }

  const spellings: readonly (readonly [string, Partial<Identity>, Partial<Identity>])[] = [
    ['its serial number in another case', A, { ...A, serialNumber: 'q663894857' }],
    ['its serial number in another case, and no MAC', { serialNumber: 'AbC12345' }, { serialNumber: 'ABC12345' }],
    [
      'another name of its maker, and no MAC',
      { serialNumber: 'AB12345' },
      { serialNumber: 'AB12345', manufacturer: 'Utax' },
    ],
    [
      'another name of its maker, and no serial number',
      { macAddress: A.macAddress },
      { macAddress: A.macAddress, manufacturer: 'Utax' },
    ],
    ['another model text', A, { ...A, model: 'ECOSYS FS-1370DN (renamed)' }],
  ];
  for (const [what, first, later] of spellings) {
    test(`a machine that tells ${what} after an update is the same one`, () => {
      const { see, devices, events } = bench();
      const id = see(reading('10.0.0.1', first));
      assert.equal(see(reading('10.0.0.1', later)), id);
      assert.equal(see(reading('10.0.0.1', first)), id, 'and back again');
      assert.equal(devices.all().length, 1);
      assert.deepEqual(events(), [['new', id]]);
    });
  }

  test('a serial number in another case is known at another address, too', () => {
    const { see, events } = bench();
    const id = see(reading('10.0.0.1', { serialNumber: 'AbC12345' }));
    assert.equal(see(reading('10.0.0.2', { serialNumber: 'ABC12345' })), id);
    assert.deepEqual(events(), [
      ['new', id],
      ['moved', id],
    ]);
  });

  test('two machines with copied cards keep their places where neither tells its serial number', () => {
    const { see, devices } = bench();
    const card = { macAddress: A.macAddress, serialNumber: null };
    const first = see(reading('10.0.0.1', { ...card, serialNumber: 'ONE12345' }));
    const second = see(reading('10.0.0.2', { ...card, serialNumber: 'TWO12345' }));
    assert.equal(see(reading('10.0.0.2', card)), second);
    assert.equal(see(reading('10.0.0.1', card)), first);
    assert.equal(devices.all().length, 2);
  });

  test('an id stays, whatever is learned later', () => {
    const { see, devices } = bench();
    const id = see(reading('10.0.0.1', {}));
    assert.equal(see(reading('10.0.0.1', { macAddress: A.macAddress })), id);
    assert.equal(see(reading('10.0.0.1', A)), id);
    assert.equal(see(reading('10.0.0.77', A)), id);
    assert.equal(see(reading('10.0.0.77', {})), id, 'a half answer is not another machine');
    assert.deepEqual(devices.all().length, 1);
    assert.equal(devices.find(id)?.identity.serialNumber, A.serialNumber, 'nor does it make one forget');
  });

  test('machines behind one print server are told apart by their unit', () => {
    const { see, devices } = bench();
    const unit = (hrDeviceIndex: number) =>
      reading('10.0.0.1', { macAddress: A.macAddress }, { unit: { hrDeviceIndex } });
    const ids = [see(unit(1)), see(unit(2)), see(unit(3))];
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual([see(unit(1)), see(unit(2)), see(unit(3))], ids);
    assert.equal(devices.all().length, 3);
  });

  test('the same serial number of another maker is another machine', () => {
    const { see } = bench();
    const first = see(reading('10.0.0.1', { serialNumber: 'X12345' }));
    assert.notEqual(see(reading('10.0.0.2', { serialNumber: 'X12345', manufacturer: 'Ricoh' })), first);
  });

  test('a maker’s name in other letters is the same maker', () => {
    const { see } = bench();
    const first = see(reading('10.0.0.1', A));
    assert.equal(see(reading('10.0.0.1', { ...A, manufacturer: 'KYOCERA' })), first);
  });
});

describe('DHCP gives new addresses', () => {
  test('one machine moves: one device, one event, its history goes on', () => {
    const { see, events, devices, readings } = bench();
    const id = see(reading('10.0.0.1', A));
    see(reading('10.0.0.9', A, { counters: counters(120) }));
    assert.deepEqual(events(), [
      ['new', id],
      ['moved', id],
    ]);
    assert.equal(devices.find(id)?.address, '10.0.0.9');
    assert.equal(readings.history(id, 10).length, 2);
  });

  test('two machines change places: nothing is doubled, no page is counted for the other', () => {
    const { see, events, devices, readings, recorder } = bench();
    const a = see(reading('10.0.0.1', A, { counters: counters(1000) }));
    const b = see(reading('10.0.0.2', B, { counters: counters(5) }));
    assert.equal(see(reading('10.0.0.1', B, { counters: counters(6) })), b);
    assert.equal(see(reading('10.0.0.2', A, { counters: counters(1001) })), a);
    assert.deepEqual(recorder.tellReplaced(), []);
    assert.deepEqual(events(), [
      ['new', a],
      ['new', b],
      ['moved', b],
      ['moved', a],
    ]);
    assert.deepEqual([devices.find(a)?.address, devices.find(b)?.address], ['10.0.0.2', '10.0.0.1']);
    assert.equal(readings.lastParts(a).counters?.value.life, 1001);
    assert.equal(readings.lastParts(b).counters?.value.life, 6);
  });

  test('a new machine takes the place of an old one: told after a whole scan, once', () => {
    const { see, events, devices, recorder } = bench();
    const old = see(reading('10.0.0.1', A));
    const fresh = see(reading('10.0.0.1', B));
    assert.equal(devices.find(old)?.displacedBy, fresh);
    assert.equal(devices.find(old)?.presence, 'silent');
    assert.equal(devices.at({ address: '10.0.0.1', port: 161, unit: 1 })?.id, fresh);
    assert.deepEqual(recorder.tellReplaced(), [old]);
    assert.deepEqual(recorder.tellReplaced(), []);
    assert.deepEqual(events(), [
      ['new', old],
      ['new', fresh],
      ['replaced', old],
    ]);
    assert.equal(see(reading('10.0.0.50', A)), old, 'it comes back elsewhere');
    assert.equal(devices.find(old)?.displacedBy, null);
    assert.equal(devices.find(old)?.presence, 'answering');
  });

  test('a machine that tells nothing of itself is another when its model is', () => {
    const { see, devices } = bench();
    const first = see(reading('10.0.0.1', {}));
    assert.equal(see(reading('10.0.0.1', {})), first);
    const second = see(reading('10.0.0.1', { manufacturer: 'Ricoh', model: 'MP C3003' }));
    assert.notEqual(second, first);
    assert.equal(devices.all().length, 2);
  });
});

describe('what is stored', () => {
  test('a reading, its plan before it, and the event that it is new, in one order without holes', () => {
    const { see, items } = bench();
    const id = see(reading('10.0.0.1', A));
    const all = items();
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ['deviceEvent', 'plan', 'reading'],
    );
    assert.deepEqual(
      all.map(({ seq }) => seq),
      [1, 2, 3],
    );
    const [, plan, sent] = all;
    assert.ok(plan?.kind === 'plan' && sent?.kind === 'reading');
    assert.equal(sent.body.device, id);
    assert.equal(sent.body.plan, plan.digest, 'the reading names its plan');
    assert.ok(!('wire' in sent.body.reading) && !('provenance' in sent.body.reading));
  });

  test('the plan goes once, and grows with what else is told', () => {
    const { see, items } = bench();
    const plans = () => items().filter(({ kind }) => kind === 'plan').length;
    see(reading('10.0.0.1', A));
    see(reading('10.0.0.1', A));
    assert.equal(plans(), 1);
    const firmware: Provenance = {
      'identity.firmware': { oids: ['1.3.6.1.2.1.1.1.0'], how: 'value', evidence: 'mib' },
    };
    see(reading('10.0.0.1', A, { provenance: firmware }));
    assert.equal(plans(), 2);
    see(reading('10.0.0.1', A));
    see(reading('10.0.0.1', A, { provenance: firmware }));
    assert.equal(plans(), 2, 'polls of different parts do not take turns');
    see(reading('10.0.0.1', A, { driver: { name: 'kyocera', version: 2, generic: false } }));
    assert.equal(plans(), 3);
  });

  test('each part keeps its own age', () => {
    const { see, readings } = bench();
    const status: Status = { state: 'idle', errors: [] };
    const id = see(reading('10.0.0.1', A, { asked: ['identity', 'counters', 'status'], status }));
    const { status: _status, ...noStatus } = reading('10.0.0.1', A, {
      takenAt: '2026-11-24T09:00:00Z',
      counters: counters(101),
    });
    see(noStatus);
    const { counters: last, status: lastStatus, supplies } = readings.lastParts(id);
    assert.deepEqual([last?.takenAt, last?.value.life], ['2026-11-24T09:00:00Z', 101]);
    assert.equal(lastStatus?.takenAt, '2026-11-24T08:00:00Z');
    assert.equal(supplies, null);
  });

  test('a part that broke off does not blank a whole one; what the machine no longer tells does', () => {
    const { see, readings } = bench();
    const id = see(reading('10.0.0.1', A));
    const broken = (reason: string): Partial<Reading> => ({
      takenAt: '2026-11-24T09:00:00Z',
      counters: counters(null),
      completeness: { state: 'partial', missing: ['counters.life'], reasons: { 'counters.life': reason } },
    });
    see(reading('10.0.0.1', A, broken('noAnswer')));
    assert.equal(readings.lastParts(id).counters?.value.life, 100);
    assert.equal(readings.lastParts(id).counters?.takenAt, '2026-11-24T08:00:00Z');
    see(reading('10.0.0.1', A, broken('notTold')));
    assert.equal(readings.lastParts(id).counters?.value.life, null);
  });

  test('the history is bounded by count, and the newest stay', () => {
    const { see, readings, db } = bench();
    let id = '';
    db.transaction(() => {
      for (let count = 0; count < 1510; count += 1) id = see(reading('10.0.0.1', A, { counters: counters(count) }));
    });
    const kept = readings.history(id, 5000);
    assert.equal(kept.length, 1500);
    assert.equal(kept[0]?.reading.counters?.life, 1509);
    assert.equal(kept.at(-1)?.reading.counters?.life, 10);
  });

  test('a failure in the middle leaves nothing behind', () => {
    const { db, devices, outbox, clock } = bench();
    const failing: Outbox = {
      ...outbox,
      append(kind, body) {
        if (kind === 'reading') throw new Error('disk full');
        return outbox.append(kind, body);
      },
    };
    const recorder = createRecorder({
      db,
      devices,
      readings: createReadings(db),
      past: pastOf(db),
      silences: createSilences(db, clock),
      outbox: failing,
      clock,
    });
    const told = { reading: reading('10.0.0.1', A), objects: [], learned: undefined, credential: null };
    assert.throws(() => recorder.record(told, null), /disk full/);
    assert.deepEqual(devices.all(), []);
    assert.deepEqual(outbox.counts(), { waiting: 0, quarantined: 0 });
    assert.equal(outbox.append('scan', {}).seq, 1, 'no hole');
  });

  test('of a machine that is not monitored only where it is', () => {
    const { see, devices, readings, items } = bench();
    const id = see(reading('10.0.0.1', A));
    const device = devices.find(id);
    assert.ok(device);
    devices.save({ ...device, monitored: false });
    const before = items().length;
    see(reading('10.0.0.1', A, { counters: counters(500) }));
    assert.equal(items().length, before);
    assert.equal(readings.lastParts(id).counters?.value.life, 100);
    assert.equal(readings.history(id, 10).length, 1);
  });
});

describe('presence', () => {
  test('silent and back, each told once, with since when', async () => {
    const { see, miss, events, devices, clock } = bench();
    const id = see(reading('10.0.0.1', A));
    await clock.advance(hours(1));
    const silentSince = clock.now();
    miss(id);
    await clock.advance(hours(1));
    miss(id);
    assert.equal(devices.find(id)?.presence, 'silent');
    assert.equal(devices.find(id)?.presenceSince, silentSince);
    assert.equal(isoInstant(devices.find(id)?.lastSeen ?? instant(0)), '2026-11-24T08:00:00Z');
    await clock.advance(minutes(5));
    see(reading('10.0.0.1', A));
    assert.deepEqual(events(), [
      ['new', id],
      ['silent', id],
      ['back', id],
    ]);
    assert.equal(devices.find(id)?.presence, 'answering');
  });

  test('one that said it sleeps is asleep, not silent, for some days', async () => {
    const { see, miss, events, devices, clock } = bench();
    const id = see(reading('10.0.0.1', A, { status: { state: 'sleep', errors: [] } }));
    assert.equal(devices.find(id)?.presence, 'asleep');
    await clock.advance(hours(60));
    miss(id);
    assert.equal(devices.find(id)?.presence, 'asleep');
    await clock.advance(hours(60));
    miss(id);
    assert.equal(devices.find(id)?.presence, 'silent');
    assert.deepEqual(events(), [
      ['new', id],
      ['silent', id],
    ]);
  });

  test('one that is off every night is asleep from the fourth night on', async () => {
    const { see, miss, devices, clock } = bench();
    const id = see(reading('10.0.0.1', A));
    const nights: string[] = [];
    for (let night = 0; night < 5; night += 1) {
      await clock.advance(hours(12));
      miss(id);
      await clock.advance(hours(4));
      miss(id);
      nights.push(devices.find(id)?.presence ?? '');
      await clock.advance(hours(8));
      see(reading('10.0.0.1', A));
    }
    assert.deepEqual(nights, ['silent', 'silent', 'silent', 'asleep', 'asleep']);
  });
});
