/** Alert rules over time: what opens, what ends, and that nothing flaps, whatever a machine tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertRule } from '@rsb/contract';
import fc from 'fast-check';
import type { ReadingFacts, SupplyFact } from '../../src/alerts/facts.ts';
import { DEFAULT_RULES } from '../../src/alerts/rule-set.ts';
import type { Surroundings } from '../../src/alerts/signals.ts';
import { NO_WATCH, type TimedFacts, type Watch, watchOn } from '../../src/alerts/watch.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.parse('2026-11-02T08:00:00Z');
const at = (hours: number) => START + hours * HOUR;

const base = DEFAULT_RULES[0] as AlertRule;
const rule = (when: AlertRule['when'], own: Partial<AlertRule> = {}): AlertRule => ({ ...base, id: 'r', when, ...own });
const toner = (percent: number | null, state = 'ok', index = '1.1'): SupplyFact => ({
  index,
  type: 'toner',
  color: index === '1.1' ? 'black' : 'cyan',
  percent,
  state,
});
const told = (facts: Partial<ReadingFacts>): ReadingFacts => ({ state: null, errors: null, supplies: null, ...facts });
const around = (now: number, own: Partial<Surroundings> = {}): Surroundings => ({
  mark: 10,
  silentHours: 48,
  boxSilentHours: 24,
  heard: now,
  events: [],
  questions: [],
  billingEnds: [],
  unreached: null,
  ...own,
});
const hourly = (facts: readonly ReadingFacts[]): TimedFacts[] =>
  facts.map((each, hour) => ({ at: at(hour), told: each }));
const levels = (...percents: (number | null)[]) =>
  hourly(percents.map((percent) => told({ supplies: [toner(percent, percent === null ? 'unknown' : 'ok')] })));
const errors = (...lists: string[][]) => hourly(lists.map((list) => told({ errors: list })));

function lines(
  rules: AlertRule | readonly AlertRule[],
  readings: readonly TimedFacts[],
  until: number,
  own: Partial<Surroundings> = {},
) {
  const { transitions } = watchOn(NO_WATCH, readings, [rules].flat(), around(until, own), until);
  return transitions
    .filter(({ kind }) => kind !== 'eased')
    .map(({ kind, at: moment }) => [kind, (moment - START) / HOUR]);
}

const supplyRule = (own: Partial<AlertRule> = {}, raiseAt: number | null = null, clearAt: number | null = null) =>
  rule({ kind: 'supply', types: [], colors: [], raiseAt, clearAt }, own);
const jam = (own: Partial<AlertRule> = {}) => rule({ kind: 'error', errors: ['jammed'] }, own);
const silent = rule({ kind: 'silentMachine', hours: null });

const CASES: readonly [
  string,
  AlertRule,
  readonly TimedFacts[],
  number,
  readonly (readonly [string, number])[],
  Partial<Surroundings>?,
][] = [
  [
    'a level falls to the mark and is replaced',
    supplyRule(),
    levels(12, 11, 10, 9, 100),
    5,
    [
      ['opened', 2],
      ['resolved', 4],
    ],
  ],
  [
    'a level that jitters about the mark opens once',
    supplyRule(),
    levels(11, 10, 11, 10, 12, 10, 14, 9),
    8,
    [['opened', 1]],
  ],
  [
    'the second mark ends it',
    supplyRule(),
    levels(10, 14, 15),
    3,
    [
      ['opened', 0],
      ['resolved', 2],
    ],
  ],
  [
    'marks of the rule’s own',
    supplyRule({}, 20, 60),
    levels(20, 59, 60, 21, 20),
    5,
    [
      ['opened', 0],
      ['resolved', 2],
      ['opened', 4],
    ],
  ],
  [
    'a level that is not told for a while changes nothing',
    supplyRule(),
    levels(9, null, null, 9, 50),
    5,
    [
      ['opened', 0],
      ['resolved', 4],
    ].map(([k, h]) => [k as string, h as number] as const),
  ],
  [
    'states without percents',
    supplyRule(),
    hourly(['ok', 'low', 'someRemaining', 'empty', 'ok'].map((state) => told({ supplies: [toner(null, state)] }))),
    5,
    [
      ['opened', 1],
      ['resolved', 2],
      ['opened', 3],
      ['resolved', 4],
    ],
  ],
  [
    'a second toner is one alert that changed',
    supplyRule(),
    hourly([
      told({ supplies: [toner(9), toner(50, 'ok', '1.2')] }),
      told({ supplies: [toner(9), toner(8, 'ok', '1.2')] }),
      told({ supplies: [toner(90), toner(8, 'ok', '1.2')] }),
      told({ supplies: [toner(90), toner(80, 'ok', '1.2')] }),
    ]),
    4,
    [
      ['opened', 0],
      ['changed', 1],
      ['resolved', 3],
    ],
  ],
  [
    'a jam of one reading is nobody’s business where two are asked for',
    jam({ hold: { minutes: 0, readings: 2 } }),
    errors([], ['jammed'], [], ['jammed'], ['jammed'], []),
    6,
    [
      ['opened', 4],
      ['resolved', 5],
    ],
  ],
  [
    'a delay in minutes is over between two readings',
    jam({ hold: { minutes: 90, readings: 1 } }),
    errors(['jammed'], ['jammed'], ['jammed'], []),
    4,
    [
      ['opened', 1.5],
      ['resolved', 3],
    ],
  ],
  [
    'what is gone before its delay is over never opens',
    jam({ hold: { minutes: 61, readings: 1 } }),
    errors(['jammed'], [], ['jammed'], []),
    6,
    [],
  ],
  [
    'an end that has to last',
    jam({ clear: { minutes: 120, readings: 2 } }),
    errors(['jammed'], [], ['jammed'], [], [], []),
    8,
    [
      ['opened', 0],
      ['resolved', 5],
    ],
  ],
  [
    'a reading without a status is no reading of it',
    jam({ hold: { minutes: 0, readings: 2 } }),
    hourly([told({ errors: ['jammed'] }), told({ supplies: [] }), told({ supplies: [] })]),
    3,
    [],
  ],
  [
    'an unknown state has not got better',
    rule({ kind: 'state', states: ['down'] }),
    hourly([told({ state: 'down' }), told({}), told({ state: 'idle' })]),
    3,
    [
      ['opened', 0],
      ['resolved', 2],
    ],
  ],
  [
    'silent, and back',
    silent,
    [...hourly([told({}), told({})]), { at: at(100), told: told({}) }],
    101,
    [
      ['opened', 49],
      ['resolved', 100],
    ],
  ],
  ['silent until now', silent, hourly([told({})]), 60, [['opened', 48]]],
  ['while the box is silent nobody knows', silent, hourly([told({})]), 100, [], { heard: at(10) }],
  [
    'what happened once ends by itself',
    rule({ kind: 'event', events: ['counterReset'], days: 2 }),
    hourly([told({})]),
    200,
    [
      ['opened', 5],
      ['changed', 30],
      ['resolved', 78],
    ],
    {
      events: [
        { key: 'a', kind: 'counterReset', at: at(5) },
        { key: 'x', kind: 'moved', at: at(6) },
        { key: 'b', kind: 'counterReset', at: at(30) },
      ],
    },
  ],
  [
    'a question stands until it is answered',
    rule({ kind: 'question' }),
    hourly([told({})]),
    50,
    [
      ['opened', 3],
      ['resolved', 20],
    ],
    { questions: [{ key: 'q', why: 'fell', at: at(3), answeredAt: at(20) }] },
  ],
  [
    'missing before the billing day, until the reading comes',
    rule({ kind: 'billing', days: 3, hours: 24 }),
    [...hourly([told({})]), { at: at(80), told: told({}) }],
    90,
    [
      ['opened', 28],
      ['resolved', 80],
    ],
    { billingEnds: [{ day: '2026-11-05', at: at(100) }] },
  ],
  [
    'missing before the billing day, and the day is over',
    rule({ kind: 'billing', days: 3, hours: 24 }),
    hourly([told({})]),
    300,
    [
      ['opened', 48],
      ['resolved', 120],
    ],
    { billingEnds: [{ day: '2026-11-07', at: at(120) }] },
  ],
];

for (const [name, ruled, readings, until, expected, own] of CASES) {
  test(name, () => assert.deepEqual(lines(ruled, readings, at(until), own), expected));
}

test('the cases are these', () => {
  assert.equal(new Set(CASES.map(([name]) => name)).size, 20);
  const kinds = new Set(CASES.map(([, { when }]) => when.kind));
  assert.deepEqual([...kinds].sort(), ['billing', 'error', 'event', 'question', 'silentMachine', 'state', 'supply']);
});

const anyReading = fc.record({
  gap: fc.oneof(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 1000, max: 6000 })),
  state: fc.constantFrom('idle', 'down', 'printing', 'unknown'),
  errors: fc.option(fc.subarray(['jammed', 'serviceRequested', 'lowPaper'])),
  percents: fc.option(fc.array(fc.option(fc.integer({ min: 0, max: 30 })), { minLength: 2, maxLength: 2 })),
});
const anyHistory = fc.array(anyReading, { minLength: 1, maxLength: 60 }).map((list) => {
  let moment = START;
  return list.map(({ gap, state, errors: own, percents }): TimedFacts => {
    moment += gap * MINUTE;
    const supplies = percents?.map((percent, index) => toner(percent, 'unknown', `1.${index + 1}`));
    return { at: moment, told: { state: state === 'unknown' ? null : state, errors: own, supplies: supplies ?? null } };
  });
});
const anyWait = fc.record({ minutes: fc.integer({ min: 0, max: 600 }), readings: fc.integer({ min: 1, max: 4 }) });
const anyRules = fc
  .record({
    hold: anyWait,
    clear: anyWait,
    raiseAt: fc.integer({ min: 0, max: 20 }),
    margin: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ hold, clear, raiseAt, margin }): AlertRule[] => [
    { ...supplyRule({ hold, clear }, raiseAt, raiseAt + margin), id: 'supply' },
    { ...jam({ hold, clear }), id: 'jam' },
    { ...rule({ kind: 'state', states: ['down'] }, { hold, clear }), id: 'down' },
    { ...rule({ kind: 'silentMachine', hours: 20 }, { hold, clear }), id: 'silent' },
    { ...rule({ kind: 'event', events: ['moved'], days: 1 }, { hold, clear }), id: 'event' },
  ]);
const anyEvents = fc
  .array(fc.integer({ min: 0, max: 3000 }), { maxLength: 10 })
  .map((list) => list.map((minutes, index) => ({ key: String(index), kind: 'moved', at: START + minutes * MINUTE })));

test('for any history, openings and endings of a rule alternate, rise in time and respect the delays', () => {
  let opened = 0;
  fc.assert(
    fc.property(anyHistory, anyRules, anyEvents, (readings, rules, events) => {
      const until = (readings.at(-1)?.at ?? START) + 30 * HOUR;
      const { transitions } = watchOn(NO_WATCH, readings, rules, around(until, { events }), until);
      const open = new Set<string>();
      let last = Number.NEGATIVE_INFINITY;
      for (const { kind, at: moment, rule: own, from } of transitions) {
        assert.ok(moment >= last && moment <= until);
        last = moment;
        assert.equal(open.has(own.id), kind !== 'opened' && kind !== 'moved', `${kind} ${own.id}`);
        if (kind === 'moved') assert.ok(open.delete(from ?? ''));
        if (kind === 'resolved' || kind === 'merged') open.delete(own.id);
        else open.add(own.id);
        if (kind === 'opened') opened += 1;
        // A jam says more than that the machine stands still, and is as grave here: it has the alert as long as it lasts.
        const jam = rules.find(({ id }) => id === 'jam');
        assert.ok(jam);
        if (own.id === 'jam' && (kind === 'opened' || kind === 'moved')) assertHeld(readings, moment, jam, true);
        if ((own.id === 'jam' && kind === 'resolved') || from === 'jam') assertHeld(readings, moment, jam, false);
        assert.ok(!(open.has('jam') && open.has('down')), 'one fault, one alert');
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(opened > 200, `only ${opened} alerts opened`);
});

/** Going back from a moment, the machine said the same for as long and as often as the rule asks. */
function assertHeld(
  readings: readonly TimedFacts[],
  moment: number,
  { hold, clear }: AlertRule,
  jammed: boolean,
): void {
  const wait = jammed ? hold : clear;
  const own = readings.filter(({ at: read, told: { errors: list } }) => read <= moment && list !== null).reverse();
  const until = own.findIndex(({ told: { errors: list } }) => (list ?? []).includes('jammed') !== jammed);
  const same = until === -1 ? own : own.slice(0, until);
  assert.ok(same.length >= wait.readings, `${same.length} readings of ${wait.readings}`);
  assert.ok(moment - (same.at(-1)?.at ?? moment) >= wait.minutes * MINUTE);
}

test('read at once or a reading at a time, with looks in between, is the same', () => {
  fc.assert(
    fc.property(
      anyHistory,
      anyRules,
      fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 20 }),
      (readings, all, looks) => {
        // Whether a machine is silent depends on what is known at the time; the rest does not.
        const rules = all.filter(({ id }) => id !== 'silent' && id !== 'event');
        const until = (readings.at(-1)?.at ?? START) + 30 * HOUR;
        const whole = watchOn(NO_WATCH, readings, rules, around(until), until);
        let watch: Watch = NO_WATCH;
        const found: unknown[] = [];
        const moments = looks.map((minutes) => START + minutes * MINUTE * 10);
        const go = (part: readonly TimedFacts[], now: number) => {
          const watched = watchOn(watch, part, rules, around(now), now);
          watch = JSON.parse(JSON.stringify(watched.watch));
          for (const { rule: own, kind, at: moment } of watched.transitions) found.push([moment, own.id, kind]);
        };
        const steps = [
          ...readings.map((reading) => ({ now: reading.at, part: [reading] })),
          ...moments
            .filter((now) => now > (readings[0]?.at ?? 0) && now < until)
            .map((now) => ({ now, part: [] as TimedFacts[] })),
        ].sort((one, other) => one.now - other.now || other.part.length - one.part.length);
        for (const { now, part } of steps) go(part, now);
        go([], until);
        const sorted = (list: unknown[]) => list.map((each) => JSON.stringify(each)).sort();
        assert.deepEqual(
          sorted(found),
          sorted(whole.transitions.map(({ rule: own, kind, at: moment }) => [moment, own.id, kind])),
        );
      },
    ),
    { numRuns: 150 },
  );
});
