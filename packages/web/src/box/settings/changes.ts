/** What an edited document changes, item by item: for the save bar, the conflict table, and the count that is told. Pure. */
import type { RangeSetting, SettingsInput, SettingsView } from '@rsb/contract';
import { inputFrom, type SettingsDraft } from './draft.ts';
import { GROUPS } from './read-groups.ts';

export interface SettingChange {
  /** JSON pointer into the settings. */
  readonly path: string;
  /** The range that it belongs to. */
  readonly range?: string;
  /** null: was not there. */
  readonly old: string | null;
  /** null: is gone. */
  readonly new: string | null;
}

type Value = string | number | boolean | null | readonly string[];

export function valueText(value: Value): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function difference(path: string, old: Value, fresh: Value, range?: string): readonly SettingChange[] {
  const [before, after] = [valueText(old), valueText(fresh)];
  if (before === after) return [];
  return [{ path, ...(range === undefined ? {} : { range }), old: before, new: after }];
}

/** As the change log keeps it; the page words it. */
const hoursValue = (hours: RangeSetting['hours']): string | null => hours && JSON.stringify(hours);

const RANGE_FIELDS = ['range', 'note', 'credentials', 'packetsPerSecond', 'kilobytesPerHour', 'ping', 'on'] as const;

function rangeChanges(draft: SettingsDraft, input: SettingsInput, base: SettingsView): readonly SettingChange[] {
  const kept = new Set(draft.ranges.map((range) => range.origin));
  const removed = base.ranges.flatMap((range, at) =>
    kept.has(at) ? [] : [{ path: `/ranges/${at}`, old: range.range, new: null }],
  );
  const others = draft.ranges.flatMap((range, at): readonly SettingChange[] => {
    const fresh = input.ranges[at];
    if (!fresh) return [];
    const before: RangeSetting | undefined = range.origin === null ? undefined : base.ranges[range.origin];
    if (!before) return [{ path: `/ranges/${at}`, old: null, new: fresh.range }];
    return [
      ...RANGE_FIELDS.flatMap((field) =>
        difference(`/ranges/${at}/${field}`, before[field], fresh[field], field === 'range' ? undefined : before.range),
      ),
      ...difference(`/ranges/${at}/hours`, hoursValue(before.hours), hoursValue(fresh.hours), before.range),
    ];
  });
  return [...removed, ...others];
}

function credentialChanges(draft: SettingsDraft, base: SettingsView): readonly SettingChange[] {
  return draft.credentials.flatMap((credential, at): readonly SettingChange[] => {
    const before = base.credentials.find((each) => each.id === credential.id);
    const version = before ? difference(`/credentials/${at}/version`, before.version, credential.version) : [];
    // A secret is never shown: only that there is a new one.
    const secret = (path: string, isNew: boolean) =>
      isNew ? [{ path: `/credentials/${at}/${path}`, old: null, new: null }] : [];
    if (credential.version !== 'v3') return [...version, ...secret('community', Boolean(credential.community))];
    const { user, context, auth, privacy } = credential;
    const old = before?.version === 'v3' ? before : undefined;
    return [
      ...version,
      ...difference(`/credentials/${at}/user`, old?.user ?? null, user.trim()),
      ...difference(`/credentials/${at}/context`, old?.context ?? null, context.trim()),
      ...difference(`/credentials/${at}/auth`, old?.auth?.protocol ?? null, auth?.protocol ?? null),
      ...difference(`/credentials/${at}/privacy`, old?.privacy?.protocol ?? null, privacy?.protocol ?? null),
      ...secret('auth/passphrase', Boolean(auth?.passphrase)),
      ...secret('privacy/passphrase', Boolean(privacy?.passphrase)),
    ];
  });
}

export function changesOf(draft: SettingsDraft, base: SettingsView): readonly SettingChange[] {
  const input = inputFrom(draft, base);
  const proxy = { old: base.central.proxy, new: input.central.proxy };
  return [
    ...rangeChanges(draft, input, base),
    ...credentialChanges(draft, base),
    ...difference('/snmpPort', base.snmpPort, input.snmpPort),
    ...difference('/packetsPerSecond', base.packetsPerSecond, input.packetsPerSecond),
    ...difference('/kilobytesPerHour', base.kilobytesPerHour ?? null, input.kilobytesPerHour ?? null),
    ...difference('/devicePause', base.devicePause, input.devicePause ?? null),
    ...difference('/traps/on', base.traps.on, draft.trapsOn),
    ...difference('/traps/port', base.traps.port, input.traps?.port ?? null),
    ...difference('/times/scan', base.times.scan, input.times.scan),
    ...difference('/times/counters', base.times.counters, input.times.counters),
    ...difference('/times/state', base.times.state, input.times.state),
    ...GROUPS.flatMap((group) => difference(`/whatToRead/${group}`, base.whatToRead[group], draft.whatToRead[group])),
    ...difference('/language', base.language, input.language),
    ...difference('/numberFormat', base.numberFormat, draft.numberFormat),
    ...difference('/zone', base.zone, input.zone),
    ...difference('/supplyMark', base.supplyMark, input.supplyMark),
    ...difference('/openReading', base.openReading, input.openReading),
    ...difference('/hostNames', base.hostNames, input.hostNames),
    ...difference('/central/url', base.central.url, input.central.url),
    ...difference('/central/proxy/url', proxy.old?.url ?? null, proxy.new?.url ?? null),
    ...difference('/central/proxy/user', proxy.old?.user ?? null, proxy.new?.user ?? null),
    ...difference('/central/proxy/exceptions', proxy.old?.exceptions ?? [], proxy.new?.exceptions ?? []),
    ...(draft.proxyPassword === null ? [] : [{ path: '/proxyPassword', old: null, new: null }]),
    ...((base.central.ca ?? '').trim() === (input.central.ca ?? '').trim()
      ? []
      : [{ path: '/central/ca', old: null, new: null }]),
  ];
}
