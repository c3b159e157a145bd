/** Calls to the server's JSON API: answers and failures as values, the CSRF token carried with every change. */
import type { ErrorCode, ErrorParams, Fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault, wordFieldDetail } from '@rsb/messages/fault';
import { formatCount } from '../format/count.ts';

export type Problem =
  | { readonly kind: 'offline' }
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly code: ErrorCode;
      readonly params: ErrorParams;
      /** Faults at fields, each with a JSON pointer into what was sent. */
      readonly errors: readonly Fault[];
    };

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is, instead of a body in JSON. */
  readonly file?: Blob;
  /** Revision that a change starts from. */
  /** A revision, or what else names the state that the change is based on. */
  readonly ifMatch?: number | string;
  readonly signal?: AbortSignal;
  /** Milliseconds after which the server counts as not answering. */
  readonly patience?: number;
}

export interface StreamOptions<T> extends CallOptions {
  readonly onLine: (line: T) => void;
}

export interface ApiCall<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly answer?: T;
}

export interface ApiClient {
  get<T>(path: string, options?: CallOptions): Promise<Answer<T>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: CallOptions): Promise<Answer<T>>;
  /** An answer of one JSON line for each thing as it comes. */
  stream<T>(path: string, options: StreamOptions<T>): Promise<Answer<null>>;
  /** From GET /session; every change carries it. */
  useToken(token: string | null): void;
}

const BASE = '/api/v1';
const PATIENCE = 30_000;
/** A list is shown whole up to so many pages of it. */
const MOST_PAGES = 50;

/** The next page of a list (RFC 8288). */
function nextPage(link: string | null): string | undefined {
  const [, path] = /<\/api\/v1([^>]+)>; rel="next"/.exec(link ?? '') ?? [];
  return path;
}

function problemOf(status: number, body: unknown): Problem {
  const details = (typeof body === 'object' && body !== null ? body : {}) as Partial<{
    code: ErrorCode;
    params: ErrorParams;
    errors: readonly Fault[];
  }>;
  return {
    kind: 'problem',
    status,
    code: details.code ?? (status === 404 ? 'notFound' : 'internal'),
    params: details.params ?? { reference: String(status) },
    errors: details.errors ?? [],
  };
}

export function createClient(fetchIt: typeof fetch): ApiClient {
  let token: string | null = null;

  function ask(method: string, path: string, options: CallOptions): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (options.file !== undefined) headers['content-type'] = 'text/csv';
    if (method !== 'GET' && token !== null) headers['x-csrf-token'] = token;
    if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
    const late = AbortSignal.timeout(options.patience ?? PATIENCE);
    return fetchIt(path.startsWith('/api/') ? path : `${BASE}${path}`, {
      method,
      headers,
      body: options.file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: options.signal ? AbortSignal.any([options.signal, late]) : late,
    });
  }

  async function stream<T>(path: string, options: StreamOptions<T>): Promise<Answer<null>> {
    try {
      const response = await ask('POST', path, options);
      if (!response.ok || !response.body) {
        return { ok: false, problem: problemOf(response.status, parsed(await response.text())) };
      }
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        rest += value ? decoder.decode(value, { stream: true }) : '';
        const lines = rest.split('\n');
        rest = lines.pop() ?? '';
        // Our own server's words, in the contract's shapes.
        for (const line of lines) if (line !== '') options.onLine(JSON.parse(line) as T);
        if (done) return { ok: true, value: null };
      }
    } catch {
      return { ok: false, problem: { kind: 'offline' } };
    }
  }

  async function call<T>(
    method: string,
    path: string,
    options: CallOptions = {},
    pages = MOST_PAGES,
  ): Promise<Answer<T>> {
    try {
      const response = await ask(method, path, options);
      const text = await response.text();
      const body: unknown = text === '' ? undefined : parsed(text);
      if (!response.ok) return { ok: false, problem: problemOf(response.status, body) };
      const next = pages > 0 && Array.isArray(body) ? nextPage(response.headers.get('link')) : undefined;
      if (next === undefined) return { ok: true, value: body as T };
      const rest = await call<unknown[]>(method, next, options, pages - 1);
      return rest.ok ? { ok: true, value: [...(body as unknown[]), ...rest.value] as T } : rest;
    } catch {
      return { ok: false, problem: { kind: 'offline' } };
    }
  }

  return {
    get: (path, options) => call('GET', path, options),
    send: (method, path, options) => call(method, path, options),
    stream,
    useToken: (next) => {
      token = next;
    },
  };
}

/** A call that the generated client made. */
export function ask<T>(client: ApiClient, call: ApiCall<T>, options: CallOptions = {}): Promise<Answer<T>> {
  const { method, path, body } = call;
  if (method === 'GET') return client.get<T>(path, options);
  return client.send<T>(method, path, body === undefined ? options : { ...options, body });
}

/** A proxy's HTML page instead of our JSON is an answer of nobody: handled like a missing body. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

/** Numbers that people read are written as their language writes them; ports and statuses stay bare. */
const COUNTS: readonly string[] = ['addresses', 'most'];

export function readableFault(fault: { readonly code: ErrorCode; readonly params: ErrorParams }, lang: Lang): string {
  const params = Object.fromEntries(
    Object.entries(fault.params).map(([name, value]) => [
      name,
      COUNTS.includes(name) && typeof value === 'number' ? formatCount(value, lang) : value,
    ]),
  );
  return wordFault({ code: fault.code, params }, lang.locale);
}

export function wordProblem(problem: Problem, lang: Lang): string {
  return problem.kind === 'offline' ? m.no_connection({}, lang) : readableFault(problem, lang);
}

/** The message for one field of what was sent, by its JSON pointer. */
export function faultAt(problem: Problem | null, pointer: string, lang: Lang): string | undefined {
  if (problem?.kind !== 'problem') return undefined;
  const found = problem.errors.find((entry) => entry.field === pointer);
  if (!found) return undefined;
  const detail = found.code === 'fieldInvalid' ? wordFieldDetail(found.params, lang.locale) : null;
  return detail ?? readableFault(found, lang);
}
