/** People who use central: their roles, who is invited, and a new one-time link for each. */
import type { AccountRole, AccountView, InvitationMade, InvitationView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { useObservable } from '../../api/observable.ts';
import { Button } from '../../components/Button.tsx';
import { HeadCell } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';
import { InviteForm } from './invite-form.tsx';
import { roleWords } from './role-words.ts';
import { ShownOnce } from './shown-once.tsx';

export function PeoplePanel() {
  const lang = useLang();
  const dates = useDates();
  const { client } = useCentral();
  const accounts = useResource(api.listAccounts());
  const invitations = useResource(api.listInvitations());
  const customers = useResource(api.listCustomers());
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly invitation: InvitationMade } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const customerName = (id: string | null) => customers.value?.find((each) => each.id === id)?.name ?? '';
  const roleOf = (role: AccountRole, customer: string | null) =>
    role === 'reader' ? m.role_reader_of({ customer: customerName(customer) }, lang) : roleWords(role, lang);
  const reload = () => {
    void accounts.reload();
    void invitations.reload();
  };
  const change = async (account: AccountView, disabled: boolean) => {
    const answer = await ask(client, api.changeAccount(account.id, { disabled }));
    setProblem(answer.ok ? null : answer.problem);
    reload();
  };
  const reset = async (account: AccountView) => {
    const answer = await ask(client, api.resetAccount(account.id, { days: 1 }));
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setMade({ name: account.name, invitation: answer.value });
    reload();
  };
  const takeBack = async (invitation: InvitationView) => {
    await ask(client, api.removeInvitation(invitation.id));
    reload();
  };
  return (
    <Panel
      id="people"
      title={m.people({}, lang)}
      flush
      right={
        !asking && (
          <Button small icon="plus" onClick={() => setAsking(true)}>
            {m.person_invite({}, lang)}
          </Button>
        )
      }
    >
      {asking && (
        <InviteForm
          customers={customers.value ?? []}
          onMade={(name, invitation) => {
            setMade({ name, invitation });
            setAsking(false);
            reload();
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {made && (
        <div class="settings-part stack">
          <b>{m.invitation_link({ name: made.name }, lang)}</b>
          <ShownOnce
            value={`${location.origin}${made.invitation.path}`}
            name={m.invitation_link({ name: made.name }, lang)}
          />
          <p class="hint">{m.invitation_once({ day: dates.longDay(made.invitation.expiresAt) }, lang)}</p>
        </div>
      )}
      {problem && (
        <p class="settings-part crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
      <LoadedPart of={accounts} onRetry={reload} rows={2}>
        {(all) => (
          <table class="table plain-list">
            <thead>
              <tr>
                <HeadCell first={m.person_name({}, lang)} />
                <HeadCell first={m.role({}, lang)} />
                <HeadCell first={m.person_seen({}, lang)} />
                <HeadCell first={<span class="visually-hidden">{m.actions({}, lang)}</span>} />
              </tr>
            </thead>
            <tbody>
              {all.map((account) => (
                <PersonRow
                  key={account.id}
                  account={account}
                  role={roleOf(account.role, account.customer)}
                  onChange={(disabled) => void change(account, disabled)}
                  onReset={() => void reset(account)}
                />
              ))}
              {(invitations.value ?? []).map((each) => (
                <tr key={each.id} class="row old">
                  <th scope="row">{each.name}</th>
                  <td>{roleOf(each.role, each.customer)}</td>
                  <td>{m.person_invited_until({ day: dates.day(each.expiresAt) }, lang)}</td>
                  <td class="row-actions">
                    <Button small onClick={() => void takeBack(each)}>
                      {m.invitation_take_back({}, lang)}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </LoadedPart>
    </Panel>
  );
}

interface PersonRowProps {
  readonly account: AccountView;
  readonly role: string;
  readonly onChange: (disabled: boolean) => void;
  readonly onReset: () => void;
}

function PersonRow({ account, role, onChange, onReset }: PersonRowProps) {
  const lang = useLang();
  const dates = useDates();
  const { session } = useObservable(useCentral().session);
  const isMe = session?.account === account.id;
  const isDisabled = account.disabledAt !== null;
  return (
    <tr class={isDisabled ? 'row old' : 'row'}>
      <th scope="row">
        {account.name} {isMe && <span class="second">({m.person_you({}, lang)})</span>}
      </th>
      <td>{isDisabled ? m.person_disabled({}, lang) : role}</td>
      <td data-name={m.person_seen({}, lang)}>
        {account.lastSeen === null ? (
          <span class="none">{m.token_used_never({}, lang)}</span>
        ) : (
          <span title={dates.full(account.lastSeen)}>{dates.day(account.lastSeen)}</span>
        )}
      </td>
      <td class="row-actions">
        {!isDisabled && !isMe && (
          <Button small label={m.person_reset_named({ name: account.name }, lang)} onClick={onReset}>
            {m.person_reset({}, lang)}
          </Button>
        )}
        {!isMe && (
          <Button small kind={isDisabled ? 'plain' : 'danger'} onClick={() => onChange(!isDisabled)}>
            {isDisabled ? m.person_enable({}, lang) : m.person_disable({}, lang)}
          </Button>
        )}
      </td>
    </tr>
  );
}
