/** Who is told of a step of an alert, and when: rows of the outbox, in the transaction of the step itself. */
import type { AlertCause, AlertChannel, AlertOther, AlertRule } from '@rsb/contract';
import { instant, isoInstant, type Random } from '@rsb/runtime';
import type { AlertRow } from '../store/customer-alerts.ts';
import type { CustomerStore } from '../store/database.ts';
import { drawId } from '../store/identifiers.ts';
import { nextTimeOfDay, quietUntil } from './local-times.ts';
import type { Subject } from './subject.ts';

export type ToldStep = 'opened' | 'changed' | 'reopened' | 'resolved';

/** What a channel is told of one step of one alert; a webhook's receiver sees exactly this. */
export interface ToldLine {
  /** The same step has the same id, however often it is sent. */
  readonly event: string;
  readonly step: ToldStep;
  readonly at: string;
  readonly alert: string;
  readonly rule: string;
  readonly ruleName: string | null;
  readonly condition: string;
  readonly severity: AlertRow['severity'];
  readonly customer: string;
  readonly customerName: string;
  readonly box: string;
  readonly device: string | null;
  readonly label: string;
  readonly model: string | null;
  readonly serviceId: string | null;
  readonly causes: readonly AlertCause[];
  /** Other rules that the fault fits: nobody is told of them by themselves. */
  readonly also: readonly AlertOther[];
}

export interface KnownChannel {
  readonly id: number;
  readonly channel: AlertChannel;
}

export interface Teller {
  readonly channels: readonly KnownChannel[];
  readonly random: Random;
  readonly now: number;
}

/** Alerts that open together are told together: so long a channel waits for more of the same group. */
const GATHER = 60_000;

export async function tell(
  { channels, random, now }: Teller,
  store: CustomerStore,
  about: Subject,
  rule: AlertRule,
  row: AlertRow,
  step: ToldStep,
  /** How grave it was before, where it was open. */
  severityBefore: AlertRow['severity'] | null = null,
): Promise<void> {
  const waiting = await store.alerts.unnotify(row.id);
  // What nobody was told of needs no end either.
  const untold = new Set(
    waiting.filter(({ line }) => isBeginning(JSON.parse(line).step)).map(({ channel }) => channel),
  );
  const quiet = rule.quiet && quietUntil(rule.quiet, about.zone, now);
  const line: ToldLine = {
    event: `${row.id}-${row.revision}`,
    step,
    at: isoInstant(instant(row.changed_at)),
    alert: String(row.id),
    rule: rule.id,
    ruleName: rule.name,
    condition: rule.when.kind,
    severity: row.severity,
    customer: String(store.id),
    customerName: about.customerName,
    box: about.agent,
    device: about.device === null ? null : String(about.device),
    label: about.label,
    model: about.model,
    serviceId: about.serviceId,
    causes: JSON.parse(row.causes),
    also: JSON.parse(row.also),
  };
  const rows = channels.flatMap(({ id, channel }) => {
    if (!isFor(channel, row, String(store.id))) return [];
    if (step === 'resolved' && (!channel.tellResolved || untold.has(id))) return [];
    // What waits still is told with what it has become since.
    const isFirst = untold.has(id) || (severityBefore !== null && !takes(channel, severityBefore));
    const told = step === 'changed' && isFirst ? { ...line, step: 'opened' as const } : line;
    return [
      {
        id: drawId(random),
        channel_id: id,
        alert_id: row.id,
        made_at: now,
        ready_at: readyAt(channel, rule, quiet, now),
        group_key: groupOf(channel, rule, line),
        line: JSON.stringify(told),
      },
    ];
  });
  await store.alerts.notify(rows);
}

const isBeginning = (step: unknown): boolean => step === 'opened' || step === 'reopened';

const takes = ({ severities }: Pick<AlertChannel, 'severities'>, severity: AlertRow['severity']): boolean =>
  severities.length === 0 || severities.includes(severity);

function isFor({ on, severities, customers }: AlertChannel, row: AlertRow, customer: string): boolean {
  return on && takes({ severities }, row.severity) && (customers.length === 0 || customers.includes(customer));
}

function readyAt(channel: AlertChannel, rule: AlertRule, quiet: number | null, now: number): number {
  const from = Math.max(now, quiet ?? now);
  if (channel.kind === 'mail' && channel.when === 'daily')
    return nextTimeOfDay(channel.zone, channel.dailyAt, from - 1);
  return quiet === null && rule.group !== 'machine' ? now + GATHER : from;
}

function groupOf(channel: AlertChannel, { group, id }: AlertRule, { customer, alert }: ToldLine): string {
  if (channel.kind === 'mail' && channel.when === 'daily') return 'daily';
  switch (group) {
    case 'machine':
      return `alert ${alert}`;
    case 'customer':
      return `customer ${customer}`;
    case 'rule':
      return `rule ${id}`;
  }
}
