/** A customer's devices: what names them, and the latest value of each part. */

import type { Random } from '@rsb/runtime';
import type { Insertable, Selectable } from 'kysely';
import { type DeviceId, drawId } from './identifiers.ts';
import { batches, insertRows } from './rows.ts';
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
  find(id: DeviceId): Promise<DeviceRow | undefined>;
  findMany(ids: readonly DeviceId[]): Promise<DeviceRow[]>;
  /** Which devices these keys name, as far as they are known. */
  findKeys(keys: readonly DeviceKey[]): Promise<(DeviceKey & { readonly device: DeviceId })[]>;
  parts(ids: readonly DeviceId[]): Promise<DevicePartRow[]>;
  add(rows: readonly DeviceRow[]): Promise<void>;
  save(row: DeviceRow): Promise<void>;
  saveKeys(keys: readonly (DeviceKey & { readonly device: DeviceId })[]): Promise<void>;
  saveParts(rows: readonly DevicePartRow[]): Promise<void>;
}

export function customerDevices({ db, customer }: Scope): CustomerDevices {
  const devices = () => db.selectFrom('device').selectAll().where('customer_id', '=', customer);
  const typed = ({ customer_id: _customer, ...row }: Selectable<DeviceTable>): DeviceRow => ({
    ...row,
    id: row.id as DeviceId,
  });
  return {
    draw: (random) => drawId(random) as DeviceId,
    list: async (agent) => (await devices().where('agent', '=', agent).orderBy('id').execute()).map(typed),
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
    async parts(ids) {
      const found: DevicePartRow[] = [];
      for (const batch of batches(ids, 1)) {
        const rows = await db
          .selectFrom('device_part')
          .select(['device_id', 'part', 'taken_at', 'value', 'epoch_no', 'seq', 'at'])
          .where('customer_id', '=', customer)
          .where('device_id', 'in', batch)
          .execute();
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
    async save({ id, ...row }) {
      await db.updateTable('device').set(row).where('customer_id', '=', customer).where('id', '=', id).execute();
    },
    async saveKeys(keys) {
      for (const batch of batches(keys, 4)) {
        await db
          .insertInto('device_key')
          .values(batch.map(({ kind, key, device }) => ({ customer_id: customer, kind, key, device_id: device })))
          .onConflict((conflict) =>
            conflict
              .columns(['customer_id', 'kind', 'key'])
              .doUpdateSet(({ ref }) => ({ device_id: ref('excluded.device_id') })),
          )
          .execute();
      }
    },
    async saveParts(rows) {
      for (const batch of batches(rows, 8)) {
        await db
          .insertInto('device_part')
          .values(batch.map((row) => ({ ...row, customer_id: customer })))
          .onConflict((conflict) =>
            conflict.columns(['customer_id', 'device_id', 'part']).doUpdateSet(({ ref }) => ({
              taken_at: ref('excluded.taken_at'),
              value: ref('excluded.value'),
              epoch_no: ref('excluded.epoch_no'),
              seq: ref('excluded.seq'),
              at: ref('excluded.at'),
            })),
          )
          .execute();
      }
    },
  };
}
