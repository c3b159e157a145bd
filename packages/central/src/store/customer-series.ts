/** What processing takes from each reading of a customer's devices, in time, as far back as it is not settled. */
import type { Insertable, Selectable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import { insertRows } from './rows.ts';
import type { Scope } from './scope.ts';
import type { ObservationTable } from './tables.ts';

export type ObservationRow = Omit<Selectable<ObservationTable>, 'customer_id' | 'device_id'> & {
  readonly device_id: DeviceId;
};

export interface CustomerSeries {
  addObservations(rows: readonly ObservationRow[]): Promise<void>;
  /** Oldest first, `from` ≤ at ≤ `to`; of more than the limit the newest. */
  observations(device: DeviceId, from: number, to: number, limit?: number): Promise<ObservationRow[]>;
  /** Gives the observations of one device to another; they are complete from when on those of both are. */
  moveObservations(from: DeviceId, to: DeviceId): Promise<void>;
  /** Takes away those before a moment: from there on the archive tells. */
  pruneObservations(device: DeviceId, before: number): Promise<void>;
  /** From when on observations are complete. */
  observedFrom(device: DeviceId): Promise<number>;
}

export function customerSeries({ db, customer }: Scope): CustomerSeries {
  return {
    addObservations: (rows) =>
      insertRows(
        db,
        'observation',
        rows.map((row): Insertable<ObservationTable> => ({ ...row, customer_id: customer })),
      ),
    async observations(device, from, to, limit) {
      const rows = await db
        .selectFrom('observation')
        .select(['at', 'epoch_no', 'seq', 'taken_at', 'identity', 'counts', 'supplies'])
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .orderBy('at', 'desc')
        .orderBy('epoch_no', 'desc')
        .orderBy('seq', 'desc')
        .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
        .execute();
      return rows.reverse().map((row) => ({ ...row, device_id: device }));
    },
    async moveObservations(from, to) {
      const [own, its] = [await this.observedFrom(from), await this.observedFrom(to)];
      await db
        .updateTable('observation')
        .set({ device_id: to })
        .where('customer_id', '=', customer)
        .where('device_id', '=', from)
        .execute();
      if (own > its) await this.pruneObservations(to, own);
    },
    async pruneObservations(device, before) {
      await db
        .deleteFrom('observation')
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '<', before)
        .execute();
      await db
        .insertInto('device_work')
        .values({ customer_id: customer, device_id: device, observed_from: before })
        .onConflict((conflict) => conflict.columns(['customer_id', 'device_id']).doUpdateSet({ observed_from: before }))
        .execute();
    },
    async observedFrom(device) {
      const row = await db
        .selectFrom('device_work')
        .select('observed_from')
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .executeTakeFirst();
      return row?.observed_from ?? Number.MIN_SAFE_INTEGER;
    },
  };
}
