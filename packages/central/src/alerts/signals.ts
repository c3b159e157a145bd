/** What speaks for a rule's alert, and from when to when: pure, out of what stands and what is known of the surroundings. */
import type { AlertCause, AlertCondition, AlertRule, UnreachedHere, UnreachedRange } from '@rsb/contract';
import { instant, isoInstant, unreachable } from '@rsb/runtime';
import { shownRange, unreachedAt } from '../fleet/unreached-ranges.ts';
import type { StandingFacts, SupplyFact } from './facts.ts';
import { isWithin, type Whereabouts } from './scope.ts';

export interface Signal {
  /** The same cause has the same key each time. */
  readonly key: string;
  readonly cause: AlertCause;
  /** In force from here … */
  readonly from: number;
  /** … until before here. */
  readonly to: number;
  /** Keeps open what is open, and opens nothing: between the two marks of a hysteresis. */
  readonly weak: boolean;
}

export interface KnownEvent {
  readonly key: string;
  readonly kind: string;
  readonly at: number;
}

export interface KnownQuestion {
  readonly key: string;
  readonly why: string;
  readonly at: number;
  /** When a person answered. */
  readonly answeredAt: number | null;
}

/** Networks that a machine's box does not reach, and where the machine is in them. */
export interface Unreached {
  readonly ranges: readonly UnreachedRange[];
  readonly address: string;
  /** Where its box is, for rules that tell a range once, at the box. */
  readonly box: Whereabouts;
}

/** What rules need to know beyond readings. */
export interface Surroundings {
  readonly mark: number;
  readonly silentHours: number;
  readonly boxSilentHours: number;
  /** Until when it is known what a machine did: its box's last report, in a replay the fleet's last reading. */
  readonly heard: number;
  readonly events: readonly KnownEvent[];
  readonly questions: readonly KnownQuestion[];
  /** Ends of billing days, rising, as far as they matter. */
  readonly billingEnds: readonly { readonly day: string; readonly at: number }[];
  /** null: its box reaches all its ranges, or does not judge it. */
  readonly unreached: Unreached | null;
}

/** What a rule looks at; the rest of it is about telling. */
export type Looking = Pick<AlertRule, 'when' | 'group' | 'scope'>;

export const FOREVER = Number.MAX_SAFE_INTEGER;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Between the mark that raises and the one that clears, where the rule does not say. */
const MARGIN = 5;
/** Of a machine whose counters never come to rest, the latest. */
const MOST_EVENTS = 500;

const iso = (at: number) => isoInstant(instant(at));

/** Of a device; a rule about boxes has none here. */
export function signalsOf(rule: Looking, facts: StandingFacts, around: Surroundings): readonly Signal[] {
  const { when } = rule;
  switch (when.kind) {
    case 'state':
      return facts.state !== null && (when.states as readonly string[]).includes(facts.state)
        ? [standingSignal(`state ${facts.state}`, { kind: 'state', state: facts.state })]
        : [];
    case 'error':
      return (facts.errors ?? [])
        .filter((error) => (when.errors as readonly string[]).includes(error))
        .map((error) => standingSignal(`error ${error}`, { kind: 'error', error }));
    case 'supply':
      return (facts.supplies ?? []).flatMap((supply) => supplySignal(when, supply, around.mark));
    case 'silentMachine': {
      if (facts.lastAt === null) return [];
      const from = facts.lastAt + (when.hours ?? around.silentHours) * HOUR;
      // While its box is silent, nobody knows whether the machine is.
      if (around.heard <= from) return [];
      const unreached = unreachedOf(facts.lastAt, around);
      const cause = { kind: 'silentMachine', since: iso(facts.lastAt), ...(unreached && { unreached }) } as const;
      // What fell silent with its range is told once, at the box; what was silent before stays its own matter.
      const isTold =
        unreached !== null && Date.parse(unreached.since) < from && isToldAtBox(rule, around.unreached?.box);
      return [{ key: 'silent', cause, from, to: FOREVER, weak: isTold }];
    }
    case 'silentBox':
      return [];
    case 'event':
      return around.events
        .filter(({ kind }) => (when.events as readonly string[]).includes(kind))
        .slice(-MOST_EVENTS)
        .map(({ key, kind, at }) => ({
          key: `event ${key}`,
          cause: { kind: 'event', event: kind, at: iso(at) },
          from: at,
          to: at + when.days * DAY,
          weak: false,
        }));
    case 'question':
      return around.questions.map(({ key, why, at, answeredAt }) => ({
        key: `question ${key}`,
        cause: { kind: 'question', why, at: iso(at) },
        from: at,
        to: answeredAt ?? FOREVER,
        weak: false,
      }));
    case 'billing': {
      const { lastAt } = facts;
      if (lastAt === null) return [];
      return around.billingEnds.flatMap(({ day, at }) => {
        const from = Math.max(at - when.days * DAY, lastAt + when.hours * HOUR);
        if (from >= at) return [];
        const unreached = unreachedOf(lastAt, around);
        const cause = { kind: 'billing', day, since: iso(lastAt), ...(unreached && { unreached }) } as const;
        return [{ key: `billing ${day}`, cause, from, to: at, weak: false }];
      });
    }
    default:
      return unreachable(when);
  }
}

/** A rule about silent machines that tells them together tells a range that is not reached once: at its box. */
export const isToldAtBox = (rule: Looking, box: Whereabouts | undefined): boolean =>
  rule.when.kind === 'silentMachine' && rule.group !== 'machine' && box !== undefined && isWithin(rule, box);

const unreachedOf = (lastAt: number, { unreached }: Surroundings): UnreachedHere | null =>
  unreached && unreachedAt(unreached.ranges, { address: unreached.address, lastAt });

type BoxHours = Pick<Surroundings, 'silentHours' | 'boxSilentHours'>;

export function boxSignals(
  when: AlertCondition,
  lastHeard: number | null,
  hours: BoxHours,
  ranges: readonly UnreachedRange[],
): readonly Signal[] {
  if (lastHeard === null) return [];
  if (when.kind === 'silentBox') {
    const from = lastHeard + (when.hours ?? hours.boxSilentHours) * HOUR;
    return [{ key: 'silent', cause: { kind: 'silentBox', since: iso(lastHeard) }, from, to: FOREVER, weak: false }];
  }
  if (when.kind !== 'silentMachine') return [];
  return ranges.flatMap((unreached): Signal[] => {
    const from = Date.parse(unreached.since) + (when.hours ?? hours.silentHours) * HOUR;
    // As of a machine: since its box is silent, nobody knows.
    if (lastHeard <= from) return [];
    return [
      {
        key: `unreached ${unreached.range}`,
        cause: { kind: 'unreached', ...shownRange(unreached) },
        from,
        to: FOREVER,
        weak: false,
      },
    ];
  });
}

const standingSignal = (key: string, cause: AlertCause): Signal => ({
  key,
  cause,
  from: Number.MIN_SAFE_INTEGER,
  to: FOREVER,
  weak: false,
});

type SupplyCondition = Extract<AlertCondition, { kind: 'supply' }>;

function supplySignal(when: SupplyCondition, supply: SupplyFact, mark: number): Signal[] {
  const { types, colors } = when;
  if (types.length > 0 && !(types as readonly string[]).includes(supply.type)) return [];
  if (colors.length > 0 && !(colors as readonly (string | null)[]).includes(supply.color)) return [];
  const force = forceOf(supply, when.raiseAt ?? mark, when);
  if (force === 'none') return [];
  const { type, color, percent, state } = supply;
  const name = color === null ? type : `${type}/${color}`;
  const cause = { kind: 'supply', supply: name, type, color, percent, state } as const;
  return [{ ...standingSignal(`supply ${name} ${supply.index}`, cause), weak: force === 'weak' }];
}

function forceOf({ percent, state }: SupplyFact, raiseAt: number, when: SupplyCondition): 'strong' | 'weak' | 'none' {
  const clearAt = Math.max(raiseAt + 1, when.clearAt ?? Math.min(100, raiseAt + MARGIN));
  if (percent !== null) return percent <= raiseAt ? 'strong' : percent < clearAt ? 'weak' : 'none';
  switch (state) {
    case 'empty':
    case 'full':
      return 'strong';
    case 'low':
      return raiseAt > 0 ? 'strong' : 'none';
    // What is not told has not changed.
    case 'unknown':
      return 'weak';
    default:
      return 'none';
  }
}
