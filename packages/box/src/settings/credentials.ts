/**
 * How devices may be asked: what the settings say of a credential, and its secrets in the vault. Of a v3 passphrase only
 * the key that is made of it (Ku, RFC 3414 A.2) is kept.
 */
import { type CredentialInput, type CredentialView, PUBLIC_COMMUNITY } from '@rsb/contract';
import { isoInstant, Secret } from '@rsb/runtime';
import { type Credential, usmKey } from '@rsb/snmp';
import type { Vault } from '../store/vault.ts';
import { type Change, escaped, HIDDEN } from './difference.ts';
import { type CredentialSetting, type SettingsDocument, settingOf, type UserSetting } from './document.ts';

export type StoredCredential = Credential & { readonly id: string };

/** A secret as a save leaves it. */
interface SecretPlan {
  readonly name: string;
  readonly path: string;
  readonly secret: Secret | null;
}

export interface Credentials {
  view(setting: CredentialSetting): CredentialView;
  /** Null where a secret of it cannot be opened any more. */
  find(setting: CredentialSetting): StoredCredential | null;
  /** What a save of `input` changes in the vault; `before` are the credentials as they are stored. */
  plan(input: readonly CredentialInput[], before: readonly CredentialSetting[]): readonly SecretPlan[];
  /** Carries it out, and answers what the change log says of it. */
  save(plan: readonly SecretPlan[]): readonly Change[];
}

type Part = 'community' | 'auth' | 'privacy';
const PARTS: readonly Part[] = ['community', 'auth', 'privacy'];
const secretName = (part: Part, id: string): string => `${part}/${id}`;

/** Of all that a document may keep in the vault: credentials, and the password at the proxy. */
export const PROXY_PASSWORD = 'proxyPassword';
export const secretNames = ({ credentials }: SettingsDocument): readonly string[] => [
  ...credentials.flatMap(({ id }) => PARTS.map((part) => secretName(part, id))),
  PROXY_PASSWORD,
];

/** What a credential cannot do without. */
export function neededSecrets(setting: CredentialSetting): readonly string[] {
  const { id } = setting;
  if (setting.version !== 'v3') return setting.isPublic ? [] : [secretName('community', id)];
  return [...(setting.auth ? [secretName('auth', id)] : []), ...(setting.privacy ? [secretName('privacy', id)] : [])];
}

export function createCredentials(vault: Vault): Credentials {
  const setAt = (part: Part, id: string): string | null => {
    const at = vault.setAt(secretName(part, id));
    return at === null ? null : isoInstant(at);
  };

  const findUser = (setting: UserSetting): StoredCredential | null => {
    const { id, version, user, context } = setting;
    const auth = setting.auth && { protocol: setting.auth, key: vault.find(secretName('auth', id)) };
    const privacy = setting.privacy && { protocol: setting.privacy, key: vault.find(secretName('privacy', id)) };
    if (auth?.key === null || privacy?.key === null) return null;
    return {
      id,
      version,
      user,
      context,
      auth: auth && { protocol: auth.protocol, key: auth.key },
      privacy: privacy && { protocol: privacy.protocol, key: privacy.key },
    };
  };

  const find = (setting: CredentialSetting): StoredCredential | null => {
    if (setting.version === 'v3') return findUser(setting);
    const { id, version, isPublic } = setting;
    const community = isPublic ? new Secret(PUBLIC_COMMUNITY) : vault.find(secretName('community', id));
    return community && { id, version, community };
  };

  return {
    find,
    view(setting) {
      const { id } = setting;
      if (setting.version !== 'v3') {
        const { version, isPublic } = setting;
        return { id, version, isPublic, setAt: setAt('community', id) };
      }
      const { version, user, context, auth, privacy } = setting;
      return {
        id,
        version,
        user,
        context,
        auth: auth && { protocol: auth, setAt: setAt('auth', id) },
        privacy: privacy && { protocol: privacy, setAt: setAt('privacy', id) },
      };
    },
    plan(input, before) {
      const plan: SecretPlan[] = [];
      for (const fresh of input) {
        const { id } = fresh;
        const old = before.find((setting) => setting.id === id);
        const wanted = wantedSecrets(fresh, settingOf(fresh, old));
        for (const part of PARTS) {
          const secret = wanted[part];
          if (secret === undefined) continue;
          // A public community is known without the vault.
          const known = part === 'community' && old ? communityOf(find(old)) : vault.find(secretName(part, id));
          const stays = secret === null ? vault.setAt(secretName(part, id)) === null : isSame(secret, known);
          if (!stays) plan.push({ name: secretName(part, id), path: pathOf(part, id), secret });
        }
      }
      for (const { id } of before) {
        if (input.some((kept) => kept.id === id)) continue;
        for (const part of PARTS) {
          if (vault.setAt(secretName(part, id)) === null) continue;
          plan.push({ name: secretName(part, id), path: pathOf(part, id), secret: null });
        }
      }
      return plan;
    },
    save: (plan) =>
      plan.map(({ name, path, secret }) => {
        const old = vault.setAt(name) === null ? '' : HIDDEN;
        const isPublic = path.endsWith('/community') && secret?.reveal() === PUBLIC_COMMUNITY;
        vault.save(name, isPublic ? null : secret);
        return { path, old, new: secret === null ? '' : HIDDEN };
      }),
  };
}

/** undefined = stays as it is, null = is dropped. */
type Wanted = Readonly<Record<Part, Secret | null | undefined>>;

function wantedSecrets(input: CredentialInput, setting: CredentialSetting): Wanted {
  if (setting.version !== 'v3') {
    const community = input.community === undefined ? undefined : new Secret(input.community);
    return { community, auth: null, privacy: null };
  }
  const { auth } = setting;
  const keyOf = (protocol: string | null, passphrase: string | undefined) =>
    protocol === null || auth === null ? null : passphrase === undefined ? undefined : usmKey(auth, passphrase);
  return {
    community: null,
    auth: keyOf(auth, input.auth?.passphrase),
    privacy: keyOf(setting.privacy, input.privacy?.passphrase),
  };
}

const communityOf = (credential: Credential | null): Secret | null =>
  credential && credential.version !== 'v3' ? credential.community : null;

const isSame = (a: Secret, b: Secret | null): boolean => a.reveal() === b?.reveal();

const pathOf = (part: Part, id: string): string =>
  `/credentials/${escaped(id)}/${part === 'community' ? part : `${part}/passphrase`}`;
