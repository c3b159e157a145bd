/**
 * One fault, one alert. Several rules may fit the same fault: a machine that stands still says so and says why, two rules may
 * name the same error. The gravest rule has the alert, of equally grave ones the most exact; the others are held as `also`
 * and open nothing. Pure.
 */
import type { AlertCause, AlertRule } from '@rsb/contract';

/** What a rule's alert would be open for. */
export interface StandingCause {
  readonly key: string;
  readonly cause: AlertCause;
}

/** What stands for each rule, by its id. */
export type StandingByRule = ReadonlyMap<string, readonly StandingCause[]>;

/** From `at` on these stand for the rule. */
export interface StandingChange {
  readonly at: number;
  readonly rule: AlertRule;
  readonly standing: readonly StandingCause[];
}

export interface FaultTransition {
  readonly at: number;
  /**
   * `changed`: a new cause, which needs a person. `eased`: fewer causes, or other words for them. `moved`: the alert of
   * `from` goes on as this rule's. `merged`: another rule's alert, open already, tells it too.
   */
  readonly kind: 'opened' | 'changed' | 'eased' | 'moved' | 'merged' | 'resolved';
  readonly rule: AlertRule;
  readonly from?: string;
  readonly causes: readonly AlertCause[];
  /** Rules that this fault fits too. */
  readonly also: readonly string[];
}

const RANKS = { critical: 2, warning: 1, info: 0 } as const;

interface Candidate extends StandingCause {
  readonly rule: AlertRule;
  /** In the list of rules. */
  readonly place: number;
}

export interface OwnedFaults {
  readonly rule: AlertRule;
  readonly faults: readonly string[];
  readonly causes: readonly StandingCause[];
  readonly also: readonly string[];
}

/** Which rule has which faults. */
export function ownersOf(rules: readonly AlertRule[], standing: StandingByRule): ReadonlyMap<string, OwnedFaults> {
  const candidates = rules.flatMap((rule, place): Candidate[] =>
    (standing.get(rule.id) ?? []).map((each) => ({ ...each, rule, place })),
  );
  const isDown = candidates.some(({ cause }) => cause.kind === 'state' && cause.state === 'down');
  const faults = Map.groupBy(candidates, (each) => faultOf(each, isDown));
  const owners = new Map<string, { rule: AlertRule; faults: string[]; causes: StandingCause[]; also: Set<string> }>();
  for (const [fault, own] of faults) {
    const [first, ...others] = own.sort(gravestFirst);
    if (!first) continue;
    const { rule } = first;
    const owned = owners.get(rule.id) ?? { rule, faults: [], causes: [], also: new Set() };
    owners.set(rule.id, owned);
    owned.faults.push(fault);
    for (const { key, cause, rule: its } of [first, ...others]) {
      if (!owned.causes.some((known) => known.key === key)) owned.causes.push({ key, cause });
      if (its.id !== rule.id) owned.also.add(its.id);
    }
  }
  const place = new Map(rules.map(({ id }, index) => [id, index]));
  return new Map(
    [...owners]
      .sort(([one], [other]) => (place.get(one) ?? 0) - (place.get(other) ?? 0))
      .map(([id, { also, causes, ...owned }]) => [
        id,
        {
          ...owned,
          causes: causes.sort((one, other) => (one.key < other.key ? -1 : 1)),
          also: [...also].sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0)),
        },
      ]),
  );
}

/** While a machine stands still, its errors are why it does. That it is not read is one fault, whenever it matters. */
function faultOf({ key, cause }: StandingCause, isDown: boolean): string {
  switch (cause.kind) {
    case 'state':
      return cause.state === 'down' ? 'stands still' : key;
    case 'error':
      return isDown ? 'stands still' : key;
    case 'silentMachine':
    case 'billing':
      return 'not read';
    default:
      return key;
  }
}

function gravestFirst(one: Candidate, other: Candidate): number {
  return (
    RANKS[other.rule.severity] - RANKS[one.rule.severity] ||
    exactness(other.rule) - exactness(one.rule) ||
    breadth(one.rule) - breadth(other.rule) ||
    one.place - other.place
  );
}

/** An error says more than that the machine stands still; a place or a model says more than everywhere. */
function exactness({ when, scope }: AlertRule): number {
  const condition = when.kind === 'error' || when.kind === 'billing' ? 1 : 0;
  const named = (list: readonly string[]) => (list.length > 0 ? 1 : 0);
  const where = named(scope.agencies) + 2 * named(scope.customers) + 4 * named(scope.sites) + 8 * named(scope.groups);
  return 100 * condition + where + 16 * named(scope.models);
}

/** How much a condition takes in: the narrower one is the more exact. */
function breadth({ when }: AlertRule): number {
  switch (when.kind) {
    case 'state':
      return when.states.length;
    case 'error':
      return when.errors.length;
    case 'event':
      return when.events.length;
    case 'supply':
      return (when.raiseAt ?? 100) + (when.types.length === 0 ? 100 : 0) + (when.colors.length === 0 ? 100 : 0);
    case 'silentMachine':
    case 'silentBox':
    case 'billing':
      return -(when.hours ?? 0);
    case 'question':
      return 0;
  }
}

/** What the alerts of a subject go through while these changes come, in order of time. */
export function faultsOver(
  rules: readonly AlertRule[],
  before: StandingByRule,
  changes: readonly StandingChange[],
): FaultTransition[] {
  const standing = new Map(before);
  const transitions: FaultTransition[] = [];
  let owners = ownersOf(rules, standing);
  for (const [at, own] of Map.groupBy(changes, (change) => change.at)) {
    const known = new Set([...standing.values()].flatMap((causes) => causes.map(({ key }) => key)));
    for (const { rule, standing: now } of own) standing.set(rule.id, now);
    const next = ownersOf(rules, standing);
    transitions.push(...between(owners, next, known, at));
    owners = next;
  }
  return transitions;
}

type Owners = ReadonlyMap<string, OwnedFaults>;

function between(before: Owners, after: Owners, known: ReadonlySet<string>, at: number): FaultTransition[] {
  const ended: FaultTransition[] = [];
  const going: FaultTransition[] = [];
  const taken = new Set<string>();
  for (const [id, now] of after) {
    const { rule, also } = now;
    const causes = now.causes.map(({ cause }) => cause);
    const isNews = now.causes.some(({ key }) => !known.has(key));
    const was = before.get(id);
    if (was) {
      if (isNews) going.push({ at, kind: 'changed', rule, causes, also });
      else if (!isSame(was, now)) going.push({ at, kind: 'eased', rule, causes, also });
      continue;
    }
    const from = [...before.values()].find(
      (each) =>
        !after.has(each.rule.id) &&
        !taken.has(each.rule.id) &&
        shares(each, now) &&
        // What is left of a fault is another alert: whoever is told of grave ones alone is told of their end.
        RANKS[each.rule.severity] <= RANKS[rule.severity],
    );
    if (from) taken.add(from.rule.id);
    going.push(
      from ? { at, kind: 'moved', rule, from: from.rule.id, causes, also } : { at, kind: 'opened', rule, causes, also },
    );
  }
  for (const [id, { rule, causes: last }] of before) {
    if (after.has(id) || taken.has(id)) continue;
    const isTold = [...after.values()].some(
      (each) =>
        RANKS[each.rule.severity] >= RANKS[rule.severity] &&
        each.causes.some(({ key }) => last.some((one) => one.key === key)),
    );
    ended.push({ at, kind: isTold ? 'merged' : 'resolved', rule, causes: last.map(({ cause }) => cause), also: [] });
  }
  return [...ended, ...going];
}

const shares = (one: OwnedFaults, other: OwnedFaults): boolean =>
  one.faults.some((fault) => other.faults.includes(fault)) ||
  one.causes.some(({ key }) => other.causes.some((each) => each.key === key));

const isSame = (one: OwnedFaults, other: OwnedFaults): boolean =>
  one.also.join() === other.also.join() &&
  one.causes.map(({ key }) => key).join('\n') === other.causes.map(({ key }) => key).join('\n');
