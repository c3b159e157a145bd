/** People and programs: accounts and invitations for administrators, each person's own account, API tokens. */
import {
  AccountChange,
  AccountView,
  fault,
  InvitationMade,
  InvitationRequest,
  InvitationView,
  PasswordChange,
  ResetRequest,
  SignInView,
  TokenMade,
  TokenRequest,
  TokenView,
} from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import Type from 'typebox';
import { sessionIdHash } from '../people/session-store.ts';
import { findPlainId } from '../store/identifiers.ts';
import type { AccountRow, InvitationRow } from '../store/people.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { Id } from './device-path.ts';
import { prove } from './passkey-routes.ts';
import { sendFault } from './problem.ts';

const iso = (at: number): string => isoInstant(instant(at));
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
const idOrNull = (id: number | null): string | null => (id === null ? null : String(id));

const accountView = (row: AccountRow & { readonly passkeys: number }): AccountView => ({
  id: String(row.id),
  name: row.name,
  role: row.role,
  customer: idOrNull(row.customer_id),
  createdAt: iso(row.created_at),
  disabledAt: isoOrNull(row.disabled_at),
  lastSeen: isoOrNull(row.last_seen),
  passkeys: row.passkeys,
});

const invitationView = (row: InvitationRow): InvitationView => ({
  id: String(row.id),
  name: row.name,
  role: row.role,
  customer: idOrNull(row.customer_id),
  account: idOrNull(row.account_id),
  createdBy: row.created_by,
  createdAt: iso(row.created_at),
  expiresAt: iso(row.expires_at),
});

const AccountPath = Type.Object({ account: Id });

export function addPeopleRoutes(server: CentralServer, work: CentralWork): void {
  addAccountRoutes(server, work);
  addInvitationRoutes(server, work);
  addTokenRoutes(server, work);
  addOwnRoutes(server, work);
}

function addAccountRoutes(server: CentralServer, { database, team }: CentralWork): void {
  server.get(
    '/api/v1/accounts',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(AccountView) } } },
    async () => (await database.people.listAccounts()).map(accountView),
  );
  server.patch(
    '/api/v1/accounts/:account',
    {
      config: { caller: 'session' },
      schema: { params: AccountPath, body: AccountChange, response: { 200: AccountView } },
    },
    async (request, reply) => {
      const id = findPlainId(request.params.account);
      if (id === undefined) return sendFault(request, reply, fault('notFound'));
      const done = await team.change(id, request.body);
      if (!done.ok) return sendFault(request, reply, done.error);
      const row = (await database.people.listAccounts()).find((each) => each.id === id);
      return row ? accountView(row) : sendFault(request, reply, fault('notFound'));
    },
  );
  server.post(
    '/api/v1/accounts/:account/reset',
    {
      config: { caller: 'session' },
      schema: { params: AccountPath, body: ResetRequest, response: { 201: InvitationMade } },
    },
    async (request, reply) => {
      const id = findPlainId(request.params.account);
      if (id === undefined) return sendFault(request, reply, fault('notFound'));
      const made = await team.reset(id, request.body.days, request.caller?.name ?? '');
      return made.ok ? reply.code(201).send(made.value) : sendFault(request, reply, made.error);
    },
  );
}

function addInvitationRoutes(server: CentralServer, work: CentralWork): void {
  const { database, team, clock, log } = work;
  server.get(
    '/api/v1/invitations',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(InvitationView) } } },
    async () => (await database.people.listInvitations(clock.now())).map(invitationView),
  );
  server.post(
    '/api/v1/invitations',
    { config: { caller: 'session' }, schema: { body: InvitationRequest, response: { 201: InvitationMade } } },
    async (request, reply) => {
      const made = await team.invite(request.body, request.caller?.name ?? '');
      if (!made.ok) return sendFault(request, reply, made.error);
      log.info('personInvited', { role: request.body.role });
      return reply.code(201).send(made.value);
    },
  );
  server.delete(
    '/api/v1/invitations/:invitation',
    { config: { caller: 'session' }, schema: { params: Type.Object({ invitation: Id }) } },
    async (request, reply) => {
      const id = findPlainId(request.params.invitation);
      const gone = id !== undefined && (await database.people.removeInvitation(id));
      return gone ? reply.code(204).send() : sendFault(request, reply, fault('notFound'));
    },
  );
}

function addTokenRoutes(server: CentralServer, { apiTokens, log }: CentralWork): void {
  server.get(
    '/api/v1/tokens',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(TokenView) } } },
    () => apiTokens.list(),
  );
  server.post(
    '/api/v1/tokens',
    { config: { caller: 'session' }, schema: { body: TokenRequest, response: { 201: TokenMade } } },
    async (request, reply) => {
      // A token gives no more than its maker has.
      const scope = request.body.scopes.find((each) => !request.caller?.scopes.has(each));
      if (scope !== undefined) return sendFault(request, reply, fault('scopeMissing', { scope }));
      const made = await apiTokens.make(request.body, request.caller?.name ?? '');
      if (!made.ok) return sendFault(request, reply, made.error);
      log.info('tokenMade', { token: made.value.id });
      return reply.code(201).send(made.value);
    },
  );
  server.delete(
    '/api/v1/tokens/:token',
    { config: { caller: 'session' }, schema: { params: Type.Object({ token: Id }) } },
    async (request, reply) => {
      const id = findPlainId(request.params.token);
      const revoked = id !== undefined && (await apiTokens.revoke(id));
      return revoked ? reply.code(204).send() : sendFault(request, reply, fault('notFound'));
    },
  );
}

function addOwnRoutes(server: CentralServer, work: CentralWork): void {
  const { team, database, clock } = work;
  server.put(
    '/api/v1/account/password',
    { config: { caller: 'session', right: 'self' }, schema: { body: PasswordChange } },
    async (request, reply) => {
      const { current, password } = request.body;
      const id = request.caller?.id ?? 0;
      const proven = await prove(request, work, current);
      if (!proven.ok) return sendFault(request, reply, proven.error);
      const done = await team.setPassword(id, password, sessionIdHash(request.session.sessionId));
      return done.ok ? reply.code(204).send() : sendFault(request, reply, done.error);
    },
  );
  server.get(
    '/api/v1/account/sessions',
    { config: { caller: 'session', right: 'self' }, schema: { response: { 200: Type.Array(SignInView) } } },
    async (request) => {
      const own = sessionIdHash(request.session.sessionId);
      const rows = await database.people.listSessions(request.caller?.id ?? 0);
      return rows
        .filter(({ expiresAt }) => expiresAt > clock.now())
        .map(({ idHash, data, expiresAt }): SignInView => {
          const { startedAt, accountSeenAt } = JSON.parse(data) as { startedAt?: number; accountSeenAt?: number };
          return {
            id: idHash,
            current: idHash === own,
            startedAt: isoOrNull(startedAt ?? null),
            lastSeen: isoOrNull(accountSeenAt ?? null),
            expiresAt: iso(expiresAt),
          };
        });
    },
  );
  server.delete(
    '/api/v1/account/sessions/:session',
    {
      config: { caller: 'session', right: 'self' },
      schema: { params: Type.Object({ session: Type.String({ maxLength: 64 }) }) },
    },
    async (request, reply) => {
      const gone = await database.people.removeSessionOf(request.caller?.id ?? 0, request.params.session);
      return gone ? reply.code(204).send() : sendFault(request, reply, fault('notFound'));
    },
  );
}
