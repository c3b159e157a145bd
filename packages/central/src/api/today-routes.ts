/** The dealer's morning, and what people do about its lines. */
import { AttentionRequest, AttentionStep, fault, NetworkMachines, TodayView } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import Type from 'typebox';
import { knownPeople } from '../people/known-people.ts';
import { houseSettings } from '../places/handed-down.ts';
import { attend } from '../today/attention.ts';
import { networkMachines, todayView } from '../today/today-view.ts';
import { knownZone } from '../work/device-history.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf, todayOfCustomer } from './customer-of.ts';
import { Id } from './device-path.ts';
import { sendFault } from './problem.ts';

export function addTodayRoutes(server: CentralServer, work: CentralWork): void {
  const { database, clock } = work;

  server.get(
    '/api/v1/today',
    {
      config: { caller: 'session', narrowed: true, right: 'read:devices' },
      schema: {
        querystring: Type.Object({ mine: Type.Optional(Type.Enum(['true', 'false'] as const)) }),
        response: { 200: TodayView },
      },
    },
    async ({ caller, query }) => {
      const { today } = database.sight(caller?.customer ?? null);
      const mine = query.mine === 'true' ? (caller?.name ?? '') : null;
      const moment = { now: clock.now(), mine };
      const { billingDay, zone } = await houseSettings(database);
      const view = await todayView(today, moment, { billingDay, zone: knownZone(zone) });
      // A reader of one customer is told nothing of the dealer's people.
      const people = caller?.customer === null ? await database.people.listAccounts() : [];
      return {
        ...view,
        people: people.flatMap(({ name, role, disabled_at }) =>
          role !== 'reader' && disabled_at === null ? [name] : [],
        ),
      };
    },
  );

  server.post(
    '/api/v1/today/attention',
    {
      config: { caller: 'session', right: 'write:devices' },
      schema: { body: AttentionRequest, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.body.customer);
      const today = await todayOfCustomer(work, request.body.customer);
      if (!store || !today) return sendFault(request, reply, fault('notFound'));
      const attended = await attend(store, request.body, {
        by: request.caller?.name ?? '',
        now: clock.now(),
        isPerson: await knownPeople(database),
        today,
      });
      return attended.ok ? reply.code(204).send(null) : sendFault(request, reply, attended.error);
    },
  );

  server.get(
    '/api/v1/customers/:customer/today/network',
    {
      config: { caller: 'session', right: 'read:devices' },
      schema: {
        params: Type.Object({ customer: Id }),
        querystring: Type.Object({ subject: Type.String({ maxLength: 200 }) }),
        response: { 200: NetworkMachines },
      },
    },
    async (request, reply) => {
      const today = await todayOfCustomer(work, request.params.customer);
      if (!today) return sendFault(request, reply, fault('notFound'));
      return networkMachines(today, clock.now(), request.query.subject);
    },
  );

  server.get(
    '/api/v1/customers/:customer/attention',
    {
      config: { caller: 'session', right: 'read:devices' },
      schema: {
        params: Type.Object({ customer: Id }),
        querystring: Type.Object({ subject: Type.String({ maxLength: 200 }) }),
        response: { 200: Type.Array(AttentionStep) },
      },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const steps = await store.standings.steps(request.query.subject);
      return steps.map(({ at, step, detail, by }) => ({
        at: isoInstant(instant(at)),
        by,
        step,
        detail:
          step === 'snooze' && detail !== null && /^\d+$/.test(detail) ? isoInstant(instant(Number(detail))) : detail,
      }));
    },
  );
}
