/** First start, sign-in, sign-out, password, accounts, sessions. */
import {
  fault,
  PasswordRequest,
  PersonInput,
  type PersonList,
  PersonPatch,
  type SessionList,
  type SessionView,
  SetupRequest,
  SignInRequest,
} from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Person } from '../../people/index.ts';
import { HIDDEN } from '../../settings/index.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';
import { isPrivate, secureUrl } from '../secure.ts';

const ByName = Type.Object({ name: Type.String() });
const ById = Type.Object({ id: Type.String() });

export function addPeopleRoutes(api: Api, deps: ApiDeps): void {
  const { people, sessions, settings, changeLog, clock } = deps;

  /** A new session id at every sign-in: one that was planted before is worth nothing. */
  const signIn = async (person: Person, request: FastifyRequest, reply: FastifyReply): Promise<SessionView> => {
    await request.session.regenerate();
    request.session.signedIn = true;
    request.session.person = person.name;
    request.session.address = request.ip;
    request.session.since = Math.round(clock.now());
    request.person = person;
    return sessionView(request, reply);
  };

  api.get('/session', { config: { boxAccess: 'open' } }, (request, reply) => sessionView(request, reply));

  api.post('/setup', { config: { boxAccess: 'open' }, schema: { body: SetupRequest } }, async (request, reply) => {
    const { code, password, language } = request.body;
    const isFirst = !people.passwordSet();
    const done = await people.setUp({ code, password }, request.ip);
    if (!done.ok) return refuse(reply, done.error);
    // Whoever knew the old one is out.
    sessions.endAll();
    changeLog.append('setup', [{ path: '/password', old: isFirst ? '' : HIDDEN, new: HIDDEN }]);
    if (language && isFirst) settings.change({ language }, 'setup');
    return signIn(done.value, request, reply);
  });

  api.post('/session', { config: { boxAccess: 'open' }, schema: { body: SignInRequest } }, async (request, reply) => {
    const done = await people.signIn(request.body, request.ip);
    return done.ok ? signIn(done.value, request, reply) : refuse(reply, done.error);
  });

  api.delete('/session', { config: { boxAccess: 'person' } }, async (request): Promise<SessionView> => {
    await request.session.destroy();
    return { signedIn: false, csrfToken: null, person: null, secureUrl: null };
  });

  api.put(
    '/password',
    { config: { boxAccess: 'person' }, schema: { body: PasswordRequest } },
    async (request, reply) => {
      const name = request.person?.name ?? '';
      const done = await people.changePassword(name, request.body, request.ip);
      if (!done.ok) return refuse(reply, done.error);
      // Whoever knew the old one is out.
      sessions.endOf(name, request.session.sessionId);
      changeLog.append(request.who, [{ path: '/password', old: HIDDEN, new: HIDDEN }]);
      return sessionView(request, reply);
    },
  );

  const list = (): PersonList => ({ people: [...people.list()] });
  api.get('/people', { config: { boxAccess: 'admin' } }, list);

  api.post('/people', { config: { boxAccess: 'admin' }, schema: { body: PersonInput } }, async (request, reply) => {
    const done = await people.add(request.body);
    if (!done.ok) return refuse(reply, done.error);
    const { name, role, until } = request.body;
    changeLog.append(request.who, [{ path: `/people/${name}`, old: '', new: [role, until ?? ''].join(' ').trim() }]);
    return list();
  });

  api.patch(
    '/people/:name',
    { config: { boxAccess: 'admin' }, schema: { params: ByName, body: PersonPatch } },
    async (request, reply) => {
      const { name } = request.params;
      const before = people.list().find((each) => each.name === name);
      const { seen, ...change } = request.body;
      if (
        seen &&
        before &&
        !(['role', 'disabled', 'until'] as const).every((member) => seen[member] === before[member])
      )
        return refuse(reply, fault('changedElsewhere'));
      const done = await people.change(name, change);
      if (!done.ok) return refuse(reply, done.error);
      const { password, ...rest } = change;
      const changes = Object.entries(rest).map(([member, value]) => ({
        path: `/people/${name}/${member}`,
        old: String(before?.[member as keyof typeof rest] ?? ''),
        new: String(value ?? ''),
      }));
      const secret = password === undefined ? [] : [{ path: `/people/${name}/password`, old: HIDDEN, new: HIDDEN }];
      changeLog.append(request.who, [...changes, ...secret]);
      // A new password, role or end: whoever is signed in by it signs in again.
      if (name !== request.person?.name) sessions.endOf(name, '');
      return list();
    },
  );

  const isOwnOrAdmin = (request: FastifyRequest, name: string) =>
    request.person?.role === 'admin' || request.person?.name === name;

  api.get(
    '/sessions',
    { config: { boxAccess: 'person' } },
    (request): SessionList => ({
      sessions: sessions
        .list(request.session.sessionId)
        .filter(({ name }) => isOwnOrAdmin(request, name))
        .map(({ since, lastSeen, ...session }) => ({
          ...session,
          since: isoInstant(since),
          lastSeen: isoInstant(lastSeen),
        })),
    }),
  );

  api.delete('/sessions/:id', { config: { boxAccess: 'person' }, schema: { params: ById } }, (request, reply) => {
    const found = sessions.list(request.session.sessionId).find(({ id }) => id === request.params.id);
    if (!found || !isOwnOrAdmin(request, found.name)) return refuse(reply, fault('notFound'));
    sessions.end(found.id);
    return { ended: true };
  });
}

const sessionView = (request: FastifyRequest, reply: FastifyReply): SessionView => {
  const { person } = request;
  return {
    signedIn: person !== null,
    csrfToken: person === null ? null : reply.generateCsrf(),
    person,
    secureUrl: isPrivate(request) ? null : secureUrl(request),
  };
};
