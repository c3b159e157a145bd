/** One fault, one alert: which of several rules has it, and what happens as faults come and go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertCause, AlertRule } from '@rsb/contract';
import fc from 'fast-check';
import { faultsOver, type StandingCause, type StandingChange } from '../../src/alerts/faults.ts';
import { DEFAULT_RULES } from '../../src/alerts/rule-set.ts';

const base = DEFAULT_RULES[0] as AlertRule;
const everywhere = base.scope;
const rule = (id: string, severity: AlertRule['severity'], when: AlertRule['when'], own: Partial<AlertRule> = {}) => ({
  ...base,
  id,
  severity,
  when,
  ...own,
});
const cause = (key: string): StandingCause => {
  const [kind = '', name = ''] = key.split(' ');
  const made: Record<string, AlertCause> = {
    state: { kind: 'state', state: name },
    error: { kind: 'error', error: name },
    supply: { kind: 'supply', supply: name, type: 'toner', color: name, percent: 3, state: 'ok' },
    silent: { kind: 'silentMachine', since: '2026-11-01T00:00:00Z' },
    billing: { kind: 'billing', day: '2026-11-30', since: '2026-11-01T00:00:00Z' },
    event: { kind: 'event', event: name, at: '2026-11-01T00:00:00Z' },
    question: { kind: 'question', why: 'jump', at: '2026-11-01T00:00:00Z' },
  };
  return { key, cause: made[kind] as AlertCause };
};

const down = rule('down', 'critical', { kind: 'state', states: ['down'] });
const call = rule('call', 'critical', { kind: 'error', errors: ['serviceRequested', 'markerSupplyMissing'] });
const jam = rule('jam', 'warning', { kind: 'error', errors: ['jammed'] });
const anyError = rule('any', 'warning', { kind: 'error', errors: ['jammed', 'doorOpen', 'serviceRequested'] });
const jamHere = rule(
  'jamHere',
  'warning',
  { kind: 'error', errors: ['jammed'] },
  { scope: { ...everywhere, customers: ['7'] } },
);
const low = rule('low', 'warning', { kind: 'supply', types: [], colors: [], raiseAt: null, clearAt: null });
const lowest = rule('lowest', 'critical', { kind: 'supply', types: [], colors: [], raiseAt: 3, clearAt: null });
const silent = rule('silent', 'warning', { kind: 'silentMachine', hours: null });
const billing = rule('billing', 'warning', { kind: 'billing', days: 3, hours: 48 });
const reset = rule('reset', 'warning', { kind: 'event', events: ['counterReset'], days: 7 });

type Step = readonly [at: number, rule: AlertRule, ...keys: string[]];

const CASES: readonly [string, readonly AlertRule[], readonly Step[], readonly string[]][] = [
  [
    'down and its reason in one reading',
    [down, call],
    [
      [1, down, 'state down'],
      [1, call, 'error serviceRequested'],
      [2, down],
      [2, call],
    ],
    ['1 opened call also down', '2 resolved call'],
  ],
  [
    'first down, then why: the alert goes on',
    [down, call],
    [
      [1, down, 'state down'],
      [2, call, 'error serviceRequested'],
      [3, call],
      [4, down],
    ],
    ['1 opened down', '2 moved down>call also down', '3 moved call>down', '4 resolved down'],
  ],
  [
    'first the reason, then down',
    [down, call],
    [
      [1, call, 'error serviceRequested'],
      [2, down, 'state down'],
      [3, down],
      [3, call],
    ],
    ['1 opened call', '2 changed call also down', '3 resolved call'],
  ],
  [
    'a jam that stops the machine becomes graver, and is a jam again afterwards',
    [down, jam],
    [
      [1, jam, 'error jammed'],
      [2, down, 'state down'],
      [3, down],
      [4, jam],
    ],
    ['1 opened jam', '2 moved jam>down also jam', '3 resolved down', '3 opened jam', '4 resolved jam'],
  ],
  [
    'two errors of a machine that runs are two faults',
    [call, jam],
    [
      [1, call, 'error serviceRequested'],
      [1, jam, 'error jammed'],
      [2, jam],
    ],
    ['1 opened call', '1 opened jam', '2 resolved jam'],
  ],
  [
    'two errors of a machine that stands still are one',
    [down, call, jam],
    [
      [1, down, 'state down'],
      [1, call, 'error serviceRequested'],
      [1, jam, 'error jammed'],
      [2, down],
      [2, call],
      [2, jam],
    ],
    ['1 opened call also down,jam', '2 resolved call'],
  ],
  [
    'the machine stops: what was open apart is one',
    [down, call, jam],
    [
      [1, call, 'error serviceRequested'],
      [1, jam, 'error jammed'],
      [2, down, 'state down'],
      [3, down],
    ],
    ['1 opened call', '1 opened jam', '2 merged jam', '2 changed call also down,jam', '3 eased call', '3 opened jam'],
  ],
  [
    'two rules for one error: the narrower has it',
    [anyError, jam],
    [
      [1, anyError, 'error jammed'],
      [1, jam, 'error jammed'],
      [2, anyError],
      [2, jam],
    ],
    ['1 opened jam also any', '2 resolved jam'],
  ],
  [
    'two rules for one error: the one for this customer has it',
    [jam, jamHere],
    [
      [1, jam, 'error jammed'],
      [1, jamHere, 'error jammed'],
    ],
    ['1 opened jamHere also jam'],
  ],
  [
    'a wide rule keeps what the narrow one does not name',
    [anyError, jam],
    [
      [1, anyError, 'error doorOpen', 'error jammed'],
      [1, jam, 'error jammed'],
      [2, anyError, 'error jammed'],
    ],
    ['1 opened any', '1 opened jam also any', '2 resolved any'],
  ],
  [
    'a supply falls to the second mark',
    [low, lowest],
    [
      [1, low, 'supply black'],
      [2, lowest, 'supply black'],
      [3, low],
      [3, lowest],
    ],
    ['1 opened low', '2 moved low>lowest also low', '3 resolved lowest'],
  ],
  [
    'only one of two supplies does',
    [low, lowest],
    [
      [1, low, 'supply black', 'supply cyan'],
      [2, lowest, 'supply black'],
      [3, lowest],
      [3, low, 'supply cyan'],
    ],
    ['1 opened low', '2 eased low', '2 opened lowest also low', '3 resolved lowest'],
  ],
  [
    'silent, and then before the billing day: one fault that now matters',
    [silent, billing],
    [
      [1, silent, 'silent'],
      [2, billing, 'billing 2026-11-30'],
      [3, billing],
      [4, silent],
    ],
    ['1 opened silent', '2 moved silent>billing also silent', '3 moved billing>silent', '4 resolved silent'],
  ],
  [
    'an event and a supply have nothing to do with each other',
    [reset, low],
    [
      [1, reset, 'event a'],
      [1, low, 'supply black'],
      [2, reset, 'event a', 'event b'],
    ],
    ['1 opened reset', '1 opened low', '2 changed reset'],
  ],
];

const words = (transitions: ReturnType<typeof faultsOver>): string[] =>
  transitions.map(({ at, kind, rule: { id }, from, also }) =>
    [at, kind, from === undefined ? id : `${from}>${id}`, ...(also.length > 0 ? ['also', also.join()] : [])].join(' '),
  );
const changes = (steps: readonly Step[]): StandingChange[] =>
  steps.map(([at, own, ...keys]) => ({ at, rule: own, standing: keys.map(cause) }));

let told = 0;
for (const [name, rules, steps, expected] of CASES)
  test(name, () => {
    assert.deepEqual(words(faultsOver(rules, new Map(), changes(steps))), expected);
    told += 1;
  });
test('every case was told', () => assert.equal(told, CASES.length));

const ALL = [down, call, jam, anyError, jamHere, low, lowest, silent, billing, reset];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  down: ['state down'],
  call: ['error serviceRequested', 'error markerSupplyMissing'],
  jam: ['error jammed'],
  any: ['error jammed', 'error doorOpen', 'error serviceRequested'],
  jamHere: ['error jammed'],
  low: ['supply black', 'supply cyan'],
  lowest: ['supply black', 'supply cyan'],
  silent: ['silent'],
  billing: ['billing 2026-11-30'],
  reset: ['event a', 'event b'],
};
const anyChange = fc.integer({ min: 0, max: ALL.length - 1 }).chain((index) => {
  const own = ALL[index] as AlertRule;
  return fc.record({
    rule: fc.constant(own),
    standing: fc.subarray([...(KEYS[own.id] ?? [])]).map((keys) => keys.map(cause)),
    at: fc.integer({ min: 1, max: 20 }),
  });
});

test('whatever comes and goes, each standing cause is told by exactly one open alert', () => {
  let looked = 0;
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 25 }), fc.integer({ min: 0, max: 20 }), (drawn, cut) => {
      const all = drawn.toSorted((one, other) => one.at - other.at);
      const open = new Map<string, readonly AlertCause[]>();
      for (const { kind, rule: own, from, causes } of faultsOver(ALL, new Map(), all)) {
        assert.equal(open.has(own.id), kind !== 'opened' && kind !== 'moved', kind);
        if (kind === 'moved') assert.ok(open.delete(from ?? ''));
        if (kind === 'resolved' || kind === 'merged') open.delete(own.id);
        else open.set(own.id, causes);
      }
      const standing = new Map(all.map((each) => [each.rule.id, each.standing]));
      const wanted = new Set([...standing.values()].flatMap((own) => own.map((each) => JSON.stringify(each.cause))));
      const found = [...open.values()].flatMap((own) => own.map((each) => JSON.stringify(each)));
      assert.deepEqual(found.sort(), [...wanted].sort());
      looked += 1;
      // Looked at in two parts, the same alerts come of it.
      const [first, second] = [all.filter(({ at }) => at <= cut), all.filter(({ at }) => at > cut)];
      const between = new Map(first.map((each) => [each.rule.id, each.standing]));
      assert.deepEqual(
        words([...faultsOver(ALL, new Map(), first), ...faultsOver(ALL, between, second)]),
        words(faultsOver(ALL, new Map(), all)),
      );
    }),
    { numRuns: 1500 },
  );
  assert.ok(looked >= 1500);
});
