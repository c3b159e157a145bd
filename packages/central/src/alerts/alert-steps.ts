/** The steps of an alert that central takes by itself: it opens or comes back, changes, gets easier, ends. Each is kept. */
import type { AlertCause, AlertOther, AlertRule, ResolvedReason } from '@rsb/contract';
import type { Random } from '@rsb/runtime';
import { foldText } from '../fleet/search-text.ts';
import type { AlertRow } from '../store/customer-alerts.ts';
import type { CustomerStore } from '../store/database.ts';
import { drawId } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import { wakeDemand } from './demands.ts';
import { inHand, needsAgain } from './in-hand.ts';
import type { Subject } from './subject.ts';
import type { Teller, ToldStep } from './tell.ts';

export interface ApplyNeeds {
  readonly store: CustomerStore;
  readonly about: Subject;
  readonly rules: readonly AlertRule[];
  readonly random: Random;
  readonly now: number;
  readonly teller: Teller;
}

const MINUTE = 60_000;
/** The order of lists. */
export const RANKS = { critical: 0, warning: 1, info: 2 } as const;

/** What an alert is, or is to be, open for. */
export interface OpenFault {
  readonly rule: AlertRule;
  readonly causes: readonly AlertCause[];
  readonly also: readonly string[];
}

export async function openAlert(needs: ApplyNeeds, fault: OpenFault, at: number): Promise<[AlertRow, ToldStep | null]> {
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
    await alerts.addStep(row.id, { at, step: 'reopened' });
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
  await alerts.addStep(row.id, { at, step: 'opened' });
  return [taken, taken.status === 'open' ? 'opened' : null];
}

/** Somebody may have taken it in hand on the day's page before the alert opened: nobody else needs to be told then. */
async function takenUp({ store, now }: ApplyNeeds, row: AlertRow): Promise<AlertRow> {
  const taken: AlertRow = { ...row, ...(await inHand(store, row, now)) };
  if (taken.snoozed_until !== null) await store.jobs.demand([wakeDemand(row.id, taken.snoozed_until)]);
  return taken;
}

/** A new cause needs a person again, whatever was done about the old ones. */
export async function changeAlert(needs: ApplyNeeds, row: AlertRow, fault: OpenFault, at: number): Promise<AlertRow> {
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
  await store.alerts.addStep(row.id, { at, step: 'changed' });
  return changed;
}

/** Fewer causes, or the same under another rule: what somebody did about it stays. */
export async function easeAlert(needs: ApplyNeeds, row: AlertRow, fault: OpenFault, at: number): Promise<AlertRow> {
  const eased: AlertRow = { ...row, ...factsOf(needs, fault), changed_at: at, revision: row.revision + 1 };
  await needs.store.alerts.save(eased);
  return eased;
}

export async function resolveAlert(
  { store }: ApplyNeeds,
  row: AlertRow,
  at: number,
  reason: ResolvedReason | null,
): Promise<AlertRow> {
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
  await store.alerts.addStep(row.id, { at, step: 'resolved', reason });
  return ended;
}

function factsOf({ about, rules }: ApplyNeeds, { rule, causes, also }: OpenFault) {
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
