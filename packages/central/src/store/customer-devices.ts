/** A customer's devices: what names them, and the latest value of each part. */

import type { Random } from '@rsb/runtime';
import { type Insertable, type Selectable, sql } from 'kysely';
import { type DeviceId, drawId } from './identifiers.ts';
import { batches, insertRows, upsertRows } from './rows.ts';
import type { Scope } from './scope.ts';
import type { DeviceKeyTable, DevicePartTable, DeviceTable } from './tables.ts';

export type DeviceRow = Omit<Selectable<DeviceTable>, 'customer_id' | 'id'> & { readonly id: DeviceId };
export type DeviceKey = Pick<Selectable<DeviceKeyTable>, 'kind' | 'key'>;
export type DevicePart = DevicePartTable['part'];
export type DevicePartRow = Omit<Selectable<DevicePartTable>, 'customer_id' | 'device_id'> & {
  readonly device_id: DeviceId;
};

export interface CustomerDevices {
  draw(random: Random): DeviceId;
  list(agent: string): Promise<DeviceRow[]>;
  /** All of the customer, in order of their id, behind `after`. */
  page(after: DeviceId | null, limit: number): Promise<DeviceRow[]>;
  /** Devices that were read last at an address of one box's networks. */
  atPlace(agent: string, address: string): Promise<DeviceRow[]>;
  /** Takes a device away whose readings are another's now; its names mean that one. */
  absorb(from: DeviceRow, to: DeviceRow): Promise<void>;
  find(id: DeviceId): Promise<DeviceRow | undefined>;
  findMany(ids: readonly DeviceId[]): Promise<DeviceRow[]>;
  /** Which devices these keys name, as far as they are known. */
  findKeys(keys: readonly DeviceKey[]): Promise<(DeviceKey & { readonly device: DeviceId })[]>;
  /** `only`: these parts; left out: all. */
  parts(ids: readonly DeviceId[], only?: readonly DevicePart[]): Promise<DevicePartRow[]>;
  add(rows: readonly DeviceRow[]): Promise<void>;
  save(rows: readonly DeviceRow[]): Promise<void>;
  saveKeys(keys: readonly (DeviceKey & { readonly device: DeviceId })[]): Promise<void>;
  saveParts(rows: readonly DevicePartRow[]): Promise<void>;
}

/** Of an address that sees a new machine again and again, so many are looked at. */
const MOST_AT_PLACE = 50;

export function customerDevices({ db, customer }: Scope): CustomerDevices {
  const devices = () => db.selectFrom('device').selectAll().where('customer_id', '=', customer);
  const typed = ({ customer_id: _customer, ...row }: Selectable<DeviceTable>): DeviceRow => ({
    ...row,
    id: row.id as DeviceId,
  });
  return {
    draw: (random) => drawId(random) as DeviceId,
    list: async (agent) => (await devices().where('agent', '=', agent).orderBy('id').execute()).map(typed),
    page: async (after, limit) =>
      (
        await devices()
          .where('id', '>', after ?? 0)
          .orderBy('id')
          .limit(limit)
          .execute()
      ).map(typed),
    atPlace: async (agent, address) =>
      (
        await devices()
          .where('agent', '=', agent)
          .where('address', '=', address)
          .orderBy('id')
          .limit(MOST_AT_PLACE)
          .execute()
      ).map(typed),
    async absorb(from, to) {
      await db
        .updateTable('device_key')
        .set({ device_id: to.id })
        .where('customer_id', '=', customer)
        .where('device_id', '=', from.id)
        .execute();
      await db
        .updateTable('device')
        .set({
          readings: to.readings + from.readings,
          first_heard: Math.min(to.first_heard, from.first_heard),
          last_heard: Math.max(to.last_heard, from.last_heard),
        })
        .where('customer_id', '=', customer)
        .where('id', '=', to.id)
        .execute();
      const placed = await db
        .selectFrom('device_place')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('device_id', 'in', [from.id, to.id])
        .execute();
      const [place] = placed;
      if (placed.length === 1 && place?.device_id === from.id) {
        await db
          .insertInto('device_place')
          .values({ ...place, device_id: to.id })
          .execute();
      }
      for (const table of ['device_part', 'device_place', 'device'] as const) {
        const column = table === 'device' ? 'id' : 'device_id';
        await db.deleteFrom(table).where('customer_id', '=', customer).where(sql.ref(column), '=', from.id).execute();
      }
    },
    async find(id) {
      const row = await devices().where('id', '=', id).executeTakeFirst();
      return row && typed(row);
    },
    async findMany(ids) {
      const found: DeviceRow[] = [];
      for (const batch of batches(ids, 1)) {
        found.push(...(await devices().where('id', 'in', batch).execute()).map(typed));
      }
      return found;
    },
    async findKeys(keys) {
      const found: (DeviceKey & { device: DeviceId })[] = [];
      for (const kind of ['serial', 'mac', 'local'] as const) {
        const wanted = [...new Set(keys.filter((key) => key.kind === kind).map((key) => key.key))];
        for (const batch of batches(wanted, 1)) {
          const rows = await db
            .selectFrom('device_key')
            .select(['kind', 'key', 'device_id'])
            .where('customer_id', '=', customer)
            .where('kind', '=', kind)
            .where('key', 'in', batch)
            .execute();
          found.push(...rows.map((row) => ({ kind, key: row.key, device: row.device_id as DeviceId })));
        }
      }
      return found;
    },
    async parts(ids, only) {
      const found: DevicePartRow[] = [];
      for (const batch of batches(ids, 1)) {
        const all = db
          .selectFrom('device_part')
          .select(['device_id', 'part', 'taken_at', 'value', 'epoch_no', 'seq', 'at'])
          .where('customer_id', '=', customer)
          .where('device_id', 'in', batch);
        const rows = await (only === undefined ? all : all.where('part', 'in', [...only])).execute();
        found.push(...rows.map((row) => ({ ...row, device_id: row.device_id as DeviceId })));
      }
      return found;
    },
    add: (rows) =>
      insertRows(
        db,
        'device',
        rows.map((row): Insertable<DeviceTable> => ({ ...row, customer_id: customer })),
      ),
    save: (rows) =>
      upsertRows(
        db,
        'device',
        rows.map((row): Insertable<DeviceTable> => ({ ...row, customer_id: customer })),
        ['customer_id', 'id'],
      ),
    saveKeys: (keys) =>
      upsertRows(
        db,
        'device_key',
        keys.map(({ kind, key, device }) => ({ customer_id: customer, kind, key, device_id: device })),
        ['customer_id', 'kind', 'key'],
      ),
    saveParts: (rows) =>
      upsertRows(
        db,
        'device_part',
        rows.map((row) => ({ ...row, customer_id: customer })),
        ['customer_id', 'device_id', 'part'],
      ),
  };
}
