/**
 * A dealer's fleet at its largest, written straight into the store: how each machine stands with the words it is found by, its
 * latest values, boxes, questions, live alerts, and the days of 18 months for a share of the machines.
 */
import { seededRandom, silentLog } from '@rsb/runtime';
import { type Kysely, sql } from 'kysely';
import { foldText, searchWords } from '../src/fleet/search-text.ts';
import { standingOf } from '../src/fleet/standing.ts';
import { troubleRank } from '../src/store/customer-standings.ts';
import { openStore, type StorePlace } from '../src/store/open.ts';
import { insertRows } from '../src/store/rows.ts';
import { sortKey } from '../src/store/sort-key.ts';
import type { Tables } from '../src/store/tables.ts';
import { newFleet } from './fleet-readings.ts';

const PER_CUSTOMER = 50;
export const DAYS = 548;
const AT_ONCE = 2000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MODELS = [
  'MP C3003',
  'MP C2050',
  'IM C4500',
  'FS-1370DN',
  'TASKalfa 3554ci',
  'M507',
  'HL-L6400DW',
  'bizhub C258',
  'C8030',
];

export interface LargeFleet {
  readonly machines: number;
  /** Of them so many have the days of 18 months. */
  readonly withDays: number;
}

export async function fillLargeFleet(place: StorePlace, { machines, withDays }: LargeFleet): Promise<void> {
  const opened = await openStore(place, silentLog());
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const { db, reader, engine } = opened.value;
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const dice = seededRandom(3);
  const readingOf = newFleet(now);
  for (let from = 0; from < machines; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, machines - from);
    const customers = Array.from({ length: Math.ceil(count / PER_CUSTOMER) }, (_, at) => 1 + from / PER_CUSTOMER + at);
    const rows = Array.from({ length: count }, (_, at) => machine(from + at, now, readingOf, dice.below(1000)));
    await db.transaction().execute(async (tx) => {
      await insertRows(
        tx,
        'customer',
        customers.map((id) => {
          const name = `Customer ${String(id * 7919).slice(-4)} ${id}`;
          return { id, name, search: foldText(name), sort_key: sortKey(name), created_at: now };
        }),
      );
      await insertRows(
        tx,
        'site',
        customers.map((customer_id) => ({ customer_id, id: 1, name: 'Colmar', address: null, created_at: now })),
      );
      await insertRows(
        tx,
        'box',
        customers.map((customer_id) => ({
          ...{
            customer_id,
            agent: agentOf(customer_id),
            public_key: '',
            enrolled_at: 0,
            version: '0.1.0',
            zone: 'UTC',
          },
          last_heard: customer_id % 40 === 0 ? now - 30 * HOUR : now,
        })),
      );
      await insertRows(
        tx,
        'device',
        rows.map(({ device }) => device),
      );
      await insertRows(
        tx,
        'device_part',
        rows.flatMap(({ parts }) => parts),
      );
      await insertRows(
        tx,
        'standing',
        rows.map(({ standing }) => standing),
      );
      await insertRows(
        tx,
        'standing_word',
        rows.flatMap(({ standing: { customer_id, device_id, search } }) =>
          searchWords(search).map((word) => ({ word, customer_id, device_id })),
        ),
      );
      await insertRows(
        tx,
        'alert',
        rows.flatMap(({ alert }) => alert),
      );
      await insertRows(
        tx,
        'question',
        rows.flatMap(({ question }) => question),
      );
      await fillDays(tx, engine, { from, to: Math.min(from + count, withDays) }, Math.floor(now / DAY));
    });
  }
  // A living database of PostgreSQL has this from its own upkeep.
  if (engine === 'postgres') await sql`vacuum analyze`.execute(db);
  await reader.destroy();
  await db.destroy();
}

/** By the database itself: rows that go through the client would take ten times as long. */
async function fillDays(
  db: Kysely<Tables>,
  engine: 'sqlite' | 'postgres',
  { from, to }: { readonly from: number; readonly to: number },
  today: number,
): Promise<void> {
  if (to <= from) return;
  const back =
    engine === 'postgres'
      ? sql`select generate_series(0, ${sql.lit(DAYS - 1)}) as n`
      : sql`select 0 union all select n + 1 from back where n < ${sql.lit(DAYS - 1)}`;
  await sql`with recursive back(n) as (${back})
    insert into device_day (customer_id, device_id, day, all_pages, mono, color, print, copy, fax, scan, beyond, hours, last)
    select customer_id, device_id, ${sql.lit(today - DAYS + 1)} + n, 90 + n % 40, 60, 30 + n % 40, 50, 40, null, 12, null, null, '{}'
    from standing cross join back where device_id > ${from} and device_id <= ${to} order by 1, 2, 3`.execute(db);
}

function agentOf(customer: number): string {
  return String(100_000_000 + customer);
}

function machine(number: number, now: number, readingOf: ReturnType<typeof newFleet>, chance: number) {
  const customer_id = 1 + Math.floor(number / PER_CUSTOMER);
  const device_id = number + 1;
  const at = chance < 20 ? now - 60 * HOUR : now - (number % 60) * 60_000;
  const { reading } = readingOf(number, number % 5);
  const { counters = null, supplies = [] } = reading;
  const identity =
    reading.identity === undefined ? null : { ...reading.identity, model: MODELS[number % MODELS.length] ?? null };
  const status = {
    state: 'idle' as const,
    errors: chance > 980 ? (['jammed'] as const) : chance > 950 ? (['doorOpen'] as const) : [],
  };
  const day = Math.floor(now / DAY);
  const days = Array.from({ length: 84 }, (_, back) => ({
    ...{ day: day - back, all_pages: 90 + ((back + number) % 40), mono: 60, color: 30 + ((back * number) % 40) },
  }));
  const place = { epoch_no: 1, seq: number + 1, at };
  const device = {
    ...{ customer_id, id: device_id, agent: agentOf(customer_id), local_id: `Ricoh:${identity?.serialNumber}` },
    ...{
      address: reading.address ?? '',
      kind: 'mfp',
      manufacturer_key: 'ricoh',
      serial_key: identity?.serialNumber ?? null,
    },
    ...{ mac: identity?.macAddress ?? null, completeness: '{"state":"complete","missing":[],"reasons":{}}' },
    ...{ readings: 13_000, first_heard: now - DAYS * DAY, last_heard: at, ...place },
  };
  const told = { identity, counters, supplies, status, alerts: [] };
  const parts = Object.entries(told).map(([part, value]) => ({
    ...{
      customer_id,
      device_id,
      part: part as 'identity',
      taken_at: new Date(at).toISOString(),
      value: JSON.stringify(value),
    },
    ...place,
  }));
  const found = standingOf(
    {
      device: device as never,
      identity,
      counters,
      supplies,
      status: status as never,
      alerts: [],
      readAt: at,
      notes: { serviceId: String(700_000 + number), group: null, location: null, monitored: true },
      isReplaced: false,
      isRemoved: false,
      mark: 10,
      billingDay: 31,
      silentHours: 48,
      days,
      today: day,
    },
    undefined,
  );
  const standing = { customer_id, ...found, trouble_rank: troubleRank(found) };
  const question =
    chance === 500
      ? [
          {
            ...{
              customer_id,
              device_id,
              key: `fell@${at}`,
              why: 'fell',
              at,
              from_at: at - DAY,
              to_at: at,
              counts: '[]',
            },
            answer: null,
          },
        ]
      : [];
  return { device, parts, standing, question, alert: alertsOf(standing, at) };
}

/** Two that are over, and one that is open where the machine is in trouble. */
function alertsOf(
  { customer_id, device_id, agent, name, model, severity, trouble }: Tables['standing'],
  at: number,
): Tables['alert'][] {
  const alert = (no: number, isLive: boolean): Tables['alert'] => ({
    ...{ customer_id, id: device_id * 4 + no, subject: `device ${device_id}`, device_id, agent },
    ...{ rule_id: 'trouble', rule_name: null, condition: '{}', severity: severity === 2 ? 'critical' : 'warning' },
    ...{ rank: severity === 2 ? 0 : 1, status: isLive ? 'open' : 'resolved', live: isLive ? 1 : 0 },
    causes: JSON.stringify([{ code: trouble ?? 'jammed' }]),
    also: '[]',
    ...{ label: name, model, service_id: null, search: `${name} ${model}`.toLowerCase() },
    ...{
      opened_at: at - no * 30 * DAY,
      changed_at: at - no * 30 * DAY,
      resolved_at: isLive ? null : at - no * 29 * DAY,
    },
    ...{ acknowledged_by: null, assigned_to: null, snoozed_until: null, revision: 1 },
  });
  return [...(severity > 0 ? [alert(0, true)] : []), alert(1, false), alert(2, false)];
}
