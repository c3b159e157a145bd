/** Sign in: one password, shown on request, the fault at its field. */
import type { SessionView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useLang } from '../../language/language.tsx';
import { placeAfter } from '../../routing/router.ts';
import { useBox, useBoxView } from '../box-context.tsx';

export function SignInPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const { client, live, router } = useBox();
  const box = useBoxView();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const signIn = async () => {
    setBusy(true);
    const answer = await client.send<SessionView>('POST', '/session', { body: { password } });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    live.setSession(answer.value);
    await live.reload();
    router.replace(placeAfter(query));
  };
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
          <Button kind="primary" type="submit" disabled={password === ''} busy={busy && m.signing_in({}, lang)}>
            {m.sign_in({}, lang)}
          </Button>
        </div>
      </form>
    </main>
  );
}
