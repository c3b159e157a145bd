/** Stands in for a box: serves the built pages and answers their API from memory. Password `password1`, code `1234`. */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { DevicePatch, DeviceView, SettingsInput, SettingsView } from '@rsb/contract';
import { mockLeft } from './mock-left.ts';
import { mockLog, mockOrigins, mockReading, mockSeries } from './mock-past.ts';
import { iso, type MockFacts, type MockState, mockSettings, mockView } from './mock-settings.ts';
import { manyDevices, seedDevices } from './seed-devices.ts';

export const PASSWORD = 'password1';
export const SETUP_CODE = '1234';
export const ENROLMENT_CODE = '7KQ2-9FXM';

export interface MockBox {
  readonly url: string;
  /** What the server would send by itself. */
  put(device: DeviceView): void;
  /** Ends every stream, as a box that went away. */
  dropStreams(): void;
  /** Saves settings as another tab would. */
  saveElsewhere(part: Partial<SettingsView>): void;
  /** One step of the running scan. */
  step(addresses: number): void;
  readonly settings: () => SettingsView;
  readonly devices: ReadonlyMap<string, DeviceView>;
  close(): Promise<void>;
}

export interface MockOptions {
  readonly root: string;
  readonly as?: MockState;
  /** As a page that came over plain HTTP from another machine. */
  readonly insecure?: boolean;
  readonly port?: number;
  /** In the place of the thirteen. */
  readonly devices?: readonly DeviceView[];
  /** What one machine's own routes (`log`, `origins` …) answer, in the place of the usual. */
  readonly past?: (device: DeviceView, route: string) => unknown;
}

type Checked =
  | { readonly code: string; readonly params: Readonly<Record<string, string | number>> }
  | { readonly addresses: number; readonly first: string; readonly last: string; readonly normalized: string };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function checkRange(text: string): Checked {
  const cidr = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text.trim());
  const wrong = (detail: string) => ({ code: 'rangeInvalid', params: { range: text, detail } });
  if (!cidr) return wrong('rangeForm');
  const bits = Number(cidr[5]);
  const high = cidr.slice(1, 5).find((part) => Number(part) > 255);
  if (high !== undefined) return wrong(`${high} > 255`);
  if (bits > 32) return wrong(`/${bits} > /32`);
  const addresses = bits >= 31 ? 2 ** (32 - bits) : 2 ** (32 - bits) - 2;
  if (addresses > 65_534) return { code: 'rangeTooLarge', params: { range: text, addresses, most: 65_534 } };
  const base = cidr.slice(1, 4).join('.');
  return { addresses, first: `${base}.1`, last: `${base}.254`, normalized: text.trim() };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const problem = (
  response: ServerResponse,
  status: number,
  code: string,
  params = {},
  errors: readonly unknown[] = [],
) => {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: `urn:rsb:${code}`, title: code, status, code, params, errors }));
};
const json = (response: ServerResponse, body: unknown) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

export async function startMockBox(options: MockOptions): Promise<MockBox> {
  const as = options.as ?? 'normal';
  const started = Date.now();
  const bare = as === 'empty' || as === 'setup';
  const list = options.devices ?? (as === 'many' ? manyDevices(10_000, started) : bare ? [] : seedDevices(started));
  const devices = new Map(list.map((device) => [device.id, device]));
  const streams = new Set<ServerResponse>();
  let settings = mockSettings(as);
  let isSetUp = as !== 'setup';
  let isSignedIn = as === 'normal' || as === 'scanning' || as === 'many' || as === 'empty';
  let isEnrolled = as !== 'setup';
  let scanned: number | null = as === 'scanning' ? 412 : null;
  const facts = (): MockFacts => ({ as, settings, devices, isSetUp, isSignedIn, isEnrolled, scanned });
  const view = () => mockView(facts(), Date.now());
  const secureUrl = options.insecure ? 'https://box.test:8443' : null;
  const session = () => ({
    signedIn: isSignedIn,
    csrfToken: isSignedIn ? 'token' : null,
    person: isSignedIn ? { name: 'admin', role: 'admin' } : null,
    secureUrl,
  });
  const people: Record<string, unknown>[] = [
    { name: 'admin', role: 'admin', until: null },
    { name: 'Marie Roth', role: 'technician', until: '2027-03-31' },
    { name: 'reception', role: 'viewer', until: null, disabled: true },
  ].map((person) => ({ disabled: false, ended: false, createdAt: iso(started), lastSignIn: iso(started), ...person }));
  let opened = false;
  const tell = (event: string, data: unknown, to: ServerResponse | null = null) => {
    for (const stream of to ? [to] : streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const put = (device: DeviceView) => {
    devices.set(device.id, device);
    tell('device', device);
  };
  const save = (next: SettingsView) => {
    settings = { ...next, revision: settings.revision + 1 };
    tell('settings', { revision: settings.revision });
    tell('state', view());
  };

  const left = mockLeft({ as, started, devices, settings: () => settings, save });

  const open: Readonly<Record<string, (response: ServerResponse, body: Record<string, unknown>) => void>> = {
    'GET /state': (response) => json(response, view()),
    'GET /session': (response) => json(response, session()),
    'GET /devices': (response) =>
      settings.openReading || isSignedIn
        ? json(response, { revision: 1, mark: 'a1-1', devices: [...devices.values()] })
        : problem(response, 401, 'signInNeeded'),
    'GET /events': (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`event: state\ndata: ${JSON.stringify(view())}\n\n`);
      // It remembers nothing: whoever comes back asks for all.
      if (opened) tell('reload', {}, response);
      opened = true;
      streams.add(response);
      response.on('close', () => streams.delete(response));
    },
    'POST /session': (response, body) => {
      if (body['password'] !== PASSWORD) return problem(response, 401, 'passwordWrong');
      isSignedIn = true;
      return json(response, session());
    },
    'POST /setup': (response, body) => {
      if (body['code'] !== SETUP_CODE) return problem(response, 403, 'setupCodeWrong');
      if (String(body['password']).length < 10) return problem(response, 422, 'passwordTooShort', { least: 10 });
      isSetUp = true;
      isSignedIn = true;
      return json(response, session());
    },
    'DELETE /session': (response) => {
      isSignedIn = false;
      json(response, session());
    },
  };
  const behindSession: typeof open = {
    'PATCH /devices': (response, body) => {
      const { ids, set } = body as unknown as DevicePatch;
      const changed = ids.flatMap((id) => {
        const device = devices.get(id);
        return device ? [{ ...device, ...set } as DeviceView] : [];
      });
      for (const device of changed) put(device);
      json(response, { revision: 2, devices: changed });
    },
    'POST /scan': (response) => {
      scanned = 0;
      json(response, view());
    },
    'DELETE /scan': (response) => {
      scanned = null;
      json(response, view());
    },
    'GET /settings': (response) => json(response, settings),
    'POST /ranges/check': (response, body) => {
      const checked = checkRange(String(body['range']));
      if ('code' in checked) problem(response, 422, checked.code, checked.params, [{ ...checked, field: '/range' }]);
      else json(response, checked);
    },
    'POST /ranges/estimate': (response, body) => {
      const checked = checkRange(String(body['range']));
      if ('code' in checked)
        return problem(response, 422, checked.code, checked.params, [{ ...checked, field: '/range' }]);
      const { addresses } = checked;
      const packets = addresses * 2;
      return json(response, {
        addresses,
        packets,
        kilobytes: Math.round(packets * 0.09),
        minutes: Math.round((packets / Number(body['packetsPerSecond'] || 25)) * 10) / 600,
        limitedBy: 'range',
        further: 0,
        boxShare: 0.4,
        machines: 12,
        hourly: { packets: 24, kilobytes: 10.8 },
      });
    },
    'POST /line-check': (response, body) => {
      const central = typeof body['url'] === 'string' ? body['url'] : settings.central.url;
      const refused = central?.includes('refused') === true;
      const found = [
        ['link', 'ok', 'Link: eth0 is connected.'],
        ['address', 'ok', 'Address: 192.168.10.20 on eth0, router 192.168.10.1.'],
        ['names', 'ok', 'Names: central.example is found.'],
        ['clock', 'ok', 'Clock: 2026-11-24T08:00:00Z, zone Europe/Paris.'],
        ['proxy', 'skipped', 'Proxy: none is set, the box goes out directly.'],
        ['tls', refused || central === null ? 'skipped' : 'ok', 'TLS: the certificate of central.example is accepted.'],
        refused
          ? [
              'central',
              'fails',
              'central.example refuses port 443. The box 192.168.10.20 needs TCP 443 to central.example, outgoing only.',
            ]
          : ['central', central === null ? 'limits' : 'ok', 'Central: https://central.example answers.'],
      ];
      response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
      response.end(found.map(([step, state, text]) => `${JSON.stringify({ step, state, text })}\n`).join(''));
    },
    'GET /ping-only': (response) => {
      const addresses = as === 'normal' ? ['192.168.7.40', '192.168.10.31', '192.168.10.77'] : [];
      const since = iso(started - 9 * 86_400_000);
      const lastSeen = iso(started);
      json(response, {
        addresses: addresses.map((address) => ({ address, range: '192.168.10.0/24', since, lastSeen })),
        count: addresses.length,
      });
    },
    'POST /test': (response, body) => {
      const address = String(body['address']);
      if (!address.startsWith('192.168.')) {
        const outside = { code: 'addressOutside', params: { address }, field: '/address' };
        return problem(response, 422, outside.code, outside.params, [outside]);
      }
      return json(response, {
        address,
        port: 161,
        cause: 'wrongDigest',
        echoFiltered: false,
        ping: { method: 'socket', state: 'answers', roundTrip: 0.41 },
        attempts: [
          { version: 'v2c', community: 1, user: null, state: 'silent', detail: null },
          { version: 'v3', community: 2, user: 'reader', state: 'wrongDigest', detail: null },
        ],
        udpPort: null,
        driver: null,
        wire: { packets: 9, bytes: 1044 },
      });
    },
    'GET /people': (response) => json(response, { people }),
    'POST /people': (response, body) => {
      if (String(body['password']).length < 10)
        return problem(response, 422, 'passwordTooShort', { least: 10 }, [
          { code: 'passwordTooShort', params: { least: 10 }, field: '/password' },
        ]);
      people.push({ disabled: false, ended: false, createdAt: iso(started), lastSignIn: null, ...body });
      return json(response, { people });
    },
    'GET /sessions': (response) =>
      json(response, {
        sessions: [
          {
            id: 'a',
            name: 'admin',
            address: '192.168.10.40',
            since: iso(started),
            lastSeen: iso(started),
            current: true,
          },
          {
            id: 'b',
            name: 'Marie Roth',
            address: '192.168.10.41',
            since: iso(started),
            lastSeen: iso(started),
            current: false,
          },
        ],
      }),
    'GET /certificate': (response) =>
      json(response, {
        kind: 'own',
        subject: 'Remote Service Box',
        issuer: 'Remote Service Box',
        hosts: ['localhost', 'box.local', '192.168.10.20'],
        from: iso(started),
        until: iso(started + 825 * 86_400_000),
        fingerprint: Array.from({ length: 32 }, (_, at) => (at * 7 + 16).toString(16).slice(-2).toUpperCase()).join(
          ':',
        ),
      }),
    'PUT /certificate': (response) =>
      problem(response, 422, 'privateKeyForeign', {}, [{ code: 'privateKeyForeign', params: {}, field: '/key' }]),
    'POST /backup': (response) =>
      json(response, { rsbBackup: 1, madeAt: iso(started), version: '0.1.0', settings, secrets: null }),
    'POST /restore/check': (response, body) =>
      String(body['file']).includes('rsbBackup')
        ? json(response, {
            madeAt: iso(started),
            version: '0.1.0',
            changes: [{ path: '/times/scan', old: '09:00', new: '08:30' }],
            isSealed: false,
            missing: ['site'],
            revision: settings.revision,
          })
        : problem(response, 422, 'backupInvalid', { detail: 'JSON' }, [
            { code: 'backupInvalid', params: { detail: 'JSON' }, field: '/file' },
          ]),
    'POST /restore': (response) => {
      save({ ...settings, times: { ...settings.times, scan: '08:30' } });
      json(response, {
        madeAt: iso(started),
        version: '0.1.0',
        changes: [],
        isSealed: false,
        missing: [],
        revision: settings.revision,
      });
    },
    'GET /networks': (response) =>
      json(response, {
        networks: [
          { interface: 'eth0', address: '192.168.10.20', range: '192.168.10.0/24', addresses: 254 },
          { interface: 'wlan0', address: '10.20.0.7', range: '10.20.0.0/22', addresses: 1022 },
        ],
      }),
    'GET /changes': (response) =>
      json(response, {
        changes: [
          { at: iso(started - 86_400_000), who: '192.168.10.40', path: '/times/scan', old: '08:00', new: '09:00' },
          { at: iso(started - 90_000_000), who: 'setup', path: '/password', old: '', new: '(set)' },
        ],
      }),
    'PUT /password': (response, body) =>
      body['current'] === PASSWORD
        ? json(response, session())
        : problem(response, 401, 'passwordWrong', {}, [{ code: 'passwordWrong', params: {}, field: '/current' }]),
    'POST /enrolment': (response, body) => {
      if (body['code'] !== ENROLMENT_CODE) return problem(response, 403, 'codeUnknown');
      isEnrolled = true;
      save({ ...settings, central: { ...settings.central, url: String(body['url']) } });
      return json(response, view());
    },
  };

  function saveSettings(request: IncomingMessage, response: ServerResponse, body: SettingsInput) {
    if (request.headers['if-match'] !== `"${settings.revision}"`) return problem(response, 412, 'settingsStale');
    const errors = body.ranges.flatMap((entry, at) => {
      const checked = checkRange(entry.range);
      return 'code' in checked ? [{ ...checked, field: `/ranges/${at}/range` }] : [];
    });
    if (errors[0]) return problem(response, 422, errors[0].code, errors[0].params, errors);
    const { credentials, proxyPassword, ...rest } = body;
    save({
      ...settings,
      ...rest,
      credentials: credentials.map(({ id, version, user = '', context = '', auth, privacy }) =>
        version === 'v3'
          ? {
              id,
              version,
              user,
              context,
              auth: auth ? { protocol: auth.protocol, setAt: null } : null,
              privacy: privacy ? { protocol: privacy.protocol, setAt: null } : null,
            }
          : { id, version, isPublic: id === 'public', setAt: null },
      ),
      proxyPasswordSet: proxyPassword === undefined ? settings.proxyPasswordSet : proxyPassword !== null,
    });
    return json(response, settings);
  }

  /** One machine's own routes; null where the path is none of them. */
  function machineAnswer(method: string, path: string, query: URLSearchParams): unknown {
    const [, id = '', what = ''] = /^\/devices\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    const device = devices.get(decodeURIComponent(id));
    if (!device) return null;
    if (method === 'DELETE' && what === '' && isSignedIn) {
      devices.delete(device.id);
      tell('removed', { id: device.id });
      return { revision: 3 };
    }
    if (method !== 'GET') return null;
    const past: Readonly<Record<string, () => unknown>> = {
      history: () => mockSeries(device, Date.parse(query.get('from') ?? ''), Date.now()),
      log: () => mockLog(device, Date.now()),
      origins: () => mockOrigins(device),
      'readings/latest': () => ({ readings: [mockReading(device)] }),
    };
    return options.past?.(device, what) ?? past[what]?.() ?? null;
  }

  async function api(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const route = `${request.method} ${path}`;
    const machine = machineAnswer(request.method ?? '', path, query);
    if (machine !== null) return json(response, machine);
    const body = await bodyOf(request);
    const openRoute = open[route];
    if (openRoute) return openRoute(response, body);
    const told =
      request.method === 'GET' && path !== '/health/log'
        ? left.get(path, new URL(request.url ?? '/', 'http://box').searchParams)
        : undefined;
    if (told === null) return problem(response, 404, 'notFound');
    if (told !== undefined) return json(response, told);
    if (!isSignedIn) return problem(response, 401, 'signInNeeded');
    const person = /^\/people\/(.+)$/.exec(path);
    if (person && request.method === 'PATCH') {
      Object.assign(people.find(({ name }) => name === decodeURIComponent(person[1] ?? '')) ?? {}, body);
      return json(response, { people });
    }
    if (path.startsWith('/sessions/')) return json(response, { ended: true });
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== 'token')
      return problem(response, 403, 'csrfRefused');
    if (route === 'PUT /disclosure') return json(response, left.change(body));
    if (route === 'GET /health/log') return json(response, left.get(path, new URLSearchParams()));
    if (route === 'POST /health/test') return json(response, left.post(path));
    const sessionRoute = behindSession[route];
    if (sessionRoute) return sessionRoute(response, body);
    if (route === 'PUT /settings') return saveSettings(request, response, body as unknown as SettingsInput);
    const read = /^POST \/devices\/([^/]+)\/read$/.exec(route);
    const device = read ? devices.get(decodeURIComponent(read[1] ?? '')) : undefined;
    if (!device) return problem(response, 404, 'notFound');
    const counters = device.counters && { ...device.counters, takenAt: iso(Date.now()) };
    const next: DeviceView = {
      ...device,
      counters: counters && { ...counters, value: { ...counters.value, life: Number(counters.value.life) + 3 } },
    };
    put(next);
    return json(response, { completeness: next.completeness, device: next });
  }

  const server = createServer((request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://box');
    if (path.startsWith('/api/v1/')) {
      void api(request, response, path.slice('/api/v1'.length), searchParams);
      return;
    }
    const file = join(options.root, /\.[a-z0-9]+$/i.test(path) ? path : 'index.html');
    if (!file.startsWith(options.root) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      problem(response, 404, 'notFound');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      // As the box does: what has its hash in its name is asked for once.
      ...(path.startsWith('/assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
    });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const dropStreams = () => {
    for (const stream of streams) stream.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put,
    dropStreams,
    saveElsewhere: (part) => save({ ...settings, ...part }),
    step: (addresses) => {
      if (scanned === null) return;
      scanned += addresses;
      if (scanned >= 762) {
        scanned = null;
        for (const device of seedDevices(Date.now())) put(device);
      }
      tell('state', view());
    },
    settings: () => settings,
    devices,
    close: () =>
      new Promise<void>((resolve) => {
        dropStreams();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
