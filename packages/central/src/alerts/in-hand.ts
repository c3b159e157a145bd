/**
 * What people do about what is wrong is one thing, whether they do it on the day's page or at an alert: the day's lines keep
 * it, and alerts that are about the same lines show it.
 */
import type { AlertCause, AlertStepKind } from '@rsb/contract';
import type { AlertRow } from '../store/customer-alerts.ts';
import type { AttentionRow } from '../store/customer-standings.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { subjects } from '../store/today.ts';
import { boxSubject, deviceSubject, wakeDemand } from './demands.ts';

/** A line of the day's page, and which case of it. */
export interface DayLine {
  readonly subject: string;
  readonly cause: string;
}

/** What somebody does; `until` in milliseconds. */
export type Act =
  | { readonly step: 'acknowledge' | 'unacknowledge' | 'wake' | 'clear' }
  | { readonly step: 'assign'; readonly to: string | null }
  | { readonly step: 'snooze'; readonly until: number };

export const UNTOUCHED = {
  acknowledged_by: null,
  acknowledged_at: null,
  assigned_to: null,
  assigned_by: null,
  assigned_at: null,
  snoozed_until: null,
  snoozed_by: null,
  snoozed_at: null,
} as const;

export function actedOn(before: AttentionRow, act: Act, by: string, now: number): AttentionRow {
  const awake = { snoozed_until: null, snoozed_by: null, snoozed_at: null };
  switch (act.step) {
    // Whoever takes it up is awake for it.
    case 'acknowledge':
      return { ...before, ...awake, acknowledged_by: by, acknowledged_at: now };
    case 'unacknowledge':
      return { ...before, acknowledged_by: null, acknowledged_at: null };
    case 'assign':
      return act.to === null
        ? { ...before, assigned_to: null, assigned_by: null, assigned_at: null }
        : { ...before, assigned_to: act.to, assigned_by: by, assigned_at: now };
    case 'snooze':
      return { ...before, snoozed_until: act.until, snoozed_by: by, snoozed_at: now };
    case 'wake':
      return { ...before, ...awake };
    case 'clear':
      return { cause: before.cause, ...UNTOUCHED };
  }
}

/** Lines of the day that an alert is about; none where the day's page does not show such a thing. */
export async function linesOf(store: CustomerStore, row: AlertRow): Promise<DayLine[]> {
  const causes: readonly AlertCause[] = JSON.parse(row.causes);
  const device = row.device_id as DeviceId | null;
  if (device === null) {
    const box = row.condition === 'silentBox' ? await store.boxes.find(row.agent) : undefined;
    return box ? [{ subject: subjects.box(row.agent), cause: String(box.last_heard ?? box.enrolled_at) }] : [];
  }
  if (row.condition === 'question') {
    const asked = await store.results.questions(device);
    return asked
      .filter(({ answer, why, at }) => answer === null && causes.some((each) => isQuestion(each, why, at)))
      .map(({ key, at }) => ({ subject: subjects.question(device, key), cause: String(at) }));
  }
  const standing = await store.standings.find(device);
  if (!standing) return [];
  switch (row.condition) {
    case 'state':
    case 'error': {
      const isSame = causes.some(
        (cause) =>
          (cause.kind === 'error' && cause.error === standing.trouble) ||
          (cause.kind === 'state' && cause.state === 'down' && standing.severity === 2),
      );
      return isSame ? [{ subject: subjects.trouble(device), cause: String(standing.trouble_since) }] : [];
    }
    case 'supply': {
      const low: readonly { readonly supply: string }[] = JSON.parse(standing.supplies_low);
      const isSame = causes.some(
        (cause) => cause.kind === 'supply' && low.some(({ supply }) => supply.split('#')[0] === cause.supply),
      );
      return isSame ? [{ subject: subjects.supply(device), cause: String(standing.supply_since) }] : [];
    }
    case 'silentMachine':
    case 'billing':
      return [{ subject: subjects.silent(device), cause: String(standing.read_at) }];
    default:
      return [];
  }
}

const isQuestion = (cause: AlertCause, why: string, at: number): boolean =>
  cause.kind === 'question' && cause.why === why && Math.abs(Date.parse(cause.at) - at) < 1000;

type InHand = Pick<AlertRow, 'status' | 'acknowledged_by' | 'assigned_to' | 'snoozed_until'>;

/** What an alert shows of what was done about its lines: of several, what was done about all. Undefined: it has none. */
export async function inHand(store: CustomerStore, row: AlertRow, now: number): Promise<InHand | undefined> {
  const rows: AttentionRow[] = [];
  for (const { subject, cause } of await linesOf(store, row)) {
    const known = await store.standings.findAttention(subject);
    rows.push(known?.cause === cause ? known : { cause, ...UNTOUCHED });
  }
  const [first] = rows;
  if (!first) return undefined;
  const asleep = rows.flatMap(({ snoozed_until }) =>
    snoozed_until !== null && snoozed_until > now ? [snoozed_until] : [],
  );
  const isAsleep = asleep.length === rows.length;
  const isAcknowledged = rows.every(({ acknowledged_at }) => acknowledged_at !== null);
  const isGiven = rows.every(({ assigned_to }) => assigned_to === first.assigned_to);
  return {
    status: isAsleep ? 'snoozed' : isAcknowledged ? 'acknowledged' : 'open',
    acknowledged_by: isAcknowledged ? first.acknowledged_by : null,
    assigned_to: isGiven ? first.assigned_to : null,
    snoozed_until: isAsleep ? Math.min(...asleep) : null,
  };
}

const STEPS = {
  acknowledge: 'acknowledged',
  unacknowledge: 'unacknowledged',
  assign: 'assigned',
  snooze: 'snoozed',
  wake: 'woken',
  clear: 'unacknowledged',
} as const satisfies Record<Act['step'], AlertStepKind>;

/** One act on one line, kept with who and when; alerts about the line follow, but the one that `except` names. */
export async function actOnLine(
  store: CustomerStore,
  { subject, cause }: DayLine,
  act: Act,
  who: { readonly by: string; readonly now: number; readonly except?: number },
): Promise<void> {
  const { by, now } = who;
  const known = await store.standings.findAttention(subject);
  // Another cause is another case: what was said of the last one is no longer so.
  const before: AttentionRow = known?.cause === cause ? known : { cause, ...UNTOUCHED };
  const detail = detailOf(act);
  await store.standings.saveAttention(subject, actedOn(before, act, by, now), { at: now, by, step: act.step, detail });
  for (const row of await store.alerts.liveOf(alertSubject(subject))) {
    if (row.id === who.except) continue;
    if (!(await linesOf(store, row)).some((line) => line.subject === subject && line.cause === cause)) continue;
    await show(store, row, act, who);
  }
}

/** Puts what was done about its lines into the alert, as a step of its own. */
async function show(
  store: CustomerStore,
  row: AlertRow,
  act: Act,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<void> {
  const fields = await inHand(store, row, now);
  if (!fields || (Object.keys(fields) as (keyof InHand)[]).every((name) => fields[name] === row[name])) return;
  await store.alerts.save({ ...row, ...fields, revision: row.revision + 1 });
  await store.alerts.addStep(row.id, {
    at: now,
    step: STEPS[act.step],
    by,
    given_to: act.step === 'assign' ? act.to : null,
    until: act.step === 'snooze' ? act.until : null,
  });
  // Whoever has taken it in hand need not be told of it any more.
  if (fields.status === 'acknowledged' || fields.status === 'snoozed') await store.alerts.unnotify(row.id);
  if (fields.snoozed_until !== null) await store.jobs.demand([wakeDemand(row.id, fields.snoozed_until)]);
}

const detailOf = (act: Act): string | null =>
  act.step === 'assign' ? act.to : act.step === 'snooze' ? String(act.until) : null;

/** Of whose alerts a line is: the machine's or the box's. */
function alertSubject(line: string): string {
  const [kind, id = ''] = line.split(':');
  return kind === 'box' ? boxSubject(id) : deviceSubject(Number(id) as DeviceId);
}

/** A new cause needs a person again: what was done about its lines no longer counts, but for whose they are. */
export async function needsAgain(store: CustomerStore, row: AlertRow, now: number): Promise<void> {
  for (const { subject, cause } of await linesOf(store, row)) {
    const known = await store.standings.findAttention(subject);
    if (known?.cause !== cause || (known.acknowledged_at === null && known.snoozed_until === null)) continue;
    const { assigned_to, assigned_by, assigned_at } = known;
    const row = { cause, ...UNTOUCHED, assigned_to, assigned_by, assigned_at };
    await store.standings.saveAttention(subject, row, { at: now, by: '', step: 'changed', detail: null });
  }
}
