/** Alerts: the list across customers, one alert with its steps, what a person does about it. */
import {
  AlertChange,
  AlertDetail,
  AlertPage,
  AlertSeverity,
  AlertStatus,
  type AlertStep,
  type CentralAlert,
  fault,
} from '@rsb/contract';
import { instant, isoInstant, success } from '@rsb/runtime';
import Type from 'typebox';
import { changeAlert } from '../alerts/life.ts';
import { knownPeople } from '../people/known-people.ts';
import { type AlertFilter, type AlertFound, type AlertKey, keyOfAlert } from '../store/alerts-everywhere.ts';
import type { AlertRow, AlertStepRow } from '../store/customer-alerts.ts';
import type { CustomerStore } from '../store/database.ts';
import { findCustomerId, findDeviceId, findPlainId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { Id } from './device-path.ts';
import { PageQuery, type Paging } from './paging.ts';
import { sendFault } from './problem.ts';
import { baseRevision } from './versions.ts';

const AlertPath = Type.Object({ customer: Id, alert: Id });
const Words = Type.Optional(Type.String({ maxLength: 200 }));
const Query = Type.Object({
  ...PageQuery,
  status: Type.Optional(Type.Union([Type.Literal('live'), AlertStatus])),
  severity: Type.Optional(AlertSeverity),
  rule: Words,
  customer: Type.Optional(Id),
  device: Type.Optional(Id),
  assigned: Words,
  q: Words,
});
const MOST_AT_ONCE = 200;

const iso = (at: number) => isoInstant(instant(at));
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export function alertView(row: AlertRow, customer: string, customerName: string): CentralAlert {
  return {
    id: String(row.id),
    customer,
    customerName,
    device: row.device_id === null ? null : String(row.device_id),
    box: row.agent,
    label: row.label,
    model: row.model,
    serviceId: row.service_id,
    rule: row.rule_id,
    ruleName: row.rule_name,
    condition: row.condition,
    severity: row.severity,
    status: row.status,
    causes: JSON.parse(row.causes),
    also: JSON.parse(row.also),
    openedAt: iso(row.opened_at),
    changedAt: iso(row.changed_at),
    resolvedAt: isoOrNull(row.resolved_at),
    acknowledgedBy: row.acknowledged_by,
    assignedTo: row.assigned_to,
    snoozedUntil: isoOrNull(row.snoozed_until),
    revision: row.revision,
  };
}

const stepView = ({ at, step, by, given_to, until, reason, note }: AlertStepRow): AlertStep => ({
  at: iso(at),
  step: step as AlertStep['step'],
  by,
  to: given_to,
  until: isoOrNull(until),
  reason: reason as AlertStep['reason'],
  note,
});

const foundView = (row: AlertFound) => alertView(row, String(row.customer), row.customerName);

export function addAlertRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  const { database, clock } = work;
  server.get(
    '/api/v1/alerts',
    { config: { caller: 'session', narrowed: true }, schema: { querystring: Query, response: { 200: AlertPage } } },
    async (request, reply) => {
      const page = paging.read('alerts', request.query, parseKey);
      if (!page.ok) return sendFault(request, reply, page.error);
      const limit = Math.min(page.value.limit, MOST_AT_ONCE);
      const { alerts } = database.sight(request.caller?.customer ?? null);
      const rows = await alerts.list(filterOf(request.query), page.value.after, limit + 1);
      const shown = paging.cut(request, reply, 'alerts', rows, limit, keyOfAlert);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return {
        alerts: shown.map(foundView),
        next: last ? paging.write('alerts', keyOfAlert(last)) : null,
        counts: await alerts.counts(),
      };
    },
  );
  // Not narrowed: a reader of one customer is told nothing of the dealer's people.
  server.get(
    '/api/v1/alerts/people',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(Type.String()) } } },
    async () => {
      const isPerson = await knownPeople(database);
      return (await database.people.listAccounts()).map(({ name }) => name).filter(isPerson);
    },
  );
  const detail = async (store: CustomerStore, id: string): Promise<AlertDetail | undefined> => {
    const number = findPlainId(id);
    const row = number === undefined ? undefined : await store.alerts.find(number);
    if (!row) return undefined;
    const name = (await store.find())?.name ?? '';
    const steps = await store.alerts.steps(row.id);
    return {
      alert: alertView(row, String(store.id), name),
      steps: steps.map(stepView),
    };
  };
  server.get(
    '/api/v1/customers/:customer/alerts/:alert',
    { config: { caller: 'session' }, schema: { params: AlertPath, response: { 200: AlertDetail } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const found = store && (await detail(store, request.params.alert));
      return found ?? sendFault(request, reply, fault('notFound'));
    },
  );
  server.patch(
    '/api/v1/customers/:customer/alerts/:alert',
    {
      config: { caller: 'session' },
      schema: { params: AlertPath, body: AlertChange, response: { 200: AlertDetail } },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const id = findPlainId(request.params.alert);
      if (!store || id === undefined) return sendFault(request, reply, fault('notFound'));
      const revision = request.headers['if-match'] === undefined ? success(null) : baseRevision(request);
      if (!revision.ok) return sendFault(request, reply, revision.error);
      const changed = await changeAlert(store, id, {
        change: request.body,
        by: request.caller?.name ?? '',
        revision: revision.value,
        now: clock.now(),
        isPerson: await knownPeople(database),
      });
      if (!changed.ok) return sendFault(request, reply, changed.error);
      work.worker.wake();
      return (await detail(store, request.params.alert)) ?? sendFault(request, reply, fault('notFound'));
    },
  );
}

type AskedFilter = {
  readonly [name in 'status' | 'severity' | 'rule' | 'customer' | 'device' | 'assigned' | 'q']?: string | undefined;
};

function filterOf(query: AskedFilter): AlertFilter {
  const search = query.q?.trim() ?? '';
  return {
    status: (query.status ?? null) as AlertFilter['status'],
    severity: (query.severity ?? null) as AlertFilter['severity'],
    rule: query.rule ?? null,
    // An id that is none finds nothing: no customer has the number 0.
    customer: query.customer === undefined ? null : (findCustomerId(query.customer) ?? (0 as AlertFound['customer'])),
    device:
      query.device === undefined ? null : (findDeviceId(query.device) ?? (0 as NonNullable<AlertFilter['device']>)),
    assigned: query.assigned ?? null,
    search: search === '' ? null : search,
  };
}

function parseKey(key: unknown): AlertKey | undefined {
  if (!Array.isArray(key) || key.length !== 4 || !key.every(Number.isSafeInteger)) return undefined;
  const [live = 0, rank = 0, opened = 0, id = 0] = key as number[];
  return [live, rank, opened, id];
}
