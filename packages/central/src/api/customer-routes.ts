/** Customers, their codes and boxes. */
import { CentralBoxView, CodeRequest, CodeView, CustomerRequest, CustomerView, fault } from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import Type from 'typebox';
import type { CentralWork } from '../work.ts';
import { storeOf } from './customer-of.ts';
import { sendFault } from './problem.ts';
import type { CentralServer } from './server.ts';
import { boxView, customerView } from './views.ts';

const Customer = Type.Object({ customer: Type.String({ maxLength: 20 }) });
const Box = Type.Object({ customer: Type.String({ maxLength: 20 }), agent: Type.String({ maxLength: 20 }) });

export function addCustomerRoutes(server: CentralServer, work: CentralWork): void {
  const { acrossCustomers } = work.database;
  server.get(
    '/api/v1/customers',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(CustomerView) } } },
    async () => (await acrossCustomers.listCustomers()).map(customerView),
  );
  server.post(
    '/api/v1/customers',
    { config: { caller: 'session' }, schema: { body: CustomerRequest, response: { 201: CustomerView } } },
    async (request, reply) => {
      const name = request.body.name.trim();
      if (name === '') {
        return sendFault(request, reply, fault('fieldInvalid', { path: '/name', detail: '' }, '/name'));
      }
      const id = await work.addCustomer(name);
      return reply
        .code(201)
        .send(
          customerView({ id, name, number: null, agency: null, revision: 1, boxes: 0, devices: 0, lastHeard: null }),
        );
    },
  );
  server.post(
    '/api/v1/customers/:customer/codes',
    { config: { caller: 'session' }, schema: { params: Customer, body: CodeRequest, response: { 201: CodeView } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const { code, expiresAt } = await work.enrolment.issue(store, request.body.days);
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
