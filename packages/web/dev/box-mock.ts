/**
 * Stands in for a box while pages are made: `node packages/web/dev/box-mock.ts [--port N] [--dist DIR] [--as STATE]`, with
 * STATE one of normal, scanning, empty, setup, closed, away (central), many. The password is `password1`, the code 1234.
 */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BoxView, DevicePatch, DeviceView, SettingsView } from '@rsb/contract';
import { manyDevices, seedDevices } from './seed-devices.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8099' },
    dist: { type: 'string' },
    as: { type: 'string', default: 'normal' },
  },
});
const dist = resolve(values.dist ?? join(import.meta.dirname, '../dist'), 'box');
const as = values.as;
const started = Date.now();
const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

const list =
  as === 'many' ? manyDevices(10_000, started) : as === 'empty' || as === 'setup' ? [] : seedDevices(started);
const devices = new Map<string, DeviceView>(list.map((device) => [device.id, device]));
const streams = new Set<ServerResponse>();
const box = {
  setup: as !== 'setup',
  signedIn: as === 'normal' || as === 'scanning' || as === 'many',
  scanDone: as === 'scanning' ? 412 : -1,
  enrolled: as !== 'setup',
};

let settings: SettingsView = {
  ranges:
    as === 'setup'
      ? []
      : [
          {
            range: '192.168.10.0/24',
            note: 'this box’s own network',
            credentials: ['public'],
            packetsPerSecond: 10,
            kilobytesPerHour: null,
            hours: null,
            ping: true,
            on: true,
          },
          {
            range: '192.168.7.0/24',
            note: 'Mulhouse, VPN',
            credentials: ['site'],
            packetsPerSecond: 4,
            kilobytesPerHour: null,
            hours: null,
            ping: true,
            on: true,
          },
          {
            range: '192.168.17.0/24',
            note: 'Besançon, VPN',
            credentials: ['public'],
            packetsPerSecond: 10,
            kilobytesPerHour: null,
            hours: null,
            ping: true,
            on: true,
          },
        ],
  snmpPort: 161,
  packetsPerSecond: 25,
  times: { scan: '09:00', counters: 60, state: 60 },
  language: 'en',
  zone: 'Europe/Paris',
  supplyMark: 10,
  openReading: as !== 'closed',
  hostNames: [],
  central: { url: as === 'setup' ? null : 'https://central.example', proxy: null, ca: null },
  credentials: [
    { id: 'public', version: 'v2c', isPublic: true, setAt: null },
    { id: 'site', version: 'v2c', isPublic: false, setAt: '2025-01-12T08:00:00Z' },
  ],
  proxyPasswordSet: false,
  revision: 7,
};

function view(): BoxView {
  const now = Date.now();
  const hour = Math.floor(now / 3_600_000) * 3_600_000 + 120_000;
  const scanning = box.scanDone >= 0 && box.scanDone < 762;
  return {
    version: '0.1.0',
    agent: box.enrolled ? '411223312' : null,
    dealer: box.enrolled ? { name: 'OfficePartner', hotline: '+33 3 88 00 00 00' } : null,
    customer: box.enrolled ? 'Example' : null,
    now: iso(now),
    zone: settings.zone,
    language: settings.language,
    supplyMark: settings.supplyMark,
    setup: box.setup ? 'done' : 'codeNeeded',
    signedIn: box.signedIn,
    openReading: settings.openReading,
    ping: 'socket',
    central:
      as === 'away'
        ? {
            url: settings.central.url,
            state: 'notReached',
            since: iso(now - 4 * 3_600_000),
            lastReached: iso(now - 4 * 3_600_000),
            waiting: 5,
            quarantined: 1,
            fault: { code: 'lineIssuerUnknown', params: { host: 'central.example' } },
          }
        : {
            url: settings.central.url,
            state: settings.central.url ? (box.enrolled ? 'reached' : 'notEnrolled') : 'notSet',
            since: null,
            lastReached: box.enrolled ? iso(now - 12_000) : null,
            waiting: 0,
            quarantined: 0,
            fault: null,
          },
    ranges: settings.ranges.length,
    scan: scanning
      ? {
          startedAt: iso(started),
          range: '192.168.17.0/24',
          addresses: 762,
          done: box.scanDone,
          alive: Math.round(box.scanDone * 0.23),
          printers: Math.min(13, Math.round(box.scanDone / 37)),
          read: 0,
          secondsLeft: Math.round((762 - box.scanDone) / 10),
        }
      : null,
    lastScan:
      devices.size > 0 && !scanning
        ? { finishedAt: iso(now - 3_600_000), printers: devices.size, complete: true, arrived: 11 }
        : null,
    nextScan: settings.ranges.length > 0 ? iso(now + 18 * 3_600_000) : null,
    lastRead: devices.size > 0 ? iso(hour - 3_600_000 * (now < hour ? 1 : 0)) : null,
    nextRead: settings.ranges.length > 0 ? iso(hour + (now < hour ? 0 : 3_600_000)) : null,
    load: { bytes: 41_200, packets: 512 },
  };
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
const tell = (event: string, data: unknown) => {
  for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
};
const session = () => ({ signedIn: box.signedIn, csrfToken: box.signedIn ? 'token' : null });

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function checkRange(range: string) {
  const cidr = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(range.trim());
  if (!cidr) return { code: 'rangeInvalid', params: { range, detail: 'a range is like 192.168.1.0/24' } };
  const wrong = cidr.slice(1, 5).find((part) => Number(part) > 255);
  if (wrong) return { code: 'rangeInvalid', params: { range, detail: `${wrong} is above 255` } };
  const bits = Number(cidr[5]);
  if (bits > 32) return { code: 'rangeInvalid', params: { range, detail: `/${bits} is above /32` } };
  const addresses = bits >= 31 ? 2 ** (32 - bits) : 2 ** (32 - bits) - 2;
  if (addresses > 65_534) return { code: 'rangeTooLarge', params: { range, addresses, most: 65_534 } };
  const base = cidr.slice(1, 4).join('.');
  return { addresses, first: `${base}.1`, last: `${base}.254`, normalized: range.trim() };
}

async function api(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const route = `${request.method} ${path}`;
  if (route === 'GET /state') return json(response, view());
  if (route === 'GET /session') return json(response, session());
  if (route === 'GET /devices') {
    if (as === 'closed' && !box.signedIn) return problem(response, 401, 'signInNeeded');
    return json(response, { revision: 1, devices: [...devices.values()] });
  }
  if (route === 'GET /events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`event: state\ndata: ${JSON.stringify(view())}\n\n`);
    streams.add(response);
    response.on('close', () => streams.delete(response));
    return undefined;
  }
  const body = await bodyOf(request);
  if (route === 'POST /session') {
    if (body.password !== 'password1') return problem(response, 401, 'passwordWrong');
    box.signedIn = true;
    return json(response, session());
  }
  if (route === 'POST /setup') {
    if (body.code !== '1234') return problem(response, 403, 'setupCodeWrong');
    if (String(body.password).length < 10) return problem(response, 422, 'passwordTooShort', { least: 10 });
    Object.assign(box, { setup: true, signedIn: true });
    return json(response, session());
  }
  if (route === 'DELETE /session') {
    box.signedIn = false;
    return json(response, session());
  }
  if (!box.signedIn) return problem(response, 401, 'signInNeeded');
  if (route === 'PATCH /devices') {
    const patch = body as unknown as DevicePatch;
    const changed = patch.ids.flatMap((id) => {
      const device = devices.get(id);
      if (!device) return [];
      const next = { ...device, ...patch.set } as DeviceView;
      devices.set(id, next);
      tell('device', next);
      return [next];
    });
    return json(response, { revision: 2, devices: changed });
  }
  const read = /^POST \/devices\/([^/]+)\/read$/.exec(route);
  if (read) {
    const id = decodeURIComponent(read[1] ?? '');
    const device = devices.get(id);
    if (!device) return problem(response, 404, 'notFound');
    tell('device', { ...device, reading: true });
    setTimeout(() => {
      const next = {
        ...device,
        counters: device.counters && {
          takenAt: iso(Date.now()),
          value: { ...device.counters.value, life: Number(device.counters.value.life) + 3 },
        },
      };
      devices.set(id, next);
      tell('device', next);
      json(response, { completeness: device.completeness, device: next });
    }, 900);
    return undefined;
  }
  if (route.endsWith('/readings/latest')) return json(response, { readings: [] });
  if (route === 'POST /scan') {
    box.scanDone = 0;
    return json(response, view());
  }
  if (route === 'DELETE /scan') {
    box.scanDone = -1;
    return json(response, view());
  }
  if (route === 'GET /settings') return json(response, settings);
  if (route === 'PUT /settings') {
    if (request.headers['if-match'] !== `"${settings.revision}"`) return problem(response, 412, 'settingsStale');
    const ranges = body.ranges as SettingsView['ranges'];
    const errors = ranges.flatMap((entry, at) => {
      const checked = checkRange(entry.range);
      return 'code' in checked ? [{ ...checked, field: `/ranges/${at}/range` }] : [];
    });
    if (errors[0]) return problem(response, 422, String(errors[0].code), errors[0].params, errors);
    const { credentials, proxyPassword: _, ...rest } = body as unknown as SettingsView & { proxyPassword?: string };
    settings = {
      ...settings,
      ...rest,
      credentials: credentials.map(({ id, version }) => ({
        id,
        version,
        isPublic: id === 'public',
        setAt: iso(Date.now()),
      })),
      revision: settings.revision + 1,
    };
    tell('settings', { revision: settings.revision });
    tell('state', view());
    return json(response, settings);
  }
  if (route === 'POST /ranges/check') {
    const checked = checkRange(String(body.range));
    return 'code' in checked
      ? problem(response, 422, String(checked.code), checked.params, [{ ...checked, field: '/range' }])
      : json(response, checked);
  }
  if (route === 'GET /networks')
    return json(response, {
      networks: [
        { interface: 'eth0', address: '192.168.10.20', range: '192.168.10.0/24', addresses: 254 },
        { interface: 'wlan0', address: '10.20.0.7', range: '10.20.0.0/22', addresses: 1022 },
      ],
    });
  if (route === 'GET /changes')
    return json(response, {
      changes: [
        { at: iso(started - 86_400_000), who: '192.168.10.40', path: '/times/scan', old: '08:00', new: '09:00' },
        { at: iso(started - 90_000_000), who: 'setup', path: '/password', old: '', new: '(set)' },
      ],
    });
  if (route === 'PUT /password')
    return body.current === 'password1'
      ? json(response, session())
      : problem(response, 401, 'passwordWrong', {}, [{ code: 'passwordWrong', params: {}, field: '/current' }]);
  if (route === 'POST /enrolment') {
    if (body.code !== '7KQ2-9FXM') return problem(response, 403, 'codeUnknown');
    box.enrolled = true;
    settings = { ...settings, central: { ...settings.central, url: String(body.url) } };
    return json(response, view());
  }
  return problem(response, 404, 'notFound');
}

setInterval(() => {
  if (box.scanDone >= 0 && as !== 'scanning') {
    box.scanDone += 90;
    if (box.scanDone >= 762) {
      box.scanDone = -1;
      for (const device of seedDevices(Date.now())) {
        devices.set(device.id, device);
        tell('device', device);
      }
    }
  }
  tell('state', view());
}, 1000).unref();

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://box').pathname;
  if (path.startsWith('/api/v1/')) {
    void api(request, response, path.slice('/api/v1'.length));
    return;
  }
  const file = join(dist, extname(path) ? path : 'index.html');
  if (!file.startsWith(dist) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    problem(response, 404, 'notFound');
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CSP,
    'x-content-type-options': 'nosniff',
  });
  response.end(readFileSync(file));
}).listen(Number(values.port), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${values.port}\n`);
});
