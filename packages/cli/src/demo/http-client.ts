/** A person's browser without the browser: cookies, the CSRF token and problem+json, against the box's and central's API. */
import type { ErrorCode, Fault, ProblemDetails } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';

export interface HttpClient {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Outcome<unknown, Fault>>;
}

export function httpClient(base: string): HttpClient {
  const cookies = new Map<string, string>();
  let csrfToken: string | null = null;
  return {
    async call(method, path, body, headers = {}) {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        redirect: 'error',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(csrfToken ? { 'x-csrf-token': csrfToken } : {}),
          ...(cookies.size > 0 ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        cookies.set(name, value);
      }
      const text = await response.text();
      const answer: unknown = text === '' ? null : JSON.parse(text);
      if (!response.ok) {
        const problem = answer as Partial<ProblemDetails> | null;
        const code: ErrorCode = problem?.code ?? 'centralAnswerUnexpected';
        return failure({ code, params: problem?.params ?? { status: response.status } });
      }
      if (
        answer !== null &&
        typeof answer === 'object' &&
        'csrfToken' in answer &&
        typeof answer.csrfToken === 'string'
      ) {
        csrfToken = answer.csrfToken;
      }
      return success(answer);
    },
  };
}
