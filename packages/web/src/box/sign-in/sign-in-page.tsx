/** Sign in: name and password, the fault at its field; a lost password by the code from the console. */
import type { SessionView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { placeAfter } from '../../routing/router.ts';
import { useBox, useBoxView, useLive } from '../box-context.tsx';
import { SecureOffer } from './insecure-page.tsx';
import { ResetForm } from './reset-form.tsx';
import './sign-in.css';

/** The first account; others type their own name over it. */
const FIRST_PERSON = 'admin';

export function SignInPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const { client, live, router } = useBox();
  const box = useBoxView();
  const { session } = useLive();
  const [name, setName] = useState(FIRST_PERSON);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const enter = async (fresh: SessionView) => {
    live.setSession(fresh);
    await live.reload();
    router.replace(placeAfter(query));
  };
  const signIn = async () => {
    setBusy(true);
    const answer = await client.send<SessionView>('POST', '/session', { body: { name: name.trim(), password } });
    setBusy(false);
    if (answer.ok) await enter(answer.value);
    else setProblem(answer.problem);
  };
  if (session?.secureUrl) {
    return (
      <main id="content" class="page page-narrow">
        <h1 class="secure-title">{m.secure_title({}, lang)}</h1>
        <SecureOffer secureUrl={session.secureUrl} />
      </main>
    );
  }
  return (
    <main id="content" class="page page-narrow">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <h1>{m.sign_in({}, lang)}</h1>
        <p class="fact">{box.openReading ? m.sign_in_open({}, lang) : m.sign_in_closed({}, lang)}</p>
        <TextField
          label={m.person_name({}, lang)}
          value={name}
          maxLength={64}
          autocomplete="username"
          onInput={(value) => {
            setName(value);
            setProblem(null);
          }}
        />
        <PasswordField
          label={m.password({}, lang)}
          value={password}
          autocomplete="current-password"
          autofocus
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
            disabled={password === '' || name.trim() === ''}
            busy={busy && m.signing_in({}, lang)}
          >
            {m.sign_in({}, lang)}
          </Button>
        </div>
      </form>
      <details class="lost">
        <summary>{m.sign_in_lost({}, lang)}</summary>
        <ResetForm onDone={(fresh) => void enter(fresh)} />
      </details>
    </main>
  );
}
