/** How a range is asked: communities and SNMPv3 users, tried in this order. A saved secret is never shown. */
import type { CredentialView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { FieldNote } from '../../components/Field.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { SNMP_VERSIONS } from '../../snmp/protocol-names.ts';
import { type CredentialDraft, credentialPlace, freshCredential, type RangeDraft } from './draft.ts';
import type { SettingsState } from './settings-state.ts';
import { UserFields } from './user-fields.tsx';
import '../../components/Segments.css';

export interface CredentialListProps {
  readonly range: RangeDraft;
  readonly at: number;
  readonly settings: SettingsState;
  readonly onChange: (part: Partial<RangeDraft>) => void;
}

export function CredentialList({ range, at, settings, onChange }: CredentialListProps) {
  const lang = useLang();
  const { draft, edit } = settings;
  const byId = (id: string) => draft.credentials.find((credential) => credential.id === id);
  const used = range.credentials.map(byId).filter((credential) => credential !== undefined);
  const others = draft.credentials.filter((credential) => !range.credentials.includes(credential.id));
  const change = (id: string, part: Partial<CredentialDraft>) =>
    edit({ credentials: draft.credentials.map((each) => (each.id === id ? { ...each, ...part } : each)) });
  const sharedBy = (id: string) => draft.ranges.filter((other) => other.credentials.includes(id)).length;
  const addNew = (version: CredentialDraft['version']) => {
    const fresh = freshCredential(draft.credentials, version);
    edit({
      credentials: [...draft.credentials, fresh],
      ranges: draft.ranges.map((other) =>
        other.key === range.key ? { ...other, credentials: [...other.credentials, fresh.id] } : other,
      ),
    });
  };
  return (
    <fieldset class="credentials">
      <legend class="label">{m.set_credentials({}, lang)}</legend>
      {used.map((credential) => (
        <CredentialRow
          key={credential.id}
          credential={credential}
          shared={sharedBy(credential.id)}
          saved={settings.base.credentials.find(({ id }) => id === credential.id)}
          error={errorOf(settings, credential.id) ?? settings.errorAt(`/ranges/${at}/credentials`)}
          errorAt={(member) => settings.errorAt(`/credentials/${credentialPlace(draft, credential.id)}${member}`)}
          onChange={(part) => change(credential.id, part)}
          onRemove={
            used.length > 1
              ? () => onChange({ credentials: range.credentials.filter((id) => id !== credential.id) })
              : undefined
          }
        />
      ))}
      <p class="hint">{m.read_access_enough({}, lang)}</p>
      <div>
        <Menu buttonClass="link-button" button={m.credential_add({}, lang)}>
          {others.map((credential) => (
            <MenuItem
              key={credential.id}
              onChoose={() => onChange({ credentials: [...range.credentials, credential.id] })}
            >
              {credentialName(credential, lang)}
            </MenuItem>
          ))}
          {others.length > 0 && <MenuLine />}
          <MenuItem icon="plus" onChoose={() => addNew('v2c')}>
            {m.credential_new({}, lang)}
          </MenuItem>
          <MenuItem icon="plus" onChoose={() => addNew('v3')}>
            {m.credential_new_user({}, lang)}
          </MenuItem>
        </Menu>
      </div>
    </fieldset>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

function credentialName({ version, isPublic, id, user }: CredentialDraft, lang: Lang): string {
  if (version === 'v3') return `v3, ${m.user_named({ user }, lang)}`;
  return `${version}, ${isPublic ? 'public' : m.community_named({ id }, lang)}`;
}

function errorOf(settings: SettingsState, id: string): string | undefined {
  const at = credentialPlace(settings.draft, id);
  return settings.errorAt(`/credentials/${at}/community`) ?? settings.errorAt(`/credentials/${at}/id`);
}

interface CredentialRowProps {
  readonly credential: CredentialDraft;
  /** How many ranges use it. */
  readonly shared: number;
  readonly saved: CredentialView | undefined;
  readonly error: string | undefined;
  readonly errorAt: (member: string) => string | undefined;
  readonly onChange: (part: Partial<CredentialDraft>) => void;
  readonly onRemove: (() => void) | undefined;
}

function CredentialRow({ credential, saved, shared, error, errorAt, onChange, onRemove }: CredentialRowProps) {
  const lang = useLang();
  const dates = useDates();
  const isUser = credential.version === 'v3';
  const isNew = credential.setAt === null && !credential.isPublic;
  const [replacing, setReplacing] = useState(isNew);
  const known = credential.isPublic
    ? m.community_public({}, lang)
    : credential.setAt
      ? m.community_set({ day: dates.date(credential.setAt) }, lang)
      : m.community_hidden({}, lang);
  const note = `${credential.id}-note`;
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <div class="credential">
        <fieldset class="segments">
          <legend class="visually-hidden">{m.set_version({}, lang)}</legend>
          {SNMP_VERSIONS.map((version) => (
            <button
              key={version}
              type="button"
              aria-pressed={credential.version === version}
              onClick={() => onChange({ version })}
            >
              {version}
            </button>
          ))}
        </fieldset>
        {isUser ? (
          <span class="credential-known" />
        ) : replacing ? (
          <input
            class="input"
            type="password"
            value={credential.community ?? ''}
            autocomplete="off"
            maxLength={255}
            aria-label={m.set_community({}, lang)}
            aria-describedby={note}
            aria-invalid={error ? true : undefined}
            placeholder={m.set_community({}, lang)}
            onInput={(event) => onChange({ community: event.currentTarget.value })}
          />
        ) : (
          <span class="credential-known">{known}</span>
        )}
        {!isNew && !isUser && (
          <Button
            onClick={() => {
              if (replacing) onChange({ community: null });
              setReplacing(!replacing);
            }}
          >
            {replacing ? m.keep({}, lang) : m.replace({}, lang)}
          </Button>
        )}
        {onRemove && <Button kind="quiet" icon="x" label={m.credential_remove({}, lang)} onClick={onRemove} />}
      </div>
      {isUser && <UserFields credential={credential} saved={saved} errorAt={errorAt} onChange={onChange} />}
      <FieldNote
        id={note}
        error={error}
        hint={shared > 1 ? m.credential_shared({ count: shared, ranges: String(shared) }, lang) : undefined}
      />
    </div>
  );
}
