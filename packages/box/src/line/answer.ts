/** What central's answer means, and whether it was central that answered at all. */
import { ERROR_CODES, type ErrorCode, type ErrorParams, type Fault, fault } from '@rsb/contract';
import { failure, hours, type Millis, millis, type Outcome, seconds, success } from '@rsb/runtime';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface LineFailure {
  readonly fault: Fault;
  /** Null where no HTTP answer came. */
  readonly status: number | null;
  /** How long the other side asks to wait. */
  readonly retryAfter: Millis | null;
}

/** A receipt for the largest report takes under 150 kB. */
const LARGEST_ANSWER = 1 << 20;
const LONGEST_RETRY_AFTER = hours(1);
/** RFC 6585 §6: a network that wants a login before it lets anything through. */
const NETWORK_LOGIN_REQUIRED = 511;

/** The JSON of a 2xx answer. A page, a redirection or a log-in form is not central's, whatever its status. */
export async function readAnswer(answer: Answer, host: string): Promise<Outcome<unknown, LineFailure>> {
  const { status } = answer;
  const failed = (carried: Fault) => failure({ fault: carried, status, retryAfter: retryAfterOf(answer) });
  const isJson = /^application\/(problem\+)?json\s*(;|$)/i.test(headerOf(answer, 'content-type'));
  const done = status >= 200 && status < 300;
  if ((status >= 300 && status < 400) || status === NETWORK_LOGIN_REQUIRED || (done && !isJson)) {
    return failed(fault('lineCaptivePortal', { host }));
  }
  const text = isJson ? await readText(answer.body) : null;
  if (!done) return failed(problemFault(text) ?? fault('centralAnswerUnexpected', { status }));
  if (text === null) return failed(fault('centralAnswerUnexpected', { status }));
  const value = parseJson(text);
  return value === undefined ? failed(fault('lineCaptivePortal', { host })) : success(value);
}

/** A 2xx with JSON of another shape: not central, or not yet. */
export function foreignAnswer(host: string): LineFailure {
  return { fault: fault('lineCaptivePortal', { host }), status: 200, retryAfter: null };
}

/** Null where it is longer than anything that central says. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > LARGEST_ANSWER) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A fault that central gave by name (RFC 9457), with its parameters bounded. */
function problemFault(text: string | null): Fault | null {
  const problem = text === null ? undefined : parseJson(text);
  if (!isRecord(problem)) return null;
  const { code } = problem;
  if (typeof code !== 'string' || !isCentralCode(code)) return null;
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(isRecord(problem.params) ? problem.params : {}).slice(0, 10)) {
    if (typeof value === 'number') params[name] = value;
    else if (typeof value === 'string') params[name] = value.slice(0, 200);
  }
  return fault(code, params satisfies ErrorParams);
}

/** Codes that describe the line itself are this side's own knowledge: nobody else may claim them. */
function isCentralCode(code: string): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code) && !/^(line|receipt|central)/.test(code);
}

/**
 * RFC 9110 §10.2.3: seconds, or a date that is held against the answer's own date, never against this box's clock.
 * Absurd values are cut.
 */
function retryAfterOf(answer: Answer): Millis | null {
  const text = headerOf(answer, 'retry-after');
  const wait = /^\d+$/.test(text) ? seconds(Number(text)) : Date.parse(text) - Date.parse(headerOf(answer, 'date'));
  return wait > 0 ? millis(Math.min(wait, LONGEST_RETRY_AFTER)) : null;
}

function headerOf({ headers }: Answer, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
