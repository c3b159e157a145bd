/** The settings as they are stored: what a person set, without any secret, and what holds before anything is set. */
import { type CredentialInput, LANGUAGES, type Language, type SettingsInput } from '@rsb/contract';

export interface CredentialSetting {
  readonly id: string;
  readonly version: CredentialInput['version'];
  /** True for the well-known community `public`. */
  readonly isPublic: boolean;
}

export type SettingsDocument = Omit<SettingsInput, 'credentials' | 'proxyPassword'> & {
  readonly credentials: readonly CredentialSetting[];
};

export const PUBLIC_COMMUNITY = 'public';

/** No range: nothing is asked before a person confirms one. */
export function defaultSettings(system: { readonly zone: string; readonly language: Language }): SettingsDocument {
  return {
    ranges: [],
    credentials: [{ id: 'public', version: 'v2c', isPublic: true }],
    snmpPort: 161,
    packetsPerSecond: 25,
    times: { scan: '09:00', counters: 60, state: 60 },
    language: system.language,
    zone: system.zone,
    supplyMark: 10,
    openReading: true,
    hostNames: [],
    central: { url: null, proxy: null, ca: null },
  };
}

export const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text);

/** What belongs to the document of an input; unknown members are left behind. */
export function documentOf(input: SettingsInput, isPublic: (credential: CredentialInput) => boolean): SettingsDocument {
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
    credentials: input.credentials.map((credential) => ({
      id: credential.id,
      version: credential.version,
      isPublic: isPublic(credential),
    })),
    snmpPort: input.snmpPort,
    packetsPerSecond: input.packetsPerSecond,
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
  };
}
