/** What left a box that is not there, and how it is: thirty days of hourly reports about its machines. */
import type {
  AskedObjectList,
  DeviceView,
  HealthView,
  LoadView,
  LogList,
  SelfTest,
  SentList,
  SentPayload,
  SentPayloadView,
  SentSummary,
  SettingsView,
  WaitingList,
} from '@rsb/contract';
import { iso, type MockState } from './mock-settings.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EPOCH = '3f9c61c0e21e07b4';
const REPORTS = 40;

export interface MockLeft {
  /** The answer to a GET below /api/v1, undefined where it is another's. */
  get(path: string, query: URLSearchParams): unknown;
  post(path: string): unknown;
  change(body: Partial<Pick<SettingsView, 'withhold' | 'keepSent' | 'metrics'>>): SentSummary;
}

export function mockLeft(facts: {
  readonly as: MockState;
  readonly started: number;
  readonly devices: ReadonlyMap<string, DeviceView>;
  readonly settings: () => SettingsView;
  readonly save: (settings: SettingsView) => void;
}): MockLeft {
  const { as, started, devices, settings, save } = facts;
  const isNew = as === 'empty' || as === 'setup';
  const isAway = as === 'away';
  const listed = [...devices.values()].slice(0, 40);

  const textOf = (id: number): string => {
    const items = listed.map((device, at) => ({
      epoch: EPOCH,
      seq: id * 100 + at,
      kind: 'reading',
      at: iso(started - (REPORTS - id) * HOUR),
      digest: `sha-256=${'9f3a61c0'.repeat(8)}`,
      body: {
        device: device.id,
        plan: null,
        reading: {
          contract: 1,
          address: device.address,
          port: 161,
          unit: { hrDeviceIndex: 1 },
          takenAt: iso(started - (REPORTS - id) * HOUR),
          kind: device.kind,
          asked: ['identity', 'counters', 'supplies', 'status', 'alerts'],
          identity: {
            manufacturer: device.manufacturer,
            model: device.model,
            serialNumber: device.serialNumber,
            macAddress: device.macAddress,
            hostName: device.hostName,
            location: device.location,
            assetNumber: null,
            firmware: device.firmware,
            sysObjectId: null,
          },
          counters: device.counters?.value,
          supplies: device.supplies?.value,
          status: device.status?.value,
          alerts: device.alerts?.value,
          driver: device.driver,
          completeness: { state: 'complete', missing: [], reasons: {} },
        },
      },
    }));
    const others = [
      { kind: 'deviceEvent', body: { device: listed[0]?.id ?? '', event: 'silent', detail: {} } },
      { kind: 'deviceNote', body: { device: listed[0]?.id ?? '', field: 'serviceId', value: '708169', revision: 1 } },
      { kind: 'unknownKind', body: { later: true } },
    ].map((item, at) => ({ ...items[0], seq: id * 100 + 90 + at, ...item }));
    const all = id === REPORTS - 1 ? [...items, ...others] : items;
    return JSON.stringify({ contract: 1, box: '411223312', sentAt: iso(started - (REPORTS - id) * HOUR), items: all });
  };

  const viewOf = (id: number): SentPayloadView => ({
    id,
    sentAt: iso(started - (REPORTS - id) * HOUR + 134_000),
    settledAt: iso(started - (REPORTS - id) * HOUR + 135_000),
    url: 'https://central.example/api/v1/reports',
    items: listed.length,
    kinds: { reading: listed.length },
    machines: listed.length,
    bytes: 12_400 + id,
    jsonBytes: 91_000,
    results: id === 5 ? { stored: listed.length - 1, quarantined: 1 } : { stored: listed.length },
    triesBefore: id === 6 ? 2 : 0,
  });

  const ids = isNew ? [] : Array.from({ length: REPORTS }, (_, at) => REPORTS - at);

  const sent = (query: URLSearchParams): SentList => {
    const search = query.get('search')?.toLowerCase() ?? '';
    const before = Number(query.get('before') ?? Number.MAX_SAFE_INTEGER);
    const found = ids.filter((id) => search === '' || textOf(id).toLowerCase().includes(search));
    const page = found.filter((id) => id < before).slice(0, 20);
    const last = page.at(-1);
    const next = last !== undefined && last !== found.at(-1) ? last : null;
    return { payloads: page.map(viewOf), next, total: found.length, searchedTo: null };
  };

  const payload = (id: number): SentPayload | null => {
    if (!ids.includes(id)) return null;
    const text = textOf(id);
    const items = (JSON.parse(text) as { items: readonly { epoch: string; seq: number; digest: string }[] }).items;
    return {
      payload: viewOf(id),
      text,
      contentDigest: 'sha-256=:nzphwFjW8H4n2vS2lGgq3nI5m0e3H5cM2p1dT5oeB7Q=:',
      receipt: {
        results: items.map(({ epoch, seq, digest }, at) => ({
          epoch,
          seq,
          digest,
          result: id === 5 && at === 0 ? 'quarantined' : 'stored',
          code: id === 5 && at === 0 ? 'itemInvalid' : null,
        })),
        signature: 'c2lnbmVk',
        isValid: id !== 4,
        isPinnedKey: id > 3,
        keyFingerprint: `sha-256 ${'9f3a61c0'.repeat(8)}`,
      },
    };
  };

  const summary = (): SentSummary => ({
    today: isNew ? { payloads: 0, bytes: 0, items: 0 } : { payloads: 17, bytes: 168_000, items: 221 },
    kept: isNew
      ? { payloads: 0, bytes: 0, oldest: null }
      : { payloads: 412, bytes: 5_120_000, oldest: iso(started - 30 * DAY) },
    keep: settings().keepSent,
    withhold: settings().withhold,
    revision: settings().revision,
    url: settings().central.url,
    waiting: isAway
      ? { items: 5, bytes: 38_000, kinds: { reading: 4, boxState: 1 }, oldest: iso(started - 4 * HOUR) }
      : { items: 0, bytes: 0, kinds: {}, oldest: null },
    quarantined: isAway ? 1 : 0,
    droppedBeforeEnrolment: 0,
  });

  const waiting = (): WaitingList => ({
    items: isAway
      ? [
          {
            place: 9,
            kind: 'reading',
            at: iso(started - HOUR),
            epoch: EPOCH,
            seq: 18_204,
            bytes: 7000,
            state: 'waiting',
            code: null,
            body: JSON.stringify({ device: listed[0]?.id, reading: { identity: { hostName: listed[0]?.hostName } } }),
          },
          {
            place: 8,
            kind: 'plan',
            at: iso(started - HOUR),
            epoch: EPOCH,
            seq: 18_203,
            bytes: 900,
            state: 'quarantined',
            code: 'itemInvalid',
            body: '{ damaged',
          },
        ]
      : [],
    next: null,
  });

  const objects = (): AskedObjectList => ({
    allowed: 249,
    objects: isNew
      ? []
      : Array.from({ length: 64 }, (_, at) => ({
          object: `1.3.6.1.4.1.1347.42.2.1.1.1.${at}`,
          name: `prtMarkerSuppliesMaxCapacity${at}`,
          purpose: 'capacity of a supply; level of a supply in percent',
          source: 'HOST-RESOURCES-MIB; captures kyocera_fs-1370dn',
          firstAsked: iso(started - 30 * DAY),
          lastAsked: iso(started - HOUR),
          machines: 13,
          times: 4472 - at,
        })),
  });

  const load = (): LoadView => {
    const ranges = settings().ranges;
    const day = (ago: number) => iso(started - ago * DAY).slice(0, 10);
    return {
      hour: { packets: 120, bytes: 41_000 },
      packetsPerSecond: 25,
      kilobytesPerHour: null,
      scan: {
        addresses: 762,
        packets: 1524,
        kilobytes: 93.4,
        minutes: 1.3,
        machines: as === 'empty' ? 0 : 13,
        hourly: as === 'empty' ? { packets: 0, kilobytes: 0 } : { packets: 26, kilobytes: 11.7 },
      },
      ranges: ranges.map(({ range, on, packetsPerSecond }, at) => ({
        range,
        on,
        packetsPerSecond,
        kilobytesPerHour: at === 0 ? 400 : null,
        found: isNew ? 0 : ([11, 1, 1][at] ?? 0),
        hour: { packets: 40, bytes: 14_000 },
        waits: null,
        finding: at === 1 ? 'echoFiltered' : null,
        roundTrip: null,
        loss: null,
      })),
      days: isNew
        ? []
        : Array.from({ length: 29 }, (_, at) => 28 - at).flatMap((ago) =>
            ranges.map(({ range }, at) => ({
              day: day(ago),
              range,
              sentPackets: 900,
              sentBytes: 300_000 / (at + 1),
              receivedPackets: 900,
              receivedBytes: 310_000 / (at + 1),
              echoPackets: 500,
              peakPerSecond: 10,
            })),
          ),
    };
  };

  const health = (): HealthView => ({
    now: iso(Date.now()),
    startedAt: iso(started - 3 * DAY),
    central: {
      url: settings().central.url,
      state: isNew ? 'notEnrolled' : isAway ? 'notReached' : 'reached',
      since: iso(started - 4 * HOUR),
      lastReached: isNew ? null : iso(started - (isAway ? 4 * HOUR : 12_000)),
      waiting: isAway ? 5 : 0,
      waitingBytes: isAway ? 38_000 : 0,
      oldestWaiting: isAway ? iso(started - 4 * HOUR) : null,
      quarantined: isAway ? 1 : 0,
      fault: isAway ? { code: 'lineIssuerUnknown', params: { host: 'central.example' } } : null,
      droppedBeforeEnrolment: isNew ? 1200 : 0,
    },
    clock: { zone: settings().zone, offset: isAway ? -3700 : 0, measuredAt: isNew ? null : iso(started - 60_000) },
    storage: {
      freeBytes: isAway ? 1_200_000_000 : 27_400_000_000,
      totalBytes: 31_000_000_000,
      storeBytes: 52_000_000,
      sentBytes: 5_120_000,
      state: isAway ? 'low' : 'ok',
    },
    versions: { box: '0.1.0', node: '26.10.0', sqlite: '3.53.0', system: 'linux 6.12.0' },
    ping: 'fping',
    lastScan: isNew ? null : { finishedAt: iso(started - 6 * HOUR), printers: devices.size, complete: true },
    nextScan: iso(started + 18 * HOUR),
    lastRead: isNew ? null : iso(started - HOUR / 2),
    nextRead: iso(started + HOUR / 2),
    unreached: [],
    traps: { state: 'off', port: 162, code: null, traps: 0, looks: 0 },
    machines: { known: devices.size, monitored: devices.size, answering: devices.size, asleep: 0, silent: 0 },
    memoryBytes: 118_000_000,
  });

  const log = (): LogList => ({
    most: 1000,
    lines: [...devices.values()].slice(0, 20).map((device, at) => ({
      at: iso(started - at * 60_000),
      level: at % 5 === 0 ? 'warn' : 'info',
      event: at % 5 === 0 ? 'central not reached' : 'report sent',
      fields: { items: at, device: device.hostName },
    })),
  });

  const selfTest = (): SelfTest => ({
    at: iso(Date.now()),
    findings: [
      { check: 'node', state: 'ok', text: 'Node.js: 26.10.0.' },
      { check: 'ping', state: 'limits', text: 'Ping: not possible here.' },
      { check: 'storage', state: 'fails', text: 'Storage: /var/lib/rsb cannot be written to.' },
    ],
  });

  return {
    get(path, query) {
      const one = /^\/sent\/(\d+)$/.exec(path);
      if (one) return payload(Number(one[1]));
      const answers: Readonly<Record<string, () => unknown>> = {
        '/sent': () => sent(query),
        '/sent/summary': summary,
        '/sent/waiting': waiting,
        '/objects': objects,
        '/load': load,
        '/health': health,
        '/health/log': log,
      };
      return answers[path]?.();
    },
    post: (path) => (path === '/health/test' ? selfTest() : undefined),
    change(body) {
      save({ ...settings(), ...body });
      return summary();
    },
  };
}
