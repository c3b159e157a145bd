/** The settings as they are stored: what a person set, without any secret, and what holds before anything is set. */
import {
  type AuthProtocolName,
  type CredentialInput,
  DEFAULT_DISCLOSURE,
  type Disclosure,
  LANGUAGES,
  type Language,
  type PrivacyProtocolName,
  PUBLIC_COMMUNITY,
  READ_ALL,
  type SettingsInput,
  type SettingsView,
} from '@rsb/contract';

export interface CommunitySetting {
  readonly id: string;
  readonly version: 'v1' | 'v2c';
  /** True for the well-known community `public`. */
  readonly isPublic: boolean;
}

/** A user of SNMPv3; the level follows from which of `auth` and `privacy` are set. */
export interface UserSetting {
  readonly id: string;
  readonly version: 'v3';
  readonly user: string;
  readonly context: string;
  readonly auth: AuthProtocolName | null;
  readonly privacy: PrivacyProtocolName | null;
}

export type CredentialSetting = CommunitySetting | UserSetting;

type Preferences = Pick<SettingsView, 'whatToRead' | 'numberFormat' | 'devicePause' | 'traps'>;

export type SettingsDocument = Omit<
  SettingsInput,
  'credentials' | 'proxyPassword' | keyof Disclosure | keyof Preferences
> &
  Disclosure &
  Preferences & {
    readonly credentials: readonly CredentialSetting[];
  };

/** No range: nothing is asked before a person confirms one. */
export function defaultSettings(system: { readonly zone: string; readonly language: Language }): SettingsDocument {
  return {
    ranges: [],
    credentials: [{ id: 'public', version: 'v2c', isPublic: true }],
    snmpPort: 161,
    packetsPerSecond: 25,
    kilobytesPerHour: null,
    times: { scan: '09:00', counters: 60, state: 60 },
    language: system.language,
    zone: system.zone,
    supplyMark: 10,
    openReading: true,
    hostNames: [],
    central: { url: null, proxy: null, ca: null },
    ...DEFAULT_DISCLOSURE,
    whatToRead: READ_ALL,
    numberFormat: 'language',
    devicePause: 50,
    traps: { on: false, port: 162 },
  };
}

export const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text);

/** A credential as an input leaves it, `before` as it is stored: what the input leaves out stays. */
export function settingOf(input: CredentialInput, before: CredentialSetting | undefined): CredentialSetting {
  const { id, version, community } = input;
  if (version !== 'v3') {
    const wasPublic = before !== undefined && before.version !== 'v3' && before.isPublic;
    return { id, version, isPublic: community === undefined ? wasPublic : community === PUBLIC_COMMUNITY };
  }
  const old = before?.version === 'v3' ? before : undefined;
  const protocolOf = <P>(fresh: { readonly protocol: P } | null | undefined, stays: P | null | undefined): P | null =>
    fresh === undefined ? (stays ?? null) : (fresh?.protocol ?? null);
  return {
    id,
    version,
    user: input.user ?? old?.user ?? '',
    context: input.context ?? old?.context ?? '',
    auth: protocolOf(input.auth, old?.auth),
    privacy: protocolOf(input.privacy, old?.privacy),
  };
}

/** What belongs to the document of an input; unknown members are left behind, what may leave the building and what is read stay unless said. */
export function documentOf(input: SettingsInput, before: SettingsDocument): SettingsDocument {
  const { central, times } = input;
  return {
    ranges: input.ranges.map((range) => ({
      range: range.range,
      note: range.note,
      credentials: [...range.credentials],
      packetsPerSecond: range.packetsPerSecond,
      kilobytesPerHour: range.kilobytesPerHour,
      hours: range.hours,
      ping: range.ping,
      on: range.on,
    })),
    credentials: input.credentials.map((credential) =>
      settingOf(
        credential,
        before.credentials.find(({ id }) => id === credential.id),
      ),
    ),
    snmpPort: input.snmpPort,
    packetsPerSecond: input.packetsPerSecond,
    kilobytesPerHour: input.kilobytesPerHour ?? null,
    times: { scan: times.scan, counters: times.counters, state: times.state },
    language: input.language,
    zone: input.zone,
    supplyMark: input.supplyMark,
    openReading: input.openReading,
    hostNames: input.hostNames.map((name) => name.toLowerCase()),
    central: {
      url: central.url,
      proxy: central.proxy && {
        url: central.proxy.url,
        user: central.proxy.user,
        exceptions: [...central.proxy.exceptions],
      },
      ca: central.ca,
    },
    ...disclosureOf(input, before),
    ...preferencesOf(input, before),
  };
}

function preferencesOf(input: SettingsInput, before: Preferences): Preferences {
  const { counters, vendorCounters, supplies, status, alerts, firmware, hostName, location, assetNumber } =
    input.whatToRead ?? before.whatToRead;
  const traps = input.traps ?? before.traps;
  return {
    whatToRead: { counters, vendorCounters, supplies, status, alerts, firmware, hostName, location, assetNumber },
    numberFormat: input.numberFormat ?? before.numberFormat,
    devicePause: input.devicePause ?? before.devicePause,
    traps: { on: traps.on, port: traps.port },
  };
}

function disclosureOf(
  { withhold, keepSent, metrics, fromCentral }: Partial<Disclosure>,
  before: Disclosure,
): Disclosure {
  const { address, macAddress, hostName, location } = withhold ?? before.withhold;
  const { days, megabytes } = keepSent ?? before.keepSent;
  const { settings, commands } = fromCentral ?? before.fromCentral;
  return {
    withhold: { address, macAddress, hostName, location },
    keepSent: { days, megabytes },
    metrics: metrics ?? before.metrics,
    fromCentral: { settings, commands },
  };
}
