/** The fleet from an ERP's CSV: a trial first, with every refused line and why; then the import itself. */
import type { ImportResult } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { PageHead } from '../page-head.tsx';
import { ImportReport } from './import-report.tsx';
import './import-page.css';

/** 50,000 lines take a while. */
const PATIENCE = 120_000;

export function ImportPage() {
  const lang = useLang();
  const { client, resources } = useCentral();
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (chosen: File, dry: boolean) => {
    setBusy(true);
    setProblem(null);
    const call = api.importFleet({ dry: dry ? 'true' : 'false' });
    const answer = await ask(client, call, { file: chosen, patience: PATIENCE });
    setBusy(false);
    if (!answer.ok) {
      setResult(null);
      setProblem(answer.problem);
      return;
    }
    setResult(answer.value as ImportResult);
    if (!dry) void resources.refresh('/customers');
  };
  const isDone = result !== null && !result.dry;
  const changes = result ? result.added + result.changed : 0;
  return (
    <main id="content" class="page">
      <PageHead
        crumbs={[{ href: '/customers', text: m.customers({}, lang) }]}
        title={m.import_fleet({}, lang)}
        fact={m.import_about({}, lang)}
      />
      <div class="import-parts">
        <Panel>
          <Field label={m.import_choose({}, lang)} error={problem && wordProblem(problem, lang)}>
            {(binding) => (
              <input
                {...binding}
                class="import-file"
                type="file"
                accept=".csv,.txt,.tsv,text/csv,text/plain"
                onChange={(event) => {
                  const [chosen] = event.currentTarget.files ?? [];
                  setFile(chosen ?? null);
                  setResult(null);
                  if (chosen) void run(chosen, true);
                }}
              />
            )}
          </Field>
        </Panel>
        {busy && !result && <p class="fact">{m.import_trying({}, lang)}</p>}
        {result && (
          <>
            {isDone ? (
              <Banner icon="check" fact={m.import_done({}, lang)} next={undefined} />
            ) : (
              <Banner
                icon="file-text"
                fact={m.import_trial({}, lang)}
                next={
                  result.unchanged > 0 && changes + result.refused.length === 0 ? m.import_nothing({}, lang) : undefined
                }
                action={
                  file &&
                  changes > 0 && (
                    <Button
                      kind="primary"
                      onClick={() => void run(file, false)}
                      busy={busy && m.import_doing({}, lang)}
                    >
                      {m.import_do({}, lang)}
                    </Button>
                  )
                }
              />
            )}
            <ImportReport result={result} />
          </>
        )}
      </div>
    </main>
  );
}
