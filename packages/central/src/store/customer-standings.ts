/** How a customer's devices stand, the hours in which its boxes were heard, and what people do about what is wrong. */
import type { Selectable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import { upsertRows } from './rows.ts';
import type { Scope } from './scope.ts';
import type { AttentionTable, StandingTable } from './standing-tables.ts';

export type StandingRow = Omit<Selectable<StandingTable>, 'customer_id'>;
export type AttentionRow = Omit<Selectable<AttentionTable>, 'customer_id' | 'subject'>;

export interface AttentionStep {
  readonly at: number;
  readonly by: string;
  readonly step: string;
  readonly detail: string | null;
}

export interface CustomerStandings {
  find(device: DeviceId): Promise<StandingRow | undefined>;
  save(rows: readonly StandingRow[]): Promise<void>;
  /** The box was heard in this hour since 1970. */
  saveHour(agent: string, hour: number): Promise<void>;
  findAttention(subject: string): Promise<AttentionRow | undefined>;
  saveAttention(subject: string, row: AttentionRow, step: AttentionStep): Promise<void>;
  steps(subject: string): Promise<AttentionStep[]>;
}

/** Hours that are kept of a box: a day, and room for a page that is open over the hour. */
const HOURS_KEPT = 25;
/** A person sees the latest ones; an endless list is of no use. */
const MOST_STEPS = 100;

export function customerStandings({ db, customer }: Scope): CustomerStandings {
  return {
    async find(device) {
      const row = await db
        .selectFrom('standing')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .executeTakeFirst();
      if (!row) return undefined;
      const { customer_id: _customer, ...own } = row;
      return own;
    },
    save: (rows) =>
      upsertRows(
        db,
        'standing',
        rows.map((row) => ({ customer_id: customer, ...row })),
        ['customer_id', 'device_id'],
      ),
    async saveHour(agent, hour) {
      const known = await db
        .selectFrom('box_hours')
        .select(['hour', 'heard'])
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .executeTakeFirst();
      if (known && known.hour >= hour) return;
      const passed = known ? hour - known.hour : HOURS_KEPT;
      // By multiplication: a shift would count in 32 bits.
      const before = passed >= HOURS_KEPT ? 0 : ((known?.heard ?? 0) * 2 ** passed) % 2 ** HOURS_KEPT;
      await upsertRows(
        db,
        'box_hours',
        [{ customer_id: customer, agent, hour, heard: before + 1 }],
        ['customer_id', 'agent'],
      );
    },
    async findAttention(subject) {
      const row = await db
        .selectFrom('attention')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      if (!row) return undefined;
      const { customer_id: _customer, subject: _subject, ...own } = row;
      return own;
    },
    async saveAttention(subject, row, { at, by, step, detail }) {
      await upsertRows(db, 'attention', [{ customer_id: customer, subject, ...row }], ['customer_id', 'subject']);
      const last = await db
        .selectFrom('attention_step')
        .select(({ fn }) => fn.max<number | null>('no').as('no'))
        .where('customer_id', '=', customer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      const no = (last?.no ?? 0) + 1;
      await db
        .insertInto('attention_step')
        .values({ customer_id: customer, subject, no, cause: row.cause, at, by_name: by, step, detail })
        .execute();
    },
    async steps(subject) {
      const rows = await db
        .selectFrom('attention_step')
        .select(['at', 'by_name', 'step', 'detail'])
        .where('customer_id', '=', customer)
        .where('subject', '=', subject)
        .orderBy('no', 'desc')
        .limit(MOST_STEPS)
        .execute();
      return rows.map(({ by_name, ...row }) => ({ ...row, by: by_name }));
    },
  };
}
