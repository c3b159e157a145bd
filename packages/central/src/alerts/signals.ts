/** What speaks for a rule's alert, and from when to when: pure, out of what stands and what is known of the surroundings. */
import type { AlertCause, AlertCondition } from '@rsb/contract';
import { instant, isoInstant, unreachable } from '@rsb/runtime';
import type { StandingFacts, SupplyFact } from './facts.ts';

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
}

export const FOREVER = Number.MAX_SAFE_INTEGER;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Between the mark that raises and the one that clears, where the rule does not say. */
const MARGIN = 5;
/** Of a machine whose counters never come to rest, the latest. */
const MOST_EVENTS = 500;

const iso = (at: number) => isoInstant(instant(at));

/** Of a device; a rule about boxes has none here. */
export function signalsOf(when: AlertCondition, facts: StandingFacts, around: Surroundings): readonly Signal[] {
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
      const cause = { kind: 'silentMachine', since: iso(facts.lastAt) } as const;
      return [{ key: 'silent', cause, from, to: FOREVER, weak: false }];
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
        const cause = { kind: 'billing', day, since: iso(lastAt) } as const;
        return [{ key: `billing ${day}`, cause, from, to: at, weak: false }];
      });
    }
    default:
      return unreachable(when);
  }
}

export function boxSignals(when: AlertCondition, lastHeard: number | null, around: Surroundings): readonly Signal[] {
  if (when.kind !== 'silentBox' || lastHeard === null) return [];
  const from = lastHeard + (when.hours ?? around.boxSilentHours) * HOUR;
  return [{ key: 'silent', cause: { kind: 'silentBox', since: iso(lastHeard) }, from, to: FOREVER, weak: false }];
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
