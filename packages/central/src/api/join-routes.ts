/** The end of an invitation, for whoever has its code: who is meant, then a password or a passkey as they choose. */
import {
  CentralSession,
  fault,
  InvitationAccept,
  InvitationLook,
  InvitationPasskey,
  InvitationSeen,
  PasskeyCreation,
} from '@rsb/contract';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { sendFault } from './problem.ts';
import type { PartyOf } from './relying-party.ts';
import type { BeginSession } from './session-routes.ts';

const open = { caller: 'open' } as const;

export function addJoinRoutes(
  server: CentralServer,
  { team }: CentralWork,
  partyOf: PartyOf,
  begin: BeginSession,
): void {
  server.post(
    '/api/v1/invitations/look',
    { config: open, schema: { body: InvitationLook, response: { 200: InvitationSeen } } },
    async (request, reply) => {
      const seen = await team.look(request.body.code, request.ip);
      if (!seen.ok) return sendFault(request, reply, seen.error);
      return { ...seen.value, origin: partyOf(request)?.origin ?? null };
    },
  );
  // Signing in follows on the sign-in page, with the name and the password that was just chosen.
  server.post(
    '/api/v1/invitations/accept',
    { config: open, schema: { body: InvitationAccept, response: { 200: InvitationSeen } } },
    async (request, reply) => {
      const { code, password } = request.body;
      const seen = await team.look(code, request.ip);
      if (!seen.ok) return sendFault(request, reply, seen.error);
      const account = await team.accept(code, password, request.ip);
      if (!account.ok) return sendFault(request, reply, account.error);
      return { ...seen.value, origin: partyOf(request)?.origin ?? null };
    },
  );
  server.post(
    '/api/v1/invitations/passkey/options',
    { config: open, schema: { body: InvitationLook, response: { 200: PasskeyCreation } } },
    async (request, reply) => {
      const party = partyOf(request);
      if (!party) return sendFault(request, reply, fault('passkeysNotHere'));
      const asked = await team.beginPasskey(request.body.code, party, request.ip);
      return asked.ok ? asked.value : sendFault(request, reply, asked.error);
    },
  );
  server.post(
    '/api/v1/invitations/passkey',
    { config: open, schema: { body: InvitationPasskey, response: { 200: CentralSession } } },
    async (request, reply) => {
      const party = partyOf(request);
      if (!party) return sendFault(request, reply, fault('passkeysNotHere'));
      const { code, passkey } = request.body;
      return begin(request, reply, await team.acceptByPasskey(code, passkey, party, request.ip));
    },
  );
}
