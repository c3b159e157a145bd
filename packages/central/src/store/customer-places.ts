/** A customer's sites, where its boxes and machines stand, and the settings of each level below it. */
import type { Selectable } from 'kysely';
import { foldText } from '../fleet/search-text.ts';
import type { DeviceId } from './identifiers.ts';
import type { PlaceSettingsTable, SiteTable } from './people-and-place-tables.ts';
import { batches } from './rows.ts';
import type { Scope } from './scope.ts';
import { sortKey } from './sort-key.ts';

/** The site that every customer has from the start. */
export const FIRST_SITE = 1;

export type SiteRow = Omit<Selectable<SiteTable>, 'customer_id'>;
export type PlaceLevel = PlaceSettingsTable['level'];
export type PlaceSettings = Omit<Selectable<PlaceSettingsTable>, 'customer_id'>;

export interface AboveRow {
  readonly level: 'dealer' | 'agency';
  readonly name: string | null;
  readonly value: string | null;
  readonly revision: number;
}

export interface SiteSummary extends SiteRow {
  readonly boxes: number;
  readonly devices: number;
}

export interface CustomerPlaces {
  sites(): Promise<SiteSummary[]>;
  findSite(id: number): Promise<SiteRow | undefined>;
  addSite(row: SiteRow): Promise<void>;
  changeSite(id: number, change: Pick<SiteRow, 'name' | 'address'>): Promise<boolean>;
  /** False where something stands there. */
  removeSite(id: number): Promise<boolean>;
  placeBox(agent: string, site: number): Promise<boolean>;
  /** null: where its box stands. */
  placeDevice(device: DeviceId, site: number | null): Promise<void>;
  /** Where machines stand by somebody's word. */
  placesOf(devices: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, number>>;
  /** Of all levels that matter for one place. */
  settings(wanted: readonly { readonly level: PlaceLevel; readonly owner: string }[]): Promise<PlaceSettings[]>;
  /** False where the settings are no longer those of `revision`. */
  saveSettings(level: PlaceLevel, owner: string, value: string, revision: number): Promise<boolean>;
  /** What dealer and agency hand down to this customer. */
  above(): Promise<readonly AboveRow[]>;
  /** Name, number and agency; false where they are no longer those of `revision`. */
  change(
    change: { readonly name: string; readonly number: string | null; readonly agency_id: number | null },
    revision: number,
  ): Promise<boolean>;
}

export function customerPlaces({ db, customer }: Scope): CustomerPlaces {
  return {
    async sites() {
      const rows = await db.selectFrom('site').selectAll().where('customer_id', '=', customer).orderBy('id').execute();
      const boxes = await db
        .selectFrom('box')
        .select(({ fn }) => ['site_id', fn.countAll<number>().as('count')])
        .where('customer_id', '=', customer)
        .where('left_at', 'is', null)
        .groupBy('site_id')
        .execute();
      const devices = await db
        .selectFrom('device')
        .leftJoin('device_place', (join) =>
          join
            .onRef('device_place.customer_id', '=', 'device.customer_id')
            .onRef('device_place.device_id', '=', 'device.id'),
        )
        .leftJoin('box', (join) =>
          join.onRef('box.customer_id', '=', 'device.customer_id').onRef('box.agent', '=', 'device.agent'),
        )
        .select(({ fn }) => [
          fn.coalesce('device_place.site_id', 'box.site_id').as('site'),
          fn.countAll<number>().as('count'),
        ])
        .where('device.customer_id', '=', customer)
        .groupBy('site')
        .execute();
      const boxesAt = new Map(boxes.map((row) => [row.site_id, row.count]));
      const devicesAt = new Map(devices.map((row) => [row.site, row.count]));
      return rows.map(({ customer_id: _customer, ...row }) => ({
        ...row,
        boxes: boxesAt.get(row.id) ?? 0,
        devices: devicesAt.get(row.id) ?? 0,
      }));
    },
    findSite: (id) =>
      db
        .selectFrom('site')
        .select(['id', 'name', 'address', 'created_at'])
        .where('customer_id', '=', customer)
        .where('id', '=', id)
        .executeTakeFirst(),
    async addSite(row) {
      await db
        .insertInto('site')
        .values({ ...row, customer_id: customer })
        .execute();
    },
    async changeSite(id, change) {
      const { numUpdatedRows } = await db
        .updateTable('site')
        .set(change)
        .where('customer_id', '=', customer)
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async removeSite(id) {
      const uses = await Promise.all([
        db.selectFrom('box').select('agent').where('customer_id', '=', customer).where('site_id', '=', id).execute(),
        db
          .selectFrom('device_place')
          .select('device_id')
          .where('customer_id', '=', customer)
          .where('site_id', '=', id)
          .execute(),
      ]);
      if (id === FIRST_SITE || uses.some((found) => found.length > 0)) return false;
      await db
        .updateTable('expected_machine')
        .set({ site_id: null })
        .where('customer_id', '=', customer)
        .where('site_id', '=', id)
        .execute();
      await db
        .deleteFrom('place_settings')
        .where('customer_id', '=', customer)
        .where('level', '=', 'site')
        .where('owner', '=', String(id))
        .execute();
      await db.deleteFrom('site').where('customer_id', '=', customer).where('id', '=', id).execute();
      return true;
    },
    async placeBox(agent, site) {
      const { numUpdatedRows } = await db
        .updateTable('box')
        .set({ site_id: site })
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async placeDevice(device, site) {
      await db.deleteFrom('device_place').where('customer_id', '=', customer).where('device_id', '=', device).execute();
      if (site === null) return;
      await db.insertInto('device_place').values({ customer_id: customer, device_id: device, site_id: site }).execute();
    },
    async placesOf(devices) {
      const found = new Map<DeviceId, number>();
      for (const batch of batches(devices, 1)) {
        const rows = await db
          .selectFrom('device_place')
          .select(['device_id', 'site_id'])
          .where('customer_id', '=', customer)
          .where('device_id', 'in', batch)
          .execute();
        for (const row of rows) found.set(row.device_id as DeviceId, row.site_id);
      }
      return found;
    },
    async settings(wanted) {
      const found: PlaceSettings[] = [];
      for (const batch of batches(wanted, 2))
        found.push(
          ...(await db
            .selectFrom('place_settings')
            .select(['level', 'owner', 'value', 'revision'])
            .where('customer_id', '=', customer)
            .where(({ or, and, eb }) =>
              or(
                [...Map.groupBy(batch, ({ level }) => level)].map(([level, own]) =>
                  and([
                    eb('level', '=', level),
                    eb(
                      'owner',
                      'in',
                      own.map(({ owner }) => owner),
                    ),
                  ]),
                ),
              ),
            )
            .execute()),
        );
      return found;
    },
    async saveSettings(level, owner, value, revision) {
      if (revision === 0) {
        const made = await db
          .insertInto('place_settings')
          .values({ customer_id: customer, level, owner, value, revision: 1 })
          .onConflict((conflict) => conflict.columns(['customer_id', 'level', 'owner']).doNothing())
          .executeTakeFirst();
        return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
      }
      const { numUpdatedRows } = await db
        .updateTable('place_settings')
        .set({ value, revision: revision + 1 })
        .where('customer_id', '=', customer)
        .where('level', '=', level)
        .where('owner', '=', owner)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async above() {
      const dealer = await db
        .selectFrom('dealer')
        .leftJoin('house_settings', (join) =>
          join.on('house_settings.level', '=', 'dealer').on('house_settings.owner', '=', 0),
        )
        .select(['dealer.name', 'house_settings.value', 'house_settings.revision'])
        .executeTakeFirst();
      const agency = await db
        .selectFrom('customer')
        .innerJoin('agency', 'agency.id', 'customer.agency_id')
        .leftJoin('house_settings', (join) =>
          join.on('house_settings.level', '=', 'agency').onRef('house_settings.owner', '=', 'agency.id'),
        )
        .select(['agency.name', 'house_settings.value', 'house_settings.revision'])
        .where('customer.id', '=', customer)
        .executeTakeFirst();
      return [
        { level: 'dealer', name: dealer?.name ?? null, value: dealer?.value ?? null, revision: dealer?.revision ?? 0 },
        ...(agency ? [{ level: 'agency' as const, ...agency, revision: agency.revision ?? 0 }] : []),
      ];
    },
    async change(change, revision) {
      const { numUpdatedRows } = await db
        .updateTable('customer')
        .set({ ...change, search: foldText(change.name), sort_key: sortKey(change.name), revision: revision + 1 })
        .where('id', '=', customer)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
