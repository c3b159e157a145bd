/** Every error leaves as problem+json (RFC 9457), with a title in the reader's language. */
import { randomUUID } from 'node:crypto';
import { ERRORS, type Fault, fault, type ProblemDetails } from '@rsb/contract';
import { type Locale, localeFrom } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import type { Log } from '@rsb/runtime';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    fallbackLocale: () => Locale;
  }
}

/** A refusal that is thrown where a hook or plugin has no other way to answer. */
export class Refusal extends Error {
  readonly fault: Fault;

  constructor(refused: Fault) {
    super(refused.code);
    this.fault = refused;
  }
}

/** Answers with one fault, or with several of which the first gives title and status. */
export function refuse(reply: FastifyReply, faults: Fault | readonly Fault[]): FastifyReply {
  const all: readonly Fault[] = [faults].flat();
  const [first = fault('internal', { reference: '-' })] = all;
  const { status } = ERRORS[first.code];
  const problem: ProblemDetails = {
    type: `urn:rsb:${first.code}`,
    title: wordFault(first, localeOf(reply.request)),
    status,
    code: first.code,
    params: first.params,
    ...(all.some(({ field }) => field !== undefined) && { errors: all }),
  };
  if (first.code === 'tooManyRequests') reply.header('retry-after', String(first.params['seconds'] ?? 60));
  reply.code(status);
  // Whoever opened an address in a browser reads the sentence; what a page asks by itself accepts anything.
  return isOpenedByPerson(reply.request)
    ? reply.type('text/plain; charset=utf-8').send(`${problem.title}\n`)
    : reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

const isOpenedByPerson = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') === true;

function localeOf({ headers, server }: FastifyRequest): Locale {
  return localeFrom(headers['accept-language'], server.fallbackLocale());
}

export function handleErrors(app: FastifyInstance, log: Log, fallbackLocale: () => Locale): void {
  app.decorate('fallbackLocale', fallbackLocale);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = error instanceof Refusal ? error.fault : expectedFaults(error);
    if (known) return refuse(reply, known);
    if (isDiskFull(error)) {
      log.error('storage full', { route: `${request.method} ${request.routeOptions.url ?? ''}` });
      return refuse(reply, fault('storageFull'));
    }
    const reference = randomUUID().slice(0, 8);
    log.error('request failed', {
      reference,
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      error: error.stack ?? error.message,
    });
    return refuse(reply, fault('internal', { reference }));
  });
}

/** SQLite's word for it (sqlite.org/rescode.html#full), and the system's own. */
const SQLITE_FULL = 13;
function isDiskFull(error: Error & { readonly code?: unknown; readonly errcode?: unknown }): boolean {
  return error.errcode === SQLITE_FULL || error.code === 'ENOSPC' || error.code === 'EDQUOT';
}

/** What a caller did wrong, told apart from what went wrong here; null for the latter. */
function expectedFaults(error: FastifyError): readonly Fault[] | null {
  if (error.validation) {
    const [first] = error.validation;
    const where = `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();
    return [
      fault('bodyInvalid', { detail: where }),
      ...error.validation.map(({ instancePath, message = '' }) =>
        fault('fieldInvalid', { path: instancePath, detail: message }, instancePath),
      ),
    ];
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return [fault('bodyTooLarge')];
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return [fault('unsupportedMedia')];
    case 'FST_CSRF_MISSING_SECRET':
    case 'FST_CSRF_INVALID_TOKEN':
      return [fault('csrfRefused')];
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return [fault('notFound')];
    default:
      // A file that is not there, or an address that leads out of the folder.
      if (error.statusCode === 403 || error.statusCode === 404) return [fault('notFound')];
      // Broken JSON, a forbidden key in it, a wrong length: all said by Fastify as a 400.
      return error.statusCode === 400 ? [fault('bodyInvalid', { detail: error.message })] : null;
  }
}
