/** Where a box stands, whose it is, and which machine has its number. */
import { BoxChange, BoxMove, CentralBoxView, CodeView, fault, ReplacementRequest } from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { placeChanged } from '../places/settings-changed.ts';
import { FIRST_SITE } from '../store/customer-places.ts';
import type { CustomerStore } from '../store/database.ts';
import { findPlainId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { Id } from './device-path.ts';
import { sendFault } from './problem.ts';
import { boxView } from './views.ts';

const BoxPath = Type.Object({ customer: Id, agent: Id });

export function addBoxPlaceRoutes(server: CentralServer, work: CentralWork): void {
  const path = '/api/v1/customers/:customer/boxes/:agent';
  const view = async (request: FastifyRequest, reply: FastifyReply, store: CustomerStore, agent: string) => {
    const box = (await store.boxes.list()).find((each) => each.agent === agent);
    return box ? boxView(store.id, box) : sendFault(request, reply, fault('notFound'));
  };
  server.patch(
    path,
    { config: { caller: 'session' }, schema: { params: BoxPath, body: BoxChange, response: { 200: CentralBoxView } } },
    async (request, reply) => {
      const { customer, agent } = request.params;
      const store = await storeOf(work, customer);
      if (!store || !(await store.boxes.find(agent))) return sendFault(request, reply, fault('notFound'));
      const site = findPlainId(request.body.site);
      const placed = await store.exclusively(
        async (inside) =>
          site !== undefined && (await inside.places.findSite(site)) && (await inside.places.placeBox(agent, site)),
      );
      if (!placed)
        return sendFault(request, reply, fault('fieldInvalid', { path: '/site', detail: 'unknownPlace' }, '/site'));
      await placeChanged(work, store);
      return view(request, reply, store, agent);
    },
  );
  server.post(
    `${path}/replacement`,
    {
      config: { caller: 'session' },
      schema: { params: BoxPath, body: ReplacementRequest, response: { 201: CodeView } },
    },
    async (request, reply) => {
      const { customer, agent } = request.params;
      const store = await storeOf(work, customer);
      const box = await store?.boxes.find(agent);
      if (!store || !box) return sendFault(request, reply, fault('notFound'));
      if (box.left_at !== null) return sendFault(request, reply, fault('boxHasLeft', { agent }));
      const { code, expiresAt } = await work.enrolment.issue(store, request.body.days, { replaces: agent });
      work.log.info('boxReplacementCode', { agent });
      return reply.code(201).send({ code, expiresAt: isoInstant(expiresAt) });
    },
  );
  server.post(
    `${path}/move`,
    { config: { caller: 'session' }, schema: { params: BoxPath, body: BoxMove, response: { 200: CentralBoxView } } },
    async (request, reply) => {
      const { customer, agent } = request.params;
      const store = await storeOf(work, customer);
      const box = await store?.boxes.find(agent);
      if (!store || !box) return sendFault(request, reply, fault('notFound'));
      // Two customers in one request: a caller who sees one alone may not.
      const to = request.caller?.customer === null ? await storeOf(work, request.body.customer) : undefined;
      if (!to)
        return sendFault(
          request,
          reply,
          fault('fieldInvalid', { path: '/customer', detail: 'unknownPlace' }, '/customer'),
        );
      if (to.id === store.id) return sendFault(request, reply, fault('sameCustomer', {}, '/customer'));
      if (box.left_at !== null) return sendFault(request, reply, fault('boxHasLeft', { agent }));
      const site = request.body.site === null ? FIRST_SITE : findPlainId(request.body.site);
      if (site === undefined || !(await to.places.findSite(site)))
        return sendFault(request, reply, fault('fieldInvalid', { path: '/site', detail: 'unknownPlace' }, '/site'));
      const move = { agent, from: store.id, to: to.id, site, at: work.clock.now() };
      if (!(await work.database.acrossCustomers.moveBox(move)))
        return sendFault(request, reply, fault('boxHasLeft', { agent }));
      await placeChanged(work, to);
      work.log.info('boxMoved', { agent, from: String(store.id), to: String(to.id) });
      return view(request, reply, to, agent);
    },
  );
}
