/** What can be done with a box: replaced under its number, moved to another customer. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type CodeView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { boxPath } from '../router.ts';
import { ShownOnce } from '../settings/shown-once.tsx';
import '../settings/settings-page.css';
import { useResource } from '../use-resource.ts';

const DAYS = 7;

export interface BoxChangeProps {
  readonly customer: string;
  readonly name: string;
  readonly agent: string;
  readonly onClose: () => void;
}

export function ReplaceBox({ customer, agent, onClose }: BoxChangeProps) {
  const lang = useLang();
  const dates = useDates();
  const { client } = useCentral();
  const [code, setCode] = useState<CodeView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async () => {
    const answer = await ask(client, api.replaceBox(customer, agent, { days: DAYS }));
    if (answer.ok) setCode(answer.value);
    else setProblem(answer.problem);
  };
  return (
    <div class="code-panel">
      <Panel title={m.box_replace_title({ agent }, lang)}>
        <div class="stack">
          <p class="fact">
            {code
              ? m.code_shown_once({ day: dates.longDay(code.expiresAt), time: dates.time(code.expiresAt) }, lang)
              : m.box_replace_next({}, lang)}
          </p>
          {code && <ShownOnce value={code.code} name={m.code_title({}, lang)} />}
          {problem && (
            <p class="crit" role="alert">
              {wordProblem(problem, lang)}
            </p>
          )}
          <div class="row-of-buttons">
            {!code && (
              <Button kind="primary" icon="key-round" onClick={() => void make()}>
                {m.code_make({}, lang)}
              </Button>
            )}
            <Button onClick={onClose}>{code ? m.close({}, lang) : m.cancel({}, lang)}</Button>
          </div>
        </div>
      </Panel>
    </div>
  );
}

export function MoveBox({ customer, name, agent, onClose }: BoxChangeProps) {
  const lang = useLang();
  const { client, router } = useCentral();
  const toast = useToast();
  const customers = useResource(api.listCustomers());
  const others = (customers.value ?? []).filter(({ id }) => id !== customer);
  const [chosen, setChosen] = useState('');
  const to = chosen || (others[0]?.id ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const move = async () => {
    setBusy(true);
    const answer = await ask(client, api.moveBox(customer, agent, { customer: to, site: null }));
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    toast({ text: m.box_moved_now({ agent }, lang) });
    router.go(boxPath(to, agent));
  };
  return (
    <div class="code-panel">
      <Panel title={m.box_move_title({ agent }, lang)}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (to !== '') void move();
          }}
        >
          <p class="fact">{m.box_move_next({ name }, lang)}</p>
          <SelectField
            label={m.box_move_to_customer({}, lang)}
            value={to}
            choices={others.map((each) => ({ value: each.id, text: each.name }))}
            onChange={setChosen}
            error={problem && wordProblem(problem, lang)}
          />
          <div class="row-of-buttons">
            <Button kind="primary" type="submit" disabled={to === ''} busy={busy && m.saving({}, lang)}>
              {m.box_move_do({}, lang)}
            </Button>
            <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
          </div>
        </form>
      </Panel>
    </div>
  );
}
