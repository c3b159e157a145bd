/** A new customer: its name, in place above the list. */
import type { CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { customerPath } from '../router.ts';

export interface AddCustomerProps {
  readonly taken: readonly CustomerView[];
  readonly onAdded: () => void;
  readonly onClose: () => void;
}

export function AddCustomer({ taken, onAdded, onClose }: AddCustomerProps) {
  const lang = useLang();
  const { client, router } = useCentral();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const trimmed = name.trim();
  const twin = taken.some((customer) => customer.name.toLowerCase() === trimmed.toLowerCase());

  const add = async () => {
    setBusy(true);
    const answer = await client.send<CustomerView>('POST', '/customers', { body: { name: trimmed } });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    onAdded();
    router.go(customerPath(answer.value.id));
  };
  return (
    <div class="add-customer">
      <Panel title={m.customer_add({}, lang)}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (trimmed !== '') void add();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        >
          <TextField
            label={m.user_name({}, lang)}
            hint={m.customer_add_hint({}, lang)}
            value={name}
            maxLength={255}
            inputRef={input}
            error={problem && wordProblem(problem, lang)}
            warning={twin && trimmed !== '' ? m.customer_twin({ name: trimmed }, lang) : undefined}
            onInput={(value) => {
              setName(value);
              setProblem(null);
            }}
          />
          <div class="row-of-buttons">
            <Button kind="primary" type="submit" disabled={trimmed === ''} busy={busy && m.adding({}, lang)}>
              {m.customer_add({}, lang)}
            </Button>
            <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
          </div>
        </form>
      </Panel>
    </div>
  );
}
