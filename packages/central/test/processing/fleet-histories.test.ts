import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventLine, Line, UsageLine } from '../../src/processing/index.ts';
import {
  at,
  HOUR,
  type Hour,
  linesOf,
  office,
  type Reading,
  type ReadingFacts,
  reading,
  summary,
  told,
} from './office-history.ts';

const plain = office();
const other = office({ from: 12_345, hourly: 20 });
const pages = (hours: readonly Hour[], from = 0, to = hours.length - 1) =>
  (hours.at(to)?.all ?? 0) - (hours[from]?.all ?? 0);
const noon = at(3, 12);

interface FleetHistory {
  readonly name: string;
  readonly readings: readonly Reading[];
  /** Pages in all, by device; a device without a day is left out. */
  readonly pages: Readonly<Record<string, number>>;
  readonly events?: readonly string[];
  readonly questions?: readonly string[];
}

const as = (more: Partial<ReadingFacts>) => (facts: ReadingFacts) => ({ ...facts, ...more });
const second = as({ serial: 'X2', mac: '00:26:73:00:00:02' });
const without = as({ serial: null });
const nobody = as({ serial: null, mac: null });

const FLEETS: readonly FleetHistory[] = [
  {
    name: 'another machine at the address starts its own series',
    readings: [...told(plain.slice(0, noon), as({ serial: 'X1' })), ...told(other.slice(noon), second)],
    pages: { X1: pages(plain, 0, noon - 1), X2: pages(other, noon) },
    events: ['replaced', 'silent'],
  },
  {
    name: 'a machine that moved keeps its series',
    readings: told(plain, (facts, index) => ({ ...facts, address: index < noon ? '10.0.0.1' : '10.0.0.9' })),
    pages: { E153M930272: pages(plain) },
    events: ['moved'],
  },
  {
    name: 'two machines that change places are moved, not replaced',
    readings: [
      ...told(plain, (facts, index) => ({ ...facts, serial: 'X1', address: index < noon ? '10.0.0.1' : '10.0.0.2' })),
      ...told(other, (facts, index) => ({ ...second(facts), address: index < noon ? '10.0.0.2' : '10.0.0.1' })),
    ],
    pages: { X1: pages(plain), X2: pages(other) },
    events: ['moved', 'moved'],
  },
  {
    name: 'one machine with two addresses is counted once',
    readings: told(plain, (facts, index) => ({ ...facts, address: index % 2 ? '10.0.0.1' : '10.0.0.9' })),
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'one serial number, two machines: both are counted',
    readings: [
      ...told(plain, as({ address: '10.0.0.1', mac: '00:26:73:00:00:01' })),
      ...told(other, as({ address: '10.0.0.2', mac: '00:26:73:00:00:02' })),
    ],
    pages: { E153M930272: pages(plain) + pages(other) },
    events: ['clash'],
  },
  {
    name: 'one serial number and one MAC, two machines at two addresses, for three days',
    readings: [
      ...told(plain, as({ address: '10.0.0.1' })),
      ...told(other.slice(noon, noon + 72), as({ address: '10.0.0.2' })),
    ],
    pages: { E153M930272: pages(plain) + pages(other, noon, noon + 71) },
    events: ['clash'],
  },
  {
    name: 'in a clash one of the two moves',
    readings: [
      ...told(plain, (facts, index) => ({ ...facts, address: index < noon ? '10.0.0.1' : '10.0.0.7' })),
      ...told(other, as({ address: '10.0.0.2' })),
    ],
    pages: { E153M930272: pages(plain) + pages(other) },
    events: ['clash', 'moved'],
  },
  {
    name: 'one serial, MAC and address, two machines: their counts tell them apart',
    readings: [...told(plain), ...told(other, (facts) => ({ ...facts, takenAt: Number(facts.takenAt) + HOUR / 3 }))],
    pages: { E153M930272: pages(plain) + pages(other) },
    events: ['clash'],
  },
  {
    name: 'ten times too much now and then, and a second agent an hour late, are no second machine',
    readings: told(plain, (facts, index) => {
      if (index % 40 === 20) return { ...facts, all: Number(facts.all) * 10 };
      return index % 7 === 3 && index > 0 ? { ...facts, all: plain[index - 1]?.all ?? null } : facts;
    }),
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'one machine read by two boxes, of which one has a clock that is an hour ahead: counted once',
    readings: [
      ...told(plain, (facts, index) => ({ ...facts, id: { box: '411223312', epoch: 'a1', seq: index } })),
      ...told(plain.slice(0, -2), (facts, index) => ({
        ...facts,
        takenAt: Number(facts.takenAt) + HOUR + 60_000,
        id: { box: '599223313', epoch: 'b2', seq: index },
      })),
    ],
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'one machine read by two boxes, of which one has a clock that is nine years behind: counted once',
    readings: [
      ...told(plain, (facts, index) => ({ ...facts, id: { box: '411223312', epoch: 'a1', seq: index } })),
      ...told(plain, (facts, index) => ({
        ...facts,
        takenAt: Number(facts.takenAt) - 9 * 365 * 24 * HOUR,
        id: { box: '599223313', epoch: 'b2', seq: index },
      })),
    ],
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'a second box whose clock was never set: its readings stand where they came',
    readings: told(plain, (facts, index) => ({
      ...facts,
      takenAt: index < noon ? facts.takenAt : (index - noon) * HOUR,
      id: { box: index < noon ? '411223312' : '599223313', epoch: index < noon ? 'ff' : '0a', seq: index },
    })),
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'three machines that nothing tells apart: one is counted, a person is asked',
    readings: [
      ...told(plain),
      ...told(other, (facts) => ({ ...facts, takenAt: Number(facts.takenAt) + HOUR / 3 })),
      ...told(office({ from: 540_000, hourly: 50 }), (facts) => ({
        ...facts,
        takenAt: Number(facts.takenAt) + HOUR / 2,
      })),
    ],
    pages: { E153M930272: pages(plain) },
    events: ['clash'],
    questions: ['twoMachines'],
  },
  {
    name: 'two young machines that nothing tells apart: the first reading goes to its own',
    readings: [
      ...told(office({ from: 4, hourly: 6 })),
      ...told(office({ from: 800, hourly: 60 }), (facts) => ({
        ...facts,
        takenAt: Number(facts.takenAt) + HOUR / 3,
      })),
    ],
    pages: { E153M930272: pages(office({ from: 4, hourly: 6 })) + pages(office({ from: 800, hourly: 60 })) },
    events: ['clash'],
  },
  {
    name: 'one serial number and MAC at two customers with the same addresses: their boxes tell them apart',
    readings: [
      ...told(plain, (facts, index) => ({ ...facts, id: { box: '411223312', epoch: 'a1', seq: index } })),
      ...told(plain, (facts, index) => ({
        ...facts,
        takenAt: Number(facts.takenAt) + HOUR / 2,
        all: Number(facts.all) - 400,
        id: { box: '599223313', epoch: 'b2', seq: index },
      })),
    ],
    pages: { E153M930272: 2 * pages(plain) },
    events: ['clash'],
  },
  {
    name: 'a serial number in other letters is the same machine',
    readings: told(plain, (facts, index) => ({
      ...facts,
      serial: index < noon ? 'e153M930272' : index % 2 ? 'E153M930272' : ' e153m930272 ',
    })),
    pages: { e153M930272: pages(plain) },
  },
  {
    name: 'a reading without a serial belongs to the machine of its MAC',
    readings: told(plain, (facts, index) => (index % 4 ? without(facts) : facts)),
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'a serial of blanks or zeros is none',
    readings: told(plain, (facts, index) => as({ serial: ['   ', '00000000', '', 'N/A'][index % 4] ?? '' })(facts)),
    pages: { '00:26:73:73:d6:60': pages(plain) },
  },
  {
    name: 'no serial, no MAC: the address is the device',
    readings: told(plain, nobody),
    pages: { '192.168.10.126': pages(plain) },
  },
  {
    name: 'polls that do not ask who it is belong to the machine at the address',
    readings: told(plain, (facts, index) => (index % 24 ? { ...facts, identified: false } : facts)),
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'machines that say the same in place of a serial number are told apart',
    readings: [
      ...told(plain, as({ serial: 'XXXXXXXX', mac: '00:26:73:00:00:01', address: '10.0.0.1' })),
      ...told(other, as({ serial: 'XXXXXXXX', mac: '00:26:73:00:00:02', address: '10.0.0.2' })),
    ],
    pages: { '00:26:73:00:00:01': pages(plain), '00:26:73:00:00:02': pages(other) },
  },
  {
    name: 'silent for sixty hours and back',
    readings: told(plain, (facts, index) => (index >= noon && index < noon + 60 ? null : facts)),
    pages: { E153M930272: pages(plain) },
    events: ['silent', 'back'],
  },
  {
    name: 'silent since, seen by the others that still answer',
    readings: [
      ...told(plain.slice(0, noon), as({ serial: 'X1', address: '10.0.0.1' })),
      ...told(other, as({ serial: 'X2', mac: '00:26:73:00:00:02', address: '10.0.0.2' })),
    ],
    pages: { X1: pages(plain, 0, noon - 1), X2: pages(other) },
    events: ['silent'],
  },
  {
    name: 'forty-seven hours are no silence',
    readings: told(plain, (facts, index) => (index >= noon && index < noon + 46 ? null : facts)),
    pages: { E153M930272: pages(plain) },
  },
  {
    name: 'a refused reading is no sign of life',
    readings: told(plain).map((each, index) =>
      index >= noon && index < noon + 60
        ? { ...each, counters: undefined, completeness: { state: 'unreachable' } }
        : each,
    ),
    pages: { E153M930272: pages(plain) },
    events: ['silent', 'back'],
  },
];

for (const { name, readings, pages: expected, events = [], questions = [] } of FLEETS) {
  test(`fleet: ${name}`, () => {
    const lines = linesOf(readings);
    const got = summary(lines);
    const all = Object.fromEntries(
      Object.entries(got.pages).map(([device, counts]) => [device, counts['all'] ?? null]),
    );
    assert.deepEqual(all, expected);
    assert.deepEqual(got.events.toSorted(), events.toSorted());
    assert.deepEqual(got.questions, questions);
  });
}

const eventsOf = (lines: readonly Line[], kind: EventLine['kind']) =>
  lines.filter((line): line is EventLine => line.line === 'event' && line.kind === kind);
const daysOf = (lines: readonly Line[]) =>
  Object.fromEntries(
    lines.filter((line): line is UsageLine => line.line === 'usage').map((line) => [line.day, line.all]),
  );

test('two machines that nothing tells apart, whose counts cross: one is counted, and a person is asked', () => {
  const crossing = office({ from: 82_900, hourly: 60 });
  const later = (facts: ReadingFacts) => ({ ...facts, takenAt: Number(facts.takenAt) + HOUR / 3 });
  const { pages: counted, events, questions } = summary(linesOf([...told(plain), ...told(crossing, later)]));
  assert.deepEqual({ events, questions }, { events: ['clash'], questions: ['twoMachines'] });
  assert.equal(counted['E153M930272']?.['all'], pages(plain));
});

test('events say when, whose and what', () => {
  const lines = linesOf([...told(plain.slice(0, noon), as({ serial: 'X1' })), ...told(other.slice(noon), second)]);
  assert.deepEqual(eventsOf(lines, 'replaced'), [
    {
      line: 'event',
      device: 'X1',
      at: '2026-11-05T12:00:00Z',
      kind: 'replaced',
      detail: { address: '192.168.10.126', by: 'X2' },
    },
  ]);
  assert.deepEqual(
    eventsOf(lines, 'new').map(({ device, at: moment }) => [device, moment]),
    [
      ['X1', '2026-11-02T00:00:00Z'],
      ['X2', '2026-11-05T12:00:00Z'],
    ],
  );
});

test('a question names its interval, both values and what each answer would count', () => {
  const lines = linesOf(
    told(plain, (facts, index) => ({ takenAt: facts.takenAt, all: Number(facts.all) + (index < noon ? 0 : 250_000) })),
  );
  const [before, after] = [plain[noon - 1]?.all ?? 0, (plain[noon]?.all ?? 0) + 250_000];
  assert.deepEqual(
    lines.filter((line) => line.line === 'decide'),
    [
      {
        line: 'decide',
        device: 'E153M930272',
        at: '2026-11-05T12:00:00Z',
        why: 'rose',
        from: '2026-11-05T11:00:00Z',
        to: '2026-11-05T12:00:00Z',
        counts: [
          {
            count: 'all',
            before,
            after,
            answers: [
              { answer: 'nothing', pages: 0 },
              { answer: 'difference', pages: after - before },
            ],
          },
        ],
      },
    ],
  );
});

test('days are local, also those of 23 and 25 hours', () => {
  for (const { start, day, hours } of [
    { start: Date.UTC(2026, 2, 28), day: '2026-03-29', hours: 23 },
    { start: Date.UTC(2026, 9, 24), day: '2026-10-25', hours: 25 },
  ]) {
    const readings = Array.from({ length: 24 * 4 * 2 }, (_, index) =>
      reading({ takenAt: start + index * (HOUR / 2), all: 1000 + index }),
    );
    const days = daysOf(linesOf(readings, 'Europe/Paris'));
    assert.equal(days[day], hours * 2, day);
    assert.equal(
      Object.values(days).reduce((sum: number, value) => sum + Number(value), 0),
      readings.length - 1,
    );
  }
});

test('offline over the end of a month: the nearest reading closes it', () => {
  const month = (from: number, to: number) =>
    daysOf(
      linesOf([
        ...told(office({ start: Date.UTC(2026, 8, 1), days: 29 })).slice(0, from),
        ...told(office({ start: Date.UTC(2026, 8, 1), days: 60 })).slice(to),
      ]),
    );
  const hours = office({ start: Date.UTC(2026, 8, 1), days: 60 });
  const september = (days: Record<string, unknown>) =>
    Object.entries(days)
      .filter(([day]) => day < '2026-10-01')
      .reduce((sum, [, value]) => sum + Number(value), 0);
  const early = 28 * 24;
  const late = at(35, 9);
  assert.equal(
    september(month(early, late)),
    (hours[early - 1]?.all ?? 0) - (hours[0]?.all ?? 0),
    'the last before it',
  );
  const soon = at(30, 9);
  assert.equal(september(month(at(20, 0), soon)), (hours[soon]?.all ?? 0) - (hours[0]?.all ?? 0), 'the first after it');
});

test('1970 does not move pages to another day', () => {
  const readings = told(plain, (facts, index) =>
    index >= noon && index < noon + 30 ? { ...facts, takenAt: (index - noon) * HOUR } : facts,
  );
  assert.deepEqual(daysOf(linesOf(readings)), daysOf(linesOf(told(plain))));
});
