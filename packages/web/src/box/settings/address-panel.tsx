/** Why is this address not in the list? A test of one address, and what answered a ping and no SNMP in the last scan. */
import type { DiagnosisView, PingOnlyList } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordDiagnosis } from '@rsb/messages/diagnosis';
import { useEffect, useState } from 'preact/hooks';
import { type Problem, readableFault, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useLive, useNow } from '../box-context.tsx';
import './address-panel.css';

/** Every credential of a range is given its tries. */
const PATIENCE = 120_000;
const MOST_SHOWN = 100;

type Tested =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'told'; readonly diagnosis: DiagnosisView }
  | { readonly state: 'refused'; readonly problem: Problem };

export function AddressPanel({ hasRanges }: { readonly hasRanges: boolean }) {
  const lang = useLang();
  const { client } = useBox();
  const [address, setAddress] = useState('');
  const [tested, setTested] = useState<Tested>({ state: 'none' });
  const run = async (wanted: string) => {
    setAddress(wanted);
    setTested({ state: 'running' });
    const answer = await client.send<DiagnosisView>('POST', '/test', { body: { address: wanted }, patience: PATIENCE });
    setTested(answer.ok ? { state: 'told', diagnosis: answer.value } : { state: 'refused', problem: answer.problem });
  };
  const isRunning = tested.state === 'running';
  return (
    <>
      <Panel title={m.test_title({}, lang)} fact={m.test_about({}, lang)} id="test">
        <form
          class="address-test"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isRunning && address.trim() !== '') void run(address.trim());
          }}
        >
          <TextField
            label={m.test_address({}, lang)}
            value={address}
            maxLength={64}
            inputClass="num"
            disabled={!hasRanges}
            hint={hasRanges ? undefined : m.test_no_range({}, lang)}
            error={tested.state === 'refused' ? refusal(tested.problem, lang) : undefined}
            onInput={setAddress}
          />
          <Button type="submit" disabled={!hasRanges} busy={isRunning && m.test_running({}, lang)}>
            {m.test_run({}, lang)}
          </Button>
        </form>
        <div aria-live="polite">{tested.state === 'told' && <Diagnosis diagnosis={tested.diagnosis} />}</div>
      </Panel>
      <PingOnly onTest={(wanted) => void run(wanted)} isRunning={isRunning} />
    </>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function refusal(problem: Problem, lang: Lang): string {
  const fault = problem.kind === 'problem' ? problem.errors[0] : undefined;
  return fault ? readableFault(fault, lang) : wordProblem(problem, lang);
}

export function Diagnosis({ diagnosis }: { readonly diagnosis: DiagnosisView }) {
  const lang = useLang();
  const { tried, cause, notes } = wordDiagnosis(diagnosis, lang.locale);
  return (
    <div class="diagnosis">
      <p>
        <b class="num">{diagnosis.address}</b> {cause}
      </p>
      <details>
        <summary>{m.test_tried({}, lang)}</summary>
        <ul>
          {[...tried, ...notes].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

interface PingOnlyProps {
  readonly onTest: (address: string) => void;
  readonly isRunning: boolean;
}

function PingOnly({ onTest, isRunning }: PingOnlyProps) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const { client } = useBox();
  const { box } = useLive();
  const [list, setList] = useState<PingOnlyList | null>(null);
  const finished = box?.lastScan?.finishedAt;
  useEffect(() => {
    void client.get<PingOnlyList>('/ping-only').then((answer) => answer.ok && setList(answer.value));
  }, [client, finished]);
  if (list === null || finished === undefined) return null;
  const fact = m.ping_only_count({ count: list.count, addresses: formatCount(list.count, lang) }, lang);
  return (
    <Panel title={m.ping_only_title({}, lang)} fact={list.count > 0 ? fact : undefined} id="ping-only">
      <p class="fact">{list.count > 0 ? m.ping_only_about({}, lang) : m.ping_only_none({}, lang)}</p>
      {list.count > 0 && (
        <ul class="ping-only">
          {list.addresses.slice(0, MOST_SHOWN).map(({ address, since }) => (
            <li key={address}>
              <span class="num">{address}</span>
              <span class="hint" title={dates.full(since)}>
                {m.ping_only_since({ day: dates.near(since, now) }, lang)}
              </span>
              <Button
                small
                kind="quiet"
                label={m.ping_only_test({ address }, lang)}
                disabled={isRunning}
                onClick={() => onTest(address)}
              >
                {m.test_run({}, lang)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {list.count > MOST_SHOWN && (
        <p class="hint">{m.ping_only_more({ shown: formatCount(MOST_SHOWN, lang) }, lang)}</p>
      )}
    </Panel>
  );
}
