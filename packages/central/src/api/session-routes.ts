/** First account, signing in and out. */
import { CentralSession, CentralSetupRequest, CentralSignInRequest, type Fault } from '@rsb/contract';
import { isoInstant, type Outcome } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../people/accounts.ts';
import { VERSION } from '../version.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { sendFault } from './problem.ts';

export type BeginSession = (
  request: FastifyRequest,
  reply: FastifyReply,
  account: Outcome<Account, Fault>,
) => Promise<FastifyReply>;

/** Returns how a session begins, for the other ways to sign in. */
export function addSessionRoutes(server: CentralServer, { accounts, database, clock }: CentralWork): BeginSession {
  const view = async (request: FastifyRequest, reply: FastifyReply): Promise<CentralSession> => {
    const { accountId } = request.session ?? {};
    const account = accountId === undefined ? undefined : await accounts.find(accountId);
    const dealer = await database.house.findDealer();
    return {
      setup: dealer ? 'done' : 'codeNeeded',
      user: account?.name ?? null,
      account: account ? String(account.id) : null,
      role: account?.role ?? null,
      customer: account?.customer == null ? null : String(account.customer),
      dealer: account ? (dealer?.name ?? null) : null,
      csrfToken: account ? reply.generateCsrf() : null,
      version: VERSION,
      now: isoInstant(clock.now()),
    };
  };
  const begin: BeginSession = async (request, reply, account) => {
    if (!account.ok) return sendFault(request, reply, account.error);
    // A new id, so that one planted before signing in is worth nothing.
    await request.session.regenerate();
    request.session.accountId = account.value.id;
    request.session.accountSeenAt = clock.now();
    request.session.startedAt = clock.now();
    await database.people.saveSeen(account.value.id, clock.now());
    await database.house.removeSessionsExpiredBy(clock.now());
    return reply.send(await view(request, reply));
  };

  server.get(
    '/api/v1/session',
    { config: { caller: 'open' }, schema: { response: { 200: CentralSession } } },
    async (request, reply) => reply.send(await view(request, reply)),
  );
  server.post(
    '/api/v1/setup',
    { config: { caller: 'open' }, schema: { body: CentralSetupRequest, response: { 200: CentralSession } } },
    async (request, reply) => begin(request, reply, await accounts.setUp(request.body, request.ip)),
  );
  server.post(
    '/api/v1/session',
    { config: { caller: 'open' }, schema: { body: CentralSignInRequest, response: { 200: CentralSession } } },
    async (request, reply) =>
      begin(request, reply, await accounts.signIn(request.body.user, request.body.password, request.ip)),
  );
  server.delete('/api/v1/session', { config: { caller: 'session', right: 'self' } }, async (request, reply) => {
    await request.session.destroy();
    return reply.clearCookie('rsb_central', { path: '/' }).code(204).send();
  });
  return begin;
}
