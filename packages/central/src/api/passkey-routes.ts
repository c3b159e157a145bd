/** Passkeys: signing in with one, and those of one's own account. */
import {
  CentralSession,
  type Fault,
  fault,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyMade,
  PasskeyQuestion,
  PasskeyStart,
  PasskeysView,
  PasskeyView,
} from '@rsb/contract';
import { failure, minutes, type Outcome, success } from '@rsb/runtime';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Account } from '../people/accounts.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { sendFault } from './problem.ts';
import type { PartyOf } from './relying-party.ts';
import type { BeginSession } from './session-routes.ts';

/** Whoever finds a page left open cannot make himself a key for later. */
const FRESH = minutes(15);

const own = { caller: 'session', right: 'self' } as const;

export function addPasskeyRoutes(
  server: CentralServer,
  work: CentralWork,
  partyOf: PartyOf,
  begin: BeginSession,
): void {
  const { accounts, passkeys } = work;
  server.post(
    '/api/v1/session/passkey/options',
    { config: { caller: 'open' }, schema: { response: { 200: PasskeyQuestion } } },
    async (request, reply) => {
      const party = partyOf(request);
      return party ? passkeys.ask(party) : sendFault(request, reply, fault('passkeysNotHere'));
    },
  );
  server.post(
    '/api/v1/session/passkey',
    { config: { caller: 'open' }, schema: { body: PasskeyAnswer, response: { 200: CentralSession } } },
    async (request, reply) => {
      const party = partyOf(request);
      if (!party) return sendFault(request, reply, fault('passkeysNotHere'));
      return begin(request, reply, await passkeys.signIn(request.body, party, request.ip));
    },
  );
  server.get(
    '/api/v1/account/passkeys',
    { config: own, schema: { response: { 200: PasskeysView } } },
    async (request): Promise<PasskeysView> => {
      const id = idOf(request);
      return {
        passkeys: await passkeys.list(id),
        password: await accounts.hasPassword(id),
        origin: partyOf(request)?.origin ?? null,
      };
    },
  );
  server.post(
    '/api/v1/account/passkeys/options',
    { config: own, schema: { body: PasskeyStart, response: { 200: PasskeyCreation } } },
    async (request, reply) => {
      const party = partyOf(request);
      if (!party) return sendFault(request, reply, fault('passkeysNotHere'));
      const proven = await prove(request, work, request.body.password);
      if (!proven.ok) return sendFault(request, reply, proven.error);
      const options = await passkeys.begin(proven.value, party);
      return options.ok ? options.value : sendFault(request, reply, options.error);
    },
  );
  server.post(
    '/api/v1/account/passkeys',
    { config: own, schema: { body: PasskeyMade, response: { 201: PasskeyView } } },
    async (request, reply) => {
      const party = partyOf(request);
      if (!party) return sendFault(request, reply, fault('passkeysNotHere'));
      const made = await passkeys.add(idOf(request), request.body, party);
      return made.ok ? reply.code(201).send(made.value) : sendFault(request, reply, made.error);
    },
  );
  server.delete(
    '/api/v1/account/passkeys/:passkey',
    { config: own, schema: { params: Type.Object({ passkey: Type.String({ maxLength: 1364 }) }) } },
    async (request, reply) => {
      const done = await passkeys.remove(idOf(request), request.params.passkey);
      return done.ok ? reply.code(204).send() : sendFault(request, reply, done.error);
    },
  );
  server.post(
    '/api/v1/account/password/removal',
    { config: own, schema: { body: PasskeyStart } },
    async (request, reply) => {
      const proven = await prove(request, work, request.body.password);
      if (!proven.ok) return sendFault(request, reply, proven.error);
      const done = await passkeys.removePassword(proven.value.id);
      return done.ok ? reply.code(204).send() : sendFault(request, reply, done.error);
    },
  );
}

const idOf = (request: FastifyRequest): number => request.caller?.id ?? 0;

/** Who changes the ways in shows once more who he is: by the password, or where there is none by a fresh sign-in. */
export async function prove(
  request: FastifyRequest,
  { accounts, clock }: CentralWork,
  password: string | null,
): Promise<Outcome<Account, Fault>> {
  const account = await accounts.find(idOf(request));
  if (!account) return failure(fault('signInNeeded'));
  if (await accounts.hasPassword(account.id)) {
    const confirmed = await accounts.confirm(account.id, password ?? '', request.ip);
    return confirmed.ok ? success(account) : confirmed;
  }
  const age = clock.now() - (request.session.startedAt ?? 0);
  return age >= 0 && age <= FRESH ? success(account) : failure(fault('signInAnew'));
}
