/** Language and time: of the box itself, beside what each reader chooses for this browser. */
import type { NumberFormat } from '@rsb/contract';
import { LOCALES, type Locale, m } from '@rsb/messages';
import { LANGUAGE_NAMES } from '../../components/LanguageMenu.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { datesIn } from '../../format/dates.ts';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { NUMBER_FORMATS, numberFormatWord } from './number-formats.ts';
import type { SettingsState } from './settings-state.ts';

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

export function LanguageSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const now = useNow(1000);
  const { draft, edit, errorAt } = settings;
  const isKnown = ZONES.includes(draft.zone) || draft.zone === 'UTC';
  const dates = datesIn(lang.locale, draft.zone);
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_language({}, lang)}</h1>
          <p>{m.language_about({}, lang)}</p>
        </div>
      </header>
      <Panel>
        <div class="form-grid">
          <SelectField<Locale>
            label={m.box_language({}, lang)}
            value={draft.language}
            choices={LOCALES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
            hint={m.box_language_hint({}, lang)}
            onChange={(language) => edit({ language })}
          />
          <SelectField<NumberFormat>
            label={m.set_number_format({}, lang)}
            value={draft.numberFormat}
            choices={NUMBER_FORMATS.map((value) => ({ value, text: numberFormatWord(value, lang) }))}
            hint={m.number_format_hint(
              { number: formatCount(1_234_567.5, { ...lang, numbers: draft.numberFormat }) },
              lang,
            )}
            onChange={(numberFormat) => edit({ numberFormat })}
          />
          <div>
            <TextField
              label={m.set_zone({}, lang)}
              value={draft.zone}
              maxLength={64}
              list="zones"
              hint={
                isKnown
                  ? m.zone_now({ time: `${dates.longDay(now)} ${dates.clock(now)}` }, lang)
                  : m.zone_hint({}, lang)
              }
              error={errorAt('/zone')}
              onInput={(zone) => edit({ zone })}
            />
            <datalist id="zones">
              {ZONES.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </div>
          <TextField
            label={m.set_supply_mark({}, lang)}
            value={draft.supplyMark}
            inputMode="numeric"
            inputClass="num input-number"
            after="%"
            hint={m.supply_mark_hint({}, lang)}
            error={errorAt('/supplyMark')}
            onInput={(supplyMark) => edit({ supplyMark })}
          />
        </div>
      </Panel>
    </>
  );
}
