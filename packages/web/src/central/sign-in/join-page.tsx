/** The end of an invitation's link: who is meant, and the password or passkey that this person chooses. */
import type { CentralSession, InvitationSeen } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { knowsPasskeys, makePasskey } from './passkey.ts';

export function JoinPage() {
  const lang = useLang();
  const { client, session, router } = useCentral();
  // Behind the sign that browsers send to nobody.
  const [code] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [seen, setSeen] = useState<InvitationSeen | null>(null);
  const [unknown, setUnknown] = useState<Problem | null>(null);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState<'password' | 'passkey' | null>(null);
  useEffect(() => {
    void ask(client, api.lookAtInvitation({ code })).then((answer) => {
      if (answer.ok) setSeen(answer.value);
      else setUnknown(answer.problem);
    });
  }, [client, code]);

  const join = async (name: string) => {
    setBusy('password');
    const accepted = await ask(client, api.acceptInvitation({ code, password }));
    const answer = accepted.ok ? await ask<CentralSession>(client, api.signIn({ user: name, password })) : accepted;
    setBusy(null);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    router.replace('/');
    session.set(answer.value as CentralSession);
  };
  const joinByPasskey = async () => {
    setBusy('passkey');
    setProblem(null);
    setRefused(null);
    const asked = await ask(client, api.beginJoining({ code }));
    const given = asked.ok ? await makePasskey(asked.value) : null;
    const passkey = given?.ok ? { name: m.join_passkey_name({}, lang), credential: given.value } : null;
    const answer = passkey ? await ask(client, api.joinByPasskey({ code, passkey })) : null;
    setBusy(null);
    if (answer?.ok) {
      router.replace('/');
      session.set(answer.value as CentralSession);
    } else if (!asked.ok) setRefused(wordProblem(asked.problem, lang));
    else if (answer) setRefused(wordProblem(answer.problem, lang));
    else
      setRefused(
        given?.ok === false && given.why === 'held' ? m.passkey_held({}, lang) : m.passkey_not_given({}, lang),
      );
  };
  if (unknown)
    return (
      <EntryFrame>
        <PageState whole title={m.join_unknown({}, lang)} action={<a href="/signin">{m.sign_in({}, lang)}</a>}>
          {wordProblem(unknown, lang)}
        </PageState>
      </EntryFrame>
    );
  if (!seen)
    return (
      <EntryFrame>
        <LoadingRows rows={3} label={m.loading({}, lang)} />
      </EntryFrame>
    );
  const byPasskey = seen.origin === location.origin && knowsPasskeys();
  return (
    <EntryFrame>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '') void join(seen.name);
        }}
      >
        <h1>
          {seen.isReset ? m.join_reset_title({ name: seen.name }, lang) : m.join_title({ name: seen.name }, lang)}
        </h1>
        <p class="fact">
          {byPasskey
            ? m.join_about({ dealer: seen.dealer }, lang)
            : m.join_about_password({ dealer: seen.dealer }, lang)}
        </p>
        <input type="hidden" autocomplete="username" value={seen.name} />
        <PasswordField
          label={m.join_password({}, lang)}
          hint={m.central_password_hint({}, lang)}
          value={password}
          autocomplete="new-password"
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
            disabled={password === ''}
            busy={busy === 'password' && m.saving({}, lang)}
          >
            {m.join_do({}, lang)}
          </Button>
          {byPasskey && (
            <Button
              icon="key-round"
              busy={busy === 'passkey' && m.passkey_waiting({}, lang)}
              onClick={() => void joinByPasskey()}
            >
              {m.join_passkey({}, lang)}
            </Button>
          )}
        </div>
        {refused !== null && (
          <p class="crit" role="alert">
            {refused}
          </p>
        )}
      </form>
    </EntryFrame>
  );
}
