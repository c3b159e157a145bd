/** All rules at one machine: readings in order, then time, each rule with a state of its own. Pure. */
import type { AlertRule } from '@rsb/contract';
import {
  type Advanced,
  NEW_STATE,
  nextMoment,
  passTo,
  type RuleState,
  standingCauses,
  stepAt,
  type Transition,
} from './evaluate.ts';
import { type ReadingFacts, type StandingFacts, standing } from './facts.ts';
import { type FaultTransition, faultsOver, type StandingByRule, type StandingChange } from './faults.ts';
import { type Signal, type Surroundings, signalsOf } from './signals.ts';

export interface Watch {
  readonly facts: StandingFacts;
  /** By rule. */
  readonly rules: Readonly<Record<string, RuleState>>;
}

export interface TimedFacts {
  readonly at: number;
  readonly told: ReadingFacts;
}

export interface Watched {
  readonly watch: Watch;
  /** Of the subject's alerts: one for each fault. */
  readonly transitions: readonly FaultTransition[];
  /** When something may change by time alone. */
  readonly next: number | null;
}

/** Which part of a reading counts as a reading for a rule; null: any. */
const PART_OF: Readonly<Record<AlertRule['when']['kind'], 'state' | 'errors' | 'supplies' | null>> = {
  state: 'state',
  error: 'errors',
  supply: 'supplies',
  silentMachine: null,
  silentBox: null,
  event: null,
  question: null,
  billing: null,
};
/** Rules that are about the history: a reading by itself says nothing to them. */
const OF_HISTORY: ReadonlySet<string> = new Set(['event', 'question', 'silentBox']);

/** Readings in time, then until `now`. */
export function watchOn(
  before: Watch,
  readings: readonly TimedFacts[],
  rules: readonly AlertRule[],
  around: Surroundings,
  now: number,
): Watched {
  const changes: StandingChange[] = [];
  const states: Record<string, RuleState> = {};
  let next: number | null = null;
  for (const rule of rules) {
    const ruled = ruleOn(rule, before.rules[rule.id] ?? NEW_STATE, before.facts, readings, around, now);
    states[rule.id] = ruled.state;
    for (const { at, standing: now } of ruled.transitions) changes.push({ at, rule, standing: now });
    if (ruled.next !== null && (next === null || ruled.next < next)) next = ruled.next;
  }
  let facts = before.facts;
  for (const { at, told } of readings) facts = standing(facts, told, at);
  changes.sort((one, other) => one.at - other.at);
  return { watch: { facts, rules: states }, transitions: faultsOver(rules, standingOf(rules, before), changes), next };
}

/** What stands for each rule, as its state says. */
export const standingOf = (rules: readonly AlertRule[], { rules: states }: Pick<Watch, 'rules'>): StandingByRule =>
  new Map(rules.map(({ id }) => [id, standingCauses(states[id] ?? NEW_STATE)]));

function ruleOn(
  rule: AlertRule,
  start: RuleState,
  factsBefore: StandingFacts,
  readings: readonly TimedFacts[],
  around: Surroundings,
  now: number,
): Advanced & { readonly next: number | null } {
  let state = start;
  let facts = factsBefore;
  let signals: readonly Signal[] = signalsOf(rule, facts, around);
  const transitions: Transition[] = [];
  const take = (advanced: Advanced) => {
    state = advanced.state;
    for (const transition of advanced.transitions) transitions.push(transition);
  };
  if (!OF_HISTORY.has(rule.when.kind)) {
    const part = PART_OF[rule.when.kind];
    let told: ReadingFacts | null = null;
    for (const reading of readings) {
      const before = facts;
      facts = standing(facts, reading.told, reading.at);
      // A machine that answers before it counts as silent ends no silence: there is none.
      if (isHeardInTime(rule, state, before, reading.at, around)) {
        state = { ...state, at: Math.max(state.at, reading.at) };
        signals = NOT_ASKED;
        continue;
      }
      if (signals === NOT_ASKED) signals = signalsOf(rule, before, around);
      // The same words again, with nothing under way: nothing can change.
      if (part !== null && told === reading.told && isAtRest(state) && before.lastAt !== null) continue;
      told = reading.told;
      if (state.at < reading.at - 1 && state.at !== Number.MIN_SAFE_INTEGER)
        take(passTo(rule, state, signals, reading.at - 1));
      signals = signalsOf(rule, facts, around);
      take(stepAt(rule, state, signals, reading.at, part === null || reading.told[part] !== null));
    }
    // A machine that a rule sees for the first time is judged from its last reading on.
    if (signals === NOT_ASKED) signals = signalsOf(rule, facts, around);
  }
  if (state.at === Number.MIN_SAFE_INTEGER) {
    const first = OF_HISTORY.has(rule.when.kind) ? firstMoment(signals, now) : (facts.lastAt ?? now);
    state = { ...state, at: Math.min(first, now) - 1 };
    take(stepAt(rule, state, signals, Math.min(first, now), false));
  }
  take(passTo(rule, state, signals, now));
  take(stepAt(rule, state, signals, now, false));
  return { state, transitions, next: nextMoment(rule, state, signals) };
}

/** In place of signals that nobody needs: most machines answer most of the time. */
const NOT_ASKED: readonly Signal[] = [];
const HOUR = 3_600_000;

function isHeardInTime(
  { when }: AlertRule,
  { causes, at }: RuleState,
  { lastAt }: StandingFacts,
  heardAt: number,
  { silentHours }: Surroundings,
): boolean {
  if (when.kind !== 'silentMachine' || lastAt === null || at === Number.MIN_SAFE_INTEGER) return false;
  for (const _ in causes) return false;
  return heardAt < lastAt + (when.hours ?? silentHours) * HOUR;
}

const isAtRest = ({ causes }: RuleState): boolean => {
  for (const key in causes) if (causes[key]?.phase !== 'active') return false;
  return true;
};

const firstMoment = (signals: readonly Signal[], now: number): number =>
  signals.reduce((first, { from }) => Math.min(first, from), now);

/** Rules and facts as they are kept: what is not known any more is left out. */
export const NO_WATCH: Watch = { facts: { state: null, errors: null, supplies: null, lastAt: null }, rules: {} };
