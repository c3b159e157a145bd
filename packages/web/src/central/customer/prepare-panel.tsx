/** What the next box of a site will find prepared: said yes to there, before anything is scanned. */
import type { PreparedView, ProposedSettings } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { type Language as Lang, useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral, useNow } from '../central-context.tsx';
import { useResource } from '../use-resource.ts';
import { SettingsForm } from './settings-form.tsx';

export interface PreparePanelProps {
  readonly customer: string;
  readonly site: string;
  readonly siteName: string;
}

export function PreparePanel({ customer, site, siteName }: PreparePanelProps) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow();
  const { client } = useCentral();
  const prepared = useResource(api.getPrepared(customer, site));
  const [problem, setProblem] = useState<Problem | null>(null);
  const { settings, preparedAt, by } = (prepared.value ?? NOTHING) as PreparedView;
  const save = async (body: ProposedSettings) => {
    const done = await ask(client, api.prepare(customer, site, body));
    setProblem(done.ok ? null : done.problem);
    await prepared.reload();
    return done.ok;
  };
  const remove = async () => {
    const done = await ask(client, api.removePrepared(customer, site));
    setProblem(done.ok ? null : done.problem);
    await prepared.reload();
  };
  return (
    <div class="code-panel">
      <Panel id="prepare" title={m.prepare_title({}, lang)} fact={siteName}>
        <div class="stack">
          <p class="fact">{m.prepare_about({}, lang)}</p>
          {settings && preparedAt !== null && (
            <div class="row-of-buttons">
              <span>
                {m.prepare_saved(
                  { by: by ?? '', when: dates.near(preparedAt, now), ranges: preparedWords(settings, lang) },
                  lang,
                )}
              </span>
              <Button small onClick={() => void remove()}>
                {m.propose_take_back({}, lang)}
              </Button>
            </div>
          )}
          {problem && (
            <p class="crit" role="alert">
              {wordProblem(problem, lang)}
            </p>
          )}
          <SettingsForm submit={m.prepare_save({}, lang)} hint="" onSubmit={save} />
        </div>
      </Panel>
    </div>
  );
}

const NOTHING = { settings: null, preparedAt: null, by: null };

/** Networks, then how they are asked, then the way out: all that is known of it without its secrets. */
export function preparedWords(settings: NonNullable<PreparedView['settings']>, lang: Lang): string {
  const logins = (settings.credentials ?? []).map((each) =>
    each.version === 'v3'
      ? `v3 ${each.user}`
      : `${each.version} ${each.isPublic ? 'public' : m.community_hidden({}, lang)}`,
  );
  const proxy = settings.proxy ? [`${m.set_proxy({}, lang)} ${settings.proxy.url}`] : [];
  return [...(settings.ranges ?? []).map(({ range }) => range), ...logins, ...proxy].join(', ');
}
