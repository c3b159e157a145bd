/** What people did about alerts and about lines of the day was kept apart: from here on each shows what was done at the other. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which line of the day an alert of a condition is about, by the row that tells of it. */
const KINDS = [
  {
    conditions: ['state', 'error'],
    subject: `'trouble:'`,
    cause: 'standing.trouble_since',
    is: 'standing.severity > 0',
  },
  { conditions: ['supply'], subject: `'supply:'`, cause: 'standing.supply_since', is: 'standing.supply_rank > 0' },
  { conditions: ['silentMachine', 'billing'], subject: `'silent:'`, cause: 'standing.read_at', is: '1 = 1' },
] as const;

interface Way {
  readonly from: string;
  readonly subject: string;
  readonly cause: string;
}

const WAYS: readonly Way[] = [
  ...KINDS.map(({ conditions, subject, cause, is }) => ({
    from: `alert join standing on standing.customer_id = alert.customer_id and standing.device_id = alert.device_id
      and ${is} and alert.condition in (${conditions.map((name) => `'${name}'`).join(', ')})`,
    subject: `${subject} || cast(alert.device_id as text)`,
    cause: `cast(${cause} as text)`,
  })),
  {
    from: `alert join box on box.customer_id = alert.customer_id and box.agent = alert.agent
      and alert.condition = 'silentBox'`,
    subject: `'box:' || alert.agent`,
    cause: 'cast(coalesce(box.last_heard, box.enrolled_at) as text)',
  },
];

export function oneAttention(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const way of WAYS) {
        await intoLines(db, way);
        await intoAlerts(db, way);
      }
    },
  };
}

/** Where nothing was done about the line itself. When exactly is not known of alerts: their last change is the latest it can be. */
async function intoLines(db: Kysely<unknown>, { from, subject, cause }: Way): Promise<void> {
  const at = (column: string) => `case when ${column} is null then null else alert.changed_at end`;
  const by = (column: string) =>
    `case when ${column} is null then null else coalesce((select step."by" from alert_step as step
      where step.customer_id = alert.customer_id and step.alert_id = alert.id and step."by" is not null
      order by step.no desc limit 1), '') end`;
  const acknowledged = `case when alert.status = 'acknowledged' then alert.acknowledged_by end`;
  const snoozed = `case when alert.status = 'snoozed' then alert.snoozed_until end`;
  await sql`insert into attention (customer_id, subject, cause, acknowledged_by, acknowledged_at,
      assigned_to, assigned_by, assigned_at, snoozed_until, snoozed_by, snoozed_at)
    select alert.customer_id, ${sql.raw(subject)}, ${sql.raw(cause)}, ${sql.raw(acknowledged)}, ${sql.raw(at(`(${acknowledged})`))},
      alert.assigned_to, ${sql.raw(by('alert.assigned_to'))}, ${sql.raw(at('alert.assigned_to'))},
      ${sql.raw(snoozed)}, ${sql.raw(by(`(${snoozed})`))}, ${sql.raw(at(`(${snoozed})`))}
    from ${sql.raw(from)}
    where alert.live = 1 and (alert.status <> 'open' or alert.assigned_to is not null)
      and ${sql.raw(cause)} is not null
    on conflict (customer_id, subject) do nothing`.execute(db);
}

async function intoAlerts(db: Kysely<unknown>, { from, subject, cause }: Way): Promise<void> {
  const { rows } = await sql<{
    customer_id: number;
    id: number;
    acknowledged_by: string | null;
    assigned_to: string | null;
    snoozed_until: number | null;
  }>`select alert.customer_id, alert.id, attention.acknowledged_by, attention.assigned_to, attention.snoozed_until
    from ${sql.raw(from)}
    join attention on attention.customer_id = alert.customer_id and attention.subject = ${sql.raw(subject)}
      and attention.cause = ${sql.raw(cause)}
    where alert.live = 1 and (attention.acknowledged_by is not null or attention.assigned_to is not null
      or attention.snoozed_until is not null)`.execute(db);
  for (const { customer_id, id, acknowledged_by, assigned_to, snoozed_until } of rows) {
    const status = snoozed_until !== null ? 'snoozed' : acknowledged_by !== null ? 'acknowledged' : 'open';
    await sql`update alert set status = ${status}, acknowledged_by = ${acknowledged_by}, assigned_to = ${assigned_to},
      snoozed_until = ${snoozed_until}, revision = revision + 1 where customer_id = ${customer_id} and id = ${id}`.execute(
      db,
    );
    if (snoozed_until !== null)
      await sql`insert into job (customer_id, kind, subject, due_at, since, version, leased_until, attempts)
        values (${customer_id}, 'alertWake', ${String(id)}, ${snoozed_until}, 0, 1, 0, 0)
        on conflict (customer_id, kind, subject) do nothing`.execute(db);
  }
}
