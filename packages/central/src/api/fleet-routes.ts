/** The whole fleet as the dashboard lists it: counts, groups by customer, machines and boxes a page at a time, saved views. */
import {
  BoxesOfFleet,
  type BoxOfFleet,
  FleetCounts,
  type FleetGroup,
  FleetGroups,
  type FleetMachine,
  FleetModels,
  FleetPage,
  FleetQuery,
  fault,
  SavedView,
  SavedViewRequest,
} from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { WATCH_ALL, WATCH_DEVICE } from '../alerts/demands.ts';
import { heardHours } from '../fleet/heard-hours.ts';
import { shownRange, unreachedRanges } from '../fleet/unreached-ranges.ts';
import type { BoxEverywhere } from '../store/boxes-everywhere.ts';
import type { FleetDevice } from '../store/fleet.ts';
import type { FleetFilter } from '../store/fleet-choice.ts';
import type { FleetGroup as GroupRow } from '../store/fleet-groups.ts';
import { type FleetRow, sortedBy } from '../store/fleet-page.ts';
import { type CustomerId, findCustomerId } from '../store/identifiers.ts';
import { isSilentBox } from '../store/silent-box.ts';
import { storable } from '../store/storable-text.ts';
import type { WorkBehind } from '../store/work-behind.ts';
import { todayCount } from '../today/today-view.ts';
import { WORK_DELAY, WORK_DEVICE } from '../work/demands.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { Id } from './device-path.ts';
import type { Paging } from './paging.ts';
import { sendFault } from './problem.ts';
import { deviceView } from './views.ts';

const MOST_ON_A_PAGE = 200;
const ON_A_PAGE = 50;
const MOST_MODELS = 200;
const MOST_VIEWS = 30;
const READINGS = { kind: WORK_DEVICE, delay: WORK_DELAY } as const;
const ALERTS = { kind: WATCH_DEVICE, all: WATCH_ALL, delay: 0 } as const;
/** No customer has it: what a mistyped id leads to is an empty list. */
const NOBODY = 0 as CustomerId;

const iso = (at: number): string => isoInstant(instant(at));
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export function addFleetRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  const { database, clock } = work;
  const sightOf = ({ caller }: FastifyRequest) => database.sight(caller?.customer ?? null);
  const config = { caller: 'session', narrowed: true } as const;

  server.get('/api/v1/fleet/counts', { config, schema: { response: { 200: FleetCounts } } }, async (request) => {
    const { fleet, today, waiting } = sightOf(request);
    const now = clock.now();
    const { machines, ...views } = await fleet.counts(now);
    const moment = { now, mine: null };
    const readings = await waiting(READINGS, now);
    const alerts = await waiting(ALERTS, now);
    return {
      machines,
      ...(await fleet.places()),
      today: await todayCount(today, moment),
      behind: { readings: behindView(readings.behind), alerts: behindView(alerts.behind) },
      waiting: { readings: readings.machines, alerts: alerts.machines },
      views: { all: machines, ...views },
    };
  });

  const filterOf = (query: FleetQuery, now: number): FleetFilter => ({
    view: query.view ?? 'all',
    search: query.q ?? '',
    customer: query.customer === undefined ? null : (findCustomerId(query.customer) ?? NOBODY),
    site: query.site === undefined ? null : Number(query.site) || 0,
    agent: query.box ?? null,
    model: query.model ?? null,
    now,
  });

  server.get(
    '/api/v1/fleet',
    { config, schema: { querystring: FleetQuery, response: { 200: FleetPage } } },
    async (request, reply) => {
      const { fleet } = sightOf(request);
      const { query } = request;
      const { sort = 'name', order = 'asc', limit = String(ON_A_PAGE) } = query;
      const list = `fleet ${sort} ${order}`;
      const page = paging.read(list, { ...query, limit: bounded(limit) }, parseCursor);
      if (!page.ok) return sendFault(request, reply, page.error);
      const now = clock.now();
      const filter = filterOf(query, now);
      const { rows, count, atLeast } = await fleet.page(filter, {
        order: sort,
        descending: order === 'desc',
        after: page.value.after,
        limit: page.value.limit + 1,
      });
      const shown = rows.slice(0, page.value.limit);
      const devices = await fleet.devices(shown);
      const last = rows.length > shown.length ? shown.at(-1) : undefined;
      return {
        machines: shown.flatMap((row) => machineView(row, devices.get(row.device_id), now)),
        total: count,
        atLeast,
        next: last ? paging.write(list, [sortedBy(last, sort), last.customer_id, last.device_id]) : null,
      };
    },
  );

  server.get(
    '/api/v1/fleet/groups',
    { config, schema: { querystring: FleetQuery, response: { 200: FleetGroups } } },
    async (request, reply) => {
      const { fleet } = sightOf(request);
      const { query } = request;
      const page = paging.read('groups', { ...query, limit: bounded(query.limit ?? String(ON_A_PAGE)) }, parseGroup);
      if (!page.ok) return sendFault(request, reply, page.error);
      const filter = filterOf(query, clock.now());
      const { after, limit } = page.value;
      const { groups: found, machines, atLeast, customers } = await fleet.groups(filter, after, limit + 1);
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return {
        groups: shown.map(groupView),
        machines,
        atLeast,
        total: customers,
        next: last ? paging.write('groups', [last.sortKey, last.customer]) : null,
      };
    },
  );

  server.get('/api/v1/fleet/models', { config, schema: { response: { 200: FleetModels } } }, (request) =>
    sightOf(request).fleet.models(MOST_MODELS),
  );

  server.get(
    '/api/v1/fleet/boxes',
    {
      config: { ...config, right: 'read:boxes' },
      schema: {
        querystring: Type.Object({
          q: Type.Optional(Type.String({ maxLength: 200 })),
          silent: Type.Optional(Type.Enum(['true', 'false'] as const)),
          limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$' })),
          cursor: Type.Optional(Type.String({ maxLength: 1000 })),
        }),
        response: { 200: BoxesOfFleet },
      },
    },
    async (request, reply) => {
      const { boxes } = sightOf(request);
      const { q = '', silent, limit = String(ON_A_PAGE) } = request.query;
      const page = paging.read('boxes', { ...request.query, limit: bounded(limit) }, parseBox);
      if (!page.ok) return sendFault(request, reply, page.error);
      const now = clock.now();
      const filter = { search: q, silentAt: silent === 'true' ? now : null };
      const rows = await boxes.page(filter, page.value.after, page.value.limit + 1);
      const shown = rows.slice(0, page.value.limit);
      const last = rows.length > shown.length ? shown.at(-1) : undefined;
      return {
        boxes: shown.map((row) => boxView(row, now)),
        total: await boxes.count(filter),
        silent: await boxes.count({ search: q, silentAt: now }),
        next: last ? paging.write('boxes', [last.last_heard ?? 0, last.agent]) : null,
      };
    },
  );

  const accountKey = ({ caller }: FastifyRequest) => String(caller?.id ?? 0);
  const viewsOf = async (request: FastifyRequest) =>
    (await database.savedViews.list(accountKey(request))).map(({ id, ...view }) => ({ id: String(id), ...view }));
  const own = { caller: 'session', right: 'self' } as const;
  server.get('/api/v1/fleet/views', { config: own, schema: { response: { 200: Type.Array(SavedView) } } }, viewsOf);
  server.post(
    '/api/v1/fleet/views',
    { config: own, schema: { body: SavedViewRequest, response: { 200: Type.Array(SavedView) } } },
    async (request, reply) => {
      const name = storable(request.body.name).trim();
      if (name === '')
        return sendFault(request, reply, fault('fieldInvalid', { path: '/name', detail: 'blank' }, '/name'));
      await database.savedViews.add(accountKey(request), name, storable(request.body.query), MOST_VIEWS);
      return viewsOf(request);
    },
  );
  server.delete(
    '/api/v1/fleet/views/:view',
    { config: own, schema: { params: Type.Object({ view: Id }), response: { 200: Type.Array(SavedView) } } },
    async (request) => {
      await database.savedViews.remove(accountKey(request), Number(request.params.view) || 0);
      return viewsOf(request);
    },
  );
}

const behindView = (behind: WorkBehind | null) =>
  behind && { machines: behind.machines, since: isoOrNull(behind.since) };

const bounded = (limit: string): string => String(Math.min(MOST_ON_A_PAGE, Number(limit)));

function parseCursor(key: unknown) {
  if (!Array.isArray(key) || key.length !== 3) return undefined;
  const [value, customer, device] = key;
  return { value: value as string | number, customer: Number(customer), device: Number(device) };
}

const parseGroup = (key: unknown) =>
  Array.isArray(key) && key.length === 2 ? { sortKey: String(key[0]), customer: Number(key[1]) } : undefined;
const parseBox = (key: unknown) =>
  Array.isArray(key) && key.length === 2 ? { heard: Number(key[0]), agent: String(key[1]) } : undefined;

function machineView(row: FleetRow, found: FleetDevice | undefined, now: number): FleetMachine[] {
  if (!found) return [];
  const texts = { serviceId: row.service_id, group: row.group_name, locationNote: row.location };
  return [
    {
      device: deviceView(row.customer_id as CustomerId, found.device, found.parts, {
        texts,
        standing: row,
        removedAt: undefined,
      }),
      customerName: row.customer_name,
      site: String(row.site),
      siteName: row.site_name,
      watched: row.watched === 1,
      silentSince: row.silent_at <= now && row.read_at > 0 ? iso(row.read_at) : null,
      weeks: JSON.parse(row.weeks),
      monthPages: row.month_pages < 0 ? null : row.month_pages,
    },
  ];
}

const SEVERITIES = [null, 'warning', 'critical'] as const;

const groupView = (row: GroupRow): FleetGroup => ({
  customer: String(row.customer),
  name: row.name,
  sites: row.sites,
  machines: row.machines,
  boxes: row.boxes,
  box: row.boxes === 1 ? row.agent : null,
  silentBoxes: row.silentBoxes,
  lastHeard: isoOrNull(row.heardAt),
  trouble: row.trouble,
  severity: SEVERITIES[row.severity] ?? null,
  supplies: row.supplies,
  silent: row.silent,
});

const boxView = (row: BoxEverywhere, now: number): BoxOfFleet => ({
  agent: row.agent,
  customer: String(row.customer_id),
  customerName: row.customer_name,
  siteName: row.site_name,
  enrolledAt: iso(row.enrolled_at),
  lastHeard: isoOrNull(row.last_heard),
  silent: row.revoked_at === null && isSilentBox(row, now),
  silentHours: row.silent_hours,
  hours: heardHours(row, now),
  version: row.version,
  waiting: row.waiting,
  quarantined: row.quarantined,
  machines: row.machines,
  unreached: unreachedRanges(row.unreached).map(shownRange),
  revokedAt: isoOrNull(row.revoked_at),
});
