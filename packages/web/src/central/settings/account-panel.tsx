/** One's own account: the password, the passkeys, and where one is signed in. */
import { m } from '@rsb/messages';
import { ask } from '../../api/client.ts';
import { useObservable } from '../../api/observable.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';
import { PasskeysPart } from './passkeys-part.tsx';
import { PasswordForm } from './password-form.tsx';
import { roleWords } from './role-words.ts';

export function AccountPanel() {
  const lang = useLang();
  const who = useObservable(useCentral().session).session;
  const waysIn = useResource(api.listPasskeys());
  const reload = () => void waysIn.reload();
  return (
    <Panel id="account" title={who?.user ?? ''} fact={who?.role ? roleWords(who.role, lang) : undefined} flush>
      <LoadedPart of={waysIn} onRetry={reload} rows={3}>
        {(known) => (
          <>
            <PasswordForm known={known} onChanged={reload} />
            <PasskeysPart known={known} onChanged={reload} />
          </>
        )}
      </LoadedPart>
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
    <section aria-labelledby="sign-ins">
      <div class="settings-part">
        <h3 id="sign-ins">{m.sign_ins({}, lang)}</h3>
      </div>
      <table class="table plain-list" aria-labelledby="sign-ins">
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
    </section>
  );
}
