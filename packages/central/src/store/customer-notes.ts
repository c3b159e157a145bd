/** What stands beside a customer's readings: events, notes, plans and scans, by the box's own device ids. */
import type { Insertable, Selectable } from 'kysely';
import { type DeviceId, localKey, splitLocalKey } from './identifiers.ts';
import { batches, insertRows } from './rows.ts';
import type { Scope } from './scope.ts';
import type { EventTable, NoteTable, PlanTable, ScanTable } from './tables.ts';

export type EventRow = Omit<Selectable<EventTable>, 'customer_id'>;
export type NoteRow = Omit<Selectable<NoteTable>, 'customer_id'>;
/** Left out: the box said it. */
export type TypedNote = Omit<NoteRow, 'typed_at' | 'typed_by'> & Partial<Pick<NoteRow, 'typed_at' | 'typed_by'>>;
export type PlanRow = Omit<Selectable<PlanTable>, 'customer_id'>;
export type ScanRow = Omit<Selectable<ScanTable>, 'customer_id'>;

export interface CustomerNotes {
  addEvents(rows: readonly EventRow[]): Promise<void>;
  addPlans(rows: readonly PlanRow[]): Promise<void>;
  addScans(rows: readonly ScanRow[]): Promise<void>;
  findNote(agent: string, localId: string, field: string): Promise<NoteRow | undefined>;
  saveNote(row: TypedNote): Promise<void>;
  /** Notes that a box has not confirmed in its present epoch, those typed here first. */
  unconfirmed(agent: string, newestEpoch: number, limit: number): Promise<NoteRow[]>;
  /** Notes of devices, under every local id that names each of them. */
  notesOf(devices: readonly DeviceId[]): Promise<(NoteRow & { readonly device: DeviceId })[]>;
  /** When somebody last took a device from a box's list; absent where nobody did. */
  removedAt(devices: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, number>>;
}

export function customerNotes({ db, customer }: Scope): CustomerNotes {
  const ours = <R>(rows: readonly R[]): (R & { customer_id: number })[] =>
    rows.map((row) => ({ ...row, customer_id: customer }));
  const localNames = async (devices: readonly DeviceId[]): Promise<ReadonlyMap<string, DeviceId>> => {
    const keys = await db
      .selectFrom('device_key')
      .select(['key', 'device_id'])
      .where('customer_id', '=', customer)
      .where('device_id', 'in', devices)
      .where('kind', '=', 'local')
      .execute();
    return new Map(keys.map((row) => [row.key, row.device_id as DeviceId]));
  };
  return {
    addEvents: (rows) => insertRows(db, 'event', ours(rows) satisfies Insertable<EventTable>[]),
    addPlans: (rows) => insertRows(db, 'plan', ours(rows) satisfies Insertable<PlanTable>[]),
    addScans: (rows) => insertRows(db, 'scan', ours(rows) satisfies Insertable<ScanTable>[]),
    findNote: (agent, localId, field) =>
      db
        .selectFrom('note')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .where('local_id', '=', localId)
        .where('field', '=', field)
        .executeTakeFirst(),
    async saveNote(row) {
      const { value, revision, epoch_no, seq, typed_at = null, typed_by = null } = row;
      await db
        .insertInto('note')
        .values({ ...row, typed_at, typed_by, customer_id: customer })
        .onConflict((conflict) =>
          conflict
            .columns(['customer_id', 'agent', 'local_id', 'field'])
            .doUpdateSet({ value, revision, epoch_no, seq, typed_at, typed_by }),
        )
        .execute();
    },
    async unconfirmed(agent, newestEpoch, limit) {
      const rows = await db
        .selectFrom('note')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .where(({ eb, or }) => or([eb('typed_at', 'is not', null), eb('epoch_no', '<', newestEpoch)]))
        .orderBy(({ eb }) => eb('typed_at', 'is', null))
        .orderBy('typed_at', 'desc')
        .orderBy('local_id')
        .orderBy('field')
        .limit(limit)
        .execute();
      return rows.map(({ customer_id: _customer, ...row }) => row);
    },
    async notesOf(devices) {
      const found: (NoteRow & { device: DeviceId })[] = [];
      for (const batch of batches(devices, 1)) {
        const deviceOf = await localNames(batch);
        for (const [agent, localIds] of byAgent(deviceOf.keys())) {
          const rows = await db
            .selectFrom('note')
            .selectAll()
            .where('customer_id', '=', customer)
            .where('agent', '=', agent)
            .where('local_id', 'in', localIds)
            .execute();
          for (const { customer_id: _customer, ...row } of rows) {
            const device = deviceOf.get(localKey(row.agent, row.local_id));
            if (device !== undefined) found.push({ ...row, device });
          }
        }
      }
      return found;
    },
    async removedAt(devices) {
      const found = new Map<DeviceId, number>();
      for (const batch of batches(devices, 1)) {
        const deviceOf = await localNames(batch);
        for (const [agent, localIds] of byAgent(deviceOf.keys())) {
          const rows = await db
            .selectFrom('event')
            .select(({ fn }) => ['local_id', fn.max('at').as('at')])
            .where('customer_id', '=', customer)
            .where('agent', '=', agent)
            .where('local_id', 'in', localIds)
            .where('event', '=', 'removed')
            .groupBy('local_id')
            .execute();
          for (const { local_id, at } of rows) {
            const device = deviceOf.get(localKey(agent, local_id));
            if (device !== undefined) found.set(device, Math.max(found.get(device) ?? 0, Number(at)));
          }
        }
      }
      return found;
    },
  };
}

function byAgent(keys: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const { agent, localId } = splitLocalKey(key);
    const group = groups.get(agent);
    if (group) group.push(localId);
    else groups.set(agent, [localId]);
  }
  return groups;
}
