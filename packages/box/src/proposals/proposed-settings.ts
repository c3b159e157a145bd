/** Settings that central proposes: what the whole would be with them. Pure. */
import type { ProposedSettings, SettingsInput } from '@rsb/contract';
import type { SettingsDocument } from '../settings/index.ts';

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
