/** What was proposed to a box and what became of it; a scan, a test, a capture, or networks proposed from here. */
import type { CentralBoxView, CentralProposalView, ProposalRequest } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, readableFault, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral, useNow } from '../central-context.tsx';
import { useMayWrite } from '../may.ts';
import { useResource } from '../use-resource.ts';
import { boxOf } from './paths.ts';
import { SettingsForm } from './settings-form.tsx';
import './proposals.css';

const MOST_SHOWN = 8;

export function ProposalsPanel({ box }: { readonly box: CentralBoxView }) {
  const lang = useLang();
  const { client } = useCentral();
  const mayWrite = useMayWrite();
  const path = `${boxOf(box.customer, box.agent)}/proposals`;
  const list = useResource<readonly CentralProposalView[]>(path);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [address, setAddress] = useState('');
  const [editing, setEditing] = useState(false);
  const change = async (method: 'POST' | 'DELETE', to: string, body?: ProposalRequest) => {
    setBusy(true);
    const done = await client.send<unknown>(method, to, body === undefined ? {} : { body });
    setBusy(false);
    setProblem(done.ok ? null : done.problem);
    await list.reload();
    return done.ok;
  };
  const at = address.trim();
  const propose = (body: ProposalRequest) => change('POST', path, body);
  const shown = (list.value ?? []).slice(0, MOST_SHOWN);
  return (
    <div class="box-proposals">
      <Panel id="proposals" title={m.proposals_title({}, lang)}>
        <p class="fact">{m.proposals_about({}, lang)}</p>
        {shown.length === 0 ? (
          list.value && <p class="hint">{m.proposals_none({}, lang)}</p>
        ) : (
          <ul class="proposal-list">
            {shown.map((one) => (
              <ProposalLine
                key={one.id}
                one={one}
                captureAt={mayWrite && one.captureBytes !== null ? `/api/v1${path}/${one.id}/capture` : null}
                onTakeBack={mayWrite ? () => void change('DELETE', `${path}/${one.id}`) : null}
              />
            ))}
          </ul>
        )}
        {problem && (
          <p class="crit" role="alert">
            {wordProblem(problem, lang)}
          </p>
        )}
        {!mayWrite ? null : editing ? (
          <SettingsForm
            submit={m.propose_send({}, lang)}
            hint={m.propose_ranges_hint({}, lang)}
            onCancel={() => setEditing(false)}
            onSubmit={async (settings) => {
              const done = await propose({ settings });
              if (done) setEditing(false);
              return done;
            }}
          />
        ) : (
          <form
            class="proposal-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (at !== '') void propose({ command: { do: 'test', address: at } });
            }}
          >
            <Button
              busy={busy && m.propose_sending({}, lang)}
              onClick={() => void propose({ command: { do: 'scan' } })}
            >
              {m.propose_scan({}, lang)}
            </Button>
            <Button onClick={() => setEditing(true)}>{m.propose_settings({}, lang)}</Button>
            <TextField label={m.propose_address({}, lang)} value={address} maxLength={45} onInput={setAddress} />
            <Button type="submit">{m.propose_test({}, lang)}</Button>
            <Button
              onClick={() => {
                if (at !== '') void propose({ command: { do: 'capture', address: at } });
              }}
            >
              {m.propose_capture({}, lang)}
            </Button>
          </form>
        )}
      </Panel>
    </div>
  );
}

interface ProposalLineProps {
  readonly one: CentralProposalView;
  /** Where its file is fetched; null where there is none for whoever looks. */
  readonly captureAt: string | null;
  /** null: whoever looks may not. */
  readonly onTakeBack: (() => void) | null;
}

function ProposalLine({ one, captureAt, onTakeBack }: ProposalLineProps) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow();
  const { command, code, fetchedAt, state } = one;
  const what = () => {
    switch (command?.do) {
      case 'scan':
        return m.proposal_is_scan({}, lang);
      case 'read':
        return m.proposal_is_read({ machine: command.device }, lang);
      case 'test':
        return m.proposal_is_test({ address: command.address }, lang);
      case 'capture':
        return m.proposal_is_capture({ address: command.address }, lang);
      default:
        return (one.settings?.ranges ?? []).map(({ range }) => range).join(', ') || m.proposal_is_settings({}, lang);
    }
  };
  const how: Readonly<Record<CentralProposalView['state'], string>> = {
    open: fetchedAt === null ? m.proposal_open({}, lang) : m.proposal_fetched({}, lang),
    done: m.proposal_done({}, lang),
    refused: m.proposal_refused({}, lang),
    failed: m.proposal_failed({}, lang),
    ended: m.proposal_ended({}, lang),
    withdrawn: m.proposal_withdrawn({}, lang),
  };
  const { cause, lacking } = one.detail;
  return (
    <li>
      <b class="num">{what()}</b>
      <span>
        {how[state]}
        {typeof cause === 'string' && ` · ${cause}`}
        {typeof lacking === 'string' && ` · ${m.proposal_lacking({ names: lacking }, lang)}`}
        {code !== null &&
          ` · ${readableFault({ code, params: paramsOf(one) } as Parameters<typeof readableFault>[0], lang)}`}
      </span>
      <span class="fact">{m.proposal_by({ by: one.by, when: dates.near(one.proposedAt, now) }, lang)}</span>
      {captureAt !== null && (
        <Button small icon="download" href={captureAt}>
          {m.proposal_capture_get({}, lang)}
        </Button>
      )}
      {state === 'open' && onTakeBack && (
        <Button small onClick={onTakeBack}>
          {m.propose_take_back({}, lang)}
        </Button>
      )}
    </li>
  );
}

const paramsOf = ({ detail }: CentralProposalView): Record<string, string | number> =>
  Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, value ?? '']));
