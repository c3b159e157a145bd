/** The password of one's own account: changed, set anew, or removed where a passkey signs in. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type PasskeysView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';

export interface PasswordFormProps {
  readonly known: PasskeysView;
  readonly onChanged: () => void;
}

export function PasswordForm({ known, onChanged }: PasswordFormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const isKnown = !known.password || current !== '';
  const send = async (removes: boolean) => {
    setBusy(true);
    const answer = removes
      ? await ask(client, api.removePassword({ password: current }))
      : await ask(client, api.changePassword({ current, password }));
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setCurrent('');
    setPassword('');
    setProblem(null);
    toast({ text: removes ? m.password_removed_now({}, lang) : m.password_changed_now({}, lang) });
    onChanged();
  };
  const atNew = faultAt(problem, '/password', lang);
  const atCurrent = faultAt(problem, '/current', lang);
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isKnown && password !== '') void send(false);
      }}
    >
      {known.password ? (
        <PasswordField
          label={m.password_current({}, lang)}
          value={current}
          autocomplete="current-password"
          error={atCurrent}
          onInput={(value) => {
            setCurrent(value);
            setProblem(null);
          }}
        />
      ) : (
        <p class="fact wide">{m.password_none({}, lang)}</p>
      )}
      <PasswordField
        label={m.join_password({}, lang)}
        hint={m.central_password_hint({}, lang)}
        value={password}
        autocomplete="new-password"
        error={atNew}
        onInput={(value) => {
          setPassword(value);
          setProblem(null);
        }}
      />
      <div class="row-of-buttons">
        <Button type="submit" disabled={!isKnown || password === ''} busy={busy && m.saving({}, lang)}>
          {known.password ? m.password_change({}, lang) : m.password_set({}, lang)}
        </Button>
        {known.password && known.passkeys.length > 0 && (
          <Button kind="danger" disabled={current === '' || busy} onClick={() => void send(true)}>
            {m.password_remove({}, lang)}
          </Button>
        )}
        {problem && atNew === undefined && atCurrent === undefined && (
          <span class="crit" role="alert">
            {wordProblem(problem, lang)}
          </span>
        )}
      </div>
    </form>
  );
}
