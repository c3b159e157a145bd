/** From what rules say to alerts: opened, changed, reopened, resolved, each step kept, and told in the same transaction. */
import type { AlertCause, AlertRule } from '@rsb/contract';
import { unreachable } from '@rsb/runtime';
import type { AlertRow } from '../store/customer-alerts.ts';
import { storable } from '../store/storable-text.ts';
import {
  type ApplyNeeds,
  changeAlert,
  easeAlert,
  type OpenFault,
  openAlert,
  RANKS,
  resolveAlert,
} from './alert-steps.ts';
import { isOpen } from './evaluate.ts';
import { type FaultTransition, type OwnedFaults, ownersOf } from './faults.ts';
import { type ToldStep, tell } from './tell.ts';
import { standingOf, type Watch } from './watch.ts';

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
  const owners = ownersOf(rules, standingOf(rules, watch));
  await settle(needs, owners, watch, live, told);
  await sayAnew(needs, owners, live, told);
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
      const ended = await resolveAlert(needs, row, at, kind === 'merged' ? 'partOf' : null);
      return { row: ended, rule, step: kind === 'merged' ? null : 'resolved', was: row };
    }
    case 'moved': {
      const moving = row ? null : live.get(from ?? '');
      if (!moving) return openOrChange(needs, fault, at, row, live);
      live.delete(from ?? '');
      // A rule that only says it more exactly is no news; one that is graver, or a new cause, is.
      const isNews = isGraver(rule, moving) || hasNewCause(causes, moving);
      const moved = await (isNews ? changeAlert(needs, moving, fault, at) : easeAlert(needs, moving, fault, at));
      live.set(rule.id, moved);
      return { row: moved, rule, step: isNews ? 'changed' : null, was: moving };
    }
    case 'eased': {
      if (!row) return null;
      const eased = await easeAlert(needs, row, fault, at);
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
function sameCause(one: AlertCause, other: AlertCause): boolean {
  if (one.kind === 'supply' && other.kind === 'supply') return one.supply === other.supply;
  // Why it is silent is known later, and may change.
  if (one.kind === 'silentMachine' && other.kind === 'silentMachine') return one.since === other.since;
  if (one.kind === 'billing' && other.kind === 'billing') return one.day === other.day;
  return JSON.stringify(one) === JSON.stringify(other);
}

async function openOrChange(
  needs: ApplyNeeds,
  fault: OpenFault,
  at: number,
  row: AlertRow | null,
  live: Map<string, AlertRow>,
): Promise<Told> {
  const { rule } = fault;
  if (row) {
    const changed = await changeAlert(needs, row, fault, at);
    live.set(rule.id, changed);
    return { row: changed, rule, step: 'changed', was: row };
  }
  const [opened, step] = await openAlert(needs, fault, at);
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
      const eased = await easeAlert(needs, row, heir, now);
      live.set(heir.rule.id, eased);
      const before = told.get(row.id);
      if (before) told.set(row.id, { ...before, row: eased, rule: heir.rule });
      continue;
    }
    if (!rule) {
      await resolveAlert(needs, row, now, 'ruleGone');
      // Nobody is told: the dealer himself took the rule away.
      await store.alerts.unnotify(row.id);
      told.delete(row.id);
      continue;
    }
    const isHeld = state !== undefined && isOpen(state);
    const ended = await resolveAlert(needs, row, now, isHeld ? 'partOf' : 'ruleChanged');
    told.set(ended.id, { row: ended, rule, step: isHeld ? null : 'resolved', was: row });
  }
}

/** The same causes in today's words: a level that fell on, a network that was lost meanwhile. No step, and no news. */
async function sayAnew(
  needs: ApplyNeeds,
  owners: ReadonlyMap<string, OwnedFaults>,
  live: Map<string, AlertRow>,
  told: Map<number, Told>,
): Promise<void> {
  for (const [id, row] of live) {
    const owned = owners.get(id);
    if (!owned) continue;
    const causes = storable(JSON.stringify(owned.causes.map(({ cause }) => cause)));
    if (causes === row.causes) continue;
    const said = { ...row, causes };
    await needs.store.alerts.save(said);
    live.set(id, said);
    const before = told.get(row.id);
    if (before) told.set(row.id, { ...before, row: said });
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
