/** Sign in: name and password, the fault right below them. */
import type { CentralSession } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { placeAfter } from '../../routing/router.ts';
import { useCentral } from '../central-context.tsx';
import { EntryFrame } from './entry-frame.tsx';

export function SignInPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const { client, session, router } = useCentral();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const signIn = async () => {
    setBusy(true);
    const answer = await client.send<CentralSession>('POST', '/session', { body: { user: user.trim(), password } });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    router.replace(placeAfter(query));
    session.set(answer.value);
  };
  return (
    <EntryFrame>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (user.trim() !== '' && password !== '') void signIn();
        }}
      >
        <h1>{m.sign_in({}, lang)}</h1>
        <TextField
          label={m.user_name({}, lang)}
          value={user}
          autocomplete="username"
          maxLength={64}
          onInput={(value) => {
            setUser(value);
            setProblem(null);
          }}
        />
        <PasswordField
          label={m.password({}, lang)}
          value={password}
          autocomplete="current-password"
          error={problem && wordProblem(problem, lang)}
          onInput={(value) => {
            setPassword(value);
            setProblem(null);
          }}
        />
        <div class="row-of-buttons">
          <Button
            kind="primary"
            type="submit"
            disabled={user.trim() === '' || password === ''}
            busy={busy && m.signing_in({}, lang)}
          >
            {m.sign_in({}, lang)}
          </Button>
        </div>
      </form>
    </EntryFrame>
  );
}
