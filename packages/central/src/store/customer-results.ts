/** What processing found out of a customer's devices: days, events, questions with their answers, and where to read on. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Insertable, Selectable } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import type { DeviceDayTable, FindingTable, QuestionTable } from './result-tables.ts';
import { batches, insertRows, upsertRows } from './rows.ts';
import type { Scope } from './scope.ts';

export type DeviceDayRow = Omit<Selectable<DeviceDayTable>, 'customer_id' | 'device_id'>;
export type FindingRow = Omit<Selectable<FindingTable>, 'customer_id' | 'device_id'>;
export type QuestionRow = Omit<Selectable<QuestionTable>, 'customer_id' | 'device_id'>;
export type AskedRow = Pick<QuestionRow, 'key' | 'why' | 'at' | 'from_at' | 'to_at' | 'counts'>;
export type GivenAnswer = Required<Pick<QuestionRow, 'answer' | 'answered_by' | 'reason' | 'answered_at'>>;

export interface CheckpointRow {
  readonly at: number;
  readonly until: number;
  readonly madeWith: string;
  /** As `encodeCheckpoint` writes it. */
  readonly value: string;
}

export interface CustomerResults {
  /** Rising; `from` ≤ day ≤ `to`. */
  days(device: DeviceId, from: number, to: number): Promise<DeviceDayRow[]>;
  /** Makes the days from `from` on be these; returns how many changed. */
  saveDays(device: DeviceId, from: number, rows: readonly DeviceDayRow[]): Promise<number>;
  findings(device: DeviceId, from: number, to: number, limit: number): Promise<FindingRow[]>;
  findingsOfKind(devices: readonly DeviceId[], kind: string): Promise<(FindingRow & { readonly device: DeviceId })[]>;
  /** Makes the events from `from` on be these, and those that are kept. */
  saveFindings(
    device: DeviceId,
    from: number,
    rows: readonly FindingRow[],
    isKept: (row: FindingRow) => boolean,
  ): Promise<void>;
  /** Of each device the latest ones, in no order. */
  findingsOfMany(
    devices: readonly DeviceId[],
    from: number,
    to: number,
    most: number,
  ): Promise<(FindingRow & { readonly device: DeviceId })[]>;
  questions(device: DeviceId): Promise<QuestionRow[]>;
  questionsOfMany(devices: readonly DeviceId[]): Promise<(QuestionRow & { readonly device: DeviceId })[]>;
  /** Makes the open questions from `from` on be these; answered ones stay. Returns those that were open and are so no more. */
  saveQuestions(device: DeviceId, from: number, rows: readonly AskedRow[]): Promise<readonly AskedRow[]>;
  /** False where there is no such question. Null takes an answer back. */
  saveAnswer(device: DeviceId, key: string, answer: GivenAnswer | null): Promise<boolean>;
  /** In time, without their values. */
  checkpoints(device: DeviceId): Promise<Omit<CheckpointRow, 'value'>[]>;
  checkpoint(device: DeviceId, at: number): Promise<string | undefined>;
  /** Puts these in the place of all after `after`. */
  saveCheckpoints(device: DeviceId, after: number, rows: readonly CheckpointRow[]): Promise<void>;
  /** Takes away all that was found of a device; how it stands is `standings`' own. */
  forget(device: DeviceId): Promise<void>;
}

export function customerResults({ db, customer }: Scope): CustomerResults {
  return {
    async days(device, from, to) {
      const rows = await db
        .selectFrom('device_day')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('day', '>=', from)
        .where('day', '<=', to)
        .orderBy('day')
        .execute();
      return rows.map(({ customer_id: _customer, device_id: _device, ...row }) => row);
    },
    async saveDays(device, from, rows) {
      const known = new Map((await this.days(device, from, Number.MAX_SAFE_INTEGER)).map((row) => [row.day, row]));
      const changed = rows.filter((row) => !isSame(known.get(row.day), row));
      await upsertRows(
        db,
        'device_day',
        changed.map((row): Insertable<DeviceDayTable> => ({ customer_id: customer, device_id: device, ...row })),
        ['customer_id', 'device_id', 'day'],
      );
      const days = new Set(rows.map(({ day }) => day));
      const gone = [...known.keys()].filter((day) => !days.has(day));
      for (const batch of batches(gone, 1)) {
        await db
          .deleteFrom('device_day')
          .where('customer_id', '=', customer)
          .where('device_id', '=', device)
          .where('day', 'in', batch)
          .execute();
      }
      return changed.length + gone.length;
    },
    findings: (device, from, to, limit) =>
      db
        .selectFrom('finding')
        .select(['key', 'at', 'kind', 'detail'])
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .orderBy('at', 'desc')
        .orderBy('key')
        .limit(limit)
        .execute(),
    async findingsOfMany(devices, from, to, most) {
      const found: (FindingRow & { device: DeviceId })[] = [];
      for (const batch of batches(devices, 1)) {
        const ranked = db
          .selectFrom('finding')
          .select(({ fn }) => [
            'device_id',
            'key',
            'at',
            'kind',
            'detail',
            fn
              .agg<number>('row_number')
              .over((over) => over.partitionBy('device_id').orderBy('at', 'desc').orderBy('key'))
              .as('place'),
          ])
          .where('customer_id', '=', customer)
          .where('device_id', 'in', batch)
          .where('at', '>=', from)
          .where('at', '<=', to);
        const rows = await db
          .selectFrom(ranked.as('ranked'))
          .select(['device_id', 'key', 'at', 'kind', 'detail'])
          .where('place', '<=', most)
          .execute();
        for (const { device_id, ...row } of rows) found.push({ ...row, device: device_id as DeviceId });
      }
      return found;
    },
    async questionsOfMany(devices) {
      const found: (QuestionRow & { device: DeviceId })[] = [];
      for (const batch of batches(devices, 1)) {
        const rows = await db
          .selectFrom('question')
          .selectAll()
          .where('customer_id', '=', customer)
          .where('device_id', 'in', batch)
          .orderBy('device_id')
          .orderBy('at')
          .orderBy('key')
          .execute();
        for (const { customer_id: _customer, device_id, ...row } of rows)
          found.push({ ...row, device: device_id as DeviceId });
      }
      return found;
    },
    async findingsOfKind(devices, kind) {
      if (devices.length === 0) return [];
      const rows = await db
        .selectFrom('finding')
        .select(['device_id', 'key', 'at', 'kind', 'detail'])
        .where('customer_id', '=', customer)
        .where('device_id', 'in', [...devices])
        .where('kind', '=', kind)
        .execute();
      return rows.map(({ device_id, ...row }) => ({ ...row, device: device_id as DeviceId }));
    },
    async saveFindings(device, from, rows, isKept) {
      const stored = await db
        .selectFrom('finding')
        .select(['key', 'at', 'kind', 'detail'])
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>=', from)
        .execute();
      const known = new Map(stored.map((row) => [row.key, row]));
      const wanted = new Map(rows.map((row) => [row.key, row]));
      await upsertRows(
        db,
        'finding',
        [...wanted.values()]
          .filter((row) => !isSame(known.get(row.key), row))
          .map((row): Insertable<FindingTable> => ({ customer_id: customer, device_id: device, ...row })),
        ['customer_id', 'device_id', 'key'],
      );
      const gone = stored.filter((row) => !wanted.has(row.key) && !isKept(row)).map(({ key }) => key);
      for (const batch of batches(gone, 1)) {
        await db
          .deleteFrom('finding')
          .where('customer_id', '=', customer)
          .where('device_id', '=', device)
          .where('key', 'in', batch)
          .execute();
      }
    },
    async questions(device) {
      return (await this.questionsOfMany([device])).map(({ device: _device, ...row }) => row);
    },
    async saveQuestions(device, from, rows) {
      const stored = new Map((await this.questions(device)).map((row) => [row.key, row]));
      const asked = new Map(rows.map((row) => [row.key, row]));
      const changed = [...asked.values()].filter((row) => {
        const known = stored.get(row.key);
        return known === undefined || known.from_at !== row.from_at || known.counts !== row.counts;
      });
      const open = { answer: null, answered_by: null, reason: null, answered_at: null };
      await upsertRows(
        db,
        'question',
        changed.map(
          (row): Insertable<QuestionTable> => ({ customer_id: customer, device_id: device, ...row, ...open }),
        ),
        ['customer_id', 'device_id', 'key'],
      );
      const gone = [...stored.values()].filter(
        ({ key, to_at, answer }) => to_at >= from && answer === null && !asked.has(key),
      );
      for (const { key } of gone) {
        await db
          .deleteFrom('question')
          .where('customer_id', '=', customer)
          .where('device_id', '=', device)
          .where('key', '=', key)
          .execute();
      }
      return gone;
    },
    async saveAnswer(device, key, answer) {
      const saved = await db
        .updateTable('question')
        .set(answer ?? { answer: null, answered_by: null, reason: null, answered_at: null })
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('key', '=', key)
        .executeTakeFirst();
      return saved.numUpdatedRows > 0n;
    },
    async checkpoints(device) {
      const rows = await db
        .selectFrom('checkpoint')
        .select(['at', 'until', 'made_with'])
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .orderBy('at')
        .execute();
      return rows.map(({ made_with, ...row }) => ({ ...row, madeWith: made_with }));
    },
    async checkpoint(device, at) {
      const row = await db
        .selectFrom('checkpoint')
        .select('value')
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '=', at)
        .executeTakeFirst();
      return row && zstdDecompressSync(row.value).toString();
    },
    async saveCheckpoints(device, after, rows) {
      await db
        .deleteFrom('checkpoint')
        .where('customer_id', '=', customer)
        .where('device_id', '=', device)
        .where('at', '>', after)
        .execute();
      await insertRows(
        db,
        'checkpoint',
        rows.map(({ at, until, madeWith, value }) => ({
          customer_id: customer,
          device_id: device,
          at,
          until,
          made_with: madeWith,
          value: zstdCompressSync(value),
        })),
      );
    },
    async forget(device) {
      for (const table of ['device_day', 'finding', 'question', 'checkpoint', 'device_work'] as const) {
        await db.deleteFrom(table).where('customer_id', '=', customer).where('device_id', '=', device).execute();
      }
    },
  };
}

/** Both come from our own code: columns of text and numbers. */
function isSame(known: object | undefined, row: object): boolean {
  if (known === undefined) return false;
  const columns = known as Record<string, unknown>;
  return Object.entries(row).every(([name, value]) => columns[name] === value);
}
