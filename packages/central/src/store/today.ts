/** What a dealer looks at each morning, across the customers that a caller sees: each list is short and found by an index. */
import { sql } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import type { Sight } from './sight.ts';
import { boxIsSilent } from './silent-box.ts';
import { ATTENTION, awake, siteName, type Today } from './today-lines.ts';
import { machinesOfToday } from './today-machines.ts';

export * from './today-lines.ts';

export function todayOf(sight: Sight): Today {
  const { db, customer: own } = sight;
  return {
    ...machinesOfToday(sight),
    async silentBoxes({ now, mine }, limit) {
      const all = db
        .selectFrom('box')
        .leftJoin('attention', (join) =>
          join
            .onRef('attention.customer_id', '=', 'box.customer_id')
            .on('attention.subject', '=', sql<string>`'box:' || box.agent`)
            .on('attention.cause', '=', sql<string>`cast(coalesce(box.last_heard, box.enrolled_at) as text)`),
        )
        .where('box.revoked_at', 'is', null)
        .where('box.left_at', 'is', null)
        .where(boxIsSilent('box', now))
        .where(awake(now));
      const seen = own === null ? all : all.where('box.customer_id', '=', own);
      const query = mine === null ? seen : seen.where('attention.assigned_to', '=', mine);
      const lines = await query
        .innerJoin('customer', 'customer.id', 'box.customer_id')
        .leftJoin('box_hours', (join) =>
          join.onRef('box_hours.customer_id', '=', 'box.customer_id').onRef('box_hours.agent', '=', 'box.agent'),
        )
        .select([
          ...(['customer_id', 'agent', 'last_heard', 'enrolled_at'] as const).map((column) => `box.${column}` as const),
          'customer.name as customer_name',
          sql<string>`coalesce((select site.name from site where site.customer_id = box.customer_id and site.id = box.site_id), '')`.as(
            'site_name',
          ),
          sql<number>`(select count(*) from standing where standing.agent = box.agent and standing.customer_id = box.customer_id)`.as(
            'machines',
          ),
          'box_hours.hour',
          'box_hours.heard',
          ...ATTENTION,
        ])
        .orderBy(sql`coalesce(box.last_heard, box.enrolled_at)`)
        .orderBy('box.agent')
        .limit(limit)
        .execute();
      const total = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
      return { lines, total: total?.count ?? 0 };
    },
    async questions({ now, mine }, limit) {
      const all = db
        .selectFrom('question')
        .innerJoin('standing', (join) =>
          join
            .onRef('standing.customer_id', '=', 'question.customer_id')
            .onRef('standing.device_id', '=', 'question.device_id'),
        )
        .leftJoin('attention', (join) =>
          join
            .onRef('attention.customer_id', '=', 'question.customer_id')
            .on(
              'attention.subject',
              '=',
              sql<string>`'question:' || cast(question.device_id as text) || ':' || question.key`,
            )
            .on('attention.cause', '=', sql<string>`cast(question.at as text)`),
        )
        .where('question.answer', 'is', null)
        .where(awake(now));
      const seen = own === null ? all : all.where('question.customer_id', '=', own);
      const query = mine === null ? seen : seen.where('attention.assigned_to', '=', mine);
      const lines = await query
        .innerJoin('customer', 'customer.id', 'question.customer_id')
        .select([
          ...(['customer_id', 'key', 'why', 'at', 'from_at', 'to_at', 'counts'] as const).map(
            (column) => `question.${column}` as const,
          ),
          'standing.name',
          'standing.agent',
          'customer.name as customer_name',
          siteName,
          sql<DeviceId>`question.device_id`.as('device_id'),
          ...ATTENTION,
        ])
        .orderBy('question.at', 'desc')
        .orderBy('question.customer_id')
        .orderBy('question.device_id')
        .orderBy('question.key')
        .limit(limit)
        .execute();
      const total = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
      return { lines, total: total?.count ?? 0 };
    },
  };
}
