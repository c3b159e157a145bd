/** The ERP's fleet comes in; what is expected and not seen, seen and not expected. */
import { ExpectedMachine, ExpectedSummary, fault, type Identity, ImportResult, UnexpectedMachine } from '@rsb/contract';
import { localeFrom } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { instant, isoInstant } from '@rsb/runtime';
import Type from 'typebox';
import { findSerial } from '../archive/device-names.ts';
import { countValue, importFleet } from '../import/import-fleet.ts';
import type { ExpectedWithDevice, UnexpectedRow } from '../store/customer-expected.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { Id } from './device-path.ts';
import { PageQuery, type Paging } from './paging.ts';
import { sendFault } from './problem.ts';

/** 50,000 lines of an ERP fit. */
const LARGEST_FILE = 20 * 1024 * 1024;
/** So many refused lines are told one by one. */
const MOST_REFUSED = 1000;
const CustomerPath = Type.Object({ customer: Id });
const iso = (at: number): string => isoInstant(instant(at));
const parseText = (key: unknown) => (typeof key === 'string' ? key : undefined);
const parseId = (key: unknown) => (typeof key === 'number' ? (key as DeviceId) : undefined);

export function addImportRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  addImportRoute(server, work);
  addExpectedRoutes(server, work, paging);
}

function addImportRoute(server: CentralServer, work: CentralWork): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    for (const type of ['text/csv', 'application/octet-stream']) {
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    }
    scope.post(
      '/api/v1/imports',
      {
        config: { caller: 'session' },
        bodyLimit: LARGEST_FILE,
        schema: {
          querystring: Type.Object({ dry: Type.Optional(Type.Enum(['true', 'false'] as const)) }),
          response: { 200: ImportResult },
        },
      },
      async (request, reply) => {
        const { dry = 'true' } = request.query as { readonly dry?: 'true' | 'false' };
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const done = await importFleet(work, bytes, dry === 'true');
        if (!done.ok) return sendFault(request, reply, done.error);
        const { refused, ...result } = done.value;
        const locale = localeFrom(request.headers['accept-language']);
        if (dry === 'false') {
          const { added, changed, unchanged, refusedCount } = result;
          work.log.info('fleetImported', { added, changed, unchanged, refused: refusedCount });
        }
        return {
          ...result,
          refused: refused.slice(0, MOST_REFUSED).map(({ line, fault: found }) => ({
            line,
            code: found.code,
            params: found.params,
            text: wordFault(found, locale),
          })),
        };
      },
    );
  });
}

function addExpectedRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  const path = '/api/v1/customers/:customer';
  const State = Type.Optional(Type.Enum(['unseen', 'seen', 'all'] as const));
  server.get(
    `${path}/expected`,
    {
      config: { caller: 'session' },
      schema: {
        params: CustomerPath,
        querystring: Type.Object({ ...PageQuery, state: State }),
        response: { 200: Type.Array(ExpectedMachine) },
      },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const { state = 'unseen' } = request.query;
      const list = `expected ${store.id} ${state}`;
      const page = paging.read(list, request.query, parseText);
      if (!page.ok) return sendFault(request, reply, page.error);
      const { after, limit } = page.value;
      const rows = await store.expected.list(state, after, limit + 1);
      const shown = paging.cut(request, reply, list, rows, limit, (row) => row.serial_key);
      // Where else a machine stands is the dealer's business.
      return expectedViews(work, store, shown, request.caller?.customer === null);
    },
  );
  server.get(
    `${path}/expected/summary`,
    { config: { caller: 'session' }, schema: { params: CustomerPath, response: { 200: ExpectedSummary } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      return store ? store.expected.counts() : sendFault(request, reply, fault('notFound'));
    },
  );
  server.delete(
    `${path}/expected/:serial`,
    {
      config: { caller: 'session' },
      schema: { params: Type.Object({ customer: Id, serial: Type.String({ maxLength: 100 }) }) },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const gone = await store?.expected.remove(findSerial(request.params.serial) ?? '');
      return gone ? reply.code(204).send() : sendFault(request, reply, fault('notFound'));
    },
  );
  server.get(
    `${path}/unexpected`,
    {
      config: { caller: 'session' },
      schema: {
        params: CustomerPath,
        querystring: Type.Object(PageQuery),
        response: { 200: Type.Array(UnexpectedMachine) },
      },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const list = `unexpected ${store.id}`;
      const page = paging.read(list, request.query, parseId);
      if (!page.ok) return sendFault(request, reply, page.error);
      const { after, limit } = page.value;
      const rows = await store.expected.unexpected(after, limit + 1);
      return unexpectedViews(
        store,
        paging.cut(request, reply, list, rows, limit, ({ device }) => device),
      );
    },
  );
}

async function expectedViews(
  { database }: CentralWork,
  store: CustomerStore,
  rows: readonly ExpectedWithDevice[],
  isDealer: boolean,
): Promise<ExpectedMachine[]> {
  const sites = new Map((await store.places.sites()).map(({ id, name }) => [id, name]));
  const unseen = rows.filter(({ device }) => device === null).map(({ serial_key }) => serial_key);
  const elsewhere = new Map<string, { customer: string; name: string }>();
  if (isDealer && unseen.length > 0) {
    for (const { serialKey, customer } of await database.acrossCustomers.whoSees(unseen)) {
      const name = (await database.forCustomer(customer).find())?.name ?? '';
      elsewhere.set(serialKey, { customer: String(customer), name });
    }
  }
  return rows.map((row) => ({
    serial: row.serial,
    manufacturer: row.manufacturer,
    model: row.model,
    serviceId: row.service_id,
    contract: row.contract,
    site: row.site_id === null ? null : (sites.get(row.site_id) ?? null),
    counter: countValue(row.counter),
    counterAt: row.counter_at,
    importedAt: iso(row.imported_at),
    device: row.device === null ? null : String(row.device),
    lastHeard: row.lastHeard === null ? null : iso(row.lastHeard),
    elsewhere: row.device === null ? (elsewhere.get(row.serial_key) ?? null) : null,
  }));
}

async function unexpectedViews(store: CustomerStore, rows: readonly UnexpectedRow[]): Promise<UnexpectedMachine[]> {
  const parts = await store.devices.parts(rows.map(({ device }) => device));
  const identities = new Map(
    parts.flatMap(({ device_id, part, value }) =>
      part === 'identity' ? [[device_id, JSON.parse(value) as Identity] as const] : [],
    ),
  );
  return rows.map((row) => {
    const identity = identities.get(row.device);
    return {
      device: String(row.device),
      serial: identity?.serialNumber ?? null,
      manufacturer: identity?.manufacturer ?? null,
      model: identity?.model ?? null,
      address: row.address === '' ? null : row.address,
      box: row.agent,
      firstHeard: iso(row.firstHeard),
      lastHeard: iso(row.lastHeard),
    };
  });
}
