/** Sign in: name and password, or a passkey; the fault right below. */
import type { CentralSession } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Answer, ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { placeAfter } from '../../routing/router.ts';
import { api, type PasskeyAnswer } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { useOfferedPasskey } from './offered-passkey.ts';
import { answerByPasskey, knowsPasskeys } from './passkey.ts';

export function SignInPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const { client, session, router } = useCentral();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [byPasskey, setByPasskey] = useState<string | null>(null);
  const [busy, setBusy] = useState<'password' | 'passkey' | null>(null);

  const enter = (answer: Answer<CentralSession>) => {
    if (!answer.ok) return false;
    router.replace(placeAfter(query));
    session.set(answer.value);
    return true;
  };
  const signIn = async () => {
    setBusy('password');
    const answer = await ask(client, api.signIn({ user: user.trim(), password }));
    setBusy(null);
    if (!enter(answer) && !answer.ok) setProblem(answer.problem);
  };
  const show = async (credential: PasskeyAnswer['credential']) => {
    setBusy('passkey');
    const answer = await ask(client, api.signInByPasskey({ credential }));
    setBusy(null);
    if (!enter(answer) && !answer.ok) setByPasskey(wordProblem(answer.problem, lang));
  };
  const withdraw = useOfferedPasskey((credential) => void show(credential));
  const signInByPasskey = async () => {
    // The browser holds one question at a time.
    withdraw();
    setBusy('passkey');
    setProblem(null);
    setByPasskey(null);
    const asked = await ask(client, api.askPasskey());
    const given = asked.ok ? await answerByPasskey(asked.value) : null;
    if (given?.ok) return show(given.value);
    setBusy(null);
    setByPasskey(asked.ok ? m.passkey_not_given({}, lang) : wordProblem(asked.problem, lang));
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
          autocomplete="username webauthn"
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
            busy={busy === 'password' && m.signing_in({}, lang)}
          >
            {m.sign_in({}, lang)}
          </Button>
          {knowsPasskeys() && (
            <Button
              icon="key-round"
              busy={busy === 'passkey' && m.passkey_waiting({}, lang)}
              onClick={() => void signInByPasskey()}
            >
              {m.passkey_sign_in({}, lang)}
            </Button>
          )}
        </div>
        {byPasskey !== null && (
          <p class="crit" role="alert">
            {byPasskey}
          </p>
        )}
      </form>
    </EntryFrame>
  );
}
