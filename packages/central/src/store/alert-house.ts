/** What the dealer sets for alerts: rules, channels, the mail server. None of it belongs to a customer. */
import type { Kysely, Selectable } from 'kysely';
import type { AlertChannelTable, MailServerTable } from './alert-tables.ts';
import type { Tables } from './tables.ts';

export type ChannelRow = Selectable<AlertChannelTable>;
export type MailServerRow = Omit<Selectable<MailServerTable>, 'id'>;

export interface AlertHouse {
  /** undefined while nobody has changed the rules that everybody begins with. */
  findRules(): Promise<{ readonly value: string; readonly revision: number } | undefined>;
  /** False where they are no longer those of `revision`; 0: nobody has changed them. */
  saveRules(value: string, revision: number): Promise<boolean>;
  listChannels(): Promise<ChannelRow[]>;
  findChannel(id: number): Promise<ChannelRow | undefined>;
  addChannel(row: ChannelRow): Promise<void>;
  saveChannel(id: number, value: string, revision: number): Promise<boolean>;
  saveChannelSecret(id: number, secret: string): Promise<void>;
  /** What waits for it goes with it; the log stays. */
  removeChannel(id: number): Promise<boolean>;
  findMailServer(): Promise<MailServerRow | undefined>;
  saveMailServer(value: string, password: string | null, revision: number): Promise<boolean>;
}

export function alertHouseOf(db: Kysely<Tables>): AlertHouse {
  return {
    findRules: () => db.selectFrom('alert_rules').select(['value', 'revision']).where('id', '=', 1).executeTakeFirst(),
    async saveRules(value, revision) {
      if (revision === 0) {
        const made = await db
          .insertInto('alert_rules')
          .values({ id: 1, value, revision: 1 })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst();
        return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
      }
      const { numUpdatedRows } = await db
        .updateTable('alert_rules')
        .set({ value, revision: revision + 1 })
        .where('id', '=', 1)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    listChannels: () => db.selectFrom('alert_channel').selectAll().orderBy('created_at').orderBy('id').execute(),
    findChannel: (id) => db.selectFrom('alert_channel').selectAll().where('id', '=', id).executeTakeFirst(),
    async addChannel(row) {
      await db.insertInto('alert_channel').values(row).execute();
    },
    async saveChannel(id, value, revision) {
      const { numUpdatedRows } = await db
        .updateTable('alert_channel')
        .set({ value, revision: revision + 1 })
        .where('id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async saveChannelSecret(id, secret) {
      await db.updateTable('alert_channel').set({ secret }).where('id', '=', id).execute();
    },
    async removeChannel(id) {
      return db.transaction().execute(async (tx) => {
        await tx.deleteFrom('notification').where('channel_id', '=', id).execute();
        await tx
          .updateTable('delivery')
          .set({ state: 'gaveUp', token: null })
          .where('channel_id', '=', id)
          .where('state', 'in', ['waiting', 'sending'])
          .execute();
        const { numDeletedRows } = await tx.deleteFrom('alert_channel').where('id', '=', id).executeTakeFirst();
        return numDeletedRows === 1n;
      });
    },
    findMailServer: () =>
      db.selectFrom('mail_server').select(['value', 'password', 'revision']).where('id', '=', 1).executeTakeFirst(),
    async saveMailServer(value, password, revision) {
      if (revision === 0) {
        const made = await db
          .insertInto('mail_server')
          .values({ id: 1, value, password, revision: 1 })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst();
        return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
      }
      const { numUpdatedRows } = await db
        .updateTable('mail_server')
        .set({ value, password, revision: revision + 1 })
        .where('id', '=', 1)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
