/** The past of one machine: what charts are drawn from, what is kept for how long, what is told of alerts and events. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Alert, Counters, Reading, Supply } from '@rsb/contract';
import { instant, isoInstant, manualClock, seededRandom } from '@rsb/runtime';
import fc from 'fast-check';
import { createOutbox } from '../src/outbox/index.ts';
import { createFeed } from '../src/service/feed.ts';
import { createMachinePages } from '../src/service/machine-pages.ts';
import { createMachinePast, replacements, stepBack } from '../src/service/machine-past.ts';
import { recognise } from '../src/service/recognise.ts';
import { createRecorder } from '../src/service/recorder.ts';
import { createSilences } from '../src/service/silences.ts';
import { createChangeLog } from '../src/settings/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { createDevices } from '../src/store/devices.ts';
import { createFacts } from '../src/store/facts.ts';
import { createHistory } from '../src/store/history.ts';
import { createMachineLog } from '../src/store/machine-log.ts';
import { migrate } from '../src/store/migrations.ts';
import { createReadings } from '../src/store/readings.ts';
import { thinned, wentBack } from '../src/store/thinned.ts';
import { countersOf, sampleReading } from './sample-reading.ts';

const ZONE = 'Europe/Paris';
const START = instant(Date.UTC(2025, 10, 24, 8));
const HOUR = 3_600_000;

function bench() {
  const db = openDatabase(':memory:');
  migrate(db);
  const clock = manualClock(START);
  const devices = createDevices(db, createFacts(db));
  const readings = createReadings(db);
  const outbox = createOutbox(db, { clock, random: seededRandom(1) });
  const pastPoints = createHistory(db, () => ZONE);
  const machineLog = createMachineLog(db);
  const past = createMachinePast(pastPoints, machineLog);
  const silences = createSilences(db, clock);
  const recorder = createRecorder({ db, devices, readings, silences, past, outbox, clock });
  const changeLog = createChangeLog(db, clock);
  const pages = createMachinePages({
    db,
    devices,
    readings,
    pastPoints,
    machineLog,
    changeLog,
    feed: createFeed(seededRandom(2)),
    clock,
    zone: () => ZONE,
    outbox,
    onStored: () => undefined,
  });
  return {
    db,
    clock,
    devices,
    pages,
    changeLog,
    outbox,
    pastPoints,
    /** One reading at the clock's time; answers the machine's id. */
    read(more: Partial<Reading>, address = '10.0.0.1'): string {
      const told = sampleReading(address, { serialNumber: 'Q663894857' }, null, {
        takenAt: isoInstant(clock.now()),
        asked: ['identity', 'counters', 'supplies', 'status', 'alerts'],
        ...more,
      });
      const { port, unit, identity } = told;
      assert.ok(identity);
      const found = recognise({ address, port, unit: unit.hrDeviceIndex, identity }, devices);
      const known = found.kind === 'new' ? null : found.device;
      return recorder.record({ reading: told, objects: [], learned: undefined, credential: 'public' }, known).device.id;
    },
    pass: (length: number) => clock.jump(instant(clock.now() + length)),
  };
}

const supply = (percent: number | null, more: Partial<Supply> = {}): Supply => ({
  index: '1.1',
  type: 'toner',
  color: 'black',
  description: null,
  partNumber: null,
  serialNumber: null,
  percent,
  state: percent === null ? 'someRemaining' : 'ok',
  level: null,
  capacity: null,
  unit: null,
  ...more,
});
const pages = (mono: number, color: number): Counters => ({
  ...countersOf(mono + color),
  total: { all: mono + color, mono, color },
  billing: 'total',
});
const alert = (text: string, severity: Alert['severity'] = 'warning'): Alert => ({
  severity,
  group: 'input',
  code: null,
  text,
  location: { group: 'input', index: 1, name: null },
});

describe('history', () => {
  test('each good reading is a point, exact beyond 2^53, and one that told no count is none', () => {
    const { read, pages: machine, pass } = bench();
    const id = read({ counters: pages(100, 20) });
    pass(HOUR);
    read({ counters: { ...countersOf(null), total: { all: '9007199254740993', mono: null, color: null } } });
    pass(HOUR);
    read({ counters: countersOf(null) });
    const { counters, zone } = machine.history(id, START) ?? assert.fail('known');
    assert.equal(zone, ZONE);
    assert.deepEqual(
      counters.map(({ takenAt, life, total, mono, color }) => [takenAt, life, total, mono, color]),
      [
        ['2025-11-24T08:00:00Z', 120, 120, 100, 20],
        ['2025-11-24T09:00:00Z', null, '9007199254740993', null, null],
      ],
    );
  });

  test('a count of lengths is no count of pages', () => {
    const { read, pages: machine } = bench();
    const id = read({ counters: { ...countersOf(5000), lifeUnit: 'centimetres' } });
    assert.deepEqual(machine.history(id, START)?.counters, []);
  });

  test('levels that stay are one line, a day without a reading is a hole', () => {
    const { read, pages: machine, pass } = bench();
    const id = read({ supplies: [supply(50)] });
    for (let hour = 0; hour < 5; hour += 1) {
      pass(HOUR);
      read({ supplies: [supply(50)] });
    }
    pass(HOUR);
    read({ supplies: [supply(49)] });
    pass(30 * HOUR);
    read({ supplies: [supply(49)] });
    const [line] = machine.history(id, START)?.supplies ?? [];
    assert.equal(line?.supply, 'toner/black');
    assert.deepEqual(
      line?.points.map(({ takenAt, percent }) => [takenAt.slice(5, 16), percent]),
      [
        ['11-24T08:00', 50],
        ['11-24T13:00', 50],
        ['11-24T14:00', 49],
        ['11-24T14:00', null],
        ['11-25T20:00', 49],
      ],
    );
  });

  test('two of a kind are told apart', () => {
    const { read, pages: machine } = bench();
    const id = read({
      supplies: [supply(50), supply(20, { index: '1.2' }), supply(90, { type: 'drum', color: null })],
    });
    assert.deepEqual(
      machine.history(id, START)?.supplies.map(({ supply: name }) => name),
      ['drum', 'toner/black', 'toner/black#2'],
    );
  });

  test('of a year of hourly readings the last two months stay whole, and of each older day the last reading', () => {
    const { db, clock, read, pages: machine, pass, pastPoints } = bench();
    const id = read({});
    const count = 366 * 24;
    db.transaction(() => {
      for (let hour = 0; hour < count; hour += 1) {
        pastPoints.addCounters(id, clock.now(), pages(hour * 2, hour));
        pastPoints.addSupplies(id, clock.now(), [supply(100 - (hour % 90))]);
        pass(HOUR);
      }
    });
    const kept = db.one('SELECT COUNT(*) AS points FROM counter_point')?.['points'];
    assert.ok(Number(kept) < 1500 + 366 + 50, `${kept} points`);
    const year = machine.history(id, START)?.counters ?? [];
    const days = new Set(year.map(({ takenAt }) => dayOf(takenAt)));
    assert.equal(days.size, 367, 'no day is lost');
    assert.ok(year.length <= 369, `${year.length} points for a year`);
    assert.equal(year[0]?.mono, 0, 'from the first reading on');
    assert.equal(year.at(-1)?.mono, (count - 1) * 2);
    const month = machine.history(id, instant(START + (count - 31 * 24) * HOUR))?.counters ?? [];
    assert.equal(month.length, 31 * 24);
  });

  test('an unknown machine has no past', () => {
    const { pages: machine } = bench();
    assert.equal(machine.history('nobody', START), null);
    assert.equal(machine.log('nobody'), null);
    assert.equal(machine.origins('nobody'), null);
  });
});

const dayOf = (takenAt: string) => Temporal.Instant.from(takenAt).toZonedDateTimeISO(ZONE).toPlainDate().toString();

describe('thinning', () => {
  const point = (at: number, total: number | null) => ({
    at: instant(START + at * HOUR),
    life: null,
    total,
    mono: null,
    color: null,
  });

  test('steps back keep both their sides, so that nothing of them is counted as pages', () => {
    const points = [point(0, 100), point(1, 110), point(2, 5), point(3, 6), point(4, 20), point(30, 30)];
    assert.deepEqual(
      thinned(points, ZONE).map(({ total }) => total),
      [100, 110, 5, 20, 30],
    );
  });

  test('pages between what is kept are those between what was there, whatever the counts do', () => {
    const count = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 60 }), (counts) => {
        const points = counts.filter((each) => each !== null).map((total, at) => point(at * 5, total));
        const kept = thinned(points, ZONE);
        assert.equal(printed(kept), printed(points));
        assert.deepEqual(thinned(kept, ZONE), kept, 'thinned once is thinned for ever');
      }),
    );
  });

  const printed = (points: readonly ReturnType<typeof point>[]) =>
    points.reduce((sum, after, index) => {
      const before = points[index - 1];
      return before && !wentBack(before, after) ? sum + (after.total ?? 0) - (before.total ?? 0) : sum;
    }, 0);
});

describe('what happened', () => {
  test('an alert has a beginning and an end, and comes twice where it came twice', () => {
    const { read, pages: machine, pass } = bench();
    const id = read({ alerts: [alert('Toner low'), alert('Paper jam', 'critical')] });
    pass(HOUR);
    read({ alerts: [alert('Toner low')] });
    pass(HOUR);
    read({ alerts: [alert('Toner low'), alert('Paper jam', 'critical')] });
    const spells = machine.log(id)?.alerts.map(({ alert: { text }, began, ended }) => [text, began, ended]);
    assert.deepEqual(spells, [
      ['Paper jam', '2025-11-24T10:00:00Z', null],
      ['Toner low', '2025-11-24T08:00:00Z', null],
      ['Paper jam', '2025-11-24T08:00:00Z', '2025-11-24T09:00:00Z'],
    ]);
  });

  test('a reading without alerts ends none, and a flood of them is bounded', () => {
    const { read, pages: machine, pass, db } = bench();
    const id = read({ alerts: [alert('Toner low')] });
    pass(HOUR);
    read({ counters: countersOf(5) });
    assert.equal(machine.log(id)?.alerts[0]?.ended, null);
    for (let turn = 0; turn < 20; turn += 1) {
      pass(HOUR);
      read({ alerts: Array.from({ length: 100 }, (_, at) => alert(`${turn} ${at}`)) });
    }
    assert.equal(db.one('SELECT COUNT(*) AS spells FROM alert_spell')?.['spells'], 600);
  });

  test('new, moved, firmware, replaced supply, a counter that went back: each once, newest first', () => {
    const { read, pages: machine, pass } = bench();
    const identity = (firmware: string) =>
      sampleReading('10.0.0.1', { serialNumber: 'Q663894857', firmware }).identity ?? assert.fail('has one');
    const id = read({ identity: identity('1.08'), counters: pages(100, 50), supplies: [supply(3)] });
    pass(HOUR);
    read({ identity: identity('1.09'), counters: pages(90, 40), supplies: [supply(100)] }, '10.0.0.2');
    const events = machine.log(id)?.events ?? [];
    assert.deepEqual(events.map(({ event }) => event).sort(), [
      'counterBack',
      'firmware',
      'moved',
      'new',
      'supplyReplaced',
    ]);
    const detail = (name: string) => events.find(({ event }) => event === name)?.detail;
    assert.deepEqual(detail('firmware'), { from: '1.08', to: '1.09' });
    assert.deepEqual(detail('moved'), { from: '10.0.0.1', to: '10.0.0.2' });
    assert.deepEqual(detail('counterBack'), { counter: 'life', from: '150', to: '130', more: '3' });
    assert.deepEqual(detail('supplyReplaced'), { supply: 'toner/black', from: '3', to: '100', serialNumber: null });
  });

  test('what is a replacement', () => {
    const table = [
      ['shaken', supply(20), supply(30), 0],
      ['replaced', supply(20), supply(100), 1],
      [
        'another serial number, though it is no fuller',
        supply(50, { serialNumber: 'x' }),
        supply(50, { serialNumber: 'y' }),
        1,
      ],
      ['fuller, but the same cartridge', supply(20, { serialNumber: 'x' }), supply(90, { serialNumber: 'x' }), 0],
      ['from nothing known', supply(null), supply(100), 0],
    ] as const;
    for (const [name, before, after, count] of table) assert.equal(replacements([before], [after]).length, count, name);
    assert.equal(stepBack(pages(1, 1), pages(1, 1)), null);
    assert.equal(stepBack(pages(5, 5), { ...pages(5, 5), total: { all: null, mono: null, color: null } }), null);
  });
});

describe('a machine that is removed', () => {
  test('leaves nothing but the log of changes, and comes back as a new one', () => {
    const { db, devices, read, pages: machine, changeLog, outbox, pass } = bench();
    const first = read({ counters: pages(1, 1), supplies: [supply(50)], alerts: [alert('Toner low')] });
    const events = () => outbox.entries({ limit: 100 }).filter(({ kind }) => kind === 'deviceEvent').length;
    assert.equal(events(), 1);
    assert.equal(machine.forget('nobody', '127.0.0.1').ok, false);
    assert.equal(machine.forget(first, '127.0.0.1').ok, true);
    assert.equal(devices.find(first), null);
    const told = outbox.entries({ limit: 100 })[0];
    assert.deepEqual(
      [told?.kind, JSON.parse(String(told?.body))],
      [
        'deviceEvent',
        {
          device: first,
          event: 'removed',
          detail: { address: '10.0.0.1', serialNumber: 'Q663894857', macAddress: null },
        },
      ],
    );
    const tables = db.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%REFERENCES device %'");
    assert.ok(tables.length >= 11);
    for (const { name } of tables) {
      assert.equal(db.one(`SELECT COUNT(*) AS rows FROM ${String(name)}`)?.['rows'], 0, String(name));
    }
    assert.equal(changeLog.latest(1)[0]?.path, `/devices/${first.replaceAll('/', '~1')}`);
    pass(HOUR);
    const again = read({ counters: pages(1, 1) });
    assert.equal(events(), 3, 'removed, then told as new');
    assert.deepEqual(
      machine.log(again)?.events.map(({ event }) => event),
      ['new'],
    );
  });
});

describe('origins', () => {
  test('each value with its objects by name, and what became of the reading', () => {
    const { read, pages: machine } = bench();
    const id = read({ counters: countersOf(100) });
    const origins = machine.origins(id) ?? assert.fail('known');
    assert.deepEqual(origins.origins, [
      {
        path: 'counters.life',
        objects: [
          {
            oid: '1.3.6.1.2.1.43.10.2.1.4.1.1',
            name: 'prtMarkerLifeCount',
            source: origins.origins[0]?.objects[0]?.source ?? assert.fail('has a source'),
          },
        ],
        how: 'value',
        evidence: 'mib',
        check: null,
      },
    ]);
    assert.equal(origins.sent?.state, 'waiting');
  });
});
