/** How machines are asked: a community, or a user of SNMPv3. What is typed here is never shown again. */
import type { AuthProtocolName, CredentialInput, PrivacyProtocolName } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import {
  AUTH_PROTOCOLS,
  isWeak,
  LONGEST_USER_NAME,
  PRIVACY_PROTOCOLS,
  protocolName,
  SHORTEST_PASSPHRASE,
  SNMP_VERSIONS,
} from '../../snmp/protocol-names.ts';

export interface LoginDraft {
  readonly key: number;
  readonly version: CredentialInput['version'];
  readonly community: string;
  readonly user: string;
  readonly context: string;
  readonly auth: AuthProtocolName | 'none';
  readonly authPassphrase: string;
  readonly privacy: PrivacyProtocolName | 'none';
  readonly privacyPassphrase: string;
}

export const newLogin = (key: number): LoginDraft => ({
  key,
  version: 'v2c',
  community: '',
  user: '',
  context: '',
  auth: 'sha256',
  authPassphrase: '',
  privacy: 'aes128',
  privacyPassphrase: '',
});

const hasPrivacy = ({ auth, privacy }: LoginDraft): boolean => auth !== 'none' && privacy !== 'none';

export function isFineLogin(login: LoginDraft): boolean {
  if (login.version !== 'v3') return true;
  const isLong = (passphrase: string) => passphrase.length >= SHORTEST_PASSPHRASE;
  if (login.user.trim() === '') return false;
  return (
    (login.auth === 'none' || isLong(login.authPassphrase)) && (!hasPrivacy(login) || isLong(login.privacyPassphrase))
  );
}

/** An empty community is the well-known one. */
export function credentialOf(login: LoginDraft, at: number): CredentialInput {
  if (login.version !== 'v3') {
    const community = login.community || 'public';
    return { id: community === 'public' ? 'public' : `prepared-${at + 1}`, version: login.version, community };
  }
  return {
    id: `prepared-${at + 1}`,
    version: 'v3',
    user: login.user.trim(),
    context: login.context.trim(),
    auth: login.auth === 'none' ? null : { protocol: login.auth, passphrase: login.authPassphrase },
    privacy:
      login.privacy === 'none' || !hasPrivacy(login)
        ? null
        : { protocol: login.privacy, passphrase: login.privacyPassphrase },
  };
}

export interface LoginFieldsProps {
  readonly login: LoginDraft;
  readonly number: number;
  readonly onChange: (login: LoginDraft) => void;
  readonly onRemove: (() => void) | null;
}

export function LoginFields({ login, number, onChange, onRemove }: LoginFieldsProps) {
  const lang = useLang();
  const set = (part: Partial<LoginDraft>) => onChange({ ...login, ...part });
  const isUser = login.version === 'v3';
  return (
    <fieldset class="login-fields">
      <legend>{m.login_named({ number }, lang)}</legend>
      <SelectField
        label={m.set_version({}, lang)}
        value={login.version}
        choices={SNMP_VERSIONS.map((value) => ({ value, text: value }))}
        onChange={(version) => set({ version })}
      />
      {!isUser && (
        <PasswordField
          label={m.propose_community({}, lang)}
          value={login.community}
          autocomplete="off"
          hint={m.propose_community_hint({}, lang)}
          onInput={(community) => set({ community })}
        />
      )}
      {isUser && <UserFields login={login} set={set} />}
      {onRemove && (
        <div class="row-of-buttons wide">
          <Button small label={m.login_remove_named({ number }, lang)} onClick={onRemove}>
            {m.site_remove({}, lang)}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface UserFieldsProps {
  readonly login: LoginDraft;
  readonly set: (part: Partial<LoginDraft>) => void;
}

function UserFields({ login, set }: UserFieldsProps) {
  const lang = useLang();
  const { auth, privacy } = login;
  const weak = [auth, privacy].some((protocol) => protocol !== 'none' && isWeak(protocol));
  const level = auth === 'none' ? m.level_open({}, lang) : privacy === 'none' ? m.level_readable({}, lang) : null;
  return (
    <>
      <TextField
        label={m.set_user({}, lang)}
        value={login.user}
        maxLength={LONGEST_USER_NAME}
        onInput={(user) => set({ user })}
      />
      <TextField
        label={m.set_context({}, lang)}
        value={login.context}
        maxLength={LONGEST_USER_NAME}
        hint={m.context_hint({}, lang)}
        onInput={(context) => set({ context })}
      />
      <SelectField<AuthProtocolName | 'none'>
        label={m.set_auth({}, lang)}
        value={auth}
        choices={protocols(AUTH_PROTOCOLS, m.protocol_none({}, lang))}
        onChange={(chosen) => set({ auth: chosen })}
      />
      {auth !== 'none' && (
        <PasswordField
          label={m.set_auth_passphrase({}, lang)}
          value={login.authPassphrase}
          autocomplete="off"
          onInput={(authPassphrase) => set({ authPassphrase })}
        />
      )}
      {auth !== 'none' && (
        <SelectField<PrivacyProtocolName | 'none'>
          label={m.set_privacy({}, lang)}
          value={privacy}
          choices={protocols(PRIVACY_PROTOCOLS, m.protocol_none({}, lang))}
          onChange={(chosen) => set({ privacy: chosen })}
        />
      )}
      {hasPrivacy(login) && (
        <PasswordField
          label={m.set_privacy_passphrase({}, lang)}
          value={login.privacyPassphrase}
          autocomplete="off"
          onInput={(privacyPassphrase) => set({ privacyPassphrase })}
        />
      )}
      <p class={weak ? 'hint warn wide' : 'hint wide'}>
        {weak ? m.weak_protocols({}, lang) : (level ?? m.prepare_key_about({ least: SHORTEST_PASSPHRASE }, lang))}
      </p>
    </>
  );
}

const protocols = <P extends AuthProtocolName | PrivacyProtocolName>(all: readonly P[], none: string) => [
  { value: 'none' as const, text: none },
  ...all.map((value) => ({ value, text: protocolName(value) })),
];
