/** People: named accounts with a role, a technician with an end; disabled rather than deleted, so that the log stays true. */
import type { BoxRole, PersonList, PersonView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { LoadingRows } from '../../components/States.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useLive, useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import './people-section.css';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
const ROLES: readonly BoxRole[] = ['admin', 'technician', 'viewer'];

export function roleName(role: BoxRole, lang: Lang): string {
  switch (role) {
    case 'admin':
      return m.role_admin({}, lang);
    case 'technician':
      return m.role_technician({}, lang);
    case 'viewer':
      return m.role_viewer({}, lang);
  }
}

function roleAbout(role: BoxRole, lang: Lang): string {
  switch (role) {
    case 'admin':
      return m.role_admin_about({}, lang);
    case 'technician':
      return m.role_technician_about({}, lang);
    case 'viewer':
      return m.role_viewer_about({}, lang);
  }
}

export function PeopleSection() {
  const lang = useLang();
  const { session } = useLive();
  const isAdmin = session?.person?.role === 'admin';
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_people({}, lang)}</h1>
          <p>{isAdmin ? m.people_about({}, lang) : m.people_admins_only({}, lang)}</p>
        </div>
      </header>
      {isAdmin && <Accounts own={session?.person?.name ?? ''} />}
    </>
  );
}

function Accounts({ own }: { readonly own: string }) {
  const lang = useLang();
  const { client } = useBox();
  const loaded = useAnswer<PersonList>('/people');
  const [problem, setProblem] = useState<Problem | null>(null);
  const list = loaded.value;
  const change = async ({ name, role, disabled, until }: PersonView, patch: object) => {
    const body = { ...patch, seen: { role, disabled, until } };
    const answer = await client.send<PersonList>('PATCH', `/people/${encodeURIComponent(name)}`, { body });
    setProblem(answer.ok ? null : answer.problem);
    // What another tab saved is shown; what was typed in here stays and can be saved over it.
    if (!answer.ok && answer.problem.kind === 'problem' && answer.problem.code === 'changedElsewhere')
      await loaded.reload();
    if (answer.ok) loaded.put(answer.value);
    return answer.ok;
  };
  const shown = problem ?? loaded.problem;
  return (
    <>
      {shown && <Banner icon="circle-alert" fact={wordProblem(shown, lang)} />}
      {list === null ? (
        <LoadingRows rows={3} label={m.loading({}, lang)} />
      ) : (
        <ul class="panel people">
          {list.people.map((person) => (
            <Account key={person.name} person={person} isOwn={person.name === own} onChange={change} />
          ))}
        </ul>
      )}
      <NewAccount onAdded={loaded.put} />
    </>
  );
}

interface AccountProps {
  readonly person: PersonView;
  readonly isOwn: boolean;
  readonly onChange: (person: PersonView, patch: object) => Promise<boolean>;
}

function Account({ person, isOwn, onChange }: AccountProps) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const [password, setPassword] = useState('');
  const [until, setUntil] = useState(person.until ?? '');
  const { name, role, disabled, ended, lastSignIn } = person;
  const day = person.until === null ? null : dates.date(`${person.until}T12:00:00Z`);
  const state = disabled
    ? m.people_disabled({}, lang)
    : day === null
      ? m.people_active({}, lang)
      : ended
        ? m.people_ended({ day }, lang)
        : m.people_until_day({ day }, lang);
  return (
    <li class={disabled || ended ? 'person person-out' : 'person'}>
      <details>
        <summary>
          <span>
            <b>{name}</b> {isOwn && <span class="hint">{m.people_you({}, lang)}</span>}
            <span class="second">{roleName(role, lang)}</span>
          </span>
          <span>
            {state}
            <span class="second">
              {m.people_last_seen({}, lang)}: {lastSignIn ? dates.near(lastSignIn, now) : m.people_never({}, lang)}
            </span>
          </span>
        </summary>
        <div class="form-grid person-form">
          <SelectField<BoxRole>
            label={m.people_role({}, lang)}
            value={role}
            choices={ROLES.map((value) => ({ value, text: roleName(value, lang) }))}
            hint={roleAbout(role, lang)}
            onChange={(fresh) => void onChange(person, { role: fresh })}
          />
          <form
            class="add-line"
            onSubmit={(event) => {
              event.preventDefault();
              void onChange(person, { until: until === '' ? null : until });
            }}
          >
            <TextField
              label={m.people_until({}, lang)}
              type="date"
              value={until}
              hint={m.people_until_hint({}, lang)}
              onInput={setUntil}
            />
            <Button type="submit" disabled={until === (person.until ?? '')}>
              {m.people_set_password({}, lang)}
            </Button>
          </form>
          <form
            class="add-line"
            onSubmit={(event) => {
              event.preventDefault();
              void onChange(person, { password }).then((done) => done && setPassword(''));
            }}
          >
            <PasswordField
              label={m.people_new_password({}, lang)}
              value={password}
              autocomplete="new-password"
              hint={m.password_rule({}, lang)}
              onInput={setPassword}
            />
            <Button type="submit" disabled={password === ''}>
              {m.people_set_password({}, lang)}
            </Button>
          </form>
          <div class="person-end">
            <Button disabled={isOwn} onClick={() => void onChange(person, { disabled: !disabled })}>
              {disabled ? m.people_enable({}, lang) : m.people_disable({}, lang)}
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}

function NewAccount({ onAdded }: { readonly onAdded: (list: PersonList) => void }) {
  const lang = useLang();
  const { client } = useBox();
  const toast = useToast();
  const [name, setName] = useState('');
  const [role, setRole] = useState<BoxRole>('technician');
  const [until, setUntil] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const at = (field: string) => faultAt(problem, field, lang);
  const add = async () => {
    setBusy(true);
    const body = { name: name.trim(), role, password, until: until === '' ? null : until };
    const answer = await client.send<PersonList>('POST', '/people', { body });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    toast({ text: m.people_added({ name: body.name }, lang) });
    setName('');
    setPassword('');
    setUntil('');
    onAdded(answer.value);
  };
  return (
    <Panel title={m.people_add({}, lang)} id="new-account">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        {problem && !['/name', '/password', '/until'].some(at) && (
          <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />
        )}
        <div class="form-grid">
          <TextField
            label={m.person_name({}, lang)}
            value={name}
            maxLength={64}
            error={at('/name')}
            onInput={setName}
          />
          <SelectField<BoxRole>
            label={m.people_role({}, lang)}
            value={role}
            choices={ROLES.map((value) => ({ value, text: roleName(value, lang) }))}
            hint={roleAbout(role, lang)}
            onChange={setRole}
          />
          <PasswordField
            label={m.people_new_password({}, lang)}
            value={password}
            autocomplete="new-password"
            hint={m.password_rule({}, lang)}
            error={at('/password')}
            onInput={setPassword}
          />
          <TextField
            label={m.people_until({}, lang)}
            type="date"
            value={until}
            hint={m.people_until_hint({}, lang)}
            error={at('/until')}
            onInput={setUntil}
          />
        </div>
        <div>
          <Button type="submit" disabled={name.trim() === '' || password === ''} busy={busy && m.saving({}, lang)}>
            {m.people_add({}, lang)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
