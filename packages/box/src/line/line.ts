/** The one way out of the box: HTTP to central, directly or through a proxy, with every failure told apart. */
import { type Fault, fault } from '@rsb/contract';
import { type Clock, failure, type Outcome, seconds, success } from '@rsb/runtime';
import { Client } from 'undici';
import { foreignAnswer, type LineFailure, readAnswer } from './answer.ts';
import { type ConnectStep, connectToCentral, type Resolver, systemResolver } from './connector.ts';
import { brokenFault } from './line-error.ts';
import { type ProxySetting, proxyFor } from './proxy.ts';
import { parseAuthorities, trustOf } from './trust.ts';
import { hostOf, parseCentralUrl } from './url.ts';

export interface LineOptions {
  readonly url: string;
  readonly proxy?: ProxySetting;
  /** PEM of own authorities, believed beside the system's. */
  readonly ca?: string;
  readonly resolver?: Resolver;
  readonly clock: Clock;
  /** Told of the Date header (RFC 9110 §6.6.1) of each answer that was central's. */
  readonly onDate?: (date: string) => void;
  /** Told of each step of a connection that was reached. */
  readonly onStep?: (step: ConnectStep) => void;
}

export interface LineRequest {
  readonly method: 'GET' | 'POST';
  /** The URL as made by `target`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
}

export interface Line {
  /** Central's host, as faults name it. */
  readonly host: string;
  /** The absolute URL of a path below central's address: what is asked, and what is signed. */
  target(path: string): string;
  /** The JSON of a 2xx answer; everything else is a fault. Redirections are never followed. */
  ask(request: LineRequest): Promise<Outcome<unknown, LineFailure>>;
  close(): Promise<void>;
}

/** From the first byte sent to the last byte received, connecting included. */
const ANSWER_LIMIT = seconds(60);

export function openLine(options: LineOptions): Outcome<Line, Fault> {
  const url = parseCentralUrl(options.url);
  if (!url.ok) return failure(url.error);
  const target = url.value;
  const proxy = proxyFor(hostOf(target), options.proxy);
  if (!proxy.ok) return failure(proxy.error);
  const own = options.ca === undefined ? success([]) : parseAuthorities(options.ca);
  if (!own.ok) return failure(own.error);

  const { clock, resolver = systemResolver } = options;
  const host = hostOf(target);
  const base = target.href.replace(/\/+$/, '');
  let known: ReturnType<typeof trustOf> | undefined;
  const trust = () => {
    known ??= trustOf(own.value);
    return known;
  };
  const client = new Client(target.origin, {
    connect: (_options, answer) => {
      connectToCentral({
        target,
        proxy: proxy.value,
        resolver,
        trust,
        clock,
        ...(options.onStep && { onStep: options.onStep }),
      }).then(
        (socket) => answer(null, socket),
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error)), null),
      );
    },
    // Both by the passed clock instead, see ANSWER_LIMIT.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 16_384,
  });

  return success({
    host,
    target: (path) => base + path,
    async ask({ method, url, headers, body, signal }) {
      const late = new AbortController();
      const deadline = clock.after('line answer', ANSWER_LIMIT, () => late.abort());
      try {
        const answer = await client.request({
          method,
          path: url.slice(target.origin.length),
          headers: { accept: 'application/json', ...headers },
          body: body ?? null,
          signal: signal ? AbortSignal.any([late.signal, signal]) : late.signal,
        });
        try {
          const read = await readAnswer(
            { status: answer.statusCode, headers: answer.headers, body: answer.body },
            host,
          );
          const { date } = answer.headers;
          if (read.ok && typeof date === 'string') options.onDate?.(date);
          return read;
        } finally {
          // What is not read is not wanted: the connection goes with it.
          if (!answer.body.readableEnded) answer.body.on('error', () => {}).destroy();
        }
      } catch (error) {
        const carried = late.signal.aborted ? fault('lineTimeout', { host }) : brokenFault(error, host);
        return failure({ fault: carried, status: null, retryAfter: null });
      } finally {
        deadline.cancel();
      }
    },
    close: () => client.destroy(),
  });
}

/** Whether central answers, without saying who asks. */
export async function checkLine(line: Line): Promise<Outcome<null, Fault>> {
  const answer = await line.ask({ method: 'GET', url: line.target('/health') });
  if (!answer.ok) return failure(answer.error.fault);
  return typeof answer.value === 'object' && answer.value !== null
    ? success(null)
    : failure(foreignAnswer(line.host).fault);
}
