/** A running box for tests: real HTTP, real SQLite in a folder of its own, real UDP to a simulated site on loopback. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type {
  BoxView,
  DeviceList,
  DeviceView,
  ProblemDetails,
  RangeSetting,
  SessionView,
  SettingsInput,
} from '@rsb/contract';
import { noSweep } from '@rsb/icmp';
import { type Clock, instant, openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { type RunningSite, type SimulatedMachine, startSite } from '@rsb/simulator';
import { createEngine, type SnmpEngine } from '@rsb/snmp';
import { type BoxOptions, type RunningBox, startBox } from '../src/start.ts';
import { openDatabase } from '../src/store/database.ts';
import { patientClock } from './patient-clock.ts';

export const PASSWORD = 'correct horse battery';

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** One browser: its cookie, its token. */
export interface Reader {
  call<T = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  /** A call that must succeed. */
  ask<T = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  useToken(token: string | null): void;
}

export interface TestBox {
  readonly folder: string;
  readonly url: string;
  readonly setupCode: string | null;
  readonly box: RunningBox;
  /** Signed in, once `setUp` has run. */
  readonly reader: Reader;
  stranger(): Reader;
  setUp(): Promise<void>;
  /** Again, after the session ended. */
  signIn(): Promise<void>;
  settings(change: (settings: SettingsInput) => SettingsInput): Promise<void>;
  /** Starts a scan and waits for its end. */
  scan(): Promise<BoxView>;
  devices(): Promise<readonly DeviceView[]>;
  device(address: string): Promise<DeviceView>;
  /** Kinds and bodies of all that waits for central, in order. */
  items(): readonly { readonly kind: string; readonly seq: number; readonly body: Record<string, unknown> }[];
  restart(options?: Partial<BoxOptions>): Promise<void>;
  close(): Promise<void>;
}

export async function startTestBox(t: TestContext, options: Partial<BoxOptions> = {}): Promise<TestBox> {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-box-'));
  const clock: Clock = options.clock ?? systemClock();
  const random = systemRandom();
  const start = async (more: Partial<BoxOptions> = {}) => {
    const opened = openDataFolder(folder);
    assert.ok(opened.ok, 'the data folder is free');
    const started = await startBox({
      folder: opened.value,
      host: '127.0.0.1',
      port: 0,
      version: '0.0.0-test',
      clock,
      random,
      log: silentLog(),
      engine: ({ gate, allow, asked }): SnmpEngine => createEngine({ clock, random, gate, allow, observer: asked }),
      echo: noSweep(),
      webRoot: join(folder, 'no-web'),
      interfaces: () => ({}),
      ...options,
      ...more,
    });
    assert.ok(started.ok, `the box starts: ${JSON.stringify(started)}`);
    const { value } = started;
    const close = async () => {
      await value.close();
      opened.value.release();
    };
    return { box: value, close };
  };
  let running = await start();
  let reader = readerOf(() => running.box.url);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await running.close();
  };
  t.after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const self: TestBox = {
    folder,
    get url() {
      return running.box.url;
    },
    get setupCode() {
      return running.box.setupCode;
    },
    get box() {
      return running.box;
    },
    get reader() {
      return reader;
    },
    stranger: () => readerOf(() => running.box.url),
    async setUp() {
      reader = readerOf(() => running.box.url);
      const code = running.box.setupCode;
      const session = await reader.ask<SessionView>('POST', '/setup', { code, password: PASSWORD });
      reader.useToken(session.csrfToken);
    },
    async signIn() {
      const session = await reader.ask<SessionView>('POST', '/session', { password: PASSWORD });
      reader.useToken(session.csrfToken);
    },
    async settings(change) {
      const { body, headers } = await reader.call<SettingsInput>('GET', '/settings');
      const etag = headers.get('etag') ?? '';
      await reader.ask('PUT', '/settings', change(asInput(body)), { 'if-match': etag });
    },
    async scan() {
      await reader.ask('POST', '/scan');
      return waitFor(async () => {
        const view = await reader.ask<BoxView>('GET', '/state');
        return view.scan === null ? view : undefined;
      });
    },
    devices: async () => (await reader.ask<DeviceList>('GET', '/devices')).devices,
    async device(address) {
      const found = (await self.devices()).find((device) => device.address === address);
      assert.ok(found, `a device at ${address}`);
      return found;
    },
    items() {
      const db = openDatabase(join(folder, 'box.sqlite'));
      try {
        return db
          .all('SELECT kind, seq, body FROM outbox_item ORDER BY place')
          .map(({ kind, seq, body }) => ({ kind: String(kind), seq: Number(seq), body: JSON.parse(String(body)) }));
      } finally {
        db.close();
      }
    },
    async restart(more) {
      await running.close();
      running = await start(more);
    },
    close,
  };
  return self;
}

/** As the page would send it back: without what only travels out. */
export function asInput(view: SettingsInput): SettingsInput {
  const { proxyPasswordSet: _set, revision: _revision, ...rest } = view as unknown as Record<string, unknown>;
  const credentials = view.credentials.map(({ id, version }) => ({ id, version }));
  return { ...rest, credentials } as unknown as SettingsInput;
}

export const rangeSetting = (range: string, more: Partial<RangeSetting> = {}): RangeSetting => ({
  range,
  note: '',
  credentials: ['public'],
  packetsPerSecond: 0,
  kilobytesPerHour: null,
  hours: null,
  ping: false,
  on: true,
  ...more,
});

export interface SiteBoxOptions extends Partial<BoxOptions> {
  readonly ranges?: readonly string[];
  /** For sites where somebody does not answer: time-outs pass in moments. */
  readonly silence?: true;
}

/** A box that is set up for a simulated site: its ranges are the machines' own addresses. */
export async function startSiteBox(
  t: TestContext,
  machines: readonly SimulatedMachine[],
  options: SiteBoxOptions = {},
): Promise<{ readonly site: RunningSite; readonly box: TestBox }> {
  const { ranges = [...new Set(machines.map(({ address }) => address))], silence, ...boxOptions } = options;
  const patient = silence ? patientClock(instant(Date.UTC(2026, 10, 24, 12))) : null;
  const site = await startSite({ machines, port: 0, ...(patient && { clock: patient.clock }) });
  t.after(() => site.close());
  const box = await startTestBox(t, {
    ...boxOptions,
    ...(patient && {
      clock: patient.clock,
      engine: ({ gate, allow, asked: observer }) =>
        patient.engine.watched(createEngine({ clock: patient.clock, random: systemRandom(), gate, allow, observer })),
    }),
  });
  if (patient) {
    patient.drive(site);
    t.after(() => patient.stop());
  }
  await box.setUp();
  await box.settings((settings) => ({
    ...settings,
    snmpPort: site.port,
    packetsPerSecond: 0,
    devicePause: 0,
    ranges: [rangeSetting(ranges.join(', '))],
  }));
  return { site, box };
}

function readerOf(url: () => string): Reader {
  let cookie = '';
  let token: string | null = null;
  const reader: Reader = {
    async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${url()}/api/v1${path}`, {
        method,
        headers: {
          ...(cookie && { cookie }),
          ...(token !== null && { 'x-csrf-token': token }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      for (const set of response.headers.getSetCookie()) {
        const [pair = ''] = set.split(';');
        cookie = pair.endsWith('=') ? '' : pair;
      }
      const text = await response.text();
      const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
      const answered: unknown = text === '' ? null : isJson ? JSON.parse(text) : text;
      return { status: response.status, headers: response.headers, body: answered as T };
    },
    async ask<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
      const answer = await reader.call<T>(method, path, body, headers);
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    useToken: (next) => {
      token = next;
    },
  };
  return reader;
}

export const problem = (answer: Answer): ProblemDetails => {
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  return answer.body as ProblemDetails;
};

/** Asks again until there is an answer; the box's own deadlines end the waiting. */
export async function waitFor<T>(look: () => Promise<T | undefined> | T | undefined, tries = 2000): Promise<T> {
  for (let left = tries; left > 0; left -= 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain, ${tries} looks`);
}
