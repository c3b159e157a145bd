/** Whether settings make sense together: a fault at each place that does not, so that the page can say it there. */
import {
  type CredentialInput,
  type Fault,
  fault,
  LONGEST_USER_NAME,
  type SettingsInput,
  SHORTEST_PASSPHRASE,
} from '@rsb/contract';
import type { Outcome } from '@rsb/runtime';
import { parseAuthorities, parseCentralUrl, parseProxyUrl } from '../line/index.ts';
import { type AddressRange, checkOverlaps, parseRange } from '../range/index.ts';
import { type CredentialSetting, settingOf, type UserSetting } from './document.ts';
import { isZone } from './zone.ts';

/** What is stored of credentials, for those that come without a secret. */
export interface KnownCredentials {
  setting(id: string): CredentialSetting | undefined;
  /** Whether its secrets are there and can be opened. */
  isUsable(id: string): boolean;
}

export function validateSettings(input: SettingsInput, known: KnownCredentials): readonly Fault[] {
  const faults: Fault[] = [...rangeFaults(input), ...credentialFaults(input, known)];
  if (!isZone(input.zone)) faults.push(fault('zoneUnknown', { zone: input.zone }, '/zone'));
  const { whatToRead } = input;
  if (whatToRead && !whatToRead.counters && !whatToRead.status) faults.push(fault('readsNothing', {}, '/whatToRead'));
  const { url, proxy, ca } = input.central;
  if (url !== null) faults.push(...faultOf(parseCentralUrl(url), '/central/url'));
  if (proxy !== null) faults.push(...faultOf(parseProxyUrl(proxy.url), '/central/proxy/url'));
  // A private key that was pasted along must not be stored.
  if (ca?.includes('PRIVATE KEY-----')) faults.push(fault('certificateInvalid', {}, '/central/ca'));
  else if (ca !== null) faults.push(...faultOf(parseAuthorities(ca), '/central/ca'));
  return faults;
}

function rangeFaults(input: SettingsInput): Fault[] {
  const faults: Fault[] = [];
  const known = new Set(input.credentials.map(({ id }) => id));
  /** Where in the document each range that could be read stands. */
  const places: number[] = [];
  const ranges: AddressRange[] = [];
  for (const [index, setting] of input.ranges.entries()) {
    const parsed = parseRange(setting.range);
    if (parsed.ok) {
      places.push(index);
      ranges.push(parsed.value);
      const outside = publicPart(parsed.value);
      if (outside) faults.push(fault('rangePublic', { range: outside }, `/ranges/${index}/range`));
    } else {
      faults.push({ ...parsed.error, field: `/ranges/${index}/range` });
    }
    for (const [place, id] of setting.credentials.entries()) {
      if (!known.has(id)) faults.push(fault('credentialUnknown', { id }, `/ranges/${index}/credentials/${place}`));
    }
  }
  for (const overlap of checkOverlaps(ranges)) {
    const index = Number(overlap.field?.split('/')[2]);
    faults.push({ ...overlap, field: `/ranges/${places[index]}/range` });
  }
  return faults;
}

function credentialFaults(input: SettingsInput, known: KnownCredentials): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const [index, credential] of input.credentials.entries()) {
    const { id, version, community } = credential;
    const field = `/credentials/${index}`;
    if (seen.has(id)) faults.push(fault('fieldInvalid', { path: `${field}/id`, detail: id }, `${field}/id`));
    seen.add(id);
    const before = known.setting(id);
    const isUsable = before !== undefined && known.isUsable(id);
    if (version === 'v3') {
      faults.push(...userFaults(credential, before?.version === 'v3' ? before : undefined, isUsable, field));
    } else if (community === undefined && !(isUsable && before.version !== 'v3')) {
      faults.push(fault('credentialMissing', { id }, `${field}/community`));
    }
  }
  return faults;
}

/** `before`: the same user as stored; `isUsable`: with its keys. */
function userFaults(
  input: CredentialInput,
  before: UserSetting | undefined,
  isUsable: boolean,
  field: string,
): readonly Fault[] {
  const fresh = settingOf(input, before);
  if (fresh.version !== 'v3') return [];
  const faults: Fault[] = [];
  if (fresh.user === '') faults.push(fault('userNameMissing', {}, `${field}/user`));
  for (const name of ['user', 'context'] as const) {
    if (Buffer.byteLength(fresh[name]) <= LONGEST_USER_NAME) continue;
    faults.push(fault('userNameTooLong', { most: LONGEST_USER_NAME }, `${field}/${name}`));
  }
  if (fresh.privacy !== null && fresh.auth === null) faults.push(fault('privacyWithoutAuth', {}, `${field}/privacy`));
  for (const part of ['auth', 'privacy'] as const) {
    if (fresh[part] === null || fresh.auth === null) continue;
    const passphrase = input[part]?.passphrase;
    const place = `${field}/${part}/passphrase`;
    // Both keys are made with the hash of the authentication protocol: another one needs both passphrases again.
    const isKept = isUsable && before !== undefined && before[part] !== null && before.auth === fresh.auth;
    if (passphrase === undefined && !isKept) faults.push(fault('passphraseMissing', {}, place));
    if (passphrase !== undefined && [...passphrase].length < SHORTEST_PASSPHRASE) {
      faults.push(fault('passphraseTooShort', { least: SHORTEST_PASSPHRASE }, place));
    }
  }
  return faults;
}

/** Private use, shared (RFC 6598), link-local and loopback; unique local in IPv6 (RFC 6890, RFC 4193). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];

const faultOf = (outcome: Outcome<unknown, Fault>, field: string): readonly Fault[] =>
  outcome.ok ? [] : [{ ...outcome.error, field }];

/** A range that reaches into the public internet, as normalized; null where it does not. */
export function publicPart(range: AddressRange): string | null {
  for (const { family, from, to } of range.intervals) {
    const inside = SPANS.some((span) => span.family === family && from >= span.from && to <= span.to);
    if (!inside) return range.normalized;
  }
  return null;
}

const SPANS = [
  ...PRIVATE.map((cidr) => {
    const [base = '', length = ''] = cidr.split('/');
    const from = base.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
    return { family: 4, from, to: from + 2n ** BigInt(32 - Number(length)) - 1n };
  }),
  { family: 6, from: 0xfcn << 120n, to: (0xfen << 120n) - 1n },
  { family: 6, from: 1n, to: 1n },
];
