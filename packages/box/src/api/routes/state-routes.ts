/** The box itself: its state, scan now, enrolment. */
import { EnrolRequest } from '@rsb/contract';
import type { FastifyRequest } from 'fastify';
import { type AccessRules, isSignedIn, mayRead } from '../access.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addStateRoutes(api: Api, deps: ApiDeps, rules: AccessRules): void {
  const { service } = deps;
  const view = (request: FastifyRequest) => {
    const signedIn = isSignedIn(request);
    return service.view({ signedIn, mayRead: mayRead(signedIn, rules) });
  };

  api.get('/state', { config: { boxAccess: 'open' } }, (request) => view(request));

  api.post('/scan', { config: { boxAccess: 'session' } }, (request, reply) => {
    const started = service.startScan();
    return started.ok ? reply.code(202).send(view(request)) : refuse(reply, started.error);
  });

  api.delete('/scan', { config: { boxAccess: 'session' } }, async (request) => {
    await service.stopScan();
    return view(request);
  });

  api.post(
    '/enrolment',
    { config: { boxAccess: 'session' }, schema: { body: EnrolRequest } },
    async (request, reply) => {
      const done = await service.enrol(request.body, request.who);
      return done.ok ? view(request) : refuse(reply, done.error);
    },
  );
}
