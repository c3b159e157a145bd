/** From what rules say to alerts: opened, changed, reopened, resolved, each step kept, and told in the same transaction. */
import type { AlertCause, AlertRule } from '@rsb/contract';
import type { Random } from '@rsb/runtime';
import type { AlertRow } from '../store/customer-alerts.ts';
import type { CustomerStore } from '../store/database.ts';
import { type DeviceId, drawId } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import { isOpen } from './evaluate.ts';
import { type Teller, type ToldStep, tell } from './tell.ts';
import type { RuleTransition, Watch } from './watch.ts';

export interface Subject {
  readonly subject: string;
  readonly device: DeviceId | null;
  readonly agent: string;
  readonly label: string;
  readonly model: string | null;
  readonly serviceId: string | null;
  readonly customerName: string;
  readonly zone: string;
}

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
  transitions: readonly RuleTransition[],
  watch: Watch,
): Promise<void> {
  const { store, about, rules } = needs;
  const live = new Map((await store.alerts.liveOf(about.subject)).map((row) => [row.rule_id, row]));
  const byRule = Map.groupBy(transitions, ({ rule }) => rule.id);
  for (const rule of rules) {
    const state = watch.rules[rule.id];
    const own = (byRule.get(rule.id) ?? []).slice(-MOST_TRANSITIONS);
    const before = live.get(rule.id);
    let row = before;
    let last: ToldStep | null = null;
    for (const transition of own) {
      const [next, step] = await applyOne(needs, rule, row, transition);
      row = next;
      last = step ?? last;
    }
    // The rule was changed: what it says now does not hold here.
    if (row?.live === 1 && state && !isOpen(state)) {
      row = await resolve(needs, row, needs.now, 'ruleChanged');
      last = 'resolved';
    }
    const isLive = row?.live === 1;
    if (row && last && (isLive || before))
      await tell(needs.teller, store, about, rule, row, isLive && last === 'resolved' ? 'changed' : last);
  }
  const known = new Set(rules.map(({ id }) => id));
  for (const row of live.values()) {
    if (known.has(row.rule_id)) continue;
    // Nobody is told: the dealer himself took the rule away.
    await resolve(needs, row, needs.now, 'ruleGone');
    await store.alerts.unnotify(row.id);
  }
}

async function applyOne(
  needs: ApplyNeeds,
  rule: AlertRule,
  row: AlertRow | undefined,
  { kind, at, causes }: RuleTransition,
): Promise<[AlertRow | undefined, ToldStep | null]> {
  if (kind === 'resolved') return row?.live === 1 ? [await resolve(needs, row, at, null), 'resolved'] : [row, null];
  if (row?.live === 1) {
    const changed = await change(needs, row, rule, at, causes);
    return [changed, kind === 'changed' ? 'changed' : null];
  }
  return open(needs, rule, at, causes);
}

async function open(
  { store, about, random }: ApplyNeeds,
  rule: AlertRule,
  at: number,
  causes: readonly AlertCause[],
): Promise<[AlertRow, ToldStep]> {
  const { alerts } = store;
  const ended =
    rule.reopenMinutes > 0
      ? await alerts.endedSince(about.subject, rule.id, at - rule.reopenMinutes * MINUTE)
      : undefined;
  const fresh = factsOf(about, rule, causes);
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
    await alerts.save(row);
    await alerts.addStep(row.id, { at, step: 'reopened', by: null, note: null });
    return [row, 'reopened'];
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
  await alerts.add(row);
  await alerts.addStep(row.id, { at, step: 'opened', by: null, note: null });
  return [row, 'opened'];
}

/** A new cause needs a person again, whatever was done about the old ones. */
async function change(
  { store, about }: ApplyNeeds,
  row: AlertRow,
  rule: AlertRule,
  at: number,
  causes: readonly AlertCause[],
): Promise<AlertRow> {
  const changed: AlertRow = {
    ...row,
    ...factsOf(about, rule, causes),
    status: 'open',
    acknowledged_by: null,
    snoozed_until: null,
    changed_at: at,
    revision: row.revision + 1,
  };
  await store.alerts.save(changed);
  await store.alerts.addStep(row.id, { at, step: 'changed', by: null, note: null });
  return changed;
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

function factsOf(about: Subject, rule: AlertRule, causes: readonly AlertCause[]) {
  const words = [about.label, about.model, about.serviceId, about.customerName, about.agent];
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
    also: '[]',
    label: about.label,
    model: about.model,
    service_id: about.serviceId,
    search: words
      .filter((word) => word !== null)
      .join('\n')
      .toLowerCase(),
  };
}
