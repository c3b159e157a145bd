/** Failures as problem+json (RFC 9457), worded in the reader's language. */
import { ERRORS, type Fault, fault, type ProblemDetails } from '@rsb/contract';
import { wordFault } from '@rsb/messages/fault';
import { localeFrom } from '@rsb/messages/locale';
import type { Log, Random } from '@rsb/runtime';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isMomentaryFailure } from '../store/store-failure.ts';

export function sendFault(request: FastifyRequest, reply: FastifyReply, found: Fault): FastifyReply {
  const { status } = ERRORS[found.code];
  const problem: ProblemDetails = {
    type: `urn:rsb:${found.code}`,
    title: wordFault(found, localeFrom(request.headers['accept-language'])),
    status,
    code: found.code,
    params: found.params,
    ...(found.field === undefined ? {} : { errors: [found] }),
  };
  const { seconds } = found.params;
  if (seconds !== undefined) reply.header('retry-after', String(seconds));
  else if (status === 503) reply.header('retry-after', '5');
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** What Fastify and its plugins refuse by themselves, as the catalogue's faults; anything else is ours to mend. */
export function faultOf(error: FastifyError, random: Random, log: Log): Fault {
  if (error.validation) {
    const [first] = error.validation;
    const path = first?.instancePath ?? '';
    return fault('bodyInvalid', { detail: first ? detailOf(first) : '' }, path);
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return fault('bodyTooLarge');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return fault('unsupportedMedia');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return fault('bodyInvalid', { detail: 'JSON' });
    case 'FST_CSRF_MISSING_SECRET':
    case 'FST_CSRF_INVALID_TOKEN':
      return fault('csrfRefused');
    default:
  }
  if (error.statusCode === 429)
    return fault('tooManyRequests', { seconds: 'seconds' in error ? Number(error.seconds) : 60 });
  if (error instanceof SyntaxError || error.statusCode === 400) return fault('bodyInvalid', { detail: error.message });
  if (error.statusCode === 404) return fault('notFound');
  if (isMomentaryFailure(error)) {
    log.warn('storeBusy', { detail: error.message });
    return fault('storeBusy');
  }
  const reference = Buffer.from(random.bytes(6)).toString('hex');
  log.error('internal', { reference, detail: error.message, stack: error.stack });
  return fault('internal', { reference });
}

/** An answer stays short, whatever was sent. */
const LONGEST_LIST = 300;

type SchemaError = NonNullable<FastifyError['validation']>[number];

/** What a schema refuses, in signs that need no language; rarer rules are said as the checker says them. */
function detailOf({ instancePath, keyword, params, message = '' }: SchemaError): string {
  const path = instancePath === '' ? '/' : instancePath;
  const { limit, pattern, allowedValues, requiredProperties, additionalProperties, type } = params;
  const list = (found: unknown): string =>
    (Array.isArray(found) ? found.join(' | ') : String(found)).slice(0, LONGEST_LIST).toWellFormed();
  switch (keyword) {
    case 'maxLength':
    case 'maxItems':
      return `${path}: max. ${limit}`;
    case 'minLength':
    case 'minItems':
      return `${path}: min. ${limit}`;
    case 'maximum':
    case 'exclusiveMaximum':
      return `${path}: ${keyword === 'maximum' ? '≤' : '<'} ${limit}`;
    case 'minimum':
    case 'exclusiveMinimum':
      return `${path}: ${keyword === 'minimum' ? '≥' : '>'} ${limit}`;
    case 'pattern':
      return `${path}: ${pattern instanceof RegExp ? pattern.source : pattern}`;
    case 'enum':
      return `${path}: ${list(allowedValues)}`;
    case 'required':
      return `${path}: + ${list(requiredProperties)}`;
    case 'additionalProperties':
      return `${path}: − ${list(additionalProperties)}`;
    case 'type':
      return `${path}: ${list(type)}`;
    default:
      return `${path} ${message}`.trim();
  }
}
