/** What the next box of a customer will find prepared: said yes to there, before anything is scanned. */
import type { PreparedView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral, useNow } from '../central-context.tsx';
import { useResource } from '../use-resource.ts';
import { customerOf } from './paths.ts';
import { SettingsForm } from './settings-form.tsx';

/** The site that every customer has from the start. */
const FIRST_SITE = 1;

export function PreparePanel({ customer }: { readonly customer: string }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow();
  const { client } = useCentral();
  const path = `${customerOf(customer)}/sites/${FIRST_SITE}/prepared`;
  const prepared = useResource<PreparedView>(path);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { settings, preparedAt, by } = prepared.value ?? { settings: null, preparedAt: null, by: null };
  return (
    <div class="code-panel">
      <Panel title={m.prepare_title({}, lang)}>
        <p class="fact">{m.prepare_about({}, lang)}</p>
        {settings && preparedAt !== null && (
          <p>
            {m.prepare_saved(
              {
                by: by ?? '',
                when: dates.near(preparedAt, now),
                ranges: (settings.ranges ?? []).map(({ range }) => range).join(', '),
              },
              lang,
            )}
          </p>
        )}
        {problem && (
          <p class="crit" role="alert">
            {wordProblem(problem, lang)}
          </p>
        )}
        <SettingsForm
          submit={m.prepare_save({}, lang)}
          hint=""
          onSubmit={async (body) => {
            const done = await client.send<PreparedView>('PUT', path, { body });
            setProblem(done.ok ? null : done.problem);
            await prepared.reload();
          }}
        />
      </Panel>
    </div>
  );
}
