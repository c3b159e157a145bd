/**
 * The settings of a box for the one that takes its place: what it told of them last, with the secrets that central has proposed
 * to it, and by name what central cannot know. Pure.
 */
import type { CredentialInput, ProposedSettings, RangeSetting, ToldSettings } from '@rsb/contract';
import { PUBLIC_COMMUNITY } from '@rsb/contract';

export interface SettingsOfBox {
  readonly settings: ProposedSettings;
  /** Credentials whose secret was typed in at the box alone, and `proxy`. */
  readonly lacking: readonly string[];
}

/** `accepted`: what the box took of central, oldest first. Null where nothing is known. */
export function settingsOfBox(accepted: readonly ProposedSettings[], told: ToldSettings | null): SettingsOfBox | null {
  if (accepted.length === 0 && told === null) return null;
  const known = new Map<string, CredentialInput>();
  let proposed: ProposedSettings = {};
  for (const { credentials = [], ...more } of accepted) {
    for (const each of credentials) known.set(each.id, { ...known.get(each.id), ...each });
    proposed = { ...proposed, ...more };
  }
  if (told === null) return { settings: withCredentials(proposed, [...known.values()]), lacking: [] };
  const credentials: CredentialInput[] = [];
  const lacking: string[] = [];
  for (const { id, version, isPublic } of told.credentials) {
    const own = known.get(id);
    if (isPublic) credentials.push({ id, version, community: PUBLIC_COMMUNITY });
    else if (own?.version === version && hasSecret(own)) credentials.push(own);
    else lacking.push(id);
  }
  const { proxy, credentials: _told, ...plain } = told;
  if (proxy && !proposed.proxy) lacking.push('proxy');
  const ids = new Set(credentials.map(({ id }) => id));
  const ranges = told.ranges.map((range) => askedWith(range, ids));
  if (!ids.has(PUBLIC_COMMUNITY) && ranges.some((range) => range.credentials.includes(PUBLIC_COMMUNITY)))
    credentials.push({ id: PUBLIC_COMMUNITY, version: 'v2c', community: PUBLIC_COMMUNITY });
  const { proxy: itsProxy, proxyPassword } = proposed;
  return {
    settings: withCredentials(
      {
        ...plain,
        ranges,
        ...(proxy && itsProxy && { proxy: itsProxy, ...(proxyPassword !== undefined && { proxyPassword }) }),
      },
      credentials,
    ),
    lacking,
  };
}

const hasSecret = ({ version, community, auth }: CredentialInput): boolean =>
  version === 'v3' ? auth === null || auth?.passphrase !== undefined : community !== undefined;

const withCredentials = (settings: ProposedSettings, credentials: readonly CredentialInput[]): ProposedSettings =>
  credentials.length === 0 ? settings : { ...settings, credentials: [...credentials] };

/** A range without any credential left waits, switched off, until somebody types one in. */
function askedWith(range: RangeSetting, known: ReadonlySet<string>): RangeSetting {
  const left = range.credentials.filter((id) => known.has(id));
  return left.length > 0 ? { ...range, credentials: left } : { ...range, credentials: [PUBLIC_COMMUNITY], on: false };
}
