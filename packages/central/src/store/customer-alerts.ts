/** A customer's alerts with their steps, what rules know of its machines, and what is to be told of them. */
import type { Insertable, Selectable } from 'kysely';
import type { AlertStepTable, AlertTable, NotificationTable } from './alert-tables.ts';
import { insertRows } from './rows.ts';
import type { Scope } from './scope.ts';

export type AlertRow = Omit<Selectable<AlertTable>, 'customer_id'>;
export type AlertStepRow = Omit<Selectable<AlertStepTable>, 'customer_id' | 'alert_id' | 'no'>;
/** What is not said of a step is null. */
export type NewAlertStep = Pick<AlertStepRow, 'at' | 'step'> & Partial<AlertStepRow>;
export type NotificationRow = Omit<Selectable<NotificationTable>, 'customer_id'>;

export interface WatchRow {
  readonly readAt: number;
  /** JSON */
  readonly value: string;
}

export interface CustomerAlerts {
  find(id: number): Promise<AlertRow | undefined>;
  /** Those of a machine or box that are not resolved. */
  liveOf(subject: string): Promise<AlertRow[]>;
  /** The last one of a rule that ended at or after a moment. */
  endedSince(subject: string, rule: string, since: number): Promise<AlertRow | undefined>;
  add(row: AlertRow): Promise<void>;
  save(row: AlertRow): Promise<void>;
  addStep(alert: number, step: NewAlertStep): Promise<void>;
  steps(alert: number): Promise<AlertStepRow[]>;
  findWatch(subject: string): Promise<WatchRow | undefined>;
  saveWatch(subject: string, row: WatchRow): Promise<void>;
  removeWatch(subject: string): Promise<void>;
  notify(rows: readonly NotificationRow[]): Promise<void>;
  /** Takes back what was not told yet; says of which channels. */
  unnotify(alert: number): Promise<{ readonly channel: number; readonly line: string }[]>;
}

const MOST_STEPS = 500;
const NOTHING_SAID = { by: null, given_to: null, until: null, reason: null, note: null } as const;

export function customerAlerts({ db, customer }: Scope): CustomerAlerts {
  const alerts = () => db.selectFrom('alert').selectAll().where('customer_id', '=', customer);
  const own = ({ customer_id: _customer, ...row }: Selectable<AlertTable>): AlertRow => row;
  return {
    async find(id) {
      const row = await alerts().where('id', '=', id).executeTakeFirst();
      return row && own(row);
    },
    async liveOf(subject) {
      return (await alerts().where('subject', '=', subject).where('live', '=', 1).execute()).map(own);
    },
    async endedSince(subject, rule, since) {
      const row = await alerts()
        .where('subject', '=', subject)
        .where('live', '=', 0)
        .where('rule_id', '=', rule)
        .where('resolved_at', '>=', since)
        .orderBy('resolved_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && own(row);
    },
    async add(row) {
      await db
        .insertInto('alert')
        .values({ ...row, customer_id: customer })
        .execute();
    },
    async save({ id, ...row }) {
      await db.updateTable('alert').set(row).where('customer_id', '=', customer).where('id', '=', id).execute();
    },
    async addStep(alert, step) {
      const last = await db
        .selectFrom('alert_step')
        .select(({ fn }) => fn.max<number | null>('no').as('no'))
        .where('customer_id', '=', customer)
        .where('alert_id', '=', alert)
        .executeTakeFirst();
      const no = (last?.no ?? 0) + 1;
      await db
        .insertInto('alert_step')
        .values({ ...NOTHING_SAID, ...step, customer_id: customer, alert_id: alert, no })
        .execute();
    },
    async steps(alert) {
      const rows = await db
        .selectFrom('alert_step')
        .select(['at', 'step', 'by', 'given_to', 'until', 'reason', 'note'])
        .where('customer_id', '=', customer)
        .where('alert_id', '=', alert)
        .orderBy('no', 'desc')
        .limit(MOST_STEPS)
        .execute();
      return rows.reverse();
    },
    async findWatch(subject) {
      const row = await db
        .selectFrom('alert_watch')
        .select(['read_at', 'value'])
        .where('customer_id', '=', customer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row && { readAt: row.read_at, value: row.value };
    },
    async saveWatch(subject, { readAt, value }) {
      await db
        .insertInto('alert_watch')
        .values({ customer_id: customer, subject, read_at: readAt, value })
        .onConflict((conflict) => conflict.columns(['customer_id', 'subject']).doUpdateSet({ read_at: readAt, value }))
        .execute();
    },
    async removeWatch(subject) {
      await db.deleteFrom('alert_watch').where('customer_id', '=', customer).where('subject', '=', subject).execute();
    },
    notify: (rows) =>
      insertRows(
        db,
        'notification',
        rows.map((row): Insertable<NotificationTable> => ({ ...row, customer_id: customer })),
      ),
    async unnotify(alert) {
      const rows = await db
        .deleteFrom('notification')
        .where('customer_id', '=', customer)
        .where('alert_id', '=', alert)
        .returning(['channel_id', 'line'])
        .execute();
      return rows.map((row) => ({ channel: row.channel_id, line: row.line }));
    },
  };
}
