/** Somebody saved while this was edited: both are shown, and the reader says which holds (LOOK §9). */
import type { SettingsView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import { changesOf } from './changes.ts';
import { rebased } from './draft.ts';
import { settingValue } from './setting-values.ts';
import { settingWord } from './setting-words.ts';
import type { SettingsState } from './settings-state.ts';

export interface ConflictPanelProps {
  readonly settings: SettingsState;
  readonly theirs: SettingsView;
}

export function ConflictPanel({ settings, theirs }: ConflictPanelProps) {
  const lang = useLang();
  const dates = useDates();
  const { live } = useBox();
  const [at] = useState(() => live.now());
  const differences = changesOf(rebased(settings.draft, theirs), theirs);
  return (
    <section class="panel">
      <Banner
        icon="git-compare-arrows"
        fact={m.saved_elsewhere({ time: dates.time(at) }, lang)}
        next={m.yours_not_saved({}, lang)}
      />
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{m.setting({}, lang)}</th>
            <th scope="col">{m.setting_there({}, lang)}</th>
            <th scope="col">{m.setting_yours({}, lang)}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((change) => (
            <tr key={change.path}>
              <td>
                {change.range && `${change.range}, `}
                {settingWord(change.path, lang)}
              </td>
              <td>{change.old === null ? '–' : settingValue(change.path, change.old, lang) || '–'}</td>
              <td>{change.new === null ? '–' : settingValue(change.path, change.new, lang) || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="panel-body row-of-buttons">
        <Button onClick={settings.keepTheirs}>{m.keep_theirs({}, lang)}</Button>
        <Button onClick={settings.useMine}>{m.use_mine({}, lang)}</Button>
      </div>
    </section>
  );
}
