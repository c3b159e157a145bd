/** Settings of the house: people, API tokens, agencies, what is handed down, and one's own account. */
import { m } from '@rsb/messages';
import { useObservable } from '../../api/observable.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { PageHead } from '../page-head.tsx';
import { AccountPanel } from './account-panel.tsx';
import { AgenciesPanel } from './agencies-panel.tsx';
import { DealerPanel } from './dealer-panel.tsx';
import { HandedDownPanel } from './handed-down-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import './settings-page.css';
import { api } from '../api/central-api.ts';
import { TokensPanel } from './tokens-panel.tsx';

export function SettingsPage() {
  const lang = useLang();
  const { session } = useObservable(useCentral().session);
  const role = session?.role;
  return (
    <main id="content" class="page">
      <PageHead title={m.settings_place({}, lang)} />
      <div class="settings-panels">
        {role === 'admin' && <PeoplePanel />}
        {role === 'admin' && <DealerPanel />}
        {role === 'admin' && <TokensPanel />}
        {role !== 'reader' && <HandedDownPanel load={api.getDealerSettings()} save={api.saveDealerSettings} />}
        {role !== 'reader' && <AgenciesPanel />}
        {role !== 'reader' && <FilesPanel />}
        <AccountPanel />
      </div>
    </main>
  );
}

function FilesPanel() {
  const lang = useLang();
  return (
    <Panel title={m.import_fleet({}, lang)}>
      <div class="stack">
        <p class="fact">{m.import_about({}, lang)}</p>
        <div class="row-of-buttons">
          <Button href="/import">{m.import_fleet({}, lang)}</Button>
          <Button icon="download" href={`/api/v1/exports/devices.xlsx?language=${lang.locale}`}>
            {m.export_machines({}, lang)}: {m.export_xlsx({}, lang)}
          </Button>
          <Button icon="download" href={`/api/v1/exports/devices.csv?language=${lang.locale}`}>
            {m.export_csv({}, lang)}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
