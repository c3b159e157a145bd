/** Settings while they are edited: text where the reader types text, and what they become when saved. Pure. */
import type {
  AuthProtocolName,
  CredentialInput,
  CredentialView,
  Language,
  NumberFormat,
  PrivacyProtocolName,
  RangeSetting,
  SettingsInput,
  SettingsView,
  WhatToRead,
} from '@rsb/contract';

export interface RangeDraft {
  /** Stays the same while the range is edited; lists are drawn by it. */
  readonly key: string;
  /** Place in the saved settings; null for a new one. */
  readonly origin: number | null;
  readonly range: string;
  readonly note: string;
  readonly credentials: readonly string[];
  readonly packetsPerSecond: string;
  /** Empty: no limit. */
  readonly kilobytesPerHour: string;
  readonly hours: RangeSetting['hours'];
  readonly ping: boolean;
  readonly on: boolean;
}

/** One field for each version's needs; those of the others wait, so that a look at another version loses nothing. */
export interface CredentialDraft {
  readonly id: string;
  readonly version: CredentialInput['version'];
  readonly isPublic: boolean;
  readonly setAt: string | null;
  /** null: kept as it is. */
  readonly community: string | null;
  readonly user: string;
  readonly context: string;
  readonly auth: KeyDraft<AuthProtocolName> | null;
  readonly privacy: KeyDraft<PrivacyProtocolName> | null;
}

export interface KeyDraft<P> {
  readonly protocol: P;
  readonly setAt: string | null;
  /** null: the key that is stored is kept. */
  readonly passphrase: string | null;
}

export interface ProxyDraft {
  readonly url: string;
  readonly user: string;
  readonly exceptions: string;
}

export interface SettingsDraft {
  readonly ranges: readonly RangeDraft[];
  readonly credentials: readonly CredentialDraft[];
  readonly snmpPort: string;
  readonly packetsPerSecond: string;
  readonly kilobytesPerHour: string;
  readonly devicePause: string;
  readonly trapsOn: boolean;
  readonly trapsPort: string;
  readonly scan: string;
  readonly counters: string;
  readonly state: string;
  readonly whatToRead: WhatToRead;
  readonly language: Language;
  readonly numberFormat: NumberFormat;
  readonly zone: string;
  readonly supplyMark: string;
  readonly openReading: boolean;
  readonly hostNames: string;
  readonly centralUrl: string;
  readonly proxy: ProxyDraft | null;
  /** null: kept; '' takes it away. */
  readonly proxyPassword: string | null;
  readonly ca: string;
}

const NO_LOGIN = { isPublic: false, setAt: null, community: null, user: '', context: '', auth: null, privacy: null };

/** A community or user that nobody has typed in yet. */
export const freshCredential = (
  credentials: readonly CredentialDraft[],
  version: CredentialDraft['version'] = 'v2c',
): CredentialDraft => ({
  ...NO_LOGIN,
  id: freshCredentialId(credentials),
  version,
  community: '',
});

function credentialDraft(view: CredentialView): CredentialDraft {
  if (view.version !== 'v3') return { ...NO_LOGIN, ...view };
  const { auth, privacy } = view;
  return {
    ...NO_LOGIN,
    ...view,
    auth: auth && { ...auth, passphrase: null },
    privacy: privacy && { ...privacy, passphrase: null },
  };
}

function credentialInput({ id, version, community, user, context, ...keys }: CredentialDraft): CredentialInput {
  if (version !== 'v3') return { id, version, ...(community ? { community } : {}) };
  const keyOf = <P>(key: KeyDraft<P> | null) =>
    key && { protocol: key.protocol, ...(key.passphrase ? { passphrase: key.passphrase } : {}) };
  return {
    id,
    version,
    user: user.trim(),
    context: context.trim(),
    auth: keyOf(keys.auth),
    privacy: keyOf(keys.privacy),
  };
}

export function draftFrom(view: SettingsView): SettingsDraft {
  return {
    ranges: view.ranges.map((range, origin) => ({
      key: `saved-${origin}`,
      origin,
      range: range.range,
      note: range.note,
      credentials: range.credentials,
      packetsPerSecond: String(range.packetsPerSecond),
      kilobytesPerHour: String(range.kilobytesPerHour ?? ''),
      hours: range.hours,
      ping: range.ping,
      on: range.on,
    })),
    credentials: view.credentials.map(credentialDraft),
    snmpPort: String(view.snmpPort),
    packetsPerSecond: String(view.packetsPerSecond),
    kilobytesPerHour: String(view.kilobytesPerHour ?? ''),
    devicePause: String(view.devicePause),
    trapsOn: view.traps.on,
    trapsPort: String(view.traps.port),
    scan: view.times.scan,
    counters: String(view.times.counters),
    state: String(view.times.state),
    whatToRead: view.whatToRead,
    language: view.language,
    numberFormat: view.numberFormat,
    zone: view.zone,
    supplyMark: String(view.supplyMark),
    openReading: view.openReading,
    hostNames: view.hostNames.join(', '),
    centralUrl: view.central.url ?? '',
    proxy: view.central.proxy && {
      url: view.central.proxy.url,
      user: view.central.proxy.user ?? '',
      exceptions: view.central.proxy.exceptions.join(', '),
    },
    proxyPassword: null,
    ca: view.central.ca ?? '',
  };
}

const list = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
/** A decimal comma is a decimal point; what is no number becomes NaN, which the checks below name. */
const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));
const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : number(text));

/** What has no range left that uses it is not sent: a secret that nobody needs is not kept. */
function usedCredentials(draft: SettingsDraft): readonly CredentialDraft[] {
  const used = new Set(draft.ranges.flatMap((range) => range.credentials));
  const kept = draft.credentials.filter((credential) => used.has(credential.id) || credential.isPublic);
  return kept.length > 0 ? kept : draft.credentials.slice(0, 1);
}

/** The place that a credential has among those sent; errors name it by this. */
export const credentialPlace = (draft: SettingsDraft, id: string): number =>
  usedCredentials(draft).findIndex((credential) => credential.id === id);

export function inputFrom(draft: SettingsDraft, base: SettingsView): SettingsInput {
  return {
    ranges: draft.ranges.map((range) => ({
      range: range.range.trim(),
      note: range.note.trim(),
      credentials: [...range.credentials],
      packetsPerSecond: number(range.packetsPerSecond),
      kilobytesPerHour: numberOrNull(range.kilobytesPerHour),
      hours: range.hours,
      ping: range.ping,
      on: range.on,
    })),
    credentials: usedCredentials(draft).map(credentialInput),
    snmpPort: number(draft.snmpPort),
    packetsPerSecond: number(draft.packetsPerSecond),
    // An older box says nothing of it, and is told nothing.
    ...(base.kilobytesPerHour === undefined && draft.kilobytesPerHour.trim() === ''
      ? {}
      : { kilobytesPerHour: numberOrNull(draft.kilobytesPerHour) }),
    devicePause: number(draft.devicePause),
    traps: { on: draft.trapsOn, port: number(draft.trapsPort) },
    times: { scan: timeOfDay(draft.scan), counters: number(draft.counters), state: number(draft.state) },
    whatToRead: draft.whatToRead,
    language: draft.language,
    numberFormat: draft.numberFormat,
    zone: draft.zone.trim(),
    supplyMark: number(draft.supplyMark),
    openReading: draft.openReading,
    hostNames: list(draft.hostNames),
    central: {
      url: orNull(draft.centralUrl),
      proxy: draft.proxy && {
        url: draft.proxy.url.trim(),
        user: orNull(draft.proxy.user),
        exceptions: list(draft.proxy.exceptions),
      },
      ca: orNull(draft.ca),
    },
    ...(draft.proxyPassword === null ? {} : { proxyPassword: draft.proxyPassword === '' ? null : draft.proxyPassword }),
  };
}

/** `9:00`, `9h`, `09.00` → `09:00`; what is no time of day stays as it is, and the check below names it. */
export function timeOfDay(text: string): string {
  const [, hour = '', minute = '00'] =
    /^\s*([01]?\d|2[0-3])(?:\s*[:.hH]\s*([0-5]\d)?)?\s*(?:h|Uhr)?\s*$/.exec(text) ?? [];
  return hour === '' ? text.trim() : `${hour.padStart(2, '0')}:${minute || '00'}`;
}

export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** A terabyte an hour: above any network of printers, far below what a number no longer holds exactly. */
const MOST_KILOBYTES = 1_000_000_000;

/** Fields that hold a number, with their limits, by JSON pointer: what is no number is said before anything is sent. */
export function numberFaults(
  input: SettingsInput,
): ReadonlyMap<string, { readonly least: number; readonly most: number }> {
  const faults = new Map<string, { readonly least: number; readonly most: number }>();
  const check = (pointer: string, value: number, least: number, most: number, whole = true) => {
    const fine = value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fine) faults.set(pointer, { least, most });
  };
  input.ranges.forEach((range, at) => {
    check(`/ranges/${at}/packetsPerSecond`, range.packetsPerSecond, 0, 1000, false);
    if (range.kilobytesPerHour !== null)
      check(`/ranges/${at}/kilobytesPerHour`, range.kilobytesPerHour, 1, MOST_KILOBYTES);
  });
  check('/packetsPerSecond', input.packetsPerSecond, 0, 1000, false);
  const { kilobytesPerHour = null } = input;
  if (kilobytesPerHour !== null) check('/kilobytesPerHour', kilobytesPerHour, 1, MOST_KILOBYTES);
  check('/snmpPort', input.snmpPort, 1, 65_535);
  check('/times/counters', input.times.counters, 5, 1440);
  check('/times/state', input.times.state, 5, 1440);
  check('/supplyMark', input.supplyMark, 0, 50);
  return faults;
}

/** The same edits over what somebody else saved: ranges find their places again by what they say. */
export function rebased(draft: SettingsDraft, base: SettingsView): SettingsDraft {
  const ranges = draft.ranges.map((range) => {
    const at = base.ranges.findIndex((other) => other.range === range.range.trim());
    return { ...range, origin: at < 0 ? null : at };
  });
  return { ...draft, ranges };
}

/** An id that no credential has yet. */
function freshCredentialId(credentials: readonly CredentialDraft[]): string {
  for (let number = credentials.length + 1; ; number += 1) {
    const id = `access-${number}`;
    if (!credentials.some((credential) => credential.id === id)) return id;
  }
}

/**
 * A user with another protocol of authentication: both keys are made with its hash, so that both passphrases are needed
 * again, unless it is the protocol that is saved.
 */
export function withAuth(
  credential: CredentialDraft,
  protocol: AuthProtocolName | null,
  saved: CredentialView | undefined,
): CredentialDraft {
  if (protocol === null) return { ...credential, auth: null, privacy: null };
  const kept = saved?.version === 'v3' && saved.auth?.protocol === protocol ? saved : undefined;
  const { privacy } = credential;
  const privacyKey = privacy && keyOf(privacy.protocol, kept?.privacy?.setAt ?? null);
  return { ...credential, auth: keyOf(protocol, kept?.auth?.setAt ?? null), privacy: privacyKey };
}

/** Its key does not depend on the cipher, so that the saved one stays. */
export function withPrivacy(
  credential: CredentialDraft,
  protocol: PrivacyProtocolName | null,
  saved: CredentialView | undefined,
): CredentialDraft {
  if (protocol === null) return { ...credential, privacy: null };
  if (credential.privacy) return { ...credential, privacy: { ...credential.privacy, protocol } };
  const isSame = saved?.version === 'v3' && saved.auth?.protocol === credential.auth?.protocol;
  return { ...credential, privacy: keyOf(protocol, (isSame ? saved.privacy?.setAt : null) ?? null) };
}

const keyOf = <P>(protocol: P, setAt: string | null): KeyDraft<P> => ({
  protocol,
  setAt,
  passphrase: setAt === null ? '' : null,
});
