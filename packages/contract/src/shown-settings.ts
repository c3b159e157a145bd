/** Proposed settings as people may see them: every secret replaced by whether, and when, it was set. */
import type { ProposedSettingsView } from './api/proposals.ts';
import type { ProposedSettings } from './proposals.ts';
import { type CredentialInput, type CredentialView, PUBLIC_COMMUNITY } from './settings.ts';

export function shownSettings(
  { credentials, proxyPassword, ...settings }: ProposedSettings,
  at: string,
): ProposedSettingsView {
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
