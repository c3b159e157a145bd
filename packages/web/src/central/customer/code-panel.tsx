/** A code for one new box of a customer: how long it is valid, then the code itself, shown this once. */
import type { CodeView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';

const DAYS = ['1', '3', '7', '14', '30'] as const;

export interface CodePanelProps {
  readonly customer: string;
  readonly name: string;
  /** Where the box will stand. */
  readonly site: string;
  readonly onClose: () => void;
}

export function CodePanel({ customer, name, site, onClose }: CodePanelProps) {
  const lang = useLang();
  const { client } = useCentral();
  const [days, setDays] = useState<(typeof DAYS)[number]>('7');
  const [code, setCode] = useState<CodeView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    const answer = await ask(client, api.makeCode(customer, { days: Number(days), site }));
    setBusy(false);
    if (answer.ok) setCode(answer.value);
    else setProblem(answer.problem);
  };
  return (
    <div class="code-panel">
      <Panel title={m.code_title({}, lang)}>
        {code ? (
          <CodeShown code={code} onClose={onClose} />
        ) : (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void make();
            }}
          >
            <p class="fact">{m.code_about({ name }, lang)}</p>
            <SelectField
              label={m.code_valid({}, lang)}
              value={days}
              choices={DAYS.map((value) => ({
                value,
                text: m.code_days({ count: Number(value), days: formatCount(Number(value), lang) }, lang),
              }))}
              onChange={setDays}
              error={problem && wordProblem(problem, lang)}
            />
            <div class="row-of-buttons">
              <Button kind="primary" type="submit" icon="key-round" busy={busy && m.code_making({}, lang)}>
                {m.code_make({}, lang)}
              </Button>
              <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
            </div>
          </form>
        )}
      </Panel>
    </div>
  );
}

function CodeShown({ code, onClose }: { readonly code: CodeView; readonly onClose: () => void }) {
  const lang = useLang();
  const dates = useDates();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => field.current?.select(), []);
  const copy = async () => {
    field.current?.select();
    // Outside of https there is no clipboard: the code stands selected then, ready for the keyboard.
    try {
      await navigator.clipboard.writeText(code.code);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div class="stack">
      <p class="fact">
        {m.code_shown_once({ day: dates.longDay(code.expiresAt), time: dates.time(code.expiresAt) }, lang)}
      </p>
      <div class="code-line">
        <input
          ref={field}
          class="code-text serial"
          readOnly
          value={code.code}
          aria-label={m.code_title({}, lang)}
          size={Math.max(12, code.code.length + 2)}
          onFocus={(event) => event.currentTarget.select()}
        />
        {typeof navigator.clipboard?.writeText === 'function' && (
          <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
            {copied ? m.copied({}, lang) : m.copy({}, lang)}
          </Button>
        )}
      </div>
      <p class="hint">{m.code_where({}, lang)}</p>
      <div class="row-of-buttons">
        <Button onClick={onClose}>{m.close({}, lang)}</Button>
      </div>
    </div>
  );
}
