/** The bar at the foot: only when something changed, and it says what (LOOK §5). */
import { m } from '@rsb/messages';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import type { SettingChange } from './changes.ts';
import { settingValue } from './setting-values.ts';
import { settingWord } from './setting-words.ts';
import type { SettingsState } from './settings-state.ts';
import './save-bar.css';

const MOST_SHOWN = 3;

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

/** "packets/s 10 → 4", "range 10.0.0.0/24 added". */
export function changeText(change: SettingChange, lang: Lang): string {
  const what = change.range ? `${change.range} ${settingWord(change.path, lang)}` : settingWord(change.path, lang);
  const old = change.old === null ? null : settingValue(change.path, change.old, lang);
  const fresh = change.new === null ? null : settingValue(change.path, change.new, lang);
  if (old === null && fresh === null) return m.change_replaced({ what }, lang);
  if (old === null) return m.change_added({ what, value: fresh ?? '' }, lang);
  if (fresh === null) return m.change_removed({ what, value: old }, lang);
  return m.change_from_to({ what, old: old === '' ? '–' : old, new: fresh === '' ? '–' : fresh }, lang);
}

export function SaveBar({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const { changes, faulty, problem } = settings;
  const shown = changes.slice(0, MOST_SHOWN).map((change) => changeText(change, lang));
  const more = changes.length - shown.length;
  return (
    <section class="save-bar" aria-label={m.unsaved({}, lang)}>
      <Icon name="pencil" />
      <p role="status">
        <b>{m.changes_unsaved({ count: changes.length, changes: formatCount(changes.length, lang) }, lang)}</b>{' '}
        <span>
          {shown.join('; ')}
          {more > 0 && `; ${m.changes_more({ count: more, more: formatCount(more, lang) }, lang)}`}
        </span>
        {faulty.length > 0 && (
          <span class="crit save-fault">
            {m.not_saved_faults({ count: faulty.length, fields: formatCount(faulty.length, lang) }, lang)}
          </span>
        )}
        {problem && <span class="crit save-fault">{wordProblem(problem, lang)}</span>}
      </p>
      <div class="row-of-buttons save-buttons">
        <Button onClick={settings.discard}>{m.discard({}, lang)}</Button>
        <Button
          kind="primary"
          busy={settings.saving && m.saving({}, lang)}
          disabled={settings.theirs !== null}
          onClick={() => void settings.save()}
        >
          {m.save_changes({}, lang)}
        </Button>
      </div>
    </section>
  );
}
