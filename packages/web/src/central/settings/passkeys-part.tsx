/** Passkeys of one's own account: which there are, a new one, and why there can be none here. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type PasskeysView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { knowsPasskeys, makePasskey } from '../sign-in/passkey.ts';

interface PartProps {
  readonly known: PasskeysView;
  readonly onChanged: () => void;
}

export function PasskeysPart({ known, onChanged }: PartProps) {
  const lang = useLang();
  const why = whyNot(known, lang);
  return (
    <section aria-labelledby="passkeys">
      <div class="settings-part">
        <h3 id="passkeys">{m.passkeys({}, lang)}</h3>
        <p class="fact">{m.passkeys_about({}, lang)}</p>
        {why === null && known.passkeys.length === 0 && <p class="fact">{m.passkeys_none({}, lang)}</p>}
      </div>
      {known.passkeys.length > 0 && <PasskeyList known={known} onChanged={onChanged} />}
      {why === null ? <PasskeyForm known={known} onChanged={onChanged} /> : <p class="settings-part hint">{why}</p>}
    </section>
  );
}

/** Why no passkey can be made on this page; null where it can. */
function whyNot({ origin }: PasskeysView, lang: ReturnType<typeof useLang>): string | null {
  if (origin === null) return m.error_passkeysNotHere({}, lang);
  if (origin !== location.origin) return m.passkeys_at({ origin }, lang);
  return knowsPasskeys() ? null : m.passkeys_unable({}, lang);
}

function PasskeyList({ known, onChanged }: PartProps) {
  const lang = useLang();
  const dates = useDates();
  const { client } = useCentral();
  const [problem, setProblem] = useState<Problem | null>(null);
  const remove = async (id: string) => {
    const answer = await ask(client, api.removePasskey(id));
    setProblem(answer.ok ? null : answer.problem);
    onChanged();
  };
  return (
    <>
      <table class="table plain-list" aria-labelledby="passkeys">
        <tbody>
          {known.passkeys.map(({ id, name, createdAt, lastUsed }) => (
            <tr key={id} class="row">
              <th scope="row">{name}</th>
              <td title={dates.full(createdAt)}>{m.passkey_made_on({ day: dates.day(createdAt) }, lang)}</td>
              <td title={lastUsed === null ? undefined : dates.full(lastUsed)}>
                {lastUsed === null
                  ? m.passkey_used_never({}, lang)
                  : m.passkey_used_on({ day: dates.day(lastUsed) }, lang)}
              </td>
              <td class="row-actions">
                <Button small label={m.passkey_remove_named({ name }, lang)} onClick={() => void remove(id)}>
                  {m.site_remove({}, lang)}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {problem && (
        <p class="settings-part crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
    </>
  );
}

function PasskeyForm({ known, onChanged }: PartProps) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isComplete = name.trim() !== '' && (!known.password || password !== '');
  const add = async () => {
    setBusy(true);
    const begun = await ask(client, api.beginPasskey({ password: known.password ? password : null }));
    const given = begun.ok ? await makePasskey(begun.value) : null;
    const added = given?.ok ? await ask(client, api.addPasskey({ name: name.trim(), credential: given.value })) : null;
    setBusy(false);
    if (!begun.ok) setProblem(begun.problem);
    else if (added && !added.ok) setProblem(added.problem);
    else if (given && !given.ok)
      setRefused(given.why === 'held' ? m.passkey_held({}, lang) : m.passkey_not_given({}, lang));
    if (!added?.ok) return;
    toast({ text: m.passkey_added({ name: added.value.name }, lang) });
    setName('');
    setPassword('');
    onChanged();
  };
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value);
    setProblem(null);
    setRefused(null);
  };
  const atPassword = faultAt(problem, '/current', lang);
  const said = refused ?? (problem && atPassword === undefined ? wordProblem(problem, lang) : null);
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) void add();
      }}
    >
      <TextField
        label={m.passkey_name({}, lang)}
        hint={m.passkey_name_hint({}, lang)}
        value={name}
        maxLength={64}
        onInput={typed(setName)}
      />
      {known.password && (
        <PasswordField
          label={m.password_current({}, lang)}
          value={password}
          autocomplete="current-password"
          error={atPassword}
          onInput={typed(setPassword)}
        />
      )}
      <div class="row-of-buttons">
        <Button type="submit" icon="key-round" disabled={!isComplete} busy={busy && m.passkey_waiting({}, lang)}>
          {m.passkey_add({}, lang)}
        </Button>
        {said !== null && (
          <span class="crit" role="alert">
            {said}
          </span>
        )}
      </div>
    </form>
  );
}
