/** Settings that central proposes: what the whole would be with them, and what a person may see of them. Pure. */
import type {
  CredentialInput,
  CredentialView,
  ProposedSettings,
  ProposedSettingsView,
  SettingsInput,
} from '@rsb/contract';
import { PUBLIC_COMMUNITY, type SettingsDocument } from '../settings/index.ts';

/** The box's settings with what is proposed in place: what it does not name stays, whatever else it might carry. */
export function settingsWith(document: SettingsDocument, proposed: ProposedSettings): SettingsInput {
  const { credentials = [], proxy, proxyPassword } = proposed;
  const named = new Set(credentials.map(({ id }) => id));
  return {
    ...document,
    ranges: proposed.ranges ?? [...document.ranges],
    credentials: [
      ...document.credentials.filter(({ id }) => !named.has(id)).map(({ id, version }) => ({ id, version })),
      ...credentials,
    ],
    snmpPort: proposed.snmpPort ?? document.snmpPort,
    packetsPerSecond: proposed.packetsPerSecond ?? document.packetsPerSecond,
    kilobytesPerHour:
      proposed.kilobytesPerHour === undefined ? (document.kilobytesPerHour ?? null) : proposed.kilobytesPerHour,
    times: proposed.times ?? document.times,
    language: proposed.language ?? document.language,
    zone: proposed.zone ?? document.zone,
    supplyMark: proposed.supplyMark ?? document.supplyMark,
    hostNames: [...document.hostNames],
    central: { ...document.central, proxy: proxy === undefined ? document.central.proxy : proxy },
    ...(proxyPassword !== undefined && { proxyPassword }),
  };
}

export function shownSettings(proposed: ProposedSettings, at: string): ProposedSettingsView {
  const { credentials, proxyPassword, ...settings } = proposed;
  return {
    ...settings,
    ...(credentials && { credentials: credentials.map((credential) => shownCredential(credential, at)) }),
    proxyPasswordSet: typeof proxyPassword === 'string' && proxyPassword !== '',
  };
}

function shownCredential(credential: CredentialInput, at: string): CredentialView {
  const { id, version, community, user, context, auth, privacy } = credential;
  if (version !== 'v3') {
    const isPublic = community === PUBLIC_COMMUNITY;
    return { id, version, isPublic, setAt: community === undefined || isPublic ? null : at };
  }
  const part = <P>(given: { readonly protocol: P; readonly passphrase?: string } | null | undefined) =>
    given ? { protocol: given.protocol, setAt: given.passphrase === undefined ? null : at } : null;
  return { id, version, user: user ?? '', context: context ?? '', auth: part(auth), privacy: part(privacy) };
}
