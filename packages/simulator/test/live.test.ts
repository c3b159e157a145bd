import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hours, instant, type Millis, millis, minutes, seededRandom } from '@rsb/runtime';
import { type Oid, oid } from '@rsb/snmp';
import fc from 'fast-check';
import { allObjects, type SimulatedMachine, seedMachines, seedSite } from '../src/index.ts';
import { shown } from './asker.ts';
import { assertSums, column } from './tables.ts';

const PRT = '1.3.6.1.2.1.43';
const RICOH_TONER = '1.3.6.1.4.1.367.3.2.1.2.24.1.1.5';
/** A Monday, 00:00 in Paris. */
const MONDAY = Date.parse('2026-03-02T00:00:00+01:00');
const DAY = hours(24);

interface Site {
  readonly machines: readonly SimulatedMachine[];
  pass(time: Millis): void;
}

function liveSite(options: { seed?: number; start?: number; speed?: number; zone?: string } = {}): Site {
  const { seed = 7, start = MONDAY, speed = 1, zone = 'Europe/Paris' } = options;
  let passed = 0;
  const clock = { now: () => instant(start), monotonic: () => millis(passed) };
  return {
    machines: seedSite({ live: { clock, random: seededRandom(seed), speed, zone }, gear: false }),
    pass: (time) => {
      passed += time;
    },
  };
}

const life = (machine: SimulatedMachine): number => Number(column(machine, `${PRT}.10.2.1.4`)[0]?.value);
const lives = ({ machines }: Site): number[] => machines.map(life);
const dump = ({ machines }: Site): string[] =>
  machines.flatMap(({ name, mib }) =>
    [...allObjects(mib, oid('0.0'))].map((each) => `${name} ${each.oid} ${shown(each.value)}`),
  );

/** Counters that never go back, by object: life, functions, colors, sides, sizes, scans. */
function counters(machine: SimulatedMachine): Map<string, number> {
  const columns = [
    `${PRT}.10.2.1.4`,
    '1.3.6.1.4.1.1347.43.10.1.1.12',
    '1.3.6.1.4.1.1347.42.2.1.1.1.6',
    '1.3.6.1.4.1.1347.42.2.5.1.1',
    '1.3.6.1.4.1.1347.42.3',
    '1.3.6.1.4.1.367.3.2.1.2.19.1',
    '1.3.6.1.4.1.367.3.2.1.2.19.3',
    '1.3.6.1.4.1.367.3.2.1.2.19.4',
    '1.3.6.1.4.1.367.3.2.1.2.19.5.1.9',
  ];
  return new Map(
    columns.flatMap((name) =>
      column(machine, name).map(({ instance, value }) => [`${name}.${instance}`, Number(value)] as const),
    ),
  );
}

/** Percent left of each toner, as exactly as the machine tells it; -1 where it does not. */
function toner(machine: SimulatedMachine): number[] {
  const exact = column(machine, RICOH_TONER).map(({ value }) => Number(value));
  if (exact.length > 0) return exact;
  const capacity = Number(column(machine, `${PRT}.11.1.1.8`)[0]?.value);
  const level = Number(column(machine, `${PRT}.11.1.1.9`)[0]?.value);
  return [capacity > 0 ? (100 * level) / capacity : -1];
}

/** The error bit that belongs to an alert code; 0 where there is none. A tray that is not the last one has bit 13. */
const BITS: Readonly<Record<number, readonly number[]>> = {
  807: [0],
  808: [1, 13],
  1104: [2],
  1101: [3],
  3: [4],
  8: [5],
  1109: [7],
  1107: [],
};

function assertAlertsMatchStatus(machine: SimulatedMachine): readonly number[] {
  const cell = (name: string) => column(machine, name).map(({ value }) => Number(value));
  const severities = cell(`${PRT}.18.1.1.2`);
  const codes = cell(`${PRT}.18.1.1.7`);
  const indexes = column(machine, `${PRT}.18.1.1.7`).map(({ instance }) => instance);
  const upTime = cell('1.3.6.1.2.1.1.3')[0] ?? 0;
  assert.equal(new Set(indexes).size, indexes.length);
  for (const at of cell(`${PRT}.18.1.1.9`)) assert.ok(at <= upTime, `${machine.name}: alert at ${at}, up ${upTime}`);

  const state = machine.mib.get('1.3.6.1.2.1.25.3.5.1.2.1' as Oid);
  assert.ok(state?.type === 'octets');
  const bits = [...state.value].flatMap((octet, position) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => position * 8 + bit),
  );
  const faults = codes.filter((code) => code !== 503 && code !== 1001);
  for (const code of faults) {
    const wanted = BITS[code];
    assert.ok(wanted, `${machine.name}: code ${code}`);
    assert.ok(wanted.length === 0 || wanted.some((bit) => bits.includes(bit)), `${machine.name}: ${code} in ${bits}`);
  }
  for (const bit of bits)
    assert.ok(
      faults.some((code) => BITS[code]?.includes(bit)),
      `${machine.name}: bit ${bit}`,
    );

  const [device] = cell('1.3.6.1.2.1.25.3.2.1.5');
  if (faults.length === 0) assert.equal(device, 2);
  else assert.ok(device === 3 || (device === 5 && severities.includes(3)), `${machine.name}: ${device} with ${faults}`);
  return codes;
}

describe('sixty days of a living site', () => {
  const site = liveSite();
  const first = lives(site);
  const codes = new Set<number>();
  let samples = 0;
  let replaced = 0;
  let phases = new Set<number>();

  it('every counter only rises, every sum holds, toner stays within 0 and 100, alerts fit the state', () => {
    let before = site.machines.map((machine) => ({ counters: counters(machine), toner: toner(machine) }));
    for (let step = 0; step < 60 * 3; step += 1) {
      site.pass(minutes(8 * 60 + 7));
      before = site.machines.map((machine, index) => {
        assertSums(machine);
        for (const code of assertAlertsMatchStatus(machine)) codes.add(code);
        phases = phases.add(Number(column(machine, '1.3.6.1.2.1.25.3.5.1.1')[0]?.value));
        const now = { counters: counters(machine), toner: toner(machine) };
        for (const [name, value] of before[index]?.counters ?? []) {
          assert.ok(
            (now.counters.get(name) ?? -1) >= value,
            `${machine.name} ${name}: ${value} → ${now.counters.get(name)}`,
          );
        }
        for (const [cartridge, percent] of now.toner.entries()) {
          assert.ok(percent === -1 || (percent >= 0 && percent <= 100), `${machine.name}: ${percent} %`);
          if (percent > (before[index]?.toner[cartridge] ?? 100) + 50) replaced += 1;
        }
        samples += 1;
        return now;
      });
    }
    assert.equal(samples, 60 * 3 * 13);
  });

  it('pages are as many as the offices print, within a third', () => {
    const workingDays = (60 * 3 * (8 + 7 / 60) * 5) / 7 / 24;
    for (const [index, now] of lives(site).entries()) {
      const printed = now - (first[index] ?? 0);
      const expected = (seedMachines[index]?.facts.pagesPerDay ?? 0) * workingDays;
      assert.ok(printed > expected * 0.66 && printed < expected * 1.34, `${index}: ${printed} of ${expected}`);
    }
  });

  it('toner is replaced, paper runs low and out, machines print, sleep and stop', () => {
    assert.ok(replaced >= 5, `${replaced} cartridges`);
    for (const code of [503, 807, 808, 1001, 1101, 1104]) assert.ok(codes.has(code), `code ${code} in ${[...codes]}`);
    for (const status of [1, 3, 4]) assert.ok(phases.has(status), `hrPrinterStatus ${status}`);
  });
});

describe('office hours', () => {
  const printedBetween = (from: string, to: string, zone: string) => {
    const site = liveSite({ start: Date.parse(from), zone });
    const before = lives(site);
    site.pass(millis(Date.parse(to) - Date.parse(from)));
    return lives(site).reduce((sum, now, index) => sum + now - (before[index] ?? 0), 0);
  };
  const cases = [
    { what: 'a working morning', from: '2026-03-03T08:00+01:00', to: '2026-03-03T12:00+01:00', prints: true },
    { what: 'the night', from: '2026-03-03T19:30+01:00', to: '2026-03-04T06:59+01:00', prints: false },
    { what: 'Sunday', from: '2026-03-08T00:00+01:00', to: '2026-03-08T23:59+01:00', prints: false },
    { what: 'Saturday afternoon', from: '2026-03-07T12:30+01:00', to: '2026-03-07T20:00+01:00', prints: false },
    {
      what: 'the first night of summer time',
      from: '2026-03-29T20:00+02:00',
      to: '2026-03-30T06:59+02:00',
      prints: false,
    },
  ];
  for (const { what, from, to, prints } of cases) {
    it(`${what}: ${prints ? 'pages' : 'none'}`, () => {
      const pages = printedBetween(from, to, 'Europe/Paris');
      assert.equal(pages > 0, prints, `${pages} pages`);
    });
  }
  it('noon is quieter than ten in the morning', () => {
    const week = [2, 3, 4, 5, 6].map((day) => `2026-03-0${day}T`);
    const pages = (from: string, to: string) =>
      week.reduce(
        (sum, day) => sum + printedBetween(`${day}${from}:00+01:00`, `${day}${to}:00+01:00`, 'Europe/Paris'),
        0,
      );
    const noon = pages('12:00', '13:00');
    assert.ok(noon * 2 < pages('10:00', '11:00'), `${noon} pages at noon`);
  });
  it("hours are those of the site's zone", () => {
    assert.equal(printedBetween('2026-03-03T09:00+01:00', '2026-03-03T11:59+01:00', 'America/New_York'), 0);
    assert.ok(printedBetween('2026-03-03T15:00+01:00', '2026-03-03T17:00+01:00', 'America/New_York') > 0);
  });
});

describe('repeatable', () => {
  it('begins at the seed', () => {
    assert.deepEqual(
      lives(liveSite()),
      seedSite({ gear: false }).map((machine) => life(machine)),
    );
  });
  it('the same chance gives the same history, however often it is looked at', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.integer({ min: 300, max: 4 * 3600_000 }), { minLength: 1, maxLength: 20 }),
        (seed, looks) => {
          const watched = liveSite({ seed });
          const left = liveSite({ seed });
          for (const look of looks) {
            watched.pass(millis(look));
            lives(watched);
          }
          left.pass(millis(looks.reduce((sum, look) => sum + look, 0)));
          assert.deepEqual(dump(watched), dump(left));
        },
      ),
      { numRuns: 10 },
    );
  });
  it('another chance gives another history', () => {
    const [one, other] = [liveSite({ seed: 1 }), liveSite({ seed: 2 })];
    for (const site of [one, other]) site.pass(DAY);
    assert.notDeepEqual(lives(one), lives(other));
  });
  it('speed makes the same history faster', () => {
    const slow = liveSite();
    const fast = liveSite({ speed: 3600 });
    slow.pass(hours(36));
    fast.pass(millis(36_000));
    assert.deepEqual(dump(fast), dump(slow));
    assert.notDeepEqual(lives(fast), lives(liveSite()));
  });
});

it('shows one moment to a reader who asks again at once, and the next after a pause', () => {
  const site = liveSite({ start: MONDAY + hours(10), speed: 100_000 });
  const before = lives(site);
  for (let request = 0; request < 20; request += 1) {
    site.pass(millis(100));
    assert.deepEqual(lives(site), before);
  }
  site.pass(millis(250));
  assert.notDeepEqual(lives(site), before);
});
