/** Machines that a customer should have by the dealer's ERP, held against those that boxes see there. */
import type { Selectable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import type { ExpectedMachineTable } from './people-and-place-tables.ts';
import { batches, upsertRows } from './rows.ts';
import type { Scope } from './scope.ts';

export type ExpectedRow = Omit<Selectable<ExpectedMachineTable>, 'customer_id'>;
export interface ExpectedWithDevice extends ExpectedRow {
  readonly device: DeviceId | null;
  readonly lastHeard: number | null;
}
export interface UnexpectedRow {
  readonly device: DeviceId;
  readonly agent: string;
  readonly address: string;
  readonly firstHeard: number;
  readonly lastHeard: number;
}

export interface CustomerExpected {
  all(): Promise<ExpectedRow[]>;
  findMany(serialKeys: readonly string[]): Promise<ExpectedRow[]>;
  save(rows: readonly ExpectedRow[]): Promise<void>;
  remove(serialKey: string): Promise<boolean>;
  /** In order of their serial number, behind `after`. */
  list(state: 'unseen' | 'seen' | 'all', after: string | null, limit: number): Promise<ExpectedWithDevice[]>;
  /** Machines that no import told of, in order of their id. */
  unexpected(after: DeviceId | null, limit: number): Promise<UnexpectedRow[]>;
  counts(): Promise<{ readonly expected: number; readonly unseen: number; readonly unexpected: number }>;
  serviceIds(serialKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Machines seen that have one of these serial numbers. */
  devicesWith(serialKeys: readonly string[]): Promise<DeviceId[]>;
}

export function customerExpected({ db, customer }: Scope): CustomerExpected {
  const expected = () => db.selectFrom('expected_machine').where('expected_machine.customer_id', '=', customer);
  const unseen = () =>
    expected().where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('device')
            .select('device.id')
            .where('device.customer_id', '=', customer)
            .whereRef('device.serial_key', '=', 'expected_machine.serial_key'),
        ),
      ),
    );
  const unexpected = () =>
    db
      .selectFrom('device')
      .where('device.customer_id', '=', customer)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('expected_machine')
              .select('expected_machine.serial_key')
              .where('expected_machine.customer_id', '=', customer)
              .whereRef('expected_machine.serial_key', '=', 'device.serial_key'),
          ),
        ),
      );
  const typed = ({ customer_id: _customer, ...row }: Selectable<ExpectedMachineTable>): ExpectedRow => row;
  const findMany = async (serialKeys: readonly string[]): Promise<ExpectedRow[]> => {
    const found: ExpectedRow[] = [];
    for (const batch of batches(serialKeys, 1)) {
      found.push(...(await expected().selectAll().where('serial_key', 'in', batch).execute()).map(typed));
    }
    return found;
  };
  return {
    all: async () => (await expected().selectAll().execute()).map(typed),
    findMany,
    save: (rows) =>
      upsertRows(
        db,
        'expected_machine',
        rows.map((row) => ({ ...row, customer_id: customer })),
        ['customer_id', 'serial_key'],
      ),
    async remove(serialKey) {
      const { numDeletedRows } = await db
        .deleteFrom('expected_machine')
        .where('customer_id', '=', customer)
        .where('serial_key', '=', serialKey)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async list(state, after, limit) {
      let query = (state === 'unseen' ? unseen() : expected()).selectAll('expected_machine');
      if (state === 'seen')
        query = query.where(({ exists, selectFrom }) =>
          exists(
            selectFrom('device')
              .select('device.id')
              .where('device.customer_id', '=', customer)
              .whereRef('device.serial_key', '=', 'expected_machine.serial_key'),
          ),
        );
      if (after !== null) query = query.where('expected_machine.serial_key', '>', after);
      const rows = await query.orderBy('expected_machine.serial_key').limit(limit).execute();
      const devices = new Map<string, { id: DeviceId; heard: number }>();
      for (const batch of batches(
        rows.map((row) => row.serial_key),
        1,
      )) {
        const seen = await db
          .selectFrom('device')
          .select(['id', 'serial_key', 'last_heard'])
          .where('customer_id', '=', customer)
          .where('serial_key', 'in', batch)
          .orderBy('last_heard')
          .execute();
        for (const row of seen) {
          if (row.serial_key !== null) devices.set(row.serial_key, { id: row.id as DeviceId, heard: row.last_heard });
        }
      }
      return rows.map((row) => {
        const device = devices.get(row.serial_key);
        return { ...typed(row), device: device?.id ?? null, lastHeard: device?.heard ?? null };
      });
    },
    async unexpected(after, limit) {
      const rows = await unexpected()
        .select(['id', 'agent', 'address', 'first_heard', 'last_heard'])
        .where('device.id', '>', after ?? 0)
        .orderBy('device.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        device: row.id as DeviceId,
        agent: row.agent,
        address: row.address,
        firstHeard: row.first_heard,
        lastHeard: row.last_heard,
      }));
    },
    async counts() {
      const [all, missing, more] = await Promise.all(
        [expected(), unseen(), unexpected()].map((query) =>
          (query as ReturnType<typeof expected>)
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow(),
        ),
      );
      return { expected: all?.count ?? 0, unseen: missing?.count ?? 0, unexpected: more?.count ?? 0 };
    },
    async devicesWith(serialKeys) {
      const found: DeviceId[] = [];
      for (const batch of batches(serialKeys, 1)) {
        const rows = await db
          .selectFrom('device')
          .select('id')
          .where('customer_id', '=', customer)
          .where('serial_key', 'in', batch)
          .execute();
        found.push(...rows.map(({ id }) => id as DeviceId));
      }
      return found;
    },
    async serviceIds(serialKeys) {
      const rows = await findMany(serialKeys);
      return new Map(rows.flatMap((row) => (row.service_id === null ? [] : [[row.serial_key, row.service_id]])));
    },
  };
}
