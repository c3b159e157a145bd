/** A credential in the bytes that requests carry, made once for as long as the credential is in use. */
import type { Credential } from './engine.ts';
import type { RequestLogin } from './request.ts';
import { type UsmLogin, usmLogin } from './usm/login.ts';

export type Login = RequestLogin | UsmLogin;

export class Logins {
  readonly #made = new WeakMap<Credential, Login>();

  of(credential: Credential): Login {
    const known = this.#made.get(credential);
    if (known !== undefined) return known;
    const made = loginOf(credential);
    this.#made.set(credential, made);
    return made;
  }
}

function loginOf(credential: Credential): Login {
  if (credential.version === 'v3') return usmLogin(credential);
  return { version: credential.version, community: Buffer.from(credential.community.reveal(), 'utf8') };
}
