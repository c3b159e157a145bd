/** One's own account: the password, and where one is signed in. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { useObservable } from '../../api/observable.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { useResource } from '../use-resource.ts';
import { roleWords } from './people-panel.tsx';

export function AccountPanel() {
  const lang = useLang();
  const { client, session } = useCentral();
  const toast = useToast();
  const who = useObservable(session).session;
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const answer = await ask(client, api.changePassword({ current, password }));
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setCurrent('');
    setPassword('');
    setProblem(null);
    toast({ text: m.password_changed_now({}, lang) });
  };
  const atNew = faultAt(problem, '/password', lang);
  const name = who?.user ?? '';
  return (
    <Panel id="account" title={name} fact={who?.role ? roleWords(who.role, lang) : undefined} flush>
      <form
        class="settings-part settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (current !== '' && password !== '') void save();
        }}
      >
        <PasswordField
          label={m.password_current({}, lang)}
          value={current}
          autocomplete="current-password"
          error={problem && atNew === undefined ? wordProblem(problem, lang) : undefined}
          onInput={(value) => {
            setCurrent(value);
            setProblem(null);
          }}
        />
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
          <Button type="submit" disabled={current === '' || password === ''} busy={busy && m.saving({}, lang)}>
            {m.password_change({}, lang)}
          </Button>
        </div>
      </form>
      <SignIns />
    </Panel>
  );
}

function SignIns() {
  const lang = useLang();
  const dates = useDates();
  const { client } = useCentral();
  const sessions = useResource(api.listSignIns());
  const end = async (id: string) => {
    await ask(client, api.endSignIn(id));
    await sessions.reload();
  };
  if (!sessions.value) return null;
  return (
    <table class="table plain-list" aria-label={m.sign_ins({}, lang)}>
      <tbody>
        {sessions.value.map((each) => (
          <tr key={each.id} class="row">
            <th scope="row">{each.current ? m.sign_in_current({}, lang) : m.sign_in_other({}, lang)}</th>
            <td>{each.lastSeen && dates.full(each.lastSeen)}</td>
            <td class="row-actions">
              {!each.current && (
                <Button small onClick={() => void end(each.id)}>
                  {m.sign_in_end({}, lang)}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
