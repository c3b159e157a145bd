/** Settings and state of a box that is not there, in the shapes of its API. */
import { type BoxView, type DeviceView, type RangeSetting, READ_ALL, type SettingsView } from '@rsb/contract';

export type MockState = 'normal' | 'scanning' | 'empty' | 'setup' | 'closed' | 'away' | 'many' | 'viewing';
export const MOCK_STATES: readonly MockState[] = [
  'normal',
  'scanning',
  'empty',
  'setup',
  'closed',
  'away',
  'many',
  'viewing',
];

export const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
const HOUR = 3_600_000;

const range = (text: string, note: string, credential: string, packetsPerSecond: number): RangeSetting => ({
  range: text,
  note,
  credentials: [credential],
  packetsPerSecond,
  kilobytesPerHour: null,
  hours: null,
  ping: true,
  on: true,
});

export function mockSettings(as: MockState): SettingsView {
  return {
    ranges:
      as === 'setup'
        ? []
        : [
            range('192.168.10.0/24', 'this box’s own network', 'public', 10),
            range('192.168.7.0/24', 'Mulhouse, VPN', 'site', 4),
            range('192.168.17.0/24', 'Besançon, VPN', 'public', 10),
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
    withhold: { address: false, macAddress: false, hostName: false, location: false },
    keepSent: { days: 90, megabytes: 200 },
    metrics: false,
    fromCentral: { settings: 'ask', commands: 'never' },
    whatToRead: READ_ALL,
    numberFormat: 'language',
    devicePause: 50,
    traps: { on: false, port: 162 },
    revision: 7,
  };
}

export interface MockFacts {
  readonly as: MockState;
  readonly settings: SettingsView;
  readonly devices: ReadonlyMap<string, DeviceView>;
  readonly isSetUp: boolean;
  readonly isSignedIn: boolean;
  readonly isEnrolled: boolean;
  /** Addresses done of 762; null while nothing is scanned. */
  readonly scanned: number | null;
}

function centralOf({ as, settings, isEnrolled }: MockFacts, now: number): BoxView['central'] {
  const { url } = settings.central;
  if (as === 'away') {
    const lost = iso(now - 4 * HOUR);
    const fault = { code: 'lineIssuerUnknown' as const, params: { host: 'central.example' } };
    return { url, state: 'notReached', since: lost, lastReached: lost, waiting: 5, quarantined: 1, fault };
  }
  const state = url === null ? 'notSet' : isEnrolled ? 'reached' : 'notEnrolled';
  const lastReached = isEnrolled ? iso(now - 12_000) : null;
  return { url, state, since: null, lastReached, waiting: 0, quarantined: 0, fault: null };
}

export function mockView(facts: MockFacts, now: number): BoxView {
  const { settings, devices, isEnrolled, scanned } = facts;
  const hasRanges = settings.ranges.length > 0;
  const lastRead = Math.floor(now / HOUR) * HOUR;
  return {
    version: '0.1.0',
    agent: isEnrolled ? '411223312' : null,
    dealer: isEnrolled ? { name: 'OfficePartner', hotline: '+33 3 88 00 00 00' } : null,
    customer: isEnrolled ? 'Example' : null,
    now: iso(now),
    zone: settings.zone,
    language: settings.language,
    numberFormat: settings.numberFormat,
    whatToRead: settings.whatToRead,
    supplyMark: settings.supplyMark,
    setup: facts.isSetUp ? 'done' : 'codeNeeded',
    signedIn: facts.isSignedIn,
    openReading: settings.openReading,
    ping: 'socket',
    central: centralOf(facts, now),
    ranges: settings.ranges.length,
    scan:
      scanned === null
        ? null
        : {
            startedAt: iso(now),
            range: '192.168.17.0/24',
            addresses: 762,
            done: scanned,
            alive: Math.round(scanned * 0.23),
            printers: Math.min(13, Math.round(scanned / 37)),
            read: 0,
            secondsLeft: Math.round((762 - scanned) / 10),
          },
    lastScan:
      devices.size > 0 && scanned === null
        ? {
            finishedAt: iso(now - HOUR),
            printers: devices.size,
            complete: true,
            arrived: Math.max(0, devices.size - 2),
          }
        : null,
    nextScan: hasRanges ? iso(now + 18 * HOUR) : null,
    lastRead: devices.size > 0 ? iso(lastRead) : null,
    nextRead: hasRanges ? iso(lastRead + HOUR) : null,
    unreached: [],
    load: { bytes: 41_200, packets: 512 },
  };
}
