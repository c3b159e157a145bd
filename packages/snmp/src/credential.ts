/** Whether two credentials are the same login, so that a learned place in a list survives its re-ordering. */
import type { Credential } from './engine.ts';

type ProtectedBy = { readonly protocol: string; readonly key: { reveal(): string } } | null;

export function sameCredential(a: Credential, b: Credential): boolean {
  if (a.version === 'v3') {
    return (
      b.version === 'v3' &&
      a.user === b.user &&
      a.context === b.context &&
      sameProtection(a.auth, b.auth) &&
      sameProtection(a.privacy, b.privacy)
    );
  }
  return b.version === a.version && a.community.reveal() === b.community.reveal();
}

const sameProtection = (a: ProtectedBy, b: ProtectedBy): boolean =>
  a === null || b === null ? a === b : a.protocol === b.protocol && a.key.reveal() === b.key.reveal();
