/** From what rules say to alerts: opened, changed, reopened, resolved, each step kept, and told in the same transaction. */
import type { AlertCause, AlertOther, AlertRule } from '@rsb/contract';
import { type Random, unreachable } from '@rsb/runtime';
import { foldText } from '../fleet/search-text.ts';
import type { AlertRow } from '../store/customer-alerts.ts';
import type { CustomerStore } from '../store/database.ts';
import { drawId } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import { wakeDemand } from './demands.ts';
import { isOpen } from './evaluate.ts';
import { type FaultTransition, type OwnedFaults, ownersOf } from './faults.ts';
import { inHand, needsAgain } from './in-hand.ts';
import type { Subject } from './subject.ts';
import { type Teller, type ToldStep, tell } from './tell.ts';
import { standingOf, type Watch } from './watch.ts';

export interface ApplyNeeds {
  readonly store: CustomerStore;
  readonly about: Subject;
  readonly rules: readonly AlertRule[];
  readonly random: Random;
  readonly now: number;
  readonly teller: Teller;
}

const MINUTE = 60_000;
const RANKS = { critical: 0, warning: 1, info: 2 } as const;
/** Of a past that arrives all at once, the last steps of each rule are enough. */
const MOST_TRANSITIONS = 20;

export async function applyTransitions(
  needs: ApplyNeeds,
  transitions: readonly FaultTransition[],
  watch: Watch,
): Promise<void> {
  const { store, about, rules } = needs;
  const live = new Map((await store.alerts.liveOf(about.subject)).map((row) => [row.rule_id, row]));
  /** What is told of an alert when all has come to rest: its last step. */
  const told = new Map<number, Told>();
  for (const transition of transitions.slice(-MOST_TRANSITIONS * Math.max(1, rules.length))) {
    const done = await applyOne(needs, transition, live);
    if (!done) continue;
    const before = told.get(done.row.id);
    told.set(done.row.id, { ...done, step: stepOf(before?.step, done.step), was: before ? before.was : done.was });
  }
  await settle(needs, ownersOf(rules, standingOf(rules, watch)), watch, live, told);
  for (const { row, rule, step, was } of told.values()) {
    const hasEnded = row.live === 0;
    // What opened and ended since the last look, nobody needs to hear of; and another alert tells what was merged into it.
    if (hasEnded && (was === null || step !== 'resolved')) await store.alerts.unnotify(row.id);
    else if (step !== null) await tell(needs.teller, store, about, rule, row, step, was?.severity ?? null);
  }
}

interface Told {
  readonly row: AlertRow;
  readonly rule: AlertRule;
  /** null: nothing that somebody needs to hear. */
  readonly step: ToldStep | null;
  /** As it stood before this look; null where it was not open. */
  readonly was: AlertRow | null;
}

const stepOf = (before: ToldStep | null | undefined, next: ToldStep | null): ToldStep | null =>
  next === null || (next === 'changed' && (before === 'opened' || before === 'reopened')) ? (before ?? null) : next;

async function applyOne(
  needs: ApplyNeeds,
  { kind, rule, from, at, causes, also }: FaultTransition,
  live: Map<string, AlertRow>,
): Promise<Told | null> {
  const row = live.get(rule.id) ?? null;
  const fault = { rule, causes, also };
  switch (kind) {
    case 'resolved':
    case 'merged': {
      live.delete(rule.id);
      if (!row) return null;
      const ended = await resolve(needs, row, at, kind === 'merged' ? 'partOf' : null);
      return { row: ended, rule, step: kind === 'merged' ? null : 'resolved', was: row };
    }
    case 'moved': {
      const moving = row ? null : live.get(from ?? '');
      if (!moving) return openOrChange(needs, fault, at, row, live);
      live.delete(from ?? '');
      // A rule that only says it more exactly is no news; one that is graver, or a new cause, is.
      const isNews = isGraver(rule, moving) || hasNewCause(causes, moving);
      const moved = await (isNews ? change(needs, moving, fault, at) : ease(needs, moving, fault, at));
      live.set(rule.id, moved);
      return { row: moved, rule, step: isNews ? 'changed' : null, was: moving };
    }
    case 'eased': {
      if (!row) return null;
      const eased = await ease(needs, row, fault, at);
      live.set(rule.id, eased);
      return { row: eased, rule, step: null, was: row };
    }
    case 'opened':
    case 'changed':
      return openOrChange(needs, fault, at, row, live);
    default:
      return unreachable(kind);
  }
}

const isGraver = ({ severity }: AlertRule, row: AlertRow): boolean => RANKS[severity] < row.rank;
const hasNewCause = (causes: readonly AlertCause[], row: AlertRow): boolean => {
  const known = knownCauses(row);
  return causes.some((cause) => !known.some((each) => sameCause(each, cause)));
};
const knownCauses = (row: AlertRow): readonly AlertCause[] => JSON.parse(row.causes);
const sameCause = (one: AlertCause, other: AlertCause): boolean =>
  one.kind === 'supply' && other.kind === 'supply'
    ? one.supply === other.supply
    : JSON.stringify(one) === JSON.stringify(other);

async function openOrChange(
  needs: ApplyNeeds,
  fault: Fault,
  at: number,
  row: AlertRow | null,
  live: Map<string, AlertRow>,
): Promise<Told> {
  const { rule } = fault;
  if (row) {
    const changed = await change(needs, row, fault, at);
    live.set(rule.id, changed);
    return { row: changed, rule, step: 'changed', was: row };
  }
  const [opened, step] = await open(needs, fault, at);
  live.set(rule.id, opened);
  return { row: opened, rule, step, was: null };
}

/** Alerts that no rule stands for any more, because rules changed since: ended, or handed to the rule that has the fault now. */
async function settle(
  needs: ApplyNeeds,
  owners: ReadonlyMap<string, OwnedFaults>,
  watch: Watch,
  live: Map<string, AlertRow>,
  told: Map<number, Told>,
): Promise<void> {
  const { store, rules, now } = needs;
  for (const [id, row] of [...live]) {
    if (owners.has(id)) continue;
    live.delete(id);
    const rule = rules.find((each) => each.id === id);
    const state = watch.rules[id];
    const heir = heirOf(row, owners, live);
    if (heir) {
      const eased = await ease(needs, row, heir, now);
      live.set(heir.rule.id, eased);
      const before = told.get(row.id);
      if (before) told.set(row.id, { ...before, row: eased, rule: heir.rule });
      continue;
    }
    if (!rule) {
      await resolve(needs, row, now, 'ruleGone');
      // Nobody is told: the dealer himself took the rule away.
      await store.alerts.unnotify(row.id);
      told.delete(row.id);
      continue;
    }
    const isHeld = state !== undefined && isOpen(state);
    const ended = await resolve(needs, row, now, isHeld ? 'partOf' : 'ruleChanged');
    told.set(ended.id, { row: ended, rule, step: isHeld ? null : 'resolved', was: row });
  }
}

/** The rule that has one of these causes now and no alert for it yet. */
function heirOf(row: AlertRow, owners: ReadonlyMap<string, OwnedFaults>, live: ReadonlyMap<string, AlertRow>) {
  for (const { rule, causes: standing, also } of owners.values()) {
    const causes = standing.map(({ cause }) => cause);
    if (!live.has(rule.id) && knownCauses(row).some((one) => causes.some((other) => sameCause(one, other))))
      return { rule, causes, also };
  }
  return undefined;
}

interface Fault {
  readonly rule: AlertRule;
  readonly causes: readonly AlertCause[];
  readonly also: readonly string[];
}

async function open(needs: ApplyNeeds, fault: Fault, at: number): Promise<[AlertRow, ToldStep | null]> {
  const { store, about, random } = needs;
  const { alerts } = store;
  const { rule } = fault;
  const ended =
    rule.reopenMinutes > 0
      ? await alerts.endedSince(about.subject, rule.id, at - rule.reopenMinutes * MINUTE)
      : undefined;
  const fresh = factsOf(needs, fault);
  if (ended) {
    const { id: _id, opened_at: _openedAt, ...rest } = ended;
    const row: AlertRow = {
      ...rest,
      ...fresh,
      id: ended.id,
      opened_at: ended.opened_at,
      status: 'open',
      live: 1,
      changed_at: at,
      resolved_at: null,
      acknowledged_by: null,
      snoozed_until: null,
      revision: ended.revision + 1,
    };
    const taken = await takenUp(needs, row);
    await alerts.save(taken);
    await alerts.addStep(row.id, { at, step: 'reopened', by: null, note: null });
    return [taken, taken.status === 'open' ? 'reopened' : null];
  }
  const row: AlertRow = {
    id: drawId(random),
    ...fresh,
    status: 'open',
    live: 1,
    opened_at: at,
    changed_at: at,
    resolved_at: null,
    acknowledged_by: null,
    assigned_to: null,
    snoozed_until: null,
    revision: 1,
  };
  const taken = await takenUp(needs, row);
  await alerts.add(taken);
  await alerts.addStep(row.id, { at, step: 'opened', by: null, note: null });
  return [taken, taken.status === 'open' ? 'opened' : null];
}

/** Somebody may have taken it in hand on the day's page before the alert opened: nobody else needs to be told then. */
async function takenUp({ store, now }: ApplyNeeds, row: AlertRow): Promise<AlertRow> {
  const taken: AlertRow = { ...row, ...(await inHand(store, row, now)) };
  if (taken.snoozed_until !== null) await store.jobs.demand([wakeDemand(row.id, taken.snoozed_until)]);
  return taken;
}

/** A new cause needs a person again, whatever was done about the old ones. */
async function change(needs: ApplyNeeds, row: AlertRow, fault: Fault, at: number): Promise<AlertRow> {
  const { store } = needs;
  const changed: AlertRow = {
    ...row,
    ...factsOf(needs, fault),
    status: 'open',
    acknowledged_by: null,
    snoozed_until: null,
    changed_at: at,
    revision: row.revision + 1,
  };
  await store.alerts.save(changed);
  await needsAgain(store, changed, needs.now);
  await store.alerts.addStep(row.id, { at, step: 'changed', by: null, note: null });
  return changed;
}

/** Fewer causes, or the same under another rule: what somebody did about it stays. */
async function ease(needs: ApplyNeeds, row: AlertRow, fault: Fault, at: number): Promise<AlertRow> {
  const eased: AlertRow = { ...row, ...factsOf(needs, fault), changed_at: at, revision: row.revision + 1 };
  await needs.store.alerts.save(eased);
  return eased;
}

async function resolve({ store }: ApplyNeeds, row: AlertRow, at: number, note: string | null): Promise<AlertRow> {
  const ended: AlertRow = {
    ...row,
    status: 'resolved',
    live: 0,
    changed_at: at,
    resolved_at: at,
    snoozed_until: null,
    revision: row.revision + 1,
  };
  await store.alerts.save(ended);
  await store.alerts.addStep(row.id, { at, step: 'resolved', by: null, note });
  return ended;
}

function factsOf({ about, rules }: ApplyNeeds, { rule, causes, also }: Fault) {
  const words = [about.label, about.model, about.serviceId, about.customerName, about.agent];
  const others = also.flatMap((id): AlertOther[] => {
    const other = rules.find((each) => each.id === id);
    return other ? [{ rule: other.id, ruleName: other.name, condition: other.when.kind }] : [];
  });
  return {
    subject: about.subject,
    device_id: about.device,
    agent: about.agent,
    rule_id: rule.id,
    rule_name: rule.name === null ? null : storable(rule.name),
    condition: rule.when.kind,
    severity: rule.severity,
    rank: RANKS[rule.severity],
    causes: storable(JSON.stringify(causes)),
    also: storable(JSON.stringify(others)),
    label: about.label,
    model: about.model,
    service_id: about.serviceId,
    search: foldText(words.filter((word) => word !== null).join(' ')),
  };
}
