/** A central of the test's own on 127.0.0.1, with a dealer, a signed-in person, and ends for customers and boxes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CentralOptions, type RunningCentral, startCentral } from '@rsb/central';
import type { CodeView, CustomerView } from '@rsb/contract';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { type BoxPeer, enrolBox, newBoxKey } from './box-peer.ts';

export const PASSWORD = 'correct horse battery staple';

export interface Person {
  readonly headers: Readonly<Record<string, string>>;
  /** Calls the API as a page does: with cookie and token. */
  call(
    method: string,
    path: string,
    body?: unknown,
    more?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
}

export interface TestCentral {
  readonly central: RunningCentral;
  readonly person: Person;
  newCustomer(name: string): Promise<string>;
  newCode(customer: string, days?: number): Promise<string>;
  newBox(customer: string): Promise<BoxPeer>;
}

/** A test, or a whole file by `{ after }` of node:test. */
export interface Lifetime {
  after(end: () => void | Promise<void>): void;
}

export function newFolder(t: Lifetime): string {
  const path = mkdtempSync(join(tmpdir(), 'rsb-central-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export async function runCentral(t: Lifetime, options: Partial<CentralOptions> = {}): Promise<RunningCentral> {
  const folder = options.folder ?? okay(openDataFolder(newFolder(t)));
  const started = await startCentral({
    host: '127.0.0.1',
    port: 0,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
    ...options,
    folder,
  });
  const central = okay(started);
  t.after(async () => {
    await central.close();
    folder.release();
  });
  return central;
}

export async function newTestCentral(t: Lifetime, options: Partial<CentralOptions> = {}): Promise<TestCentral> {
  const central = await runCentral(t, options);
  const setup = { code: central.setupCode, dealer: 'Dealer SA', user: 'admin', password: PASSWORD };
  const person = await signedIn(central.url, '/api/v1/setup', setup);
  const newCode = async (customer: string, days = 7) => {
    const { status, body } = await person.call('POST', `/api/v1/customers/${customer}/codes`, { days });
    assert.equal(status, 201);
    return (body as CodeView).code;
  };
  return {
    central,
    person,
    newCode,
    async newCustomer(name) {
      const { status, body } = await person.call('POST', '/api/v1/customers', { name });
      assert.equal(status, 201);
      return (body as CustomerView).id;
    },
    newBox: async (customer) => enrolBox(central.url, await newCode(customer), newBoxKey()),
  };
}

/** Signs in, or sets up, and keeps cookie and token for what follows. */
export async function signedIn(url: string, path: string, credentials: unknown): Promise<Person> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  assert.equal(answer.status, 200);
  const cookie = cookieOf(answer);
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return personWith(url, { cookie, 'x-csrf-token': csrfToken });
}

export function personWith(url: string, headers: Readonly<Record<string, string>>): Person {
  return {
    headers,
    async call(method, path, body, more = {}) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
        ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
        redirect: 'manual',
      });
      const text = await answer.text();
      const json = /\b(problem\+)?json\b/.test((answer.headers.get('content-type') ?? '').replace('x-ndjson', ''));
      return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers };
    },
  };
}

export const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

export function okay<T>(outcome: { ok: true; value: T } | { ok: false; error: unknown }): T {
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
}
