/** First start, sign-in, sign-out, password. */
import { PasswordRequest, type SessionView, SetupRequest, SignInRequest } from '@rsb/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HIDDEN } from '../../settings/index.ts';
import { isSignedIn } from '../access.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addPeopleRoutes(api: Api, { people, sessions, settings, changeLog }: ApiDeps): void {
  api.get('/session', { config: { boxAccess: 'open' } }, (request, reply) => sessionView(request, reply));

  api.post('/setup', { config: { boxAccess: 'open' }, schema: { body: SetupRequest } }, async (request, reply) => {
    const { code, password, language } = request.body;
    const done = await people.setUp({ code, password }, request.ip);
    if (!done.ok) return refuse(reply, done.error);
    changeLog.append('setup', [{ path: '/password', old: '', new: HIDDEN }]);
    if (language) settings.change({ language }, 'setup');
    return signIn(request, reply);
  });

  api.post('/session', { config: { boxAccess: 'open' }, schema: { body: SignInRequest } }, async (request, reply) => {
    const done = await people.signIn(request.body.password, request.ip);
    return done.ok ? signIn(request, reply) : refuse(reply, done.error);
  });

  api.delete('/session', { config: { boxAccess: 'session' } }, async (request): Promise<SessionView> => {
    await request.session.destroy();
    return { signedIn: false, csrfToken: null };
  });

  api.put(
    '/password',
    { config: { boxAccess: 'session' }, schema: { body: PasswordRequest } },
    async (request, reply) => {
      const done = await people.changePassword(request.body, request.ip);
      if (!done.ok) return refuse(reply, done.error);
      // Whoever knew the old one is out.
      sessions.endOthers(request.session.sessionId);
      changeLog.append(request.ip, [{ path: '/password', old: HIDDEN, new: HIDDEN }]);
      return sessionView(request, reply);
    },
  );
}

/** A new session id at every sign-in: one that was planted before is worth nothing. */
async function signIn(request: FastifyRequest, reply: FastifyReply): Promise<SessionView> {
  await request.session.regenerate();
  request.session.signedIn = true;
  return sessionView(request, reply);
}

const sessionView = (request: FastifyRequest, reply: FastifyReply): SessionView =>
  isSignedIn(request) ? { signedIn: true, csrfToken: reply.generateCsrf() } : { signedIn: false, csrfToken: null };
