/** Settings: a list of sections, one form over all of them, and a bar that says what a save would change (LOOK §5). */
import { m } from '@rsb/messages';
import { useEffect } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useSignedIn } from '../box-context.tsx';
import { BackupSection } from './backup-section.tsx';
import { CentralSection } from './central-section.tsx';
import { ChangeLog } from './change-log.tsx';
import { ConflictPanel } from './conflict-panel.tsx';
import { LanguageSection } from './language-section.tsx';
import { NetworksSection } from './networks-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { ReadingSection } from './reading-section.tsx';
import { SaveBar } from './save-bar.tsx';
import { SECTIONS, type Section, sectionName, sectionOf } from './sections.ts';
import { type SettingsState, useSettings } from './settings-state.ts';
import { TimesSection } from './times-section.tsx';
import './settings.css';

export function SettingsPage({ section }: { readonly section: string }) {
  const lang = useLang();
  const settings = useSettings();
  const signedIn = useSignedIn();
  const current = SECTIONS.find((name) => name === section);
  if (!signedIn || settings.state === 'loading') return <LoadingRows rows={6} label={m.loading({}, lang)} />;
  if (settings.state === 'failed') {
    return (
      <PageState
        title={m.settings_not_read({}, lang)}
        action={
          <Button icon="refresh-cw" onClick={settings.retry}>
            {m.try_again({}, lang)}
          </Button>
        }
      >
        {wordProblem(settings.problem, lang)}
      </PageState>
    );
  }
  if (!current)
    return <PageState title={m.nothing_here({}, lang)} action={<a href="/settings">{m.tab_settings({}, lang)}</a>} />;
  return <SettingsForm section={current} settings={settings} />;
}

function SettingsForm({ section, settings }: { readonly section: Section; readonly settings: SettingsState }) {
  const { router } = useBox();
  const isEdited = settings.changes.length > 0;
  const firstFault = settings.faulty[0];

  // A tab that is closed with changes in it asks first.
  useEffect(() => {
    if (!isEdited) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isEdited]);
  // The section that holds the first fault is shown, wherever the save was pressed.
  useEffect(() => {
    const at = firstFault === undefined ? undefined : sectionOf(firstFault);
    if (at !== undefined) router.replace(`/settings/${at}`);
  }, [firstFault, router]);

  return (
    <div class={classOf(section, isEdited)}>
      <SectionList current={section} settings={settings} />
      <main id="content" class="stack">
        {settings.theirs && <ConflictPanel settings={settings} theirs={settings.theirs} />}
        <SectionBody section={section} settings={settings} />
      </main>
      {isEdited && <SaveBar settings={settings} />}
    </div>
  );
}

const classOf = (section: Section, isEdited: boolean): string =>
  ['settings', isEdited && 'settings-edited', section === 'networks' && 'settings-wide'].filter(Boolean).join(' ');

function SectionList({ current, settings }: { readonly current: Section; readonly settings: SettingsState }) {
  const lang = useLang();
  const { router } = useBox();
  const isFaulty = (section: Section) => settings.faulty.some((pointer) => sectionOf(pointer) === section);
  return (
    <nav class="sections-place" aria-label={m.tab_settings({}, lang)}>
      <div class="sections">
        {SECTIONS.map((section) => (
          <a
            key={section}
            href={`/settings/${section}`}
            class={section === 'changes' ? 'section section-apart' : 'section'}
            aria-current={section === current ? 'page' : undefined}
          >
            {sectionName(section, lang)}
            {isFaulty(section) && <Icon name="circle-alert" class="crit" label={m.has_faults({}, lang)} />}
          </a>
        ))}
      </div>
      <select
        class="input sections-select"
        aria-label={m.tab_settings({}, lang)}
        value={current}
        onChange={(event) => router.go(`/settings/${event.currentTarget.value}`)}
      >
        {SECTIONS.map((section) => (
          <option key={section} value={section}>
            {sectionName(section, lang)}
          </option>
        ))}
      </select>
    </nav>
  );
}

function SectionBody({ section, settings }: { readonly section: Section; readonly settings: SettingsState }) {
  switch (section) {
    case 'networks':
      return <NetworksSection settings={settings} />;
    case 'times':
      return <TimesSection settings={settings} />;
    case 'reading':
      return <ReadingSection settings={settings} />;
    case 'central':
      return <CentralSection settings={settings} />;
    case 'language':
      return <LanguageSection settings={settings} />;
    case 'people':
      return <PeopleSection />;
    case 'backup':
      return <BackupSection settings={settings} />;
    case 'password':
      return <PasswordSection settings={settings} />;
    case 'changes':
      return <ChangeLog />;
  }
}
