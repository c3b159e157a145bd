/** Agencies of the dealer, and the settings that the house hands down to customers. */
import type { Kysely, Selectable } from 'kysely';
import type { AgencyTable, HouseSettingsTable } from './people-and-place-tables.ts';
import type { Tables } from './tables.ts';

export type AgencyRow = Selectable<AgencyTable>;
export type HouseLevel = HouseSettingsTable['level'];
export type StoredSettings = Pick<Selectable<HouseSettingsTable>, 'value' | 'revision'>;

export interface HousePlaces {
  listAgencies(): Promise<(AgencyRow & { readonly customers: number })[]>;
  findAgency(id: number): Promise<AgencyRow | undefined>;
  addAgency(row: AgencyRow): Promise<void>;
  renameAgency(id: number, name: string): Promise<boolean>;
  /** False where it is not there, or customers belong to it. */
  removeAgency(id: number): Promise<boolean>;
  findSettings(level: HouseLevel, owner: number): Promise<StoredSettings | undefined>;
  /** False where the settings are no longer those of `revision`. */
  saveSettings(level: HouseLevel, owner: number, value: string, revision: number): Promise<boolean>;
}

export function housePlacesOf(db: Kysely<Tables>): HousePlaces {
  return {
    async listAgencies() {
      const rows = await db
        .selectFrom('agency')
        .selectAll('agency')
        .select(({ selectFrom, fn }) =>
          selectFrom('customer')
            .select(fn.countAll<number>().as('count'))
            .whereRef('customer.agency_id', '=', 'agency.id')
            .as('customers'),
        )
        .orderBy('agency.name')
        .orderBy('agency.id')
        .execute();
      return rows.map((row) => ({ ...row, customers: row.customers ?? 0 }));
    },
    findAgency: (id) => db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst(),
    async addAgency(row) {
      await db.insertInto('agency').values(row).execute();
    },
    async renameAgency(id, name) {
      const { numUpdatedRows } = await db.updateTable('agency').set({ name }).where('id', '=', id).executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async removeAgency(id) {
      const { numDeletedRows } = await db
        .deleteFrom('agency')
        .where('id', '=', id)
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('customer').select('customer.id').where('customer.agency_id', '=', id))),
        )
        .executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await db.deleteFrom('house_settings').where('level', '=', 'agency').where('owner', '=', id).execute();
      return true;
    },
    findSettings: (level, owner) =>
      db
        .selectFrom('house_settings')
        .select(['value', 'revision'])
        .where('level', '=', level)
        .where('owner', '=', owner)
        .executeTakeFirst(),
    async saveSettings(level, owner, value, revision) {
      if (revision === 0) {
        const made = await db
          .insertInto('house_settings')
          .values({ level, owner, value, revision: 1 })
          .onConflict((conflict) => conflict.columns(['level', 'owner']).doNothing())
          .executeTakeFirst();
        return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
      }
      const { numUpdatedRows } = await db
        .updateTable('house_settings')
        .set({ value, revision: revision + 1 })
        .where('level', '=', level)
        .where('owner', '=', owner)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
