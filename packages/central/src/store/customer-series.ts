/** Counters and supplies of a customer's devices over time. */
import type { Insertable, Selectable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import { insertRows } from './rows.ts';
import type { Scope } from './scope.ts';
import type { CounterPointTable, SupplyPointTable } from './tables.ts';

export type CounterPoint = Omit<Selectable<CounterPointTable>, 'customer_id' | 'device_id'> & {
  readonly device_id: DeviceId;
};
export type SupplyPoint = Omit<Selectable<SupplyPointTable>, 'customer_id' | 'device_id'> & {
  readonly device_id: DeviceId;
};

/** Five years of hourly readings: a page never asks for more, and memory stays bounded. */
const MOST_POINTS = 50_000;

export interface CustomerSeries {
  addCounters(rows: readonly CounterPoint[]): Promise<void>;
  addSupplies(rows: readonly SupplyPoint[]): Promise<void>;
  /** Oldest first, `from` ≤ at ≤ `to`; of more than the limit the newest. */
  counters(device: DeviceId, from: number, to: number): Promise<CounterPoint[]>;
  supplies(device: DeviceId, from: number, to: number): Promise<SupplyPoint[]>;
}

export function customerSeries({ db, customer }: Scope): CustomerSeries {
  return {
    addCounters: (rows) =>
      insertRows(
        db,
        'counter_point',
        rows.map((row): Insertable<CounterPointTable> => ({ ...row, customer_id: customer })),
      ),
    addSupplies: (rows) =>
      insertRows(
        db,
        'supply_point',
        rows.map((row): Insertable<SupplyPointTable> => ({ ...row, customer_id: customer })),
      ),
    async counters(device, from, to) {
      const rows = await db
        .selectFrom('counter_point')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .orderBy('at', 'desc')
        .orderBy('epoch_no', 'desc')
        .orderBy('seq', 'desc')
        .limit(MOST_POINTS)
        .execute();
      return rows.reverse().map(({ customer_id: _customer, ...row }) => ({ ...row, device_id: device }));
    },
    async supplies(device, from, to) {
      const rows = await db
        .selectFrom('supply_point')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .orderBy('at', 'desc')
        .orderBy('epoch_no', 'desc')
        .orderBy('seq', 'desc')
        .orderBy('supply', 'desc')
        .limit(MOST_POINTS)
        .execute();
      return rows.reverse().map(({ customer_id: _customer, ...row }) => ({ ...row, device_id: device }));
    },
  };
}
