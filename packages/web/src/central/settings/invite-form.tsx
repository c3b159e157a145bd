/** Whom to invite, with which role, and for a reader to which customer. */
import type { AccountRole, CustomerView, InvitationMade } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { roleWords } from './role-words.ts';

const ROLES: readonly AccountRole[] = ['technician', 'admin', 'reader'];
const DAYS = 7;

export interface InviteFormProps {
  readonly customers: readonly CustomerView[];
  readonly onMade: (name: string, invitation: InvitationMade) => void;
  readonly onClose: () => void;
}

export function InviteForm({ customers, onMade, onClose }: InviteFormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const [name, setName] = useState('');
  const [role, setRole] = useState<AccountRole>('technician');
  const [customer, setCustomer] = useState(customers[0]?.id ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const invite = async () => {
    setBusy(true);
    const of = role === 'reader' ? customer || null : null;
    const answer = await ask(client, api.invite({ name: name.trim(), role, customer: of, days: DAYS }));
    setBusy(false);
    if (answer.ok) onMade(name.trim(), answer.value);
    else setProblem(answer.problem);
  };
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void invite();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <TextField
        label={m.person_name({}, lang)}
        value={name}
        maxLength={64}
        error={problem && wordProblem(problem, lang)}
        onInput={(value) => {
          setName(value);
          setProblem(null);
        }}
      />
      <SelectField
        label={m.role({}, lang)}
        value={role}
        choices={ROLES.map((value) => ({ value, text: roleWords(value, lang) }))}
        onChange={setRole}
      />
      {role === 'reader' && (
        <SelectField
          label={m.customer({}, lang)}
          value={customer}
          choices={customers.map((each) => ({ value: each.id, text: each.name }))}
          onChange={setCustomer}
        />
      )}
      <p class="hint wide">{m.role_about({}, lang)}</p>
      <div class="row-of-buttons">
        <Button kind="primary" type="submit" disabled={name.trim() === ''} busy={busy && m.saving({}, lang)}>
          {m.person_invite_make({}, lang)}
        </Button>
        <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
      </div>
    </form>
  );
}
