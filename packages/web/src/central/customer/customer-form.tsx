/** Name of a customer, the dealer's number for it, and the agency it belongs to. */
import type { CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { useResource } from '../use-resource.ts';
import '../settings/settings-page.css';

export interface CustomerFormProps {
  readonly customer: CustomerView;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function CustomerForm({ customer, onSaved, onClose }: CustomerFormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const agencies = useResource(api.listAgencies()).value ?? [];
  const [name, setName] = useState(customer.name);
  const [number, setNumber] = useState(customer.number ?? '');
  const [agency, setAgency] = useState(customer.agency ?? '');
  // What the page loads anew meanwhile is another state than the one that was changed here.
  const [revision] = useState(customer.revision);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const body = { name: name.trim(), number: number.trim() || null, agency: agency || null };
    const answer = await ask(client, api.changeCustomer(customer.id, body), { ifMatch: revision });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    toast({ text: m.customer_saved({}, lang) });
    onSaved();
    onClose();
  };
  const atField = ['/name', '/number', '/agency'].some((field) => faultAt(problem, field, lang) !== undefined);
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value);
    setProblem(null);
  };
  return (
    <div class="code-panel">
      <Panel id="customer-form" title={m.customer_edit_title({}, lang)} flush>
        <form
          class="settings-part settings-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void save();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        >
          <TextField
            label={m.customer_name({}, lang)}
            value={name}
            maxLength={255}
            error={faultAt(problem, '/name', lang)}
            onInput={typed(setName)}
          />
          <TextField
            label={m.customer_number({}, lang)}
            value={number}
            maxLength={64}
            error={faultAt(problem, '/number', lang)}
            onInput={typed(setNumber)}
          />
          <SelectField
            label={m.agency({}, lang)}
            value={agency}
            choices={[
              { value: '', text: m.agency_none({}, lang) },
              ...agencies.map(({ id, name: each }) => ({ value: id, text: each })),
            ]}
            error={faultAt(problem, '/agency', lang)}
            onChange={typed(setAgency)}
          />
          <div class="row-of-buttons">
            <Button kind="primary" type="submit" disabled={name.trim() === ''} busy={busy && m.saving({}, lang)}>
              {m.settings_save({}, lang)}
            </Button>
            <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
            {problem && !atField && (
              <span class="crit" role="alert">
                {wordProblem(problem, lang)}
              </span>
            )}
          </div>
        </form>
      </Panel>
    </div>
  );
}
