/** Customers, their codes and boxes. */
import {
  CentralBoxView,
  CodeRequest,
  CodeView,
  CustomerChange,
  CustomerRequest,
  CustomerView,
  fault,
} from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import Type from 'typebox';
import { placeChanged } from '../places/settings-changed.ts';
import { findCustomerId, findPlainId } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { PageQuery, type Paging } from './paging.ts';
import { sendFault } from './problem.ts';
import { baseRevision, withRevision } from './versions.ts';
import { boxView, customerView } from './views.ts';

const Customer = Type.Object({ customer: Type.String({ maxLength: 20 }) });
const invalid = (path: string, detail: 'blank' | 'taken' | 'unknownPlace') =>
  fault('fieldInvalid', { path, detail }, path);
const Box = Type.Object({ customer: Type.String({ maxLength: 20 }), agent: Type.String({ maxLength: 20 }) });

const parseNameKey = (key: unknown) =>
  Array.isArray(key) && typeof key[0] === 'string' && typeof key[1] === 'number'
    ? { sortKey: key[0], id: key[1] }
    : undefined;

export function addCustomerRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  const { acrossCustomers } = work.database;
  server.get(
    '/api/v1/customers',
    {
      config: { caller: 'session', narrowed: true },
      schema: { querystring: Type.Object(PageQuery), response: { 200: Type.Array(CustomerView) } },
    },
    async (request, reply) => {
      const page = paging.read('customers', request.query, parseNameKey);
      if (!page.ok) return sendFault(request, reply, page.error);
      const { after, limit } = page.value;
      const only = request.caller?.customer ?? null;
      const rows = await acrossCustomers.listCustomers({ only, after, limit: limit + 1 });
      return paging.cut(request, reply, 'customers', rows, limit, ({ sortKey, id }) => [sortKey, id]).map(customerView);
    },
  );
  const agencyOf = async (text: string | null | undefined) => {
    if (text === null || text === undefined) return null;
    const id = findPlainId(text);
    return id !== undefined && (await work.database.housePlaces.findAgency(id)) ? id : undefined;
  };
  server.post(
    '/api/v1/customers',
    { config: { caller: 'session' }, schema: { body: CustomerRequest, response: { 201: CustomerView } } },
    async (request, reply) => {
      const name = storable(request.body.name).trim();
      if (name === '') return sendFault(request, reply, invalid('/name', 'blank'));
      const number = storable(request.body.number ?? '').trim() || null;
      const agency = await agencyOf(request.body.agency);
      if (agency === undefined) return sendFault(request, reply, invalid('/agency', 'unknownPlace'));
      const id = await work.addNumberedCustomer(name, number, agency);
      if (id === undefined) return sendFault(request, reply, invalid('/number', 'taken'));
      const fresh = { id, name, number, agency, revision: 1, boxes: 0, devices: 0, lastHeard: null, sortKey: '' };
      return reply.code(201).send(withRevision(reply, customerView(fresh)));
    },
  );
  server.get(
    '/api/v1/customers/:customer',
    { config: { caller: 'session' }, schema: { params: Customer, response: { 200: CustomerView } } },
    async (request, reply) => {
      const only = findCustomerId(request.params.customer);
      const [found] = only === undefined ? [] : await acrossCustomers.listCustomers({ only });
      return found ? withRevision(reply, customerView(found)) : sendFault(request, reply, fault('notFound'));
    },
  );
  server.patch(
    '/api/v1/customers/:customer',
    {
      config: { caller: 'session' },
      schema: { params: Customer, body: CustomerChange, response: { 200: CustomerView } },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const row = await store?.find();
      if (!store || !row) return sendFault(request, reply, fault('notFound'));
      const base = baseRevision(request);
      if (!base.ok) return sendFault(request, reply, base.error);
      const { number = row.number } = request.body;
      const name = storable(request.body.name ?? row.name).trim();
      if (name === '') return sendFault(request, reply, invalid('/name', 'blank'));
      const agency = request.body.agency === undefined ? row.agency_id : await agencyOf(request.body.agency);
      if (agency === undefined) return sendFault(request, reply, invalid('/agency', 'unknownPlace'));
      const plainNumber = storable(number ?? '').trim() || null;
      if (plainNumber !== null && plainNumber !== row.number) {
        const all = await acrossCustomers.listCustomers();
        if (all.some((other) => other.number === plainNumber))
          return sendFault(request, reply, invalid('/number', 'taken'));
      }
      const change = { name, number: plainNumber, agency_id: agency };
      if (!(await store.places.change(change, base.value))) return sendFault(request, reply, fault('changedElsewhere'));
      if (agency !== row.agency_id) await placeChanged(work, store);
      const [found] = await acrossCustomers.listCustomers({ only: store.id });
      return found ? withRevision(reply, customerView(found)) : sendFault(request, reply, fault('notFound'));
    },
  );
  server.post(
    '/api/v1/customers/:customer/codes',
    { config: { caller: 'session' }, schema: { params: Customer, body: CodeRequest, response: { 201: CodeView } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const { days, site: asked } = request.body;
      const site = asked === undefined ? undefined : findPlainId(asked);
      if (asked !== undefined && (site === undefined || !(await store.places.findSite(site))))
        return sendFault(request, reply, fault('fieldInvalid', { path: '/site', detail: 'unknownPlace' }, '/site'));
      const { code, expiresAt } = await work.enrolment.issue(store, days, site === undefined ? {} : { site });
      return reply.code(201).send({ code, expiresAt: isoInstant(expiresAt) });
    },
  );
  server.get(
    '/api/v1/customers/:customer/boxes',
    { config: { caller: 'session' }, schema: { params: Customer, response: { 200: Type.Array(CentralBoxView) } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      return (await store.boxes.list()).map((box) => boxView(store.id, box));
    },
  );
  server.delete(
    '/api/v1/customers/:customer/boxes/:agent',
    { config: { caller: 'session' }, schema: { params: Box } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const revoked = await store?.boxes.revoke(request.params.agent, work.clock.now());
      if (!revoked) return sendFault(request, reply, fault('notFound'));
      work.log.info('boxRevoked', { agent: request.params.agent });
      return reply.code(204).send();
    },
  );
}
