/**
 * One rule at one machine over time. Pure: the same signals at the same moments give the same openings and endings, in
 * production as in a replay. An alert is open while any cause of it is; nothing opens twice, nothing ends twice.
 */
import type { AlertCause, AlertRule } from '@rsb/contract';
import type { StandingCause } from './faults.ts';
import type { Signal } from './signals.ts';

/** `rising`: seen, not yet long enough. `active`: the alert is open for it. `clearing`: gone, not yet long enough. */
export type Phase = 'rising' | 'active' | 'clearing';

export interface CauseState {
  readonly phase: Phase;
  readonly since: number;
  /** Readings that said so since then. */
  readonly readings: number;
  readonly cause: AlertCause;
}

export interface RuleState {
  /** Up to here all is judged. */
  readonly at: number;
  readonly causes: Readonly<Record<string, CauseState>>;
}

/** What speaks for the alert from a moment on: nothing where it is over. */
export interface Transition {
  readonly at: number;
  readonly standing: readonly StandingCause[];
}

export interface Advanced {
  readonly state: RuleState;
  readonly transitions: readonly Transition[];
}

type Waits = Pick<AlertRule, 'hold' | 'clear' | 'when'>;

export const NEW_STATE: RuleState = { at: Number.MIN_SAFE_INTEGER, causes: {} };

const MINUTE = 60_000;
/** Conditions that begin and end by the clock: readings do not count for or against them. */
const BY_CLOCK: ReadonlySet<string> = new Set(['silentMachine', 'silentBox', 'event', 'question', 'billing']);

export const isOpen = ({ causes }: RuleState): boolean => Object.values(causes).some(isStanding);
const isStanding = ({ phase }: CauseState): boolean => phase !== 'rising';
export const standingCauses = ({ causes }: RuleState): StandingCause[] =>
  Object.keys(causes)
    .sort()
    .flatMap((key) => {
      const cause = causes[key];
      return cause && isStanding(cause) ? [{ key, cause: cause.cause }] : [];
    });

/** Time goes on to `until` (itself included) while what stands stays. */
export function passTo(rule: Waits, state: RuleState, signals: readonly Signal[], until: number): Advanced {
  let current = state;
  const transitions: Transition[] = [];
  while (current.at < until) {
    const next = nextMoment(rule, current, signals);
    if (next === null || next > until) break;
    const stepped = stepAt(rule, current, signals, next, false);
    current = stepped.state;
    transitions.push(...stepped.transitions);
  }
  return { state: { ...current, at: Math.max(current.at, until) }, transitions };
}

/**
 * The signals of a moment, and what follows from them. `isReading`: the machine told this part just now. A moment before what
 * is judged already counts as now: the past of alerts is not rewritten.
 */
export function stepAt(
  rule: Waits,
  state: RuleState,
  signals: readonly Signal[],
  moment: number,
  isReading: boolean,
): Advanced {
  const at = Math.max(moment, state.at);
  const counted = isReading ? 1 : 0;
  const causes: Record<string, CauseState> = {};
  const inForce = new Set<string>();
  for (const signal of signals) {
    if (signal.from > at || signal.to <= at || inForce.has(signal.key)) continue;
    const known = state.causes[signal.key];
    const next = seen(known, signal, at, counted);
    inForce.add(signal.key);
    if (!next) continue;
    const settled =
      next.phase === 'rising' && isOver(rule, 'hold', next, at) ? ({ ...next, phase: 'active' } as const) : next;
    causes[signal.key] = settled;
  }
  for (const [key, known] of Object.entries(state.causes)) {
    if (inForce.has(key) || known.phase === 'rising') continue;
    const next: CauseState =
      known.phase === 'active'
        ? { ...known, phase: 'clearing', since: at, readings: counted }
        : { ...known, readings: known.readings + counted };
    if (!isOver(rule, 'clear', next, at)) causes[key] = next;
  }
  const after: RuleState = { at, causes };
  const standing = standingCauses(after);
  const isSame = keysOf(standing) === keysOf(standingCauses(state));
  return { state: after, transitions: isSame ? [] : [{ at, standing }] };
}

const keysOf = (standing: readonly StandingCause[]): string => standing.map(({ key }) => key).join('\n');

function seen(known: CauseState | undefined, signal: Signal, at: number, counted: number): CauseState | null {
  const { cause, weak } = signal;
  if (!known || known.phase === 'rising') {
    if (weak) return null;
    return known
      ? { ...known, cause, readings: known.readings + counted }
      : { phase: 'rising', since: Math.max(signal.from, startOf(signal, at)), readings: Math.max(1, counted), cause };
  }
  return known.phase === 'active' ? { ...known, cause } : { phase: 'active', since: at, readings: counted, cause };
}

/** What the clock began has held since then; what a reading told, since it was read. */
const startOf = (signal: Signal, at: number): number =>
  signal.from === Number.MIN_SAFE_INTEGER ? at : Math.min(signal.from, at);

function isOver(rule: Waits, wait: 'hold' | 'clear', { since, readings }: CauseState, at: number): boolean {
  const { minutes, readings: least } = rule[wait];
  return at - since >= minutes * MINUTE && (BY_CLOCK.has(rule.when.kind) || readings >= least);
}

/** When something may change without a word from the machine; null: not by time alone. */
export function nextMoment(rule: Waits, state: RuleState, signals: readonly Signal[]): number | null {
  let next = Number.POSITIVE_INFINITY;
  const consider = (moment: number) => {
    if (moment > state.at && moment < next) next = moment;
  };
  for (const { key, from, to } of signals) {
    consider(from);
    if (state.causes[key] || from <= state.at) consider(to);
  }
  for (const { phase, since } of Object.values(state.causes)) {
    if (phase === 'rising') consider(since + rule.hold.minutes * MINUTE);
    if (phase === 'clearing') consider(since + rule.clear.minutes * MINUTE);
  }
  return next < Number.MAX_SAFE_INTEGER ? next : null;
}
