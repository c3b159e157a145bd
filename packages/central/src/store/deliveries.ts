/**
 * The outbox of alerts, across customers: one mail may tell of several. What is ready is put into deliveries, and each
 * delivery is leased to whoever sends it; it stays afterwards as the log.
 */
import type { Kysely, Selectable } from 'kysely';
import type { DeliveryTable } from './alert-tables.ts';
import type { Tables } from './tables.ts';

export type DeliveryRow = Selectable<DeliveryTable>;

export interface ReadyLine {
  readonly groupKey: string;
  readonly line: string;
}

export interface NewDelivery {
  readonly id: number;
  readonly alerts: number;
  readonly payload: string;
}

export interface Deliveries {
  /** Channels for which something is ready to be told. */
  readyChannels(now: number): Promise<number[]>;
  /** Puts what is ready for a channel into deliveries, all or nothing. `pack` decides how many. */
  pack(
    channel: { readonly id: number; readonly name: string; readonly kind: DeliveryRow['kind'] },
    now: number,
    pack: (lines: readonly ReadyLine[]) => readonly NewDelivery[],
  ): Promise<number>;
  add(row: DeliveryRow): Promise<void>;
  /** The delivery of a channel not named in `busy` that has been due longest, leased to a token. */
  claim(
    lease: { readonly token: string; readonly now: number; readonly until: number },
    busy: readonly number[],
  ): Promise<DeliveryRow | undefined>;
  /** False where the lease ran out and somebody else has it. */
  settle(
    id: number,
    token: string,
    change: Pick<DeliveryRow, 'state' | 'next_at' | 'delivered_at' | 'answer' | 'attempts'>,
  ): Promise<boolean>;
  /** When the next one is due, or something becomes ready. */
  nextDue(): Promise<number | undefined>;
  find(id: number): Promise<DeliveryRow | undefined>;
  list(
    channel: number | null,
    after: { readonly at: number; readonly id: number } | null,
    limit: number,
  ): Promise<DeliveryRow[]>;
  standings(): Promise<
    {
      readonly channel: number;
      readonly waiting: number;
      readonly delivered: number | null;
      readonly problem: string | null;
    }[]
  >;
  /** Takes away finished ones that are older. */
  prune(before: number): Promise<void>;
}

/** One round of telling: beyond it, the next round goes on. */
const MOST_LINES = 5000;
const CANDIDATES = 16;

export function deliveriesOf(db: Kysely<Tables>): Deliveries {
  return {
    async readyChannels(now) {
      const rows = await db
        .selectFrom('notification')
        .select('channel_id')
        .distinct()
        .where('ready_at', '<=', now)
        .execute();
      return rows.map((row) => row.channel_id);
    },
    pack: (channel, now, pack) =>
      db.transaction().execute(async (tx) => {
        const rows = await tx
          .selectFrom('notification')
          .select(['customer_id', 'id', 'group_key', 'line'])
          .where('channel_id', '=', channel.id)
          .where('ready_at', '<=', now)
          .orderBy('made_at')
          .orderBy('id')
          .limit(MOST_LINES)
          .execute();
        let taken = 0;
        const lines: ReadyLine[] = [];
        for (const { customer_id, id, group_key, line } of rows) {
          // Two workers may pack at once: a line is told by the one that takes it away.
          const gone = await tx
            .deleteFrom('notification')
            .where('customer_id', '=', customer_id)
            .where('id', '=', id)
            .executeTakeFirst();
          if (gone.numDeletedRows === 0n) continue;
          taken += 1;
          lines.push({ groupKey: group_key, line });
        }
        for (const { id, alerts, payload } of pack(lines)) {
          await tx
            .insertInto('delivery')
            .values({
              id,
              alerts,
              payload,
              channel_id: channel.id,
              channel_name: channel.name,
              kind: channel.kind,
              made_at: now,
              state: 'waiting',
              attempts: 0,
              next_at: now,
              delivered_at: null,
              answer: null,
              is_test: 0,
              token: null,
              leased_until: 0,
            })
            .execute();
        }
        return taken;
      }),
    async add(row) {
      await db.insertInto('delivery').values(row).execute();
    },
    async claim({ token, now, until }, busy) {
      const rows = await db
        .selectFrom('delivery')
        .selectAll()
        .where('state', 'in', ['waiting', 'sending'])
        .where('next_at', '<=', now)
        .where('leased_until', '<=', now)
        .$if(busy.length > 0, (query) => query.where('channel_id', 'not in', [...busy]))
        .orderBy('next_at')
        .orderBy('id')
        .limit(CANDIDATES)
        .execute();
      for (const row of rows) {
        const taken = await db
          .updateTable('delivery')
          .set({ state: 'sending', token, leased_until: until })
          .where('id', '=', row.id)
          .where('state', '=', row.state)
          .where('leased_until', '=', row.leased_until)
          .executeTakeFirst();
        if (taken.numUpdatedRows === 1n) return { ...row, state: 'sending', token, leased_until: until };
      }
      return undefined;
    },
    async settle(id, token, change) {
      const { numUpdatedRows } = await db
        .updateTable('delivery')
        .set({ ...change, token: null, leased_until: 0 })
        .where('id', '=', id)
        .where('token', '=', token)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async nextDue() {
      const due = await db
        .selectFrom('delivery')
        .select(({ fn }) => fn.min<number | null>('next_at').as('at'))
        .where('state', 'in', ['waiting', 'sending'])
        .executeTakeFirst();
      const ready = await db
        .selectFrom('notification')
        .select(({ fn }) => fn.min<number | null>('ready_at').as('at'))
        .executeTakeFirst();
      const moments = [due?.at, ready?.at].filter((at) => at !== null && at !== undefined);
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    find: (id) => db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst(),
    list: (channel, after, limit) =>
      db
        .selectFrom('delivery')
        .selectAll()
        .$if(channel !== null, (query) => query.where('channel_id', '=', channel ?? 0))
        .$if(after !== null, (query) =>
          query.where(({ or, and, eb }) =>
            or([
              eb('made_at', '<', after?.at ?? 0),
              and([eb('made_at', '=', after?.at ?? 0), eb('id', '<', after?.id ?? 0)]),
            ]),
          ),
        )
        .orderBy('made_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),
    async standings() {
      const rows = await db
        .selectFrom('delivery')
        .select(({ fn, eb }) => [
          'channel_id',
          fn.sum<number>(eb.case().when('state', 'in', ['waiting', 'sending']).then(1).else(0).end()).as('waiting'),
          fn.max<number | null>('delivered_at').as('delivered'),
        ])
        .groupBy('channel_id')
        .execute();
      const standings = [];
      for (const row of rows) {
        const last = await db
          .selectFrom('delivery')
          .select(['answer', 'state', 'attempts'])
          .where('channel_id', '=', row.channel_id)
          .where('attempts', '>', 0)
          .orderBy('made_at', 'desc')
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst();
        const problem = last && last.state !== 'delivered' ? last.answer : null;
        standings.push({ channel: row.channel_id, waiting: Number(row.waiting), delivered: row.delivered, problem });
      }
      return standings;
    },
    async prune(before) {
      await db
        .deleteFrom('delivery')
        .where('state', 'in', ['delivered', 'gaveUp'])
        .where('made_at', '<', before)
        .execute();
    },
  };
}
