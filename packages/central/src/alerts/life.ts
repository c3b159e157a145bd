/** What a person does about an alert: acknowledge, assign, snooze, resolve. Each step keeps who and when. */
import { type AlertChange, type AlertStepKind, type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { AlertRow } from '../store/customer-alerts.ts';
import type { CustomerStore } from '../store/database.ts';
import { storable } from '../store/storable-text.ts';
import { wakeDemand } from './demands.ts';
import { type Act, actOnLine, linesOf } from './in-hand.ts';

const YEAR = 366 * 86_400_000;
/** What happened once stays so: a person may say that nobody is needed any more. The others end by themselves. */
const ONCE: ReadonlySet<string> = new Set(['event']);

export interface PersonsChange {
  readonly change: AlertChange;
  readonly by: string;
  /** null: whatever it is. */
  readonly revision: number | null;
  readonly now: number;
  readonly isPerson: (name: string) => boolean;
}

export function changeAlert(
  outside: CustomerStore,
  id: number,
  asked: PersonsChange,
): Promise<Outcome<AlertRow, Fault>> {
  return outside.exclusively(async (store) => {
    const row = await store.alerts.find(id);
    if (!row) return failure(fault('notFound'));
    if (asked.revision !== null && asked.revision !== row.revision) return failure(fault('changedElsewhere'));
    const judged = changed(row, asked);
    if (!judged.ok) return judged;
    const { fields, step, act } = judged.value;
    // The day's lines that this alert is about first: what is done is kept there, and shown at every alert about them.
    const lines = act === null ? [] : await linesOf(store, row);
    const who = { by: storable(asked.by), now: asked.now, except: id };
    if (act !== null) for (const line of lines) await actOnLine(store, line, act, who);
    const next: AlertRow = { ...row, ...fields, revision: row.revision + 1 };
    await store.alerts.save(next);
    const note = asked.change.note?.trim() || null;
    await store.alerts.addStep(id, {
      at: asked.now,
      step,
      by: storable(asked.by),
      given_to: step === 'assigned' ? next.assigned_to : null,
      until: step === 'snoozed' ? next.snoozed_until : null,
      note: note === null ? null : storable(note),
    });
    // Whoever has taken it in hand need not be told of it any more.
    if (step !== 'assigned' && step !== 'unacknowledged' && step !== 'woken') await store.alerts.unnotify(id);
    if (next.status === 'snoozed') await store.jobs.demand([wakeDemand(id, next.snoozed_until ?? asked.now)]);
    return success(next);
  });
}

interface Judged {
  readonly fields: Partial<AlertRow>;
  readonly step: AlertStepKind;
  /** The same on the day's lines; null where those have no such thing. */
  readonly act: Act | null;
}

function changed(row: AlertRow, { change, by, now, isPerson }: PersonsChange): Outcome<Judged, Fault> {
  const asked = (['acknowledged', 'assignedTo', 'snoozedUntil', 'resolved'] as const).filter(
    (name) => change[name] !== undefined,
  );
  if (asked.length !== 1)
    return failure(fault('bodyInvalid', { detail: 'acknowledged | assignedTo | snoozedUntil | resolved' }));
  if (row.live === 0) return failure(fault('alertNotOpen'));
  if (change.acknowledged === true)
    return success({
      fields: { status: 'acknowledged', acknowledged_by: storable(by), snoozed_until: null },
      step: 'acknowledged',
      act: { step: 'acknowledge' },
    });
  if (change.acknowledged === false)
    return success({
      fields: { status: row.status === 'snoozed' ? 'snoozed' : 'open', acknowledged_by: null },
      step: 'unacknowledged',
      act: { step: 'unacknowledge' },
    });
  if (change.resolved) {
    if (!ONCE.has(row.condition)) return failure(fault('alertStillHolds'));
    return success({
      fields: { status: 'resolved', live: 0, resolved_at: now, changed_at: now, snoozed_until: null },
      step: 'resolved',
      act: null,
    });
  }
  if (change.assignedTo !== undefined) {
    const name = change.assignedTo;
    if (name !== null && !isPerson(name)) return failure(fault('personUnknown', { name }, '/assignedTo'));
    return success({ fields: { assigned_to: name }, step: 'assigned', act: { step: 'assign', to: name } });
  }
  if (change.snoozedUntil === null)
    return success({ fields: { status: statusAwake(row), snoozed_until: null }, step: 'woken', act: { step: 'wake' } });
  const until = Date.parse(change.snoozedUntil ?? '');
  if (!(until > now && until < now + YEAR)) return failure(fault('snoozeInvalid', {}, '/snoozedUntil'));
  return success({
    fields: { status: 'snoozed', snoozed_until: until },
    step: 'snoozed',
    act: { step: 'snooze', until },
  });
}

/** What it was before it was put off. */
export const statusAwake = ({ acknowledged_by }: AlertRow): AlertRow['status'] =>
  acknowledged_by === null ? 'open' : 'acknowledged';
