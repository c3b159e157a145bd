/** A lost password is set anew by the code from the box's console, never by a default. */
import type { SessionView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';

export function ResetForm({ onDone }: { readonly onDone: (session: SessionView) => void }) {
  const lang = useLang();
  const { client } = useBox();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const atPassword = faultAt(problem, '/password', lang);
  const reset = async () => {
    setBusy(true);
    const answer = await client.send<SessionView>('POST', '/setup', { body: { code: code.trim(), password } });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onDone(answer.value);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void reset();
      }}
    >
      <p class="hint">{m.sign_in_lost_about({}, lang)}</p>
      <TextField
        label={m.setup_code({}, lang)}
        value={code}
        maxLength={64}
        inputClass="serial"
        error={problem && !atPassword ? wordProblem(problem, lang) : undefined}
        onInput={setCode}
      />
      <PasswordField
        label={m.password_next({}, lang)}
        value={password}
        autocomplete="new-password"
        hint={m.password_rule({}, lang)}
        error={atPassword}
        onInput={setPassword}
      />
      <div>
        <Button type="submit" disabled={code.trim() === '' || password === ''} busy={busy && m.saving({}, lang)}>
          {m.sign_in_reset({}, lang)}
        </Button>
      </div>
    </form>
  );
}
