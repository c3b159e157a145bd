/** All boxes that a caller sees: those that fell silent first, a page at a time, with the hours in which they were heard. */
import { type SqlBool, sql } from 'kysely';
import { foldText } from '../fleet/search-text.ts';
import type { Sight } from './sight.ts';
import { boxIsSilent } from './silent-box.ts';

export interface BoxEverywhere {
  readonly customer_id: number;
  readonly customer_name: string;
  readonly site_name: string;
  readonly agent: string;
  readonly enrolled_at: number;
  readonly last_heard: number | null;
  readonly silent_hours: number;
  readonly version: string | null;
  readonly waiting: number | null;
  readonly unreached: string | null;
  readonly revoked_at: number | null;
  readonly machines: number;
  readonly quarantined: number;
  readonly hour: number | null;
  readonly heard: number | null;
}

export interface BoxesFilter {
  readonly search: string;
  /** Only those that are silent at this moment. */
  readonly silentAt: number | null;
}

export interface BoxesEverywhere {
  count(filter: BoxesFilter): Promise<number>;
  page(
    filter: BoxesFilter,
    after: { readonly heard: number; readonly agent: string } | null,
    limit: number,
  ): Promise<BoxEverywhere[]>;
}

const heardAt = sql<number>`coalesce(box.last_heard, 0)`;

export function boxesEverywhere({ db, customer: own }: Sight): BoxesEverywhere {
  const boxes = ({ search, silentAt }: BoxesFilter) => {
    let query = db
      .selectFrom('box')
      .innerJoin('customer', 'customer.id', 'box.customer_id')
      .where('box.left_at', 'is', null);
    if (own !== null) query = query.where('box.customer_id', '=', own);
    if (silentAt !== null) query = query.where('box.revoked_at', 'is', null).where(boxIsSilent('box', silentAt));
    for (const word of foldText(search).split(' ').filter(Boolean).slice(0, 6)) {
      const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
      query = query.where(
        sql<SqlBool>`(box.agent like ${like} escape '\\' or lower(customer.name) like ${like} escape '\\' or lower(coalesce(box.version, '')) like ${like} escape '\\')`,
      );
    }
    return query;
  };
  return {
    async count(filter) {
      const row = await boxes(filter)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst();
      return row?.count ?? 0;
    },
    page: (filter, after, limit) =>
      boxes(filter)
        .leftJoin('box_hours', (join) =>
          join.onRef('box_hours.customer_id', '=', 'box.customer_id').onRef('box_hours.agent', '=', 'box.agent'),
        )
        .select([
          ...(
            [
              'customer_id',
              'agent',
              'enrolled_at',
              'last_heard',
              'silent_hours',
              'version',
              'waiting',
              'unreached',
              'revoked_at',
            ] as const
          ).map((column) => `box.${column}` as const),
          'customer.name as customer_name',
          sql<string>`coalesce((select site.name from site where site.customer_id = box.customer_id and site.id = box.site_id), '')`.as(
            'site_name',
          ),
          sql<number>`(select count(*) from standing where standing.agent = box.agent and standing.customer_id = box.customer_id)`.as(
            'machines',
          ),
          sql<number>`(select count(*) from quarantine where quarantine.agent = box.agent and quarantine.customer_id = box.customer_id)`.as(
            'quarantined',
          ),
          'box_hours.hour',
          'box_hours.heard',
        ])
        .$if(after !== null, (query) =>
          query.where(sql<SqlBool>`(${heardAt}, box.agent) > (${after?.heard}, ${after?.agent})`),
        )
        .orderBy(heardAt)
        .orderBy('box.agent')
        .limit(limit)
        .execute(),
  };
}
