/** What can be done with a box: replaced under its number, moved to another site or customer. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type CodeView, type SiteView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { boxPath } from '../router.ts';
import { ShownOnce } from '../settings/shown-once.tsx';
import { boxesOf } from './paths.ts';
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
  const { client, router, resources } = useCentral();
  const toast = useToast();
  const customers = useResource(api.listCustomers()).value ?? [];
  const [to, setTo] = useState(customer);
  const sites = useResource(api.listSites(to)).value ?? [];
  const [chosen, setChosen] = useState('');
  const site = sites.find(({ id }) => id === chosen) ?? sites[0];
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const isOther = to !== customer;
  const move = async (place: SiteView) => {
    setBusy(true);
    const answer = await ask(
      client,
      isOther
        ? api.moveBox(customer, agent, { customer: to, site: place.id })
        : api.placeBox(customer, agent, { site: place.id }),
    );
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    toast({
      text: isOther
        ? m.box_moved_now({ agent }, lang)
        : m.box_placed_now({ agent, site: place.name || m.site_first({}, lang) }, lang),
    });
    await resources.refresh(boxesOf(to));
    router.go(boxPath(to, agent));
    onClose();
  };
  return (
    <div class="code-panel">
      <Panel title={m.box_move_title({ agent }, lang)}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (site) void move(site);
          }}
        >
          {isOther && <p class="fact">{m.box_move_next({ name }, lang)}</p>}
          <SelectField
            label={m.box_move_to_customer({}, lang)}
            value={to}
            choices={customers.map((each) => ({ value: each.id, text: each.name }))}
            onChange={(id) => {
              setTo(id);
              setChosen('');
              setProblem(null);
            }}
          />
          <SelectField
            label={m.box_site({}, lang)}
            value={site?.id ?? ''}
            choices={sites.map((each) => ({ value: each.id, text: each.name || m.site_first({}, lang) }))}
            onChange={setChosen}
            error={problem && wordProblem(problem, lang)}
          />
          <div class="row-of-buttons">
            <Button kind="primary" type="submit" disabled={!site} busy={busy && m.saving({}, lang)}>
              {m.box_move_do({}, lang)}
            </Button>
            <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
          </div>
        </form>
      </Panel>
    </div>
  );
}
