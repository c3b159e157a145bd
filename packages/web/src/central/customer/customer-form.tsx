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
import { SavedMeanwhile } from '../saved-meanwhile.tsx';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';
import '../settings/settings-page.css';

export interface CustomerFormProps {
  readonly customer: CustomerView;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

const fieldsOf = ({ name, number, agency }: CustomerView) => ({ name, number: number ?? '', agency: agency ?? '' });

export function CustomerForm({ customer, onSaved, onClose }: CustomerFormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const agencies = useResource(api.listAgencies()).value ?? [];
  const { draft, set, base, theirs, begin } = useDraft(customer, fieldsOf);
  const { name, number, agency } = draft;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const body = { name: name.trim(), number: number.trim() || null, agency: agency || null };
    const answer = await ask(client, api.changeCustomer(customer.id, body), { ifMatch: base.revision });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    // Where somebody was faster, that shows what they saved.
    onSaved();
    if (!answer.ok) return;
    toast({ text: m.customer_saved({}, lang) });
    onClose();
  };
  const atField = ['/name', '/number', '/agency'].some((field) => faultAt(problem, field, lang) !== undefined);
  const typed = (field: keyof typeof draft) => (value: string) => {
    set({ [field]: value });
    setProblem(null);
  };
  const agencyWord = (id: string) => agencies.find((each) => each.id === id)?.name ?? m.agency_none({}, lang);
  const saved = fieldsOf(base);
  const words: Readonly<Record<keyof typeof draft, { readonly name: string; readonly value: string }>> = {
    name: { name: m.customer_name({}, lang), value: saved.name },
    number: { name: m.customer_number({}, lang), value: saved.number },
    agency: { name: m.agency({}, lang), value: agencyWord(saved.agency) },
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
          <SavedMeanwhile
            changes={theirs.map((field) => words[field])}
            onTakeTheirs={() => {
              begin(base);
              setProblem(null);
            }}
          />
          <TextField
            label={m.customer_name({}, lang)}
            value={name}
            maxLength={255}
            error={faultAt(problem, '/name', lang)}
            onInput={typed('name')}
          />
          <TextField
            label={m.customer_number({}, lang)}
            value={number}
            maxLength={64}
            error={faultAt(problem, '/number', lang)}
            onInput={typed('number')}
          />
          <SelectField
            label={m.agency({}, lang)}
            value={agency}
            choices={[
              { value: '', text: m.agency_none({}, lang) },
              ...agencies.map(({ id, name: each }) => ({ value: id, text: each })),
            ]}
            error={faultAt(problem, '/agency', lang)}
            onChange={typed('agency')}
          />
          <div class="row-of-buttons">
            <Button kind="primary" type="submit" disabled={name.trim() === ''} busy={busy && m.saving({}, lang)}>
              {m.settings_save({}, lang)}
            </Button>
            <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
            {problem && !atField && theirs.length === 0 && (
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
