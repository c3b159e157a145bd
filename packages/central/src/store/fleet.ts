/** All devices that a caller sees: counted, by model, and with what they told last. */
import { type SqlBool, sql } from 'kysely';
import type { DevicePartRow, DeviceRow } from './customer-devices.ts';
import { chooseFleet, type FleetFilter, type FleetView } from './fleet-choice.ts';
import { type FleetGroupsFound, fleetGroups, type GroupCursor } from './fleet-groups.ts';
import { type FleetPage, type FleetPageFound, type FleetRow, fleetPage } from './fleet-page.ts';
import type { DeviceId } from './identifiers.ts';
import type { Sight } from './sight.ts';

export interface FleetDevice {
  readonly device: DeviceRow;
  readonly parts: readonly DevicePartRow[];
}

export interface FleetCounts {
  readonly machines: number;
  readonly trouble: number;
  readonly supplies: number;
  readonly silent: number;
  readonly old: number;
  readonly questions: number;
  readonly unwatched: number;
}

export interface Fleet {
  counts(now: number): Promise<FleetCounts>;
  places(): Promise<{ readonly customers: number; readonly sites: number; readonly boxes: number }>;
  /** A page of the machines that match, in order. */
  page(filter: FleetFilter, page: FleetPage): Promise<FleetPageFound>;
  /** Customers that have any machine that matches, by name. */
  groups(filter: FleetFilter, after: GroupCursor | null, limit: number): Promise<FleetGroupsFound>;
  /** Models by how many there are. */
  models(limit: number): Promise<{ readonly model: string; readonly machines: number }[]>;
  /** The devices of these rows, with the latest value of each part. */
  devices(rows: readonly FleetRow[]): Promise<Map<number, FleetDevice>>;
}

export function fleetOf(sight: Sight): Fleet {
  const { db, customer: own } = sight;
  const standing = () => {
    const query = db.selectFrom('standing');
    return own === null ? query : query.where('standing.customer_id', '=', own);
  };
  return {
    async counts(now) {
      const count = async (view: FleetView) => (await chooseFleet(sight, { ...EVERYTHING, view, now })).count;
      const asked = db
        .selectFrom('question')
        .select(sql<number>`count(distinct device_id)`.as('count'))
        .where('answer', 'is', null);
      const questions = await (own === null ? asked : asked.where('customer_id', '=', own)).executeTakeFirst();
      return {
        machines: await count('all'),
        trouble: await count('trouble'),
        supplies: await count('supplies'),
        silent: await count('silent'),
        old: await count('old'),
        unwatched: await count('unwatched'),
        questions: questions?.count ?? 0,
      };
    },
    async places() {
      const of = (table: 'site' | 'box') => {
        const query = db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
        return own === null ? query : query.where('customer_id', '=', own);
      };
      const customers = db.selectFrom('customer').select(({ fn }) => fn.countAll<number>().as('count'));
      const [houses, sites, boxes] = [
        await (own === null ? customers : customers.where('id', '=', own)).executeTakeFirst(),
        await of('site').executeTakeFirst(),
        await of('box').where('revoked_at', 'is', null).where('left_at', 'is', null).executeTakeFirst(),
      ];
      return { customers: houses?.count ?? 0, sites: sites?.count ?? 0, boxes: boxes?.count ?? 0 };
    },
    page: (filter, page) => fleetPage(sight, filter, page),
    groups: (filter, after, limit) => fleetGroups(sight, filter, after, limit),
    async models(limit) {
      return standing()
        .select(({ fn }) => ['model', fn.countAll<number>().as('machines')])
        .where('model', '!=', '')
        .groupBy('model')
        .orderBy('machines', 'desc')
        .orderBy('model')
        .limit(limit)
        .execute();
    },
    async devices(list) {
      if (list.length === 0) return new Map();
      const keys = sql.join(
        list.map(({ customer_id, device_id }) => sql`(cast(${customer_id} as bigint), cast(${device_id} as bigint))`),
      );
      const found = await db
        .selectFrom('device')
        .selectAll()
        .where(sql<SqlBool>`(customer_id, id) in (values ${keys})`)
        .execute();
      const parts = await db
        .selectFrom('device_part')
        .selectAll()
        .where(sql<SqlBool>`(customer_id, device_id) in (values ${keys})`)
        .execute();
      const partsOf = Map.groupBy(parts, ({ device_id }) => device_id);
      return new Map(
        found.map(({ customer_id, ...device }) => [
          device.id,
          {
            device: { ...device, id: device.id as DeviceId },
            parts: (partsOf.get(device.id) ?? [])
              .filter((part) => part.customer_id === customer_id)
              .map(({ customer_id: _customer, ...part }) => ({ ...part, device_id: part.device_id as DeviceId })),
          },
        ]),
      );
    },
  };
}

const EVERYTHING = { search: '', customer: null, site: null, agent: null, model: null } as const;
