/** A user of SNMPv3: name, authentication and encryption with their passphrases, which are never shown again. */
import type { AuthProtocolName, CredentialView, PrivacyProtocolName } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field, FieldNote } from '../../components/Field.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import {
  AUTH_PROTOCOLS,
  isWeak,
  LONGEST_PASSPHRASE,
  LONGEST_USER_NAME,
  PRIVACY_PROTOCOLS,
  protocolName,
  SHORTEST_PASSPHRASE,
} from '../../snmp/protocol-names.ts';
import { type CredentialDraft, type KeyDraft, withAuth, withPrivacy } from './draft.ts';
import './user-fields.css';

export interface UserFieldsProps {
  readonly credential: CredentialDraft;
  /** As it is stored; undefined for a new one. */
  readonly saved: CredentialView | undefined;
  /** The sentence for a member of it, e.g. `/auth/passphrase`. */
  readonly errorAt: (member: string) => string | undefined;
  readonly onChange: (part: Partial<CredentialDraft>) => void;
}

export function UserFields({ credential, saved, errorAt, onChange }: UserFieldsProps) {
  const lang = useLang();
  const { auth, privacy } = credential;
  const weak = (auth && isWeak(auth.protocol)) || (privacy && isWeak(privacy.protocol));
  const level = auth === null ? m.level_open({}, lang) : privacy === null ? m.level_readable({}, lang) : null;
  return (
    <div class="form-grid user-fields">
      <TextField
        label={m.set_user({}, lang)}
        value={credential.user}
        maxLength={LONGEST_USER_NAME}
        error={errorAt('/user')}
        onInput={(user) => onChange({ user })}
      />
      <TextField
        label={m.set_context({}, lang)}
        value={credential.context}
        maxLength={LONGEST_USER_NAME}
        hint={m.context_hint({}, lang)}
        error={errorAt('/context')}
        onInput={(context) => onChange({ context })}
      />
      <ProtocolField<AuthProtocolName>
        label={m.set_auth({}, lang)}
        protocols={AUTH_PROTOCOLS}
        value={auth?.protocol ?? null}
        error={errorAt('/auth')}
        onChange={(protocol) => onChange(withAuth(credential, protocol, saved))}
      />
      {auth && (
        <KeyField
          key={`auth ${auth.setAt}`}
          label={m.set_auth_passphrase({}, lang)}
          value={auth}
          error={errorAt('/auth/passphrase')}
          onChange={(passphrase) => onChange({ auth: { ...auth, passphrase } })}
        />
      )}
      {auth && (
        <ProtocolField<PrivacyProtocolName>
          label={m.set_privacy({}, lang)}
          protocols={PRIVACY_PROTOCOLS}
          value={privacy?.protocol ?? null}
          error={errorAt('/privacy')}
          onChange={(protocol) => onChange(withPrivacy(credential, protocol, saved))}
        />
      )}
      {privacy && (
        <KeyField
          key={`privacy ${privacy.setAt}`}
          label={m.set_privacy_passphrase({}, lang)}
          value={privacy}
          error={errorAt('/privacy/passphrase')}
          onChange={(passphrase) => onChange({ privacy: { ...privacy, passphrase } })}
        />
      )}
      <div class="user-notes">
        <FieldNote
          id={`${credential.id}-level`}
          warning={weak ? m.weak_protocols({}, lang) : undefined}
          hint={level ?? m.key_about({ least: SHORTEST_PASSPHRASE }, lang)}
        />
      </div>
    </div>
  );
}

interface ProtocolFieldProps<P extends string> {
  readonly label: string;
  readonly protocols: readonly P[];
  readonly value: P | null;
  readonly error: string | undefined;
  readonly onChange: (protocol: P | null) => void;
}

function ProtocolField<P extends AuthProtocolName | PrivacyProtocolName>(props: ProtocolFieldProps<P>) {
  const lang = useLang();
  return (
    <SelectField<P | 'none'>
      label={props.label}
      value={props.value ?? 'none'}
      choices={[
        { value: 'none', text: m.protocol_none({}, lang) },
        ...props.protocols.map((protocol) => ({ value: protocol, text: protocolName(protocol) })),
      ]}
      error={props.error}
      onChange={(chosen) => props.onChange(chosen === 'none' ? null : chosen)}
    />
  );
}

interface KeyFieldProps {
  readonly label: string;
  readonly value: KeyDraft<AuthProtocolName | PrivacyProtocolName>;
  readonly error: string | undefined;
  readonly onChange: (passphrase: string | null) => void;
}

function KeyField({ label, value, error, onChange }: KeyFieldProps) {
  const lang = useLang();
  const dates = useDates();
  const { setAt, passphrase } = value;
  const [replacing, setReplacing] = useState(setAt === null || passphrase !== null);
  return (
    <Field label={m.set_passphrase({}, lang)} error={error}>
      {(binding) => (
        <span class="credential">
          {replacing ? (
            <input
              {...binding}
              aria-label={label}
              class="input"
              type="password"
              value={passphrase ?? ''}
              autocomplete="off"
              maxLength={LONGEST_PASSPHRASE}
              onInput={(event) => onChange(event.currentTarget.value)}
            />
          ) : (
            <span id={binding.id} class="credential-known">
              {setAt && m.key_set({ day: dates.date(setAt) }, lang)}
            </span>
          )}
          {setAt !== null && (
            <Button
              label={`${replacing ? m.keep({}, lang) : m.replace({}, lang)}, ${label}`}
              onClick={() => {
                if (replacing) onChange(null);
                setReplacing(!replacing);
              }}
            >
              {replacing ? m.keep({}, lang) : m.replace({}, lang)}
            </Button>
          )}
        </span>
      )}
    </Field>
  );
}
