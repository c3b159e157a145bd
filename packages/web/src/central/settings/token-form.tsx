/** A new API token: its name, for whom, what it may do, how long. */
import type { CustomerView, TokenMade, TokenRequest } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { type Language as Lang, useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';

export const SUBJECTS = ['customers', 'boxes', 'devices', 'alerts', 'people'] as const;
type Subject = (typeof SUBJECTS)[number];
type Right = 'none' | 'read' | 'write';
const RIGHTS: readonly Right[] = ['none', 'read', 'write'];
const DAYS = ['30', '90', '365', 'never'] as const;

export function subjectWords(subject: Subject, lang: Lang): string {
  switch (subject) {
    case 'customers':
      return m.scope_customers({}, lang);
    case 'boxes':
      return m.scope_boxes({}, lang);
    case 'devices':
      return m.scope_devices({}, lang);
    case 'alerts':
      return m.scope_alerts({}, lang);
    case 'people':
      return m.scope_people({}, lang);
  }
}

function rightWords(right: Right, lang: Lang): string {
  switch (right) {
    case 'none':
      return m.scope_none({}, lang);
    case 'read':
      return m.scope_read({}, lang);
    case 'write':
      return m.scope_write({}, lang);
  }
}

const scopesOf = (rights: Readonly<Record<Subject, Right>>): TokenRequest['scopes'] =>
  SUBJECTS.flatMap((subject): TokenRequest['scopes'] => {
    if (rights[subject] === 'none') return [];
    return rights[subject] === 'read' ? [`read:${subject}`] : [`read:${subject}`, `write:${subject}`];
  });

export interface TokenFormProps {
  readonly customers: readonly CustomerView[];
  readonly onMade: (token: TokenMade) => void;
  readonly onClose: () => void;
}

export function TokenForm({ customers, onMade, onClose }: TokenFormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const [name, setName] = useState('');
  const [customer, setCustomer] = useState('');
  const [days, setDays] = useState<(typeof DAYS)[number]>('365');
  const [rights, setRights] = useState<Readonly<Record<Subject, Right>>>({
    customers: 'read',
    boxes: 'read',
    devices: 'read',
    alerts: 'read',
    people: 'none',
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const scopes = scopesOf(customer === '' ? rights : { ...rights, people: 'none' });
  const make = async () => {
    setBusy(true);
    const request = {
      name: name.trim(),
      customer: customer === '' ? null : customer,
      scopes,
      days: days === 'never' ? null : Number(days),
    };
    const answer = await ask(client, api.makeToken(request));
    setBusy(false);
    if (answer.ok) onMade(answer.value as TokenMade);
    else setProblem(answer.problem);
  };
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && scopes.length > 0) void make();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <TextField
        label={m.person_name({}, lang)}
        hint={m.token_name_hint({}, lang)}
        value={name}
        maxLength={64}
        error={problem && wordProblem(problem, lang)}
        onInput={(value) => {
          setName(value);
          setProblem(null);
        }}
      />
      <SelectField
        label={m.token_for({}, lang)}
        value={customer}
        choices={[
          { value: '', text: m.token_for_all({}, lang) },
          ...customers.map((each) => ({ value: each.id, text: each.name })),
        ]}
        onChange={setCustomer}
      />
      <SelectField
        label={m.token_ends({}, lang)}
        value={days}
        choices={DAYS.map((value) => ({
          value,
          text:
            value === 'never'
              ? m.token_ends_never({}, lang)
              : m.code_days({ count: Number(value), days: formatCount(Number(value), lang) }, lang),
        }))}
        onChange={setDays}
      />
      {SUBJECTS.filter((subject) => customer === '' || subject !== 'people').map((subject) => (
        <SelectField
          key={subject}
          label={subjectWords(subject, lang)}
          value={rights[subject]}
          choices={RIGHTS.map((right) => ({ value: right, text: rightWords(right, lang) }))}
          onChange={(right) => setRights({ ...rights, [subject]: right })}
        />
      ))}
      <div class="row-of-buttons">
        <Button
          kind="primary"
          type="submit"
          icon="key-round"
          disabled={name.trim() === '' || scopes.length === 0}
          busy={busy && m.saving({}, lang)}
        >
          {m.token_add({}, lang)}
        </Button>
        <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
      </div>
    </form>
  );
}
