/** The two calls that boxes make: enrolling once, and reporting from then on. */
import { EnrolmentAnswer, EnrolmentRequest, fault } from '@rsb/contract';
import type { FastifyRequest } from 'fastify';
import { createGate } from '../ingest/gate.ts';
import { LARGEST_BODY } from '../ingest/inflate.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { sendFault } from './problem.ts';

/** A report may take 20 MB while it is worked on; the database takes them one by one in any case. */
const REPORTS = { running: 8, waiting: 56 };

export function addBoxRoutes(server: CentralServer, work: CentralWork, publicUrl: string | null): void {
  server.post(
    '/api/v1/enrolments',
    { config: { caller: 'open' }, schema: { body: EnrolmentRequest, response: { 200: EnrolmentAnswer } } },
    async (request, reply) => {
      const answer = await work.enrolment.enrol(request.body, request.ip);
      if (!answer.ok) return sendFault(request, reply, answer.error);
      work.log.info('boxEnrolled', { agent: answer.value.box });
      return reply.send(answer.value);
    },
  );

  const gate = createGate(REPORTS);
  server.register(async (scope) => {
    // The digest and the signature are over the bytes as they came: nothing may parse them before.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/api/v1/reports',
      {
        config: { caller: 'box', rateLimit: false },
        bodyLimit: LARGEST_BODY,
        onRequest: async (request, reply) => {
          if (gate.full) return sendFault(request, reply, fault('storeBusy'));
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const receipt = await gate.pass(() =>
          work.receiveReport({
            method: request.method,
            targetUri: targetUri(request, publicUrl),
            headers: plainHeaders(request),
            body,
          }),
        );
        if (!receipt.ok) return sendFault(request, reply, receipt.error);
        return reply.send(receipt.value);
      },
    );
  });
}

/** The URI that the box signed: the configured public one, else as this request shows it. */
export function targetUri(request: FastifyRequest, publicUrl: string | null): string {
  const base = publicUrl ?? `${request.protocol}://${request.host}`;
  const uri = `${base.replace(/\/+$/, '')}${request.raw.url ?? ''}`;
  return URL.canParse(uri) ? new URL(uri).href : uri;
}

export function plainHeaders({ headers }: FastifyRequest): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
