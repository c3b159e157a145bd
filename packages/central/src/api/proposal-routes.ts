/** What is proposed to boxes and prepared for them, notes of machines, what boxes show of the dealer; and the boxes' question. */
import {
  CentralProposalView,
  DealerRequest,
  fault,
  NotesPatch,
  NotesView,
  PreparedView,
  ProposalAnswer,
  ProposalId,
  ProposalQuery,
  ProposalRequest,
  ProposedSettings,
} from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { createGate } from '../ingest/gate.ts';
import { notesView, typeNotes } from '../proposals/device-notes.ts';
import { findPlainId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import { plainHeaders, targetUri } from './box-routes.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { DevicePath, Id, withDeviceOf } from './device-path.ts';
import { sendFault } from './problem.ts';

const BoxPath = Type.Object({ customer: Id, agent: Id });
const ProposalPath = Type.Object({ customer: Id, agent: Id, id: ProposalId });
const SitePath = Type.Object({ customer: Id, site: Id });

/** A question is small, and its answer a few rows. */
const QUESTIONS = { running: 8, waiting: 248 };

export function addProposalRoutes(server: CentralServer, work: CentralWork, publicUrl: string | null): void {
  const { proposals, clock } = work;
  const gate = createGate(QUESTIONS);
  server.get(
    '/api/v1/box/proposals',
    {
      config: { caller: 'box', rateLimit: false },
      schema: { querystring: ProposalQuery, response: { 200: ProposalAnswer } },
    },
    async (request, reply) => {
      const signed = {
        method: request.method,
        targetUri: targetUri(request, publicUrl),
        headers: plainHeaders(request),
      };
      const answer = await gate.pass(() => work.answerBox(signed, request.query));
      return answer.ok ? reply.send(answer.value) : sendFault(request, reply, answer.error);
    },
  );

  const withBox = async (path: { readonly customer: string; readonly agent: string }) => {
    const store = await storeOf(work, path.customer);
    const box = await store?.boxes.find(path.agent);
    return store && box ? store : undefined;
  };
  server.get(
    '/api/v1/customers/:customer/boxes/:agent/proposals',
    { config: { caller: 'session' }, schema: { params: BoxPath, response: { 200: Type.Array(CentralProposalView) } } },
    async (request, reply) => {
      const store = await withBox(request.params);
      if (!store) return sendFault(request, reply, fault('notFound'));
      return proposals.list(store, request.params.agent);
    },
  );
  server.post(
    '/api/v1/customers/:customer/boxes/:agent/proposals',
    {
      config: { caller: 'session' },
      schema: { params: BoxPath, body: ProposalRequest, response: { 201: CentralProposalView } },
    },
    async (request, reply) => {
      const store = await withBox(request.params);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const made = await proposals.propose(store, request.params.agent, request.body, nameOf(request));
      return made.ok ? reply.code(201).send(made.value) : sendFault(request, reply, made.error);
    },
  );
  server.delete(
    '/api/v1/customers/:customer/boxes/:agent/proposals/:id',
    { config: { caller: 'session' }, schema: { params: ProposalPath } },
    async (request, reply) => {
      const store = await withBox(request.params);
      const { agent, id } = request.params;
      const withdrawn = store ? await proposals.withdraw(store, agent, id) : failure(fault('notFound'));
      return withdrawn.ok ? reply.code(204).send() : sendFault(request, reply, withdrawn.error);
    },
  );
  server.get(
    '/api/v1/customers/:customer/boxes/:agent/proposals/:id/capture',
    // What a machine answers is for who repairs its driver, not for readers.
    { config: { caller: 'session', right: 'write:boxes' }, schema: { params: ProposalPath } },
    async (request, reply) => {
      const store = await withBox(request.params);
      const { agent, id } = request.params;
      const found = store ? await proposals.capture(store, agent, id, nameOf(request)) : failure(fault('notFound'));
      if (!found.ok) return sendFault(request, reply, found.error);
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="capture-${agent}-${id}.snmprec"`)
        .send(found.value);
    },
  );

  const withSite = async (path: { readonly customer: string; readonly site: string }) => {
    const store = await storeOf(work, path.customer);
    const site = findPlainId(path.site);
    const known = store && site !== undefined ? await store.places.findSite(site) : undefined;
    return store && known && site !== undefined ? { store, site } : undefined;
  };
  server.get(
    '/api/v1/customers/:customer/sites/:site/prepared',
    {
      config: { caller: 'session', right: 'read:boxes' },
      schema: { params: SitePath, response: { 200: PreparedView } },
    },
    async (request, reply) => {
      const found = await withSite(request.params);
      if (!found) return sendFault(request, reply, fault('notFound'));
      return proposals.prepared(found.store, found.site);
    },
  );
  server.put(
    '/api/v1/customers/:customer/sites/:site/prepared',
    {
      config: { caller: 'session', right: 'write:boxes' },
      schema: { params: SitePath, body: ProposedSettings, response: { 200: PreparedView } },
    },
    async (request, reply) => {
      const found = await withSite(request.params);
      if (!found) return sendFault(request, reply, fault('notFound'));
      return proposals.prepare(found.store, found.site, request.body, nameOf(request));
    },
  );
  server.delete(
    '/api/v1/customers/:customer/sites/:site/prepared',
    { config: { caller: 'session', right: 'write:boxes' }, schema: { params: SitePath } },
    async (request, reply) => {
      const found = await withSite(request.params);
      if (!found || !(await found.store.proposals.removePrepared(found.site)))
        return sendFault(request, reply, fault('notFound'));
      return reply.code(204).send();
    },
  );

  addNoteRoutes(server, work, () => clock.now());

  server.get(
    '/api/v1/dealer',
    { config: { caller: 'session' }, schema: { response: { 200: DealerRequest } } },
    async () => {
      const dealer = await work.database.house.findDealer();
      return { name: dealer?.name ?? '', hotline: dealer?.hotline ?? null };
    },
  );
  server.put(
    '/api/v1/dealer',
    {
      config: { caller: 'session', right: 'write:people' },
      schema: { body: DealerRequest, response: { 200: DealerRequest } },
    },
    async (request, reply) => {
      const name = request.body.name.trim();
      if (name === '')
        return sendFault(request, reply, fault('fieldInvalid', { path: '/name', detail: 'blank' }, '/name'));
      const dealer = { name, hotline: request.body.hotline?.trim() || null };
      await work.database.house.saveDealer(dealer);
      return dealer;
    },
  );
}

function addNoteRoutes(server: CentralServer, work: CentralWork, now: () => number): void {
  const withDevice = withDeviceOf(work);
  const path = '/api/v1/customers/:customer/devices/:device/notes';
  server.get(
    path,
    { config: { caller: 'session' }, schema: { params: DevicePath, response: { 200: NotesView } } },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => success(await notesView(store, device))),
  );
  server.patch(
    path,
    { config: { caller: 'session' }, schema: { params: DevicePath, body: NotesPatch, response: { 200: NotesView } } },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device): Promise<Outcome<NotesView, never>> => {
        await typeNotes(store, device, request.body, { by: nameOf(request), at: now() });
        return success(await notesView(store, device));
      }),
  );
}

const nameOf = ({ caller }: FastifyRequest): string => caller?.name ?? '';
