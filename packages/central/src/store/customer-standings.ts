/** How a customer's devices stand, the hours in which its boxes were heard, and what people do about what is wrong. */
import type { Selectable } from 'kysely';
import { searchWords } from '../fleet/search-text.ts';
import type { DeviceId } from './identifiers.ts';
import { batches, insertRows, upsertRows } from './rows.ts';
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

/** What the settings at a machine's place come to, as its row keeps them. */
export type StandingSettings = Pick<StandingRow, 'supply_mark' | 'silent_at' | 'read_at'>;

export interface CustomerStandings {
  settingsOf(devices: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, StandingSettings>>;
  find(device: DeviceId): Promise<StandingRow | undefined>;
  findMany(devices: readonly DeviceId[]): Promise<StandingRow[]>;
  /** `before` is what `find` gave. */
  save(row: Omit<StandingRow, 'trouble_rank'>, before: StandingRow | undefined): Promise<void>;
  /** What was kept of it, words included. */
  remove(device: DeviceId): Promise<void>;
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

/** A severity weighs more than any age. */
const SEVERITY_WEIGHT = 1e14;

export const troubleRank = ({
  watched,
  severity,
  trouble_since,
}: Pick<StandingRow, 'watched' | 'severity' | 'trouble_since'>): number =>
  watched === 1 && severity > 0 ? severity * SEVERITY_WEIGHT - (trouble_since ?? 0) : 0;

export function customerStandings({ db, customer }: Scope): CustomerStandings {
  const saveWords = async (device_id: number, before: string, after: string): Promise<void> => {
    if (before === after) return;
    const [known, wanted] = [new Set(searchWords(before)), new Set(searchWords(after))];
    const gone = [...known.difference(wanted)];
    if (gone.length > 0)
      await db
        .deleteFrom('standing_word')
        .where('word', 'in', gone)
        .where('customer_id', '=', customer)
        .where('device_id', '=', device_id)
        .execute();
    const added = [...wanted.difference(known)];
    await insertRows(
      db,
      'standing_word',
      added.map((word) => ({ word, customer_id: customer, device_id })),
    );
  };
  const findMany = async (devices: readonly DeviceId[]): Promise<StandingRow[]> => {
    const found: StandingRow[] = [];
    for (const batch of batches(devices, 1)) {
      const rows = await db
        .selectFrom('standing')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('device_id', 'in', batch)
        .execute();
      for (const { customer_id: _customer, ...own } of rows) found.push(own);
    }
    return found;
  };
  return {
    find: async (device) => (await findMany([device]))[0],
    findMany,
    async save(found, before) {
      const row = { ...found, trouble_rank: troubleRank(found) };
      if (before === undefined) await insertRows(db, 'standing', [{ customer_id: customer, ...row }]);
      else {
        // An index is written for each column that is named, whether its value is another or not.
        const changed = Object.entries(row).filter(([column, value]) => before[column as keyof StandingRow] !== value);
        if (changed.length > 0)
          await db
            .updateTable('standing')
            .set(Object.fromEntries(changed))
            .where('customer_id', '=', customer)
            .where('device_id', '=', row.device_id)
            .execute();
      }
      await saveWords(row.device_id, before?.search ?? '', row.search);
    },
    async remove(device) {
      const row = await this.find(device);
      if (!row) return;
      await saveWords(device, row.search, '');
      await db.deleteFrom('standing').where('customer_id', '=', customer).where('device_id', '=', device).execute();
    },
    async settingsOf(devices) {
      const found = new Map<DeviceId, StandingSettings>();
      for (const batch of batches(devices, 1)) {
        const rows = await db
          .selectFrom('standing')
          .select(['device_id', 'supply_mark', 'silent_at', 'read_at'])
          .where('customer_id', '=', customer)
          .where('device_id', 'in', batch)
          .execute();
        for (const { device_id, ...row } of rows) found.set(device_id as DeviceId, row);
      }
      return found;
    },
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
