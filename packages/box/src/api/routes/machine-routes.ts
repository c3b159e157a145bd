/** One machine: its past for charts, what it reported and what happened, where its values come from, its removal. */
import { fault, HistoryQuery } from '@rsb/contract';
import { instant } from '@rsb/runtime';
import Type from 'typebox';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

const ById = Type.Object({ id: Type.String() });

export function addMachineRoutes(api: Api, { service }: ApiDeps): void {
  const { machines } = service;

  api.get(
    '/devices/:id/history',
    { config: { boxAccess: 'reading' }, schema: { params: ById, querystring: HistoryQuery } },
    (request, reply) => {
      const from = Date.parse(request.query.from);
      if (!Number.isFinite(from)) return refuse(reply, fault('bodyInvalid', { detail: 'from' }));
      return machines.history(request.params.id, instant(from)) ?? refuse(reply, fault('notFound'));
    },
  );

  api.get(
    '/devices/:id/log',
    { config: { boxAccess: 'reading' }, schema: { params: ById } },
    (request, reply) => machines.log(request.params.id) ?? refuse(reply, fault('notFound')),
  );

  api.get(
    '/devices/:id/origins',
    { config: { boxAccess: 'reading' }, schema: { params: ById } },
    (request, reply) => machines.origins(request.params.id) ?? refuse(reply, fault('notFound')),
  );

  api.delete('/devices/:id', { config: { boxAccess: 'session' }, schema: { params: ById } }, (request, reply) => {
    const done = machines.forget(request.params.id, request.who);
    return done.ok ? done.value : refuse(reply, done.error);
  });
}
