/** What to read: what is off here is asked of no machine. */
import type { ReadGroup } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { Panel } from '../../components/Panel.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useLang } from '../../language/language.tsx';
import { FIELD_GROUPS, groupAbout, groupWord, VALUE_GROUPS } from './read-groups.ts';
import type { SettingsState } from './settings-state.ts';
import './reading-section.css';

export function ReadingSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const { draft, errorAt } = settings;
  const { counters, status } = draft.whatToRead;
  const fault =
    counters || status ? errorAt('/whatToRead') : wordFault({ code: 'readsNothing', params: {} }, lang.locale);
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_reading({}, lang)}</h1>
          <p>{m.reading_about({}, lang)}</p>
        </div>
      </header>
      <Panel title={m.reading_values({}, lang)}>
        <ul class="read-groups">
          {VALUE_GROUPS.map((group) => (
            <GroupRow key={group} group={group} settings={settings} />
          ))}
        </ul>
        {fault !== undefined && (
          <p class="crit read-fault" role="alert">
            {fault}
          </p>
        )}
      </Panel>
      <Panel title={m.reading_identity({}, lang)}>
        <ul class="read-groups">
          <li>
            <span class="read-always">{m.reading_always({}, lang)}</span>
            <p>
              <b>{m.read_identity({}, lang)}</b>
              <span class="second">{m.read_identity_about({}, lang)}</span>
            </p>
          </li>
          {FIELD_GROUPS.map((group) => (
            <GroupRow key={group} group={group} settings={settings} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function GroupRow({ group, settings }: { readonly group: ReadGroup; readonly settings: SettingsState }) {
  const lang = useLang();
  const { draft, edit } = settings;
  const { whatToRead } = draft;
  const waits = group === 'vendorCounters' && !whatToRead.counters;
  return (
    <li>
      <span class="read-switch">
        <Switch
          on={whatToRead[group] && !waits}
          disabled={waits}
          label={groupWord(group, lang)}
          onChange={(on) => edit({ whatToRead: { ...whatToRead, [group]: on } })}
        />
      </span>
      <p>
        <b>{groupWord(group, lang)}</b>
        <span class="second">{waits ? m.read_counters_off({}, lang) : groupAbout(group, lang)}</span>
      </p>
    </li>
  );
}
