/** What central proposes, a person's yes or no, and the machines that should be here. */
import { type BoxProposalList, type ExpectedView, ProposalAnswerRequest } from '@rsb/contract';
import Type from 'typebox';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addProposalRoutes(api: Api, { service }: ApiDeps): void {
  api.get('/proposals', { config: { boxAccess: 'session' } }, (): BoxProposalList => service.proposals.list());

  api.post(
    '/proposals/ask',
    { config: { boxAccess: 'session' } },
    (): Promise<BoxProposalList> => service.proposals.ask(),
  );

  api.post(
    '/proposals/:id/answer',
    {
      config: { boxAccess: 'session' },
      schema: { params: Type.Object({ id: Type.String({ maxLength: 64 }) }), body: ProposalAnswerRequest },
    },
    (request, reply) => {
      const done = service.proposals.answer(request.params.id, request.body.accept, request.who);
      return done.ok ? service.proposals.list() : refuse(reply, done.error);
    },
  );

  api.get('/expected', { config: { boxAccess: 'reading' } }, (): ExpectedView => service.expected());
}
